"""Durable ingest and handling on SQLite with synchronous=FULL, beside one commit a message in the same run.

Prints messages a second into the log with 64 producers, messages a second fully handled, the acknowledgement's latency
at 500 a second, and the peak memory.
"""

import asyncio
import resource
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.dispatcher import Dispatcher
from bot.receiver import Receiver
from bot.spool import Spool
from domain.messages import IncomingMessage
from domain.slots import Timetable
from models import log
from tests.world import LANE, RESIDENTS, World, at

COUNT = 20_000
PRODUCERS = 64
TEXTS = (
    "早上好",
    "都好 36.5",
    "收到",
    "帮我带土豆两斤，鸡蛋一板",
    "今天真热啊",
    "一家三口都好",
    "谢谢单元长",
    "请问今天几点送菜？",
)


def messages(count: int, start: int = 0) -> list[IncomingMessage]:
    doors = list(RESIDENTS)
    return [
        IncomingMessage(
            channel="bench",
            external_id=f"b-{start + n}",
            chat="g-3-1" if doors[n % 6].startswith("3-1") else "g-3-2",
            sender=World.account(doors[n % 6]),
            sender_name=RESIDENTS[doors[n % 6]],
            sender_alias=f"{doors[n % 6]} {RESIDENTS[doors[n % 6]]}",
            said_at=at("08:00"),
            text=TEXTS[n % len(TEXTS)] + "！" * (n // 8 % 7),
        )
        for n in range(count)
    ]


async def ingest(receiver: Receiver, batch: list[IncomingMessage]) -> float:
    """Return messages a second that 64 producers get acknowledged, each waiting for its own."""
    started = time.perf_counter()

    async def produce(own: list[IncomingMessage]) -> None:
        for message in own:
            await receiver.accept(message)

    await asyncio.gather(*(produce(batch[i::PRODUCERS]) for i in range(PRODUCERS)))
    return len(batch) / (time.perf_counter() - started)


async def latency(receiver: Receiver, rate: int = 500, seconds: float = 5) -> list[float]:
    """Return the milliseconds from handing over to acknowledgement, at a steady rate."""
    waits: list[float] = []

    async def one(message: IncomingMessage) -> None:
        started = time.perf_counter()
        await receiver.accept(message)
        waits.append((time.perf_counter() - started) * 1000)

    tasks, begin = [], time.perf_counter()
    for n, message in enumerate(messages(int(rate * seconds), 1_000_000)):
        await asyncio.sleep(max(0, begin + n / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(one(message)))
    await asyncio.gather(*tasks)
    return waits


def one_commit_each(world: World, count: int = 1_000) -> float:
    started = time.perf_counter()
    for message in messages(count, 2_000_000):
        world.store.write(lambda c, m=message: log.publish(c, world.store.ring, LANE, [(m, at("08:00"))])).result()
    return count / (time.perf_counter() - started)


def handled(world: World) -> float:
    """Return messages a second from the log to the committed ledger, said over a day."""
    dispatcher = Dispatcher(world.store, LANE, Timetable())
    count = 0
    started = time.perf_counter()
    while done := dispatcher.process_batch().handled:
        count += done
    return count / (time.perf_counter() - started)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        receiver = Receiver(world.store, SystemClock(), LANE, Spool(Path(folder) / "spool", world.store.ring))
        batch = [replace(m, said_at=at("08:00") + timedelta(seconds=n)) for n, m in enumerate(messages(COUNT))]
        rate = asyncio.run(ingest(receiver, batch))
        print(f"durable ingest, {PRODUCERS} producers   {rate:10,.0f} messages/s   (goal 5,000)")
        full = handled(world)
        print(f"fully handled                  {full:10,.0f} messages/s   (goal 1,500)")
        single = one_commit_each(world)
        print(f"one commit a message           {single:10,.0f} messages/s   ratio {rate / single:.1f}")
        waits = asyncio.run(latency(receiver))
        p50, p99 = statistics.median(waits), statistics.quantiles(waits, n=100)[98]
        print(f"acknowledgement at 500/s       p50 {p50:.1f} ms   p99 {p99:.1f} ms   (goal 50)")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory                    {peak:10,.0f} MB   (goal 300)")
        world.close()


if __name__ == "__main__":
    main()
