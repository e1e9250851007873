"""Wires the program together and runs it until it is told to stop."""

import asyncio
import random
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp.web import AppRunner

from bot.accounts import manners_of
from bot.channels.base import Channel
from bot.channels.console import Console
from bot.channels.webchat import WebChat
from bot.clock import Clock
from bot.config import Config
from bot.directory import CurrentDirectory
from bot.dispatcher import Dispatcher
from bot.hearing import REMEMBERED, Hearing
from bot.heartbeat import Heartbeat
from bot.keeping import keep_running
from bot.links import Links
from bot.manners import Manners
from bot.names import LOCAL, SENDS_ONLY, kind_of
from bot.outlook import Outlook
from bot.platforms import Surroundings, platforms
from bot.receiver import Receiver
from bot.routes import Routes
from bot.schedule import start_schedule
from bot.sender import Sender
from bot.serving import serve_calls, serve_pages, stop_serving, try_own_addresses
from bot.signing_in import Announcer
from bot.sink import Ears, ProgramSink
from bot.spool import Spool
from bot.webchat_history import StoredHistory
from domain.roles import IN_CHARGE
from domain.slots import Timetable
from models.hearings import heard_since
from models.lanes import lane_of
from models.reset import empty_lane
from models.store import Store
from scheduler.plan import ChatTimes
from scheduler.runner import Runner
from web.app import create_app
from web.services import ChannelView, DemoDesk, Services


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
    links: Links
    heartbeat: Heartbeat
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    ledger_tasks: list[asyncio.Task[None]] = field(default_factory=list)


def build(config: Config, store: Store, clock: Clock) -> Program:
    """Put the parts together for one data folder. Raises ConfigError where an account cannot be used."""
    lane, timetable = lane_of(config.community.name), config.timetable
    spool = Spool(store.data / "spool", store.ring)
    spool.check()
    receiver = Receiver(store, clock, lane, spool)
    webchat = WebChat(StoredHistory(store, lane), clock)
    hearing, links = _hearing(store, lane, clock), Links()
    channels = _channels(config, webchat, store, lane, clock, hearing)
    manners = manners_of(config, channels, store, lane, clock.now())

    def stopped(name: str, now: datetime) -> bool:
        until = manners[name].stopped_until
        return until is not None and until > now

    board = f"{config.web.public_url}/board" if config.web.public_url else ""
    routes = Routes(channels, hearing, links, stopped, board)
    outlook = Outlook(timetable, _chat_times(config), routes.home)
    sender = Sender(store, lane, clock, channels, manners, routes, outlook)
    ears = Ears(store, lane, clock, receiver, sender, hearing, links, Announcer(sys.stderr))
    deaf = [name for name in channels if name not in LOCAL and kind_of(name) not in SENDS_ONLY]
    return Program(
        config=config,
        store=store,
        lane=lane,
        clock=clock,
        timetable=timetable,
        receiver=receiver,
        dispatcher=Dispatcher(store, lane, timetable),
        runner=_runner(config, store, lane),
        webchat=webchat,
        channels=channels,
        manners=manners,
        sender=sender,
        sinks={name: ProgramSink(name, ears) for name in channels},
        links=links,
        heartbeat=Heartbeat(store, lane, clock, links, deaf),
    )


async def serve(
    program: Program,
    stop: asyncio.Event,
    demo: DemoDesk | None = None,
    listening: Callable[[int], None] = lambda _port: None,
) -> None:
    """Run channels, dispatcher, sender, schedule and pages until `stop` is set, then end in order.

    `listening` is told the pages' port. Raises AddressError before anything has begun where a port cannot be had.
    """
    await try_own_addresses(program.channels.values())
    pages = await _pages(program, demo)
    sites = [pages]
    try:
        sites += await serve_calls(program.channels.values())
        listening(pages.addresses[0][1])
        await _run(program, stop)
    finally:
        await stop_serving(sites)


async def _run(program: Program, stop: asyncio.Event) -> None:
    await asyncio.to_thread(program.heartbeat.start)
    await asyncio.to_thread(program.sender.recover)
    await asyncio.to_thread(program.dispatcher.retry_set_aside)
    await program.receiver.flush_spool()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):
            loop.add_signal_handler(number, stop.set)
    _start_ledger(program)
    program.tasks += [
        asyncio.create_task(keep_running(channel, program.sinks[name]), name=name)
        for name, channel in program.channels.items()
    ]
    scheduler = start_schedule(program)
    try:
        await stop.wait()
    finally:
        scheduler.shutdown(wait=False)
        for task in (*program.tasks, *program.ledger_tasks):
            task.cancel()
        await asyncio.gather(*program.tasks, *program.ledger_tasks, return_exceptions=True)
        await asyncio.to_thread(program.heartbeat.beat)


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
    grace = timedelta(minutes=config.schedule.grace_minutes)
    return Runner(store, lane, config.timetable, _chat_times(config), grace)


def _chat_times(config: Config) -> dict[str, ChatTimes]:
    return {chat: ChatTimes(times.morning, times.evening) for chat, times in config.schedule.per_chat.items()}


def _hearing(store: Store, lane: int, clock: Clock) -> Hearing:
    with store.read() as connection:
        return Hearing(heard_since(connection, lane, clock.now() - REMEMBERED))


def _channels(
    config: Config, webchat: WebChat, store: Store, lane: int, clock: Clock, hearing: Hearing
) -> dict[str, Channel]:
    channels: dict[str, Channel] = {}
    if config.channels.webchat:
        channels[webchat.name] = webchat
    if config.channels.console:
        console = Console(clock, sys.stdin, sys.stdout, account="console", sender_name="console")
        channels[console.name] = console
    directory = CurrentDirectory(store, lane)

    def may_invite(account: str) -> bool:
        """Only who is in charge of the community may put the bot into a group."""
        return any(person.role in IN_CHARGE for person in directory.get().roles_of(account))

    given = Surroundings(
        clock=clock,
        random=random.random,
        cache=Path(store.data) / "cache",
        may_invite=may_invite,
        partners=hearing.partners,
    )
    return channels | platforms(config.channels, given)


async def _pages(program: Program, demo: DemoDesk | None) -> AppRunner:
    config = program.config
    services = Services(
        store=program.store,
        lane=program.lane,
        now=program.clock.now,
        hub=program.webchat,
        timetable=program.timetable,
        community=config.community.name,
        operator=config.community.operator,
        public_url=config.web.public_url,
        demo=demo,
        channels=lambda: _views(program),
    )
    return await serve_pages(create_app(services), config.web.host, config.web.port)


def _views(program: Program) -> Sequence[ChannelView]:
    views, now = [], program.clock.now()
    for name in program.channels:
        use, status = program.manners[name].budget(now), program.links[name].status
        used = (use.minute, use.hour, use.day)
        views.append(
            ChannelView(name, status.connected, status.detail, used, use.stopped_until, status.state.value, status.qr)
        )
    return views
