"""Wires the program together and runs it until it is told to stop."""

import asyncio
import random
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.channels.base import Channel
from bot.channels.console import Console
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.config import Config
from bot.dispatcher import Dispatcher
from bot.logs import get_logger
from bot.manners import Manners, MannersSettings
from bot.pacing import Window
from bot.receiver import Receiver
from bot.sender import Sender
from bot.sink import ProgramSink
from bot.spool import Spool
from bot.webchat_history import StoredHistory
from domain.slots import Timetable
from models.lanes import lane_of
from models.reset import empty_lane
from models.store import Store
from scheduler.plan import ChatTimes
from scheduler.runner import Runner
from web.app import create_app
from web.services import ChannelView, DemoDesk, Services

TICK_SECONDS = 15
SPOOL_SECONDS = 30
_log = get_logger("app")


@dataclass(slots=True)
class Program:
    """Everything that runs, built but not started. `clock` is the program's only clock."""

    config: Config
    store: Store
    lane: int
    clock: Clock
    timetable: Timetable
    receiver: Receiver
    dispatcher: Dispatcher
    runner: Runner
    webchat: WebChat
    channels: Mapping[str, Channel]
    manners: Mapping[str, Manners]
    sender: Sender
    sinks: Mapping[str, ProgramSink]
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ledger_tasks: list[asyncio.Task[None]] = field(default_factory=list)


def build(config: Config, store: Store, clock: Clock) -> Program:
    """Put the parts together for one data folder."""
    lane, timetable = lane_of(config.community.name), config.timetable
    spool = Spool(store.data / "spool", store.ring)
    spool.check()
    receiver = Receiver(store, clock, lane, spool)
    webchat = WebChat(StoredHistory(store, lane), clock)
    channels = _channels(config, webchat, clock)
    manners = {name: _manners(config, channel) for name, channel in channels.items()}
    sender = Sender(store, lane, clock, channels, manners)
    runner = _runner(config, store, lane)
    sinks = {name: ProgramSink(name, store, lane, receiver, sender) for name in channels}
    dispatcher = Dispatcher(store, lane, timetable)
    return Program(
        config, store, lane, clock, timetable, receiver, dispatcher, runner, webchat, channels, manners, sender, sinks
    )


async def serve(program: Program, stop: asyncio.Event, demo: DemoDesk | None = None) -> None:
    """Run channels, dispatcher, sender, schedule and pages until `stop` is set, then end in order."""
    await asyncio.to_thread(program.sender.recover)
    await program.receiver.flush_spool()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):
            loop.add_signal_handler(number, stop.set)
    _start_ledger(program)
    program.tasks += [
        asyncio.create_task(channel.run(program.sinks[name]), name=name) for name, channel in program.channels.items()
    ]
    scheduler = _schedule(program)
    site = await _pages(program, demo)
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)
        await site.cleanup()
        for task in (*program.tasks, *program.ledger_tasks):
            task.cancel()
        await asyncio.gather(*program.tasks, *program.ledger_tasks, return_exceptions=True)


async def start_over(program: Program, seed: Callable[[], None]) -> None:
    """Empty the lane, let `seed` fill it anew and go on with nothing remembered. Only the demo does this."""
    for task in program.ledger_tasks:
        task.cancel()
    await asyncio.gather(*program.ledger_tasks, return_exceptions=True)
    await asyncio.wrap_future(program.store.write(lambda connection: empty_lane(connection, program.lane)))
    await asyncio.to_thread(seed)
    program.dispatcher = Dispatcher(program.store, program.lane, program.timetable)
    program.runner = _runner(program.config, program.store, program.lane)
    program.sender.forget()
    _start_ledger(program)


def _start_ledger(program: Program) -> None:
    program.receiver.arrived.set()
    program.ledger_tasks = [
        asyncio.create_task(program.dispatcher.run(program.receiver.arrived), name="dispatcher"),
        asyncio.create_task(program.sender.run(), name="sender"),
    ]


def _runner(config: Config, store: Store, lane: int) -> Runner:
    chat_times = {chat: ChatTimes(**times) for chat, times in config.schedule.per_chat.items()}
    return Runner(store, lane, config.timetable, chat_times, timedelta(minutes=config.schedule.grace_minutes))


def _channels(config: Config, webchat: WebChat, clock: Clock) -> dict[str, Channel]:
    channels: dict[str, Channel] = {}
    if config.channels.webchat:
        channels[webchat.name] = webchat
    if config.channels.console:
        console = Console(clock, sys.stdin, sys.stdout, account="console", sender_name="console")
        channels[console.name] = console
    return channels


def _manners(config: Config, channel: Channel) -> Manners:
    """Return the manners of a channel's account: the embedded page bears more than somebody else's platform."""
    own = config.manners
    page = channel.name in ("webchat", "console")
    scale = 100 if page else 1
    settings = MannersSettings(
        minute=Window(own.per_minute * scale, timedelta(minutes=1), reserved=1),
        hour=Window(own.per_hour * scale, timedelta(hours=1), reserved=5),
        day=Window(own.per_day * scale, timedelta(hours=24), reserved=20),
        group_hour=Window(own.per_group_hour, timedelta(hours=1), reserved=1),
        group_gap=timedelta(seconds=own.group_gap_seconds),
        gap_from=timedelta() if page else timedelta(seconds=3),
        gap_to=timedelta() if page else timedelta(seconds=12),
        unsolicited_a_day=own.unsolicited_per_day,
    )
    return Manners(settings.within(channel.limit), random.random)


def _schedule(program: Program) -> AsyncIOScheduler:
    """Look every 15 seconds; the database decides whether anything is done."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    options = {"coalesce": True, "max_instances": 1, "misfire_grace_time": TICK_SECONDS}
    scheduler.add_job(_tick, "interval", [program], seconds=TICK_SECONDS, id="plan", **options)
    scheduler.add_job(_flush, "interval", [program], seconds=SPOOL_SECONDS, id="spool", **options)
    scheduler.start()
    return scheduler


async def _tick(program: Program) -> None:
    try:
        ran = await asyncio.to_thread(program.runner.run_due, program.clock.now())
    except Exception as error:  # noqa: BLE001 - the next tick does what this one could not
        _log.failure("tick_failed", error)
        return
    if ran.done or ran.missed:
        _log.info("jobs_ran", done=ran.done, queued=ran.queued, missed=ran.missed)


async def _flush(program: Program) -> None:
    try:
        moved = await program.receiver.flush_spool()
    except Exception as error:  # noqa: BLE001 - the database still takes nothing; the spool keeps the messages
        _log.failure("spool_waits", error)
        return
    if moved:
        _log.info("spool_flushed", messages=moved)


async def _pages(program: Program, demo: DemoDesk | None) -> web.AppRunner:
    config = program.config
    services = Services(
        store=program.store,
        lane=program.lane,
        now=program.clock.now,
        hub=program.webchat,
        timetable=program.timetable,
        community=config.community.name,
        operator=config.community.operator,
        demo=demo,
        channels=lambda: _views(program),
    )
    runner = web.AppRunner(create_app(services), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, config.web.host, config.web.port).start()
    return runner


def _views(program: Program) -> Sequence[ChannelView]:
    views = []
    for name, sink in program.sinks.items():
        use = program.manners[name].budget(program.clock.now())
        used = (use.minute, use.hour, use.day)
        views.append(ChannelView(name, sink.latest.connected, sink.latest.detail, used, use.stopped_until))
    return views
