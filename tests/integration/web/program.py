"""The whole program behind the pages, in one event loop: for tests that open them with a client or a real browser."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web
from sqlalchemy import delete

from bot.app import Program, build
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.config import Config
from bot.demo import DemoDay, ProgramStage, invent, seed_demo
from bot.demo_clock import DemoClock
from models.base import metadata
from models.lanes import lane_of
from models.store import Store
from scheduler.runner import Runner
from web.app import create_app
from web.services import ChannelView, Services

COMMUNITY = "海达社区"
LANE = lane_of(COMMUNITY)


class Pages:
    """A program with its pages. `demo`: with the invented community and its day."""

    def __init__(self, folder: Path, clock: Clock | None = None, *, demo: bool = False) -> None:
        self.config = Config(data=folder / "data")
        self.store = Store.open(self.config.data)
        base = clock or SystemClock()
        self.clock = DemoClock(base) if demo else base
        self.demo: DemoDay | None = None
        if demo:
            seed_demo(self.store, LANE, self.clock.now())
        self.program: Program = build(self.config, self.store, self.clock)
        self._tasks: list[asyncio.Task[None]] = []

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
        await self._stop_work()
        self.store.write(
            lambda c: [c.execute(delete(t)) for t in metadata.sorted_tables if t.name != "roster_versions"]
        ).result()
        seed_demo(self.store, LANE, self.clock.now())
        self.program = build(self.config, self.store, self.clock)
        self._work()

    async def settled(self, until: Callable[[], bool]) -> None:
        """Wait, at most ten seconds, until something has happened."""
        async with asyncio.timeout(10):
            while not until():
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        if self.demo:
            await self.demo.close()
        await self._stop_work()
        self.store.close()

    def _work(self) -> None:
        p = self.program
        p.receiver.arrived.set()
        self._tasks = [
            asyncio.create_task(p.dispatcher.run(p.receiver.arrived)),
            asyncio.create_task(p.sender.run(idle=0.02)),
            *(asyncio.create_task(channel.run(p.sinks[name])) for name, channel in p.channels.items()),
        ]

    async def _stop_work(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


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
        await runner.cleanup()
        await self.pages.stop()
