"""What the program does by the clock: timed work, the spool, its own heartbeat. The database says what is done."""

import asyncio
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.heartbeat import Heartbeat
from bot.logs import get_logger
from bot.receiver import Receiver
from scheduler.runner import Runner

TICK_SECONDS = 15
SPOOL_SECONDS = 30
_log = get_logger("schedule")


class Scheduled(Protocol):
    """The parts of the program that are looked after; `runner` may be replaced while it runs."""

    runner: Runner

    @property
    def clock(self) -> Clock: ...
    @property
    def receiver(self) -> Receiver: ...
    @property
    def heartbeat(self) -> Heartbeat: ...


def start_schedule(program: Scheduled) -> AsyncIOScheduler:
    """Look every 15 seconds; whoever starts it shuts it down."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": TICK_SECONDS}
    scheduler.add_job(_tick, "interval", [program], seconds=TICK_SECONDS, id="plan", **options)
    scheduler.add_job(_beat, "interval", [program.heartbeat], seconds=TICK_SECONDS, id="heartbeat", **options)
    scheduler.add_job(_flush, "interval", [program.receiver], seconds=SPOOL_SECONDS, id="spool", **options)
    scheduler.start()
    return scheduler


async def _tick(program: Scheduled) -> None:
    try:
        ran = await asyncio.to_thread(program.runner.run_due, program.clock.now())
    except Exception as error:  # noqa: BLE001 - the next tick does what this one could not
        _log.failure("tick_failed", error)
        return
    if ran.done or ran.missed:
        _log.info("jobs_ran", done=ran.done, queued=ran.queued, missed=ran.missed)


async def _beat(heartbeat: Heartbeat) -> None:
    try:
        await asyncio.to_thread(heartbeat.beat)
    except Exception as error:  # noqa: BLE001 - a beat that is missed makes a gap look longer, nothing worse
        _log.failure("heartbeat_failed", error)


async def _flush(receiver: Receiver) -> None:
    try:
        moved = await receiver.flush_spool()
    except Exception as error:  # noqa: BLE001 - the database still takes nothing; the spool keeps the messages
        _log.failure("spool_waits", error)
        return
    if moved:
        _log.info("spool_flushed", messages=moved)
