"""The program under test in a process of its own: a gateway on standard input that redelivers until it is acknowledged.

Usage: child.py DATA KILL_POINT. Reads messages as JSON lines, prints `ack ID` after the durable commit and `sent TO
TEXT` for each post that reached the platform. At its named kill point the process kills itself, as a power cut would.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from bot.channels.base import OutgoingMessage, RateLimit, Receipt
from bot.clock import SimulatedClock
from bot.dispatcher import Dispatcher
from bot.manners import Manners, MannersSettings
from bot.pacing import Window
from bot.quiet import QuietHours
from bot.receiver import Receiver
from bot.sender import Sender
from bot.spool import Spool
from domain.messages import IncomingMessage
from domain.slots import Timetable
from models.store import Store
from scheduler.runner import Runner
from tests.world import LANE, World, at


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def tell(line: str) -> None:
    """Write one line in one piece: a kill leaves a whole line or none."""
    os.write(1, f"{line}\n".encode())


class Platform:
    """A platform that shows what it was given at once; it may die in the middle of a sending."""

    name = "test"
    limit = RateLimit(per_minute=10_000, per_hour=10_000, per_day=10_000, max_bytes=20_000)

    def __init__(self, kill_in_send: bool) -> None:
        self._kill_in_send, self._sent = kill_in_send, 0

    async def send(self, message: OutgoingMessage) -> Receipt:
        self._sent += 1
        tell(f"sent {message.chat or message.account} {json.dumps(message.text)}")
        if self._kill_in_send and self._sent == 3:
            die()
        return Receipt()

    def can_dm(self, account: str) -> bool:
        return bool(account)


def wide_manners() -> Manners:
    from datetime import timedelta

    many = {w: Window(100_000, timedelta(seconds=s)) for w, s in (("minute", 60), ("hour", 3600), ("day", 86_400))}
    settings = MannersSettings(
        **many,
        group_hour=Window(100_000, timedelta(hours=1)),
        group_gap=timedelta(),
        gap_from=timedelta(),
        gap_to=timedelta(),
        same_text_groups=100_000,
        unsolicited_a_day=100_000,
        quiet=QuietHours(()),
        loop_repeats=100_000,
    )
    return Manners(settings, lambda: 0.0)


async def main(data: Path, kill_point: str) -> None:
    store = Store.open(data)
    clock = SimulatedClock(at("08:00"))
    receiver = Receiver(store, clock, LANE, Spool(data / "spool", store.ring))
    timetable = Timetable()
    dispatcher = Dispatcher(store, LANE, timetable)
    runner = Runner(store, LANE, timetable)
    sender = Sender(store, LANE, clock, {"test": Platform(kill_point == "in send")}, {"test": wide_manners()})
    sender.recover()
    if kill_point == "in job":
        plain = runner._do

        def interrupted(*arguments):  # type: ignore[no-untyped-def]
            plain(*arguments)
            die()

        runner._do = interrupted  # type: ignore[method-assign]
    tell("ready")
    tasks = [asyncio.create_task(dispatcher.run(receiver.arrived)), asyncio.create_task(sender.run(0.005))]
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    acks = set()
    while line := await reader.readline():
        raw = json.loads(line)
        if "clock" in raw:
            clock.advance_to(datetime.fromisoformat(raw["clock"]))
            await asyncio.to_thread(runner.run_due, clock.now(), grace=False)
            tell("clock")
            continue
        task = asyncio.create_task(take(receiver, raw, kill_point))
        acks.add(task)
        task.add_done_callback(acks.discard)
    for task in tasks:
        task.cancel()


async def take(receiver: Receiver, raw: dict[str, str], kill_point: str) -> None:
    message = IncomingMessage(
        channel="test",
        external_id=raw["id"],
        chat=raw["chat"],
        sender=raw["sender"],
        sender_name=raw["name"],
        sender_alias=raw["alias"],
        said_at=datetime.fromisoformat(raw["at"]),
        text=raw["text"],
        sequence=int(raw["sequence"]),
    )
    await receiver.accept(message)
    if kill_point == "after commit" and int(raw["sequence"]) % 17 == 0:
        die()
    tell(f"ack {raw['id']}")


if __name__ == "__main__":
    if sys.argv[2] == "seed":
        World(Path(sys.argv[1]).parent).close()
    else:
        asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
