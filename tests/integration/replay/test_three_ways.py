"""A morning heard live, imported from a file, or both: the same books, but for the messages they came from."""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from bot.replay import import_day, play, read_transcript
from bot.state import print_state
from bot.transcripts import import_transcript
from domain.messages import IncomingMessage, MessageKind
from domain.slots import CHINA, Timetable
from models.directory import load_directory
from models.store import Store
from tests.world import LANE

DAY = Path(__file__).parents[2] / "data" / "day"
SECTIONS = ("chains", "checkins", "coverage", "orders", "shopping")
NOON = datetime(2026, 7, 3, 12, tzinfo=CHINA)
SPOKEN = (MessageKind.TEXT, MessageKind.CARD)


@pytest.fixture(scope="module")
def said() -> list[IncomingMessage]:
    return [m for m in read_transcript(DAY / "transcript.jsonl") if m.chat and m.said_at < NOON]


@pytest.fixture(scope="module")
def heard_live(said: list[IncomingMessage], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return books(tmp_path_factory.mktemp("live"), [("live", said)])


def test_a_file_alone_gives_the_same_books(
    said: list[IncomingMessage], heard_live: dict[str, list[str]], tmp_path: Path
) -> None:
    assert books(tmp_path, [("file", said)]) == heard_live


def test_what_was_heard_in_part_is_completed_by_the_file(
    said: list[IncomingMessage], heard_live: dict[str, list[str]], tmp_path: Path
) -> None:
    assert books(tmp_path, [("live", said[::2]), ("file", said)]) == heard_live


def test_what_was_imported_first_is_not_doubled_by_the_live_messages(
    said: list[IncomingMessage], heard_live: dict[str, list[str]], tmp_path: Path
) -> None:
    assert books(tmp_path, [("file", said[::3]), ("live", said)]) == heard_live


def books(folder: Path, ways: list[tuple[str, list[IncomingMessage]]]) -> dict[str, list[str]]:
    store, timetable = Store.open(folder / "data"), Timetable()
    try:
        import_day(store, LANE, DAY, timetable)
        for way, messages in ways:
            if way == "live":
                play(store, LANE, timetable, messages)
            else:
                import_transcript(store, LANE, timetable, export(store, folder / "export.csv", messages), None)
        with store.read() as connection:
            state = json.loads(print_state(connection, store.ring, LANE))
    finally:
        store.close()
    return {
        name: sorted(json.dumps(without_sources(row), ensure_ascii=False) for row in state[name]) for name in SECTIONS
    }


def export(store: Store, path: Path, messages: list[IncomingMessage]) -> Path:
    """Write messages as a chat export names them: group, time, remark in the group, text. No ids, no accounts."""
    with store.read() as connection:
        names = {c.chat: c.name for c in load_directory(connection, store.ring, LANE).chats.values()}
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["群", "时间", "发送者", "内容"])
        for m in messages:
            if m.kind in SPOKEN:
                moment = m.said_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
                table.writerow([names[str(m.chat)], moment, m.sender_alias or m.sender_name, m.text])
    return path


def without_sources(value: object) -> object:
    if isinstance(value, dict):
        return {k: without_sources(v) for k, v in value.items() if k != "sources"}
    return [without_sources(v) for v in value] if isinstance(value, list) else value
