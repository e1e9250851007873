"""A recorded day for the tests that tell it through a platform's peer: its messages, its books, how they compare."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.replay import import_day, play, read_transcript
from bot.state import print_state
from domain.messages import IncomingMessage
from domain.slots import Timetable
from handlers.speakers import voice_of
from models import roster
from models.directory import load_directory
from models.store import Store
from tests.world import LANE

DAY = Path(__file__).parents[2] / "data/day"
SECTIONS = ("chains", "checkins", "orders", "shopping")
_PART = None if os.environ.get("GRIDBOT_RELEASE") else 300

Doors = Mapping[str, tuple[str, str]]  # account → its door and the name it gave when it was bound


def messages() -> list[IncomingMessage]:
    """What is said that day, from the morning on; the whole of it before a release."""
    return read_transcript(DAY / "transcript.jsonl")[:_PART]


def books(folder: Path, said: list[IncomingMessage], bound: Doors | None = None) -> dict[str, Any]:
    """Play messages into a new data folder; the books, without the ids of the messages behind them."""
    store = Store.open(folder)
    try:
        import_day(store, LANE, DAY, Timetable())
        for account, (door, name) in (bound or {}).items():
            _bind(store, account, door, name, said[0].said_at)
        play(store, LANE, Timetable(), said)
        with store.read() as connection:
            state = json.loads(print_state(connection, store.ring, LANE))
    finally:
        store.close()
    return {section: _without_sources(state[section]) for section in SECTIONS}


def doors(folder: Path, said: list[IncomingMessage]) -> dict[str, tuple[str, str]]:
    """The door of every account whose remarks agree on one; whoever's name lives elsewhere stays unbound."""
    store = Store.open(folder)
    try:
        import_day(store, LANE, DAY, Timetable())
        with store.read() as connection:
            directory = load_directory(connection, store.ring, LANE)
    finally:
        store.close()
    found: dict[str, set[tuple[str, str]]] = {}
    for message in said:
        voice = voice_of(message, directory.chats.get(message.chat or ""), directory)
        if voice.household:
            found.setdefault(message.sender, set()).add((voice.household, voice.name))
    return {account: next(iter(few)) for account, few in found.items() if len({door for door, _ in few}) == 1}


def assert_same(told: dict[str, Any], expected: dict[str, Any]) -> None:
    """Compare row by row: a failure names the row rather than a day."""
    for section in SECTIONS:
        rows, others = ([json.dumps(row, ensure_ascii=False) for row in books[section]] for books in (told, expected))
        assert sorted(set(rows) ^ set(others)) == []
        assert rows == others


def _bind(store: Store, account: str, door: str, name: str, at: datetime) -> None:
    store.write(lambda connection: roster.bind(connection, store.ring, LANE, account, door, name, at)).result()


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_sources(inner) for key, inner in value.items() if key != "sources"}
    return [_without_sources(inner) for inner in value] if isinstance(value, list) else value
