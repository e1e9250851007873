"""One sender floods, and a long day goes by: nobody else waits, nothing is lost, nothing grows."""

import asyncio
import gc
import os
import threading
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.dispatcher import Dispatcher
from bot.receiver import Receiver
from bot.spool import Spool
from domain.intents import CheckIn
from domain.messages import IncomingMessage
from models import facts, log
from tests.world import LANE, RESIDENTS, World, at

FLOOD = 5_000
WORDS = ("在吗", "都好 36.5", "帮助", "再加1斤土豆", "#接龙\n健康打卡\n1. 502 36.5", "我家孩子38.9", "好" * 200)
pytestmark = pytest.mark.faults


def flood(number: int) -> IncomingMessage:
    return IncomingMessage(
        channel="test",
        external_id=f"f-{number}",
        chat="g-3-1",
        sender="wx_31502",
        sender_name="李秀兰",
        sender_alias="3-1-502 李秀兰",
        said_at=at("09:00") + timedelta(seconds=60 * number / FLOOD),
        text=f"{WORDS[number % len(WORDS)]}{'' if number % 3 else number}",
        sequence=number,
    )


def neighbour(second: int) -> IncomingMessage:
    return IncomingMessage(
        channel="test",
        external_id=f"n-{second}",
        chat="g-3-1",
        sender="wx_31601",
        sender_name="周国强",
        sender_alias="3-1-601 周国强",
        said_at=at("09:00") + timedelta(seconds=second),
        text=f"都好 36.{second % 10}",
    )


async def test_flood_of_one_sender_delays_nobody_and_loses_nothing(world: World) -> None:
    """A minute of flood, second by second: what a neighbour writes is booked with the second in which it came."""
    receiver = Receiver(
        world.store, SimulatedClock(at("09:00")), LANE, Spool(world.store.data / "spool", world.store.ring)
    )
    dispatcher = Dispatcher(world.store, LANE, world.timetable)
    backlog = longest = 0.0
    for second in range(60):
        part = [flood(n) for n in range(second * FLOOD // 60, (second + 1) * FLOOD // 60)]
        started = time.perf_counter()
        await asyncio.gather(*(receiver.accept(m) for m in part), receiver.accept(neighbour(second)))
        await asyncio.to_thread(dispatcher.work_off)
        backlog = max(0.0, backlog + time.perf_counter() - started - 1.0)
        longest = max(longest, backlog + time.perf_counter() - started)
        assert pending(world) == 0
        assert temperature_of_neighbour(world) == Decimal(360 + second % 10) / 10
    print(f"longest delay of a neighbour: {longest:.2f} s (wanted: at most 2)")
    assert len(world.logged()) == FLOOD + 60


def temperature_of_neighbour(world: World) -> Decimal | None:
    """Return what the neighbour's newest fact says."""
    with world.store.read() as connection:
        *_, newest = facts.of_household(connection, world.store.ring, LANE, "3-1-601")
    return newest.intent.temperatures[0] if isinstance(newest.intent, CheckIn) else None


def pending(world: World) -> int:
    with world.store.read() as connection:
        return log.pending(connection, LANE)


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_long_day_leaves_memory_files_and_tasks_as_they_were(world: World) -> None:
    receiver = Receiver(
        world.store, SimulatedClock(at("08:00")), LANE, Spool(world.store.data / "spool", world.store.ring)
    )
    task = asyncio.create_task(Dispatcher(world.store, LANE, world.timetable).run(receiver.arrived))
    doors = list(RESIDENTS)

    async def hour(number: int) -> None:
        for start in range(0, 1_000, 100):
            await asyncio.gather(*(receiver.accept(said(number * 1_000 + start + n)) for n in range(100)))
        while await asyncio.to_thread(pending, world):
            await asyncio.sleep(0.02)

    def said(number: int) -> IncomingMessage:
        door = doors[number % 4]
        return IncomingMessage(
            channel="test",
            external_id=f"m-{number}",
            chat="g-3-1",
            sender=world.account(door),
            sender_alias=f"{door} {RESIDENTS[door]}",
            said_at=at("08:00") + timedelta(seconds=8 * number),
            text=f"早上好{number}" if number % 4 else f"都好 36.{number % 8}",
        )

    for number in range(2):
        await hour(number)
    gc.collect()
    memory, files, tasks, threads = resident_bytes(), open_files(), len(asyncio.all_tasks()), threading.active_count()
    for number in range(2, 5):
        await hour(number)
    gc.collect()
    grown = (resident_bytes() - memory) / 1e6
    now = (open_files(), len(asyncio.all_tasks()), threading.active_count())
    task.cancel()
    assert grown <= 20, f"{grown:.0f} MB more"
    assert [abs(a - b) <= 5 for a, b in zip(now, (files, tasks, threads), strict=True)] == [True] * 3
    assert (world.store.data / "gridbot.db-wal").stat().st_size <= 64_000_000
    assert len(world.logged()) == 5_000
