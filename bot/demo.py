"""The demo: seeds the invented community, and stages its day on the running program."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.channels.webchat import WebChat
from bot.demo_clock import DemoClock
from bot.demo_community import SHOP, WORK, Community, Member, invent
from bot.demo_day import DemoDay, Ear
from models import jobs, log, settings, voices
from models.directory import load_directory
from models.roster import bind, bind_chat, save_goods, save_households, save_people
from models.store import Store
from scheduler.runner import Runner

_IS_DEMO = "demo"
_POLL = 0.02


def is_demo(connection: Connection, lane: int) -> bool:
    """Say whether the lane holds the demo's community."""
    return settings.load(connection, lane, _IS_DEMO) is not None


def is_empty(connection: Connection, store: Store, lane: int) -> bool:
    """Say whether the lane has no roster yet, so that the demo may be offered."""
    directory = load_directory(connection, store.ring, lane)
    return not (directory.households or directory.people or directory.chats)


def seed_demo(store: Store, lane: int, now: datetime) -> Community:
    """Write the invented community into a lane, in one transaction; the same every time."""
    community = invent()
    store.write(lambda connection: _write(connection, store, lane, community, now)).result()
    return community


def _write(connection: Connection, store: Store, lane: int, community: Community, now: datetime) -> None:
    ring = store.ring
    save_households(connection, ring, lane, [(home.household, home.phone) for home in community.homes])
    save_people(connection, ring, lane, community.people)
    save_goods(connection, lane, community.goods)
    for chat in community.chats:
        bind_chat(connection, lane, chat, None)
    for home in community.homes:
        for m in home.members:
            bind(connection, ring, lane, m.account, home.household.key, m.name, now)
            voices.hear(connection, ring, lane, home.room, m.account, m.nickname, m.alias, now)
    for m in community.workers:
        voices.hear(connection, ring, lane, WORK, m.account, m.nickname, m.alias, now)
    settings.save(connection, lane, _IS_DEMO, {"shop": SHOP})


class ProgramStage:
    """The stage on a running program. `restart` empties the lane, seeds it and starts a fresh dispatcher."""

    def __init__(
        self,
        store: Store,
        lane: int,
        clock: DemoClock,
        webchat: WebChat,
        runner: Callable[[], Runner],
        restart: Callable[[], Awaitable[None]],
    ) -> None:
        self._store, self._lane, self._webchat = store, lane, webchat
        self._runner, self._restart = runner, restart
        self.clock = clock

    async def say(self, room: str, who: Member, text: str) -> None:
        """Let somebody say something on the chat page; in groups of many units with the full door in the remark."""
        full = f"{who.home.key} {who.name}" if who.home and room in (SHOP, WORK) else who.alias
        await self._webchat.say(room, who.account, who.nickname, full, text)

    def listen(self) -> Ear:
        """Hear every room."""
        return self._webchat.subscribe(lambda _room: True)

    async def run_due(self, now: datetime) -> None:
        """Do the timed work that has fallen due, each piece at its own moment."""
        await asyncio.to_thread(self._run_until, now)

    async def caught_up(self) -> None:
        """Return when the dispatcher has handled everything that is in the log."""
        while await asyncio.to_thread(self._pending):
            await asyncio.sleep(_POLL)

    async def skip_to(self, moment: datetime) -> None:
        """Count the timed work up to `moment` as looked at."""
        await asyncio.wrap_future(self._store.write(lambda c: jobs.plan_until(c, self._lane, moment)))

    async def start_over(self) -> None:
        """Empty the demo's books and invent the community anew."""
        await self._restart()

    def _run_until(self, now: datetime) -> None:
        runner = self._runner()
        while (moment := runner.next_due(now)) is not None:
            runner.run_due(moment)

    def _pending(self) -> int:
        with self._store.read() as connection:
            return log.pending(connection, self._lane)


def resume_clock(store: Store, lane: int, clock: DemoClock) -> None:
    """After a restart, go on from where an earlier played day stopped: the demo's time never goes back."""
    with store.read() as connection:
        planned = jobs.planned_until(connection, lane)
    if planned is not None and planned > clock.now():
        clock.run_on(planned)


__all__ = ["DemoDay", "ProgramStage", "invent", "is_demo", "is_empty", "resume_clock", "seed_demo"]
