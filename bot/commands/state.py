"""`gridbot state --data DIR [--at TIME]`: prints the canonical state of the books."""

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from bot.commands.opening import config_argument, configuration, lane_for, looked_at
from bot.commands.replay import moment
from bot.replay import replay_log
from bot.state import print_state
from models import settings
from models.directory import copy_directory
from models.store import ReadOnlyStore, Store


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the data folder")
    parser.add_argument("--at", type=moment, metavar="TIME", help="the state as it was then")
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    lane = lane_for(config)
    with looked_at(options.data) as store:
        if options.at is not None:
            text = _state_at(store, lane, options.at, config.timetable)
        else:
            with store.read() as connection:
                text = print_state(connection, store.ring, lane)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    return 0


def _state_at(source: ReadOnlyStore, lane: int, at: datetime, default: object) -> str:
    """Fold the log anew up to a moment, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="gridbot-") as folder:
        target = Store.scratch(Path(folder), source.ring)
        try:
            with source.read() as connection:
                timetable = settings.load_timetable(connection, lane) or default
                target.write(lambda c: copy_directory(connection, c, lane)).result()
            replay_log(source, target, lane, timetable, at)  # type: ignore[arg-type]
            with target.read() as connection:
                return print_state(connection, target.ring, lane)
        finally:
            target.close()
