"""The command line. Each subcommand's module is imported only when it is called, so that `--help` answers at once."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "run": "start the bot, the chat page and the board",
    "parse": "read messages as JSON lines and write what they say",
    "explain": "show how one text is read: spans, rules, intents, doubts",
    "replay": "play a recorded day folder into a data folder",
    "state": "print the canonical state of a data folder as JSON",
    "import": "import roster, people, chats, goods or a transcript",
    "trace": "show every message that stands behind one household",
    "check-config": "check config.yaml and the environment",
    "doctor": "check configuration, database, keys, clock, channels and fonts",
    "channel": "test a channel step by step",
}


class Stop(Exception):
    """A command ends here with a message for its user and an exit status."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one subcommand and exit with its status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not words or words[0] not in COMMANDS:
        parser.parse_args(words or ["--help"])
        return
    module = import_module(f"bot.commands.{words[0].replace('-', '_').replace('import', 'import_')}")
    own = argparse.ArgumentParser(prog=f"gridbot {words[0]}", description=COMMANDS[words[0]])
    module.arguments(own)
    import_module("bot.logs").set_up("WARNING")
    try:
        status = module.run(own.parse_args(words[1:]))
    except Stop as stop:
        print(f"gridbot {words[0]}: {stop}", file=sys.stderr)  # noqa: T201 - the command's own output
        sys.exit(stop.status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:13} {what}" for name, what in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="gridbot",
        description="A bot in a community's chat groups that keeps the ledger.",
        epilog=f"commands:\n{listed}\n\n`gridbot COMMAND --help` explains each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    return parser


if __name__ == "__main__":
    import_module("bot.cli").main()  # the module that the commands know: their Stop is its Stop, not __main__'s
