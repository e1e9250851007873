"""`gridbot replay FOLDER --data DIR`: plays a recorded day into a data folder."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.cli import Stop
from bot.commands.opening import config_argument, configuration, lane_for, opened
from bot.config import ConfigError, load
from bot.replay import DayError, import_day, play, read_transcript
from models import log, settings

_LATEST = 86_400
_NAMED = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the day folder")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the data folder; made where it is new")
    parser.add_argument("--until", type=moment, metavar="TIME", help="stop there; a later call goes on")
    parser.add_argument("--shuffle", type=seconds, default=0, metavar="SECONDS", help="deliver late and out of order")
    config_argument(parser)


def moment(text: str) -> datetime:
    """Return a TIME of the command line: ISO 8601 with an offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no time; write it like 2026-07-03T12:00:00+08:00")
    return found


def seconds(text: str) -> float:
    """Return how late messages may come: seconds, at most a day."""
    try:
        found = float(text)
    except ValueError:
        found = -1
    if not 0 <= found <= _LATEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds between 0 and {_LATEST}")
    return found


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    own = options.folder / "config.yaml"
    try:
        timetable = (load(own) if own.exists() else config).timetable
        messages = read_transcript(options.folder / "transcript.jsonl")
        with opened(options.data) as store:
            lane = lane_for(config)
            with store.read() as connection:
                is_new = settings.load_timetable(connection, lane) is None
            for problem in import_day(store, lane, options.folder, timetable) if is_new else []:
                print(f"gridbot replay: left out: {problem}", file=sys.stderr)  # noqa: T201
            console = Console(stderr=True)
            with Progress(console=console, disable=not console.is_terminal) as bar:
                task = bar.add_task("replay", total=len(messages))
                played = play(
                    store,
                    lane,
                    timetable,
                    messages,
                    until=options.until,
                    shuffle=options.shuffle,
                    progress=lambda n: bar.advance(task, n),
                )
            with store.read() as connection:
                aside = log.set_aside(connection, lane)
    except (DayError, ConfigError) as error:
        raise Stop(str(error)) from None
    print(f"{played.fresh} messages played, {played.known} known already", file=sys.stderr)  # noqa: T201
    if aside:
        ids = "、".join(source for _, source, _ in aside[:_NAMED]) + ("…" if len(aside) > _NAMED else "")
        print(f"{len(aside)} messages could not be handled and wait for a newer version: {ids}", file=sys.stderr)  # noqa: T201
    return 1 if aside else 0
