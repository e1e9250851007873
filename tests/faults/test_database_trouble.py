"""The database is locked by somebody else or the disk is full: nothing acknowledged is lost, and it mends by itself."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.dispatcher import Dispatcher
from bot.receiver import Receiver
from bot.spool import Spool
from domain.messages import IncomingMessage
from models import log
from tests.world import LANE, World, at

pytestmark = pytest.mark.faults
HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""


def report(number: int) -> IncomingMessage:
    return IncomingMessage(
        channel="test",
        external_id=f"m-{number}",
        chat="g-3-1",
        sender="wx_31502",
        sender_alias="3-1-502 李秀兰",
        said_at=at("09:30") + timedelta(seconds=5 * number),
        sequence=number,
        text=f"再加{number % 7 + 1}斤土豆",
    )


def stored(world: World) -> list[str]:
    return sorted(m.message.external_id for m in world.logged())


def receiver_of(world: World) -> Receiver:
    return Receiver(world.store, SimulatedClock(at("09:30")), LANE, Spool(world.store.data / "spool", world.store.ring))


@asynccontextmanager
async def dispatching(world: World, receiver: Receiver) -> AsyncIterator[None]:
    """Handle what arrives, as the running program does."""
    dispatcher = Dispatcher(world.store, LANE, world.timetable)
    task = asyncio.create_task(dispatcher.run(receiver.arrived))
    yield
    await receiver.flush_spool()
    await asyncio.wait_for(nothing_waits(world), 60)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def nothing_waits(world: World) -> None:
    while await asyncio.to_thread(pending, world):
        await asyncio.sleep(0.02)


def pending(world: World) -> int:
    with world.store.read() as connection:
        return log.pending(connection, LANE)


@pytest.mark.parametrize("seconds", [0.1, 2.0, 12.0])
async def test_database_locked_by_another_process_loses_nothing(world: World, seconds: float) -> None:
    """Up to ten seconds the messages wait; beyond that they are acknowledged from the spool."""
    receiver = receiver_of(world)
    async with dispatching(world, receiver):
        command = [sys.executable, "-c", HOLDER, str(world.store.data / "gridbot.db"), str(seconds)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            await asyncio.gather(*(receiver.accept(report(n)) for n in range(200)))
            spooled = len(Spool(world.store.data / "spool", world.store.ring).read())
            await asyncio.to_thread(holder.wait)
    assert spooled == (200 if seconds > 10 else 0)
    assert stored(world) == sorted(f"m-{n}" for n in range(200))
    assert world.orders("3-1-502") == {"土豆": f"{sum(n % 7 + 1 for n in range(200))}斤"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip(f"NOT TESTED: no small disk can be mounted here ({made.stderr.decode().strip()})")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(path: Path, leave: int) -> None:
    """Write until the disk is full but for `leave` bytes."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    with path.open("r+b") as file:
        file.truncate(max(0, path.stat().st_size - leave))


async def test_full_disk_loses_nothing_acknowledged_and_mends_by_itself(small_disk: Path) -> None:
    world = World(small_disk)
    receiver = receiver_of(world)
    acknowledged: set[str] = set()
    refused = 0
    for round_number in range(10):
        fill(small_disk / "filler", leave=round_number * 9_000)
        messages = [report(round_number * 50 + n) for n in range(50)]
        for message in messages:
            try:
                await receiver.accept(message)
            except OSError:
                refused += 1
            else:
                acknowledged.add(message.external_id)
        (small_disk / "filler").unlink()
        await receiver.accept(report(1_000 + round_number))
        await receiver.flush_spool()
        assert acknowledged <= set(stored(world)), f"lost in round {round_number}"
    assert refused, "the disk was never full: this test would prove nothing"
    assert acknowledged
    assert len(stored(world)) == len(set(stored(world)))
    world.dispatcher.work_off()
    assert world.orders("3-1-502")
    world.close()
