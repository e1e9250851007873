"""The whole program behind the pages, in one event loop: for tests that open them with a client or a real browser."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from sqlalchemy import Connection

from bot.app import Program, build, start_over
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.config import Config
from bot.demo import DemoDay, ProgramStage, invent, seed_demo
from bot.demo_clock import DemoClock
from domain.areas import Household
from domain.roles import Chat, Person, Role
from domain.slots import day_of
from models import roster, webchat
from models.lanes import lane_of
from models.store import Store
from scheduler.runner import Runner
from web.app import create_app
from web.join import token_for
from web.services import ChannelView, Services

COMMUNITY = "海达社区"
LANE = lane_of(COMMUNITY)
RESIDENTS = {"3-1-501": "何敏", "3-1-502": "李秀兰", "3-1-601": "周国强", "3-2-101": "郑小燕"}
HEAD, LI, ZHOU, ZHENG, WORKER = "web-he", "web-li", "web-zhou", "web-zheng", "web-worker"
JOINED = {HEAD: "3-1-501", LI: "3-1-502", ZHOU: "3-1-601", ZHENG: "3-2-101"}
CHATS = (
    Chat("g-3-1", "3栋1单元群", "unit", "3-1", "webchat"),
    Chat("g-3-2", "3栋2单元群", "unit", "3-2", "webchat"),
    Chat("g-shop", "邻里代购群", "shopping", "全部", "webchat"),
    Chat("g-work", "网格工作群", "work", "全部", "webchat"),
)


class Pages:
    """A program with its pages. `demo`: with the invented community and its day; `web`: settings of the pages."""

    def __init__(
        self, folder: Path, clock: Clock | None = None, *, demo: bool = False, web: dict[str, object] | None = None
    ) -> None:
        self.config = Config(data=folder / "data", web=web or {})
        self.store = Store.open(self.config.data)
        base = clock or SystemClock()
        self.clock = DemoClock(base) if demo else base
        self.demo: DemoDay | None = None
        if demo:
            seed_demo(self.store, LANE, self.clock.now())
        else:
            self.store.write(self._seed).result()
        self.program: Program = build(self.config, self.store, self.clock)
        self._tasks: list[asyncio.Task[None]] = []

    def _seed(self, connection: Connection) -> None:
        """Write two units with four people who have joined, a unit head, a grid worker, and their groups."""
        ring, now = self.store.ring, self.clock.now()
        homes = [Household(key, *key.split("-"), (name,), 2) for key, name in RESIDENTS.items()]
        roster.save_households(connection, ring, LANE, [(home, "") for home in homes])
        people = [Person(HEAD, Role.UNIT_HEAD, "3-1", "何敏"), Person(WORKER, Role.GRID_WORKER, "全部", "周小禾")]
        roster.save_people(connection, ring, LANE, people)
        for account, door in JOINED.items():
            roster.bind(connection, ring, LANE, account, door, RESIDENTS[door], now)
        for chat in CHATS:
            roster.bind_chat(connection, LANE, chat, None)

    async def start(self) -> web.Application:
        """Put dispatcher, sender and channels to work; returns the application, which the caller serves."""
        self._work()
        if isinstance(self.clock, DemoClock):
            stage = ProgramStage(self.store, LANE, self.clock, self.program.webchat, self.runner, self.restart)
            self.demo = DemoDay(stage, invent())
        return create_app(
            Services(
                store=self.store,
                lane=LANE,
                now=self.clock.now,
                hub=self.program.webchat,
                timetable=self.program.timetable,
                community=COMMUNITY,
                operator="海达社区居委会",
                demo=self.demo,
                channels=lambda: [ChannelView("webchat", True, "", ((1, 600), (3, 6000), (9, 30000)))],
            )
        )

    def runner(self) -> Runner:
        return self.program.runner

    async def restart(self) -> None:
        """Empty the lane and begin anew."""
        await start_over(self.program, lambda: seed_demo(self.store, LANE, self.clock.now()) and None)

    def bubbles(self, room: str) -> list[str]:
        """Return what stands in a room, oldest first."""
        with self.store.read() as connection:
            return [b.text for b in webchat.history(connection, self.store.ring, LANE, room, limit=1000)]

    async def settled(self, until: Callable[[], bool]) -> None:
        """Wait, at most ten seconds, until something has happened."""
        async with asyncio.timeout(10):
            while not until():
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        if self.demo:
            await self.demo.close()
        await self._stop_work()
        await asyncio.get_running_loop().shutdown_default_executor()  # a batch that is under way still needs the store
        self.store.close()

    def _work(self) -> None:
        p = self.program
        p.receiver.arrived.set()
        p.ledger_tasks = [
            asyncio.create_task(p.dispatcher.run(p.receiver.arrived)),
            asyncio.create_task(p.sender.run(idle=0.02)),
        ]
        self._tasks = [asyncio.create_task(channel.run(p.sinks[name])) for name, channel in p.channels.items()]

    async def _stop_work(self) -> None:
        tasks = [*self._tasks, *self.program.ledger_tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def link_of(pages: Pages, building: str, days: int = 30) -> str:
    """Return the path of a building's join link that is good for some days more."""
    last_day = day_of(pages.clock.now()) + timedelta(days=days)
    return f"/join/{token_for(pages.store.ring, building, last_day)}"


class Served:
    """Pages on a real port in a thread of their own, for a browser."""

    def __init__(self, folder: Path, *, demo: bool = True, start: datetime | None = None) -> None:
        self._folder, self._demo, self._start = folder, demo, start
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Served":
        self._thread.start()
        if not self._ready.wait(30):
            raise TimeoutError("the pages did not come up")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._main())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _main(self) -> None:
        clock = SimulatedClock(self._start) if self._start else None
        self.pages = Pages(self._folder, clock, demo=self._demo)
        runner = web.AppRunner(await self.pages.start(), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self._ready.set()
        await self._stop.wait()
        await _stop_listening(site)
        await runner.cleanup()
        await self.pages.stop()


async def _stop_listening(site: web.TCPSite) -> None:
    """Accept nobody any more, and let those through who were accepted.

    A browser may connect once more while the server closes, and Python 3.11 leaves such a connection open (gh-109564):
    a ResourceWarning in whichever test comes next.
    """
    loop = asyncio.get_running_loop()
    for listener in site._server.sockets:  # type: ignore[union-attr]
        loop.remove_reader(listener.fileno())
    for _ in range(5):
        await asyncio.sleep(0)
