"""`gridbot run`: the bot, the chat page and the board, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import sys
from functools import partial

from bot import demo
from bot.app import Program, build, serve, start_over
from bot.cli import Stop
from bot.clock import Clock, SystemClock
from bot.commands.opening import config_argument, configuration, data_argument, opened
from bot.config import Config, ConfigError
from bot.demo_clock import DemoClock
from bot.logs import set_up
from bot.serving import AddressError
from models.store import Store

_HIGHEST_PORT = 65_535


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-demo", action="store_true", help="do not put the demo community into an empty data folder"
    )
    parser.add_argument("--port", type=_port, metavar="N", help="where the pages listen, instead of web.port")
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options, channels=True)
    if options.port is not None:
        config = config.model_copy(update={"web": config.web.model_copy(update={"port": options.port})})
    set_up(options.log_level)
    with opened(options.data or config.data) as store:
        try:
            asyncio.run(_run(config, store, offer_demo=not options.no_demo))
        except ConfigError as error:
            raise Stop(str(error)) from None
        except AddressError as error:
            raise Stop(str(error), 3 if error.is_busy else 2) from None
    return 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name one from 1024 to {_HIGHEST_PORT}")
    return int(text)


async def _run(config: Config, store: Store, *, offer_demo: bool) -> None:
    system = SystemClock()
    program = build(config, store, system)
    stop = asyncio.Event()
    if not _is_demo(program, offer_demo):
        await serve(program, stop, listening=lambda port: _say(f"{_runs_on(config, port)}  (Ctrl-C ends)"))
        return
    clock = DemoClock(system)
    program = build(config, store, clock)
    demo.resume_clock(store, program.lane, clock)

    def listening(port: int) -> None:
        _say(f"{_runs_on(config, port)} with an invented demo community; press “play a day” there.  (Ctrl-C ends)")
        _say("Your own community: gridbot import roster roster.csv --data FOLDER, then gridbot run --data FOLDER")

    await serve(program, stop, _demo_day(program, clock), listening)


def _runs_on(config: Config, port: int) -> str:
    host = f"[{config.web.host}]" if ":" in config.web.host else config.web.host
    residents = f" (residents: {config.web.public_url})" if config.web.public_url else ""
    return f"gridbot runs on http://{host}:{port}/{residents}"


def _is_demo(program: Program, offer: bool) -> bool:
    """Say whether the folder holds the demo; an empty one is given it, if it may be offered."""
    with program.store.read() as connection:
        if demo.is_demo(connection, program.lane):
            return True
        if not offer or not demo.is_empty(connection, program.store, program.lane):
            return False
    demo.seed_demo(program.store, program.lane, program.clock.now())
    return True


def _demo_day(program: Program, clock: DemoClock) -> demo.DemoDay:
    def seed(now: Clock) -> None:
        demo.seed_demo(program.store, program.lane, now.now())

    stage = demo.ProgramStage(
        program.store,
        program.lane,
        clock,
        program.webchat,
        lambda: program.runner,
        partial(start_over, program, partial(seed, clock)),
    )
    return demo.DemoDay(stage, demo.invent())


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the command's own output
