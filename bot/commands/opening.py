"""Opens what several subcommands need, and turns what can go wrong into words for the user."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.cli import Stop
from bot.config import Config, ConfigError, find, load
from models.crypto import KeyRingError
from models.lanes import lane_of
from models.store import DataFolderBusy, DataFolderError, ReadOnlyStore, Store


def config_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="the settings to read (default: ./config.yaml if it is there)")


def data_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", type=Path, help="the data folder (default: as config.yaml says)")


def configuration(options: argparse.Namespace, *, default: Path | None = None, channels: bool = False) -> Config:
    """Return the checked configuration; `default`: a file to fall back to. Stops with the problems in words.

    Only commands that speak on `channels` look at the accounts; the others work beside one that is half set up.
    """
    try:
        return load(find(getattr(options, "config", None)) or default, channels=channels)
    except ConfigError as error:
        raise Stop(str(error)) from None


@contextmanager
def opened(data: Path) -> Iterator[Store]:
    """Open a data folder for writing and close it again."""
    try:
        store = Store.open(data)
    except (DataFolderBusy, DataFolderError, KeyRingError) as error:
        raise Stop(str(error), 3 if isinstance(error, DataFolderBusy) else 2) from None
    try:
        yield store
    finally:
        store.close()


@contextmanager
def looked_at(data: Path) -> Iterator[ReadOnlyStore]:
    """Open a data folder for reading only; another gridbot may be running on it."""
    try:
        store = ReadOnlyStore(data)
    except (DataFolderError, KeyRingError) as error:
        raise Stop(str(error)) from None
    try:
        yield store
    finally:
        store.close()


def lane_for(config: Config) -> int:
    return lane_of(config.community.name)
