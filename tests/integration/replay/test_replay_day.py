"""A recorded day plays to the same books however it is played: twice, in two parts, late, out of order."""

import json
import random
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.replay import import_day, play, read_transcript
from bot.state import print_state
from domain.messages import IncomingMessage
from domain.slots import Timetable
from models.store import Store
from tests.world import LANE

ROOT = Path(__file__).parents[3]
DAY = ROOT / "tests/data/day"
MOMENTS = ("2026-07-03T08:02:20+08:00", "2026-07-03T08:14:07+08:00")


def gridbot(*words: str) -> bytes:
    done = subprocess.run([sys.executable, "-m", "bot.cli", *words], cwd=ROOT, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def state(data: Path, *more: str) -> bytes:
    return gridbot("state", "--data", str(data), *more)


def replay(data: Path, *more: str) -> None:
    gridbot("replay", str(DAY), "--data", str(data), *more)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The day played in one go."""
    data = tmp_path_factory.mktemp("once") / "data"
    replay(data)
    return data


def test_playing_twice_changes_nothing(once: Path, tmp_path: Path) -> None:
    before = state(once)
    shutil.copytree(once, tmp_path / "data")
    shutil.copy(once.with_name("data.keys"), tmp_path / "data.keys")
    replay(tmp_path / "data")
    assert state(tmp_path / "data") == before


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day folder with the first hours of the day, and a worker's commands in them."""
    folder = tmp_path_factory.mktemp("morning") / "day"
    shutil.copytree(DAY, folder)
    lines = (DAY / "transcript.jsonl").read_text(encoding="utf-8").splitlines()[:260]
    lines[150:150] = [json.dumps(c, ensure_ascii=False) for c in commands(json.loads(lines[149])["at"])]
    (folder / "transcript.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def commands(moment: str) -> list[dict[str, object]]:
    """Return what a worker asks for and settles, and a resident who binds a door, at one moment."""
    with (DAY / "people.csv").open(encoding="utf-8") as file:
        worker = next(line.split(",")[1] for line in file if "网格员" in line)
    texts = [(worker, "汇总"), (worker, "接 1"), (worker, "截单"), ("wx_new", "我是 3-1-101")]
    return [
        {"id": f"c-{n}", "chat": None, "sender": who, "name": "甲", "at": moment, "kind": "text", "text": text}
        for n, (who, text) in enumerate(texts)
    ]


def test_stopping_and_going_on_equals_one_go_and_state_at_equals_stopping_there(morning: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    gridbot("replay", str(morning), "--data", str(whole))
    for moment in MOMENTS:
        gridbot("replay", str(morning), "--data", str(parts), "--until", moment)
        assert json.loads(state(parts)) == json.loads(state(whole, "--at", moment)), moment
    gridbot("replay", str(morning), "--data", str(parts), "--until", MOMENTS[0])
    assert state(parts) == state(whole, "--at", MOMENTS[-1]), "going back to an earlier moment changed something"
    gridbot("replay", str(morning), "--data", str(parts))
    assert state(parts) == state(whole)


def settled(text: bytes | str) -> dict[str, Any]:
    """Return the books without what depends on when something was heard: posts and pages that went out."""
    found: dict[str, Any] = json.loads(text)
    del found["outbox"]
    for incident in found["incidents"]:
        del incident["paged"]
    return found


def test_late_and_shuffled_delivery_leads_to_the_same_books(once: Path, tmp_path: Path) -> None:
    replay(tmp_path / "data", "--shuffle", "60")
    assert settled(state(tmp_path / "data")) == settled(state(once))


def played(folder: Path, messages: list[IncomingMessage]) -> dict[str, Any]:
    store = Store.open(folder)
    try:
        import_day(store, LANE, DAY, Timetable())
        play(store, LANE, Timetable(), messages)
        with store.read() as connection:
            return settled(print_state(connection, store.ring, LANE))
    finally:
        store.close()


def late(messages: list[IncomingMessage], seed: int) -> list[IncomingMessage]:
    """Return the messages up to a minute late, some of them twice."""
    dice = random.Random(seed)
    repeated = [m for m in messages if dice.random() < 0.1]
    arrivals = [(m.said_at + timedelta(seconds=dice.uniform(0, 60)), i) for i, m in enumerate(messages + repeated)]
    return [(messages + repeated)[i] for _, i in sorted(arrivals)]


def test_any_order_of_arrival_leads_to_the_same_books(tmp_path: Path) -> None:
    messages = read_transcript(DAY / "transcript.jsonl")[:260]
    expected = played(tmp_path / "in order", messages)
    assert expected["checkins"], "nothing was booked: this test would prove nothing"
    for seed in (1, 2):
        assert played(tmp_path / f"seed {seed}", late(messages, seed)) == expected


def test_message_of_the_last_seconds_before_a_job_counts_in_it(tmp_path: Path) -> None:
    """Messages are handled in steps; a job that falls due within a step must not run before what was said earlier."""
    order = {"channel": "replay", "chat": "g-shop", "sender": "wx_1", "sender_alias": "3-1-502"}
    said = [
        IncomingMessage(external_id="a", said_at=clock("14:59:45"), text="帮我带土豆两斤", **order),  # type: ignore[arg-type]
        IncomingMessage(external_id="b", said_at=clock("15:00:20"), text="再加土豆3斤", **order),  # type: ignore[arg-type]
    ]
    store = Store.open(tmp_path / "data")
    import_day(store, LANE, DAY, Timetable())
    play(store, LANE, Timetable(), said)
    with store.read() as connection:
        outbox = json.loads(print_state(connection, store.ring, LANE))["outbox"]
    store.close()
    lists = {(post["at"], "土豆 2斤" in post["text"]) for post in outbox if post["kind"] == "list"}
    assert lists == {("2026-07-03T15:00:00+08:00", True)}


def clock(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-07-03T{time}+08:00")
