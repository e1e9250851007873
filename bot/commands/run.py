"""`gridbot run`: the bot, the chat page and the board, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import sys

from bot.app import build, serve
from bot.cli import Stop
from bot.clock import SystemClock
from bot.commands.opening import config_argument, configuration, data_argument, opened
from bot.demo import DemoStage, stage_demo
from bot.logs import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-demo", action="store_true", help="do not offer the demo community on an empty data folder"
    )
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    set_up(options.log_level)
    with opened(options.data or config.data) as store:
        print(f"gridbot: http://{config.web.host}:{config.web.port}/  (Ctrl-C ends)", file=sys.stderr)  # noqa: T201
