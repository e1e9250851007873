"""Plays a day: residents write, the clock runs fast, and everything the bot does is the program's own doing."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Protocol

from bot.channels.webchat import BOT_ACCOUNT
from bot.demo_chains import ChainTexts
from bot.demo_clock import DemoClock
from bot.demo_community import Community, Member, words
from bot.demo_script import BEGINS, ENDS, Act, Change, Join, Say, write_day
from bot.logs import get_logger
from domain.messages import Bubble
from domain.slots import CHINA, combine, day_of
from web.services import DemoState

STEP = 0.1
USUAL_SPEED = 12.0
_PAGED = re.compile(r"#(\d+)")
_HOUR = 3600.0
_log = get_logger("demo")


class Ear(Protocol):
    """Hears what is said in the rooms; None where something was lost."""

    async def next(self) -> Bubble | None: ...

    def close(self) -> None: ...


class DemoStage(Protocol):
    """What the player needs of the running program."""

    @property
    def clock(self) -> DemoClock: ...

    async def say(self, room: str, who: Member, text: str) -> None:
        """Let somebody say something on the chat page; returns when it is safe."""
        ...

    def listen(self) -> Ear:
        """Hear every room."""
        ...

    async def run_due(self, now: datetime) -> None:
        """Do the timed work that has fallen due."""
        ...

    async def caught_up(self) -> None:
        """Return when everything said so far has been handled."""
        ...

    async def skip_to(self, moment: datetime) -> None:
        """Count the timed work up to `moment` as looked at: the night between is not played."""
        ...

    async def start_over(self) -> None:
        """Empty the demo's books and invent the community anew."""
        ...


class DemoDay:
    """The demo's desk. One day at a time; pausing lets the clock run at its usual pace so that one can try things."""

    def __init__(
        self,
        stage: DemoStage,
        community: Community,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        seed: int = 0,
    ) -> None:
        self._stage, self._community, self._sleep, self._seed = stage, community, sleep, seed
        self._phase, self._speed = "idle", USUAL_SPEED
        self._acts: list[Act] = []
        self._begin = self._end = stage.clock.now()
        self._texts = ChainTexts(Random(seed))
        self._replies: list[Say] = []
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def state(self) -> DemoState:
        """How the day stands."""
        now, length = self._stage.clock.now(), (self._end - self._begin).total_seconds()
        done = (now - self._begin).total_seconds() / length if length > 0 else 0.0
        playing = self._phase in ("playing", "paused")
        done = min(1.0, max(0.0, done)) if playing else float(self._phase == "over")
        return DemoState(self._phase, now, self._speed, done, _headline(self._phase, now))

    async def play(self) -> None:
        """Begin the next day, or go on with a paused one."""
        if self._phase == "playing":
            return
        if self._phase != "paused":
            await self._set_scene()
        self._stage.clock.hold(self._stage.clock.now())
        self._phase = "playing"
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._play())]

    async def pause(self) -> None:
        """Stop the residents; the clock goes on at its usual pace."""
        if self._phase == "playing":
            await self._end_tasks()
            self._phase = "paused"
            self._stage.clock.run_on()

    async def set_speed(self, seconds_an_hour: float) -> None:
        """Set how many seconds a simulated hour takes."""
        self._speed = min(600.0, max(0.5, seconds_an_hour))

    async def reset(self) -> None:
        """Back to an unwritten community and the machine's time."""
        await self._end_tasks()
        self._phase, self._acts = "idle", []
        self._texts.forget_all()
        self._replies.clear()
        self._stage.clock.reset()
        await self._stage.start_over()

    async def close(self) -> None:
        """End what runs; for the program's own end."""
        await self._end_tasks()

    # ---- the day ---------------------------------------------------------------------------------------------
    async def _set_scene(self) -> None:
        now = self._stage.clock.now()
        day = day_of(now)
        if now.astimezone(CHINA).time() >= BEGINS:
            day += timedelta(days=1)
        self._begin, self._end = combine(day, BEGINS), combine(day, ENDS)
        self._acts = write_day(self._community, day, self._seed)
        self._texts.forget_all()
        self._replies.clear()
        await self._stage.caught_up()
        await self._stage.skip_to(self._begin)
        self._stage.clock.hold(self._begin)

    async def _play(self) -> None:
        try:
            while self._stage.clock.now() < self._end:
                await self._sleep(STEP)
                await self.step(timedelta(seconds=STEP * _HOUR / self._speed))
        except Exception as error:  # noqa: BLE001 - a failed demo must not take the program with it
            _log.failure("demo_stopped", error)
        self._phase = "over"
        self._stage.clock.run_on()

    async def step(self, span: timedelta) -> None:
        """Play the next `span` of the day: what is said in it, and what has fallen due by its end."""
        until = min(self._stage.clock.now() + span, self._end)
        while (act := self._next_act(until)) is not None:
            self._stage.clock.advance_to(act.at)
            await self._perform(act)
        await self._stage.caught_up()
        self._stage.clock.advance_to(until)
        await self._stage.run_due(until)

    def _next_act(self, until: datetime) -> Act | None:
        """Take the earliest act or reply that falls before `until`."""
        waiting: list[list[Act] | list[Say]] = [acts for acts in (self._acts, self._replies) if acts]
        first = min(waiting, key=lambda acts: acts[0].at, default=None)
        return first.pop(0) if first and first[0].at <= until else None

    async def _perform(self, act: Act) -> None:
        match act:
            case Say(who=who, room=room, text=text):
                await self._stage.say(room or f"@{who.account}", who, text)
            case Join(who=who, room=room):
                await self._stage.say(room, who, self._texts.joined(act))
            case Change(who=who, room=room):
                changed = self._texts.changed(act)
                if changed is not None:
                    await self._stage.say(room, who, changed)

    # ---- workers answer --------------------------------------------------------------------------------------
    async def _listen(self) -> None:
        """Hear the rooms: chains to be continued, and pages that a worker takes after a while."""
        ear = self._stage.listen()
        try:
            while True:
                bubble = await ear.next()
                if bubble is not None:
                    self._hear(bubble)
        finally:
            ear.close()

    def _hear(self, bubble: Bubble) -> None:
        if bubble.account != BOT_ACCOUNT:
            self._texts.hear(bubble.room, bubble.text)
            return
        worker = next((w for w in self._community.workers if bubble.room == f"@{w.account}"), None)
        paged = _PAGED.search(bubble.text) if worker and "\n" in bubble.text else None
        if worker is None or paged is None or len(bubble.text) > 300:
            return
        number, lead = int(paged[1]), worker is self._community.workers[-1]
        patience = 1.0 if lead else 2.0 + number % 3
        taken = self._stage.clock.now() + timedelta(minutes=patience)
        self._reply(Say(taken, worker, None, f"接 {number}"))
        if number % 2:
            self._reply(Say(taken + timedelta(minutes=35), worker, None, f"结 {number}"))

    def _reply(self, reply: Say) -> None:
        self._replies.append(reply)
        self._replies.sort(key=lambda act: act.at)

    async def _end_tasks(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _headline(phase: str, now: datetime) -> str:
    """Return what the day is about at this hour."""
    if phase == "idle":
        return ""
    names = words()["headlines"]
    if phase == "over":
        return str(names["over"])
    local = now.astimezone(CHINA).time()
    return str(names[next(name for begins, name in reversed(_PARTS) if begins <= local)])


_PARTS = (
    (time(0), "start"),
    (time(8), "morning"),
    (time(9), "orders"),
    (time(12), "noon"),
    (time(15), "cutoff"),
    (time(17), "evening"),
    (time(20, 30), "summary"),
)
