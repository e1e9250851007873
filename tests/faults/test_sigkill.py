"""Kills the real process at random and at named points: nothing acknowledged is lost, no effect is doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.state import print_state
from models import log
from models.store import ReadOnlyStore, Store
from tests.world import CHATS, LANE, RESIDENTS, World, at

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("GRIDBOT_KILLS", "2000" if os.environ.get("GRIDBOT_RELEASE") else "200"))
SHARES = 4
POINTS = ("at random", "at random", "after commit", "in send", "in job")
pytestmark = pytest.mark.faults


class Child:
    """One run of the program; remembers what it acknowledged and what it sent."""

    def __init__(self, data: Path, point: str, acked: set[str], sent: Counter[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/faults/child.py"), str(data), point],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._acked, self._sent = acked, sent
        self.ready = threading.Event()
        self.idle = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "ready":
                self.ready.set()
            elif word == "ack":
                self._acked.add(rest)
            elif word == "sent":
                self._sent[rest] += 1
            elif word == "clock":
                self.idle.set()
        self.ready.set()
        self.idle.set()

    def tell(self, row: dict[str, object]) -> bool:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(row) + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, OSError):
            return False
        return True

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def end(self) -> None:
        self.process.wait(30)
        self._reader.join(10)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


@pytest.mark.parametrize("share", range(SHARES))
def test_kills_lose_nothing_acknowledged_and_double_no_effect(tmp_path: Path, share: int) -> None:
    dice = random.Random(share)
    World(tmp_path).close()
    data = tmp_path / "data"
    kills = KILLS // SHARES
    messages = script(kills * 6)
    acked: set[str] = set()
    sent: Counter[str] = Counter()
    for number in range(kills):
        child = Child(data, dice.choice(POINTS), acked, sent)
        assert child.ready.wait(30), "the program did not start"
        waiting = [m for m in messages[: (number + 1) * 6] if m["id"] not in acked]
        again = dice.sample(messages[: number * 6], min(3, number * 6))
        clock = {"clock": (at("08:00") + timedelta(minutes=5 * number)).isoformat()}
        for row in [*again, *waiting, clock]:
            if not child.tell(row):
                break
        if dice.random() < 0.5:
            child.idle.wait(dice.random() * 0.1)
        child.kill()
    expected = finish(data, messages, acked, sent)
    assert len(acked) == len(messages)
    check_log(data, messages)
    assert state_of(data) == expected
    doubled = [key for key, times in sent.items() if times > 1]
    assert not doubled, doubled[:3]


def finish(data: Path, messages: list[dict[str, object]], acked: set[str], sent: Counter[str]) -> dict[str, object]:
    """Deliver the rest without kills; return the state that an undisturbed run of the same messages gives."""
    child = Child(data, "never", acked, sent)
    assert child.ready.wait(30)
    for row in [m for m in messages if m["id"] not in acked]:
        child.tell(row)
    child.tell({"clock": at("23:00").isoformat()})
    assert child.idle.wait(60)
    assert child.process.stdin is not None
    child.process.stdin.close()
    child.end()
    return undisturbed(data, messages)


def undisturbed(data: Path, messages: list[dict[str, object]]) -> dict[str, object]:
    world = World(data.parent / "calm")
    for row in messages:
        world.say(
            str(row["text"]),
            who=str(row["door"]),
            chat=str(row["chat"]),
            time=str(row["time"]),
            message_id=str(row["id"]),
            sequence=row["sequence"],
        )
    state = books(world.store)
    world.close()
    return state


def state_of(data: Path) -> dict[str, object]:
    store = Store.open(data)
    world_dispatch(store)
    state = books(store)
    store.close()
    return state


def world_dispatch(store: Store) -> None:
    from bot.dispatcher import Dispatcher
    from domain.slots import Timetable

    dispatcher = Dispatcher(store, LANE, Timetable())
    while True:
        progress = dispatcher.process_batch()
        if not progress.handled and not progress.failed:
            return


def books(store: Store | ReadOnlyStore) -> dict[str, object]:
    with store.read() as connection:
        state = json.loads(print_state(connection, store.ring, LANE))
    return {name: state[name] for name in ("chains", "checkins", "orders", "shopping", "doubts")}


def check_log(data: Path, messages: list[dict[str, object]]) -> None:
    store = ReadOnlyStore(data)
    with store.read() as connection:
        logged = Counter(m.message.external_id for m in log.read_after(connection, store.ring, LANE, 0, 100_000))
    store.close()
    assert logged == Counter({str(m["id"]): 1 for m in messages})


def script(count: int) -> list[dict[str, object]]:
    """Return messages of a morning: reports, orders that add up, chatter, and a chain that grows."""
    doors = [door for door in RESIDENTS if door.startswith("3-1")]
    rows = []
    for number in range(count):
        door = doors[number % len(doors)]
        text = ("再加1斤土豆", "都好 36.5", "早上好", f"再来{1 + number % 3}板鸡蛋", "收到")[number % 5]
        moment = at("08:00") + timedelta(seconds=7 * number)
        rows.append(
            {
                "id": f"k-{number:05d}",
                "chat": next(c for c in CHATS if c == "g-3-1"),
                "sender": World.account(door),
                "door": door,
                "name": RESIDENTS[door],
                "alias": f"{door} {RESIDENTS[door]}",
                "at": moment.isoformat(),
                "time": moment.strftime("%H:%M:%S"),
                "text": text,
                "sequence": number,
            }
        )
    return rows
