"""`gridbot import KIND FILE`: shows what a file would change, then changes it."""

import argparse
from pathlib import Path

from rich.console import Console

from bot.cli import Stop
from bot.commands.opening import config_argument, configuration, data_argument, lane_for, opened
from bot.demo import is_demo
from bot.importing import KINDS, Diff, plan_import
from bot.sheets import SheetError
from bot.transcripts import Imported, import_transcript
from models.store import Store

_SHOWN = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=(*KINDS, "transcript"), help="what the file holds")
    parser.add_argument("file", type=Path, help="CSV or XLSX; for a transcript a chat export in text or CSV")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change (not for transcripts)")
    parser.add_argument("--group", help="the group a transcript comes from, by id or name")
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    console = Console()
    with opened(options.data or config.data) as store:
        try:
            if options.kind == "transcript":
                return _transcript(console, store, options)
            _refuse_demo(store, lane_for(config))
            diff, write = plan_import(store, lane_for(config), options.kind, options.file)
        except SheetError as error:
            raise Stop(str(error)) from None
        _show(console, diff)
        if options.dry_run:
            console.print("dry run: nothing was changed", highlight=False)
        elif not diff.changes_nothing:
            store.write(write).result()
            console.print("done", highlight=False)
    return 1 if diff.problems else 0


def _refuse_demo(store: Store, lane: int) -> None:
    with store.read() as connection:
        if is_demo(connection, lane):
            raise Stop(f"{store.data} holds the invented demo community; import into another folder with --data")


def _transcript(console: Console, store: Store, options: argparse.Namespace) -> int:
    config = configuration(options)
    if options.dry_run:
        raise Stop("a transcript has no dry run: what was imported twice adds nothing")
    done: Imported = import_transcript(store, lane_for(config), config.timetable, options.file, options.group)
    console.print(f"new {done.fresh}, known already {done.known}", highlight=False)
    for problem in done.problems:
        console.print(f"left out: {problem}", highlight=False, markup=False, style="red")
    return 1 if done.problems else 0


def _show(console: Console, diff: Diff) -> None:
    for word, keys in (("new", diff.added), ("changed", diff.changed), ("removed", diff.removed)):
        rest = f" … and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
        listed = f": {', '.join(keys[:_SHOWN])}{rest}" if keys else ""
        console.print(f"{word} {len(keys)}{listed}", highlight=False, markup=False)
    console.print(f"unchanged {diff.unchanged}", highlight=False)
    for problem in diff.problems:
        console.print(f"left out: {problem}", highlight=False, markup=False, style="red")
