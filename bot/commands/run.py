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
from models.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-demo", action="store_true", help="do not put the demo community into an empty data folder"
    )
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    set_up(options.log_level)
    with opened(options.data or config.data) as store:
        try:
            asyncio.run(_run(config, store, offer_demo=not options.no_demo))
        except ConfigError as error:
            raise Stop(str(error)) from None
    return 0


async def _run(config: Config, store: Store, *, offer_demo: bool) -> None:
    system = SystemClock()
    program = build(config, store, system)
    stop = asyncio.Event()
    address = f"http://{config.web.host}:{config.web.port}/"
    if not _is_demo(program, offer_demo):
        _say(f"gridbot runs on {address}  (Ctrl-C ends)")
        await serve(program, stop)
        return
    clock = DemoClock(system)
    program = build(config, store, clock)
    demo.resume_clock(store, program.lane, clock)
    _say(f"gridbot runs on {address} with an invented demo community; press “play a day” there.  (Ctrl-C ends)")
    _say("Your own community: gridbot import roster roster.csv --data FOLDER, then gridbot run --data FOLDER")
    await serve(program, stop, _demo_day(program, clock))


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
