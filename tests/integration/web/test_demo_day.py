"""The demo: the same community every time, a day that plays through the real pipeline, and its controls."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.demo_clock import DemoClock
from bot.demo_community import invent
from bot.demo_script import write_day
from domain.slots import CHINA, clock_time
from models import incidents, outbox
from models.outbox import Post
from tests.integration.web.program import LANE, Pages

EVENING_BEFORE = datetime.fromisoformat("2026-07-02T21:30:00+08:00")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Pages]:
    made = Pages(tmp_path, SimulatedClock(EVENING_BEFORE), demo=True)
    made.app = await made.start()  # type: ignore[attr-defined]
    yield made
    await made.stop()


def test_the_community_has_its_shape_and_is_the_same_every_time() -> None:
    first, second = invent(), invent()
    assert first == second
    assert len(first.homes) == 528
    assert len(first.heads) == 23
    assert Counter(chat.kind for chat in first.chats) == {"unit": 23, "shopping": 1, "work": 1}
    assert len({home.household.key for home in first.homes}) == 528


def test_phones_and_accounts_are_unique_and_belong_to_nobody() -> None:
    homes = invent().homes
    assert len({home.phone for home in homes}) == 528
    assert all(home.phone.startswith("1000000") and len(home.phone) == 11 for home in homes)
    accounts = [member.account for home in homes for member in home.members]
    assert len(accounts) == len(set(accounts))


def test_a_day_is_written_in_the_order_in_which_it_happens() -> None:
    acts = write_day(invent(), EVENING_BEFORE.date())
    assert acts == write_day(invent(), EVENING_BEFORE.date())
    assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert len(acts) > 600


def test_the_demo_clock_never_goes_back_but_by_reset() -> None:
    system = SimulatedClock(EVENING_BEFORE)
    clock = DemoClock(system)
    clock.hold(EVENING_BEFORE + timedelta(hours=10))
    clock.advance_to(EVENING_BEFORE)
    assert clock.now() == EVENING_BEFORE + timedelta(hours=10)
    clock.run_on()
    system.advance_to(EVENING_BEFORE + timedelta(minutes=3))
    assert clock.now() == EVENING_BEFORE + timedelta(hours=10, minutes=3)
    clock.reset()
    assert clock.now() == EVENING_BEFORE + timedelta(minutes=3)


async def test_a_morning_brings_prompts_chains_a_page_and_the_worker_who_takes_it(demo: Pages) -> None:
    await _play_until(demo, "09:30")
    posts = _posts(demo)
    prompts = [p for p in posts if p.kind == "prompt"]
    assert len(prompts) == 23
    assert {clock_time(p.due_at) for p in prompts} == {"08:00"}
    texts = demo.bubbles("g-3-1")
    assert any("报平安" in text for text in texts)
    assert sum(text.startswith("#接龙") for text in demo.bubbles("g-shop")) > 3
    with demo.store.read() as connection:
        found = incidents.every(connection, LANE)
    assert any(row.state == "taken" for row in found)


async def test_a_paused_day_stands_still_for_the_residents_and_goes_on_afterwards(demo: Pages) -> None:
    assert demo.demo is not None
    await demo.demo.play()
    await demo.settled(lambda: demo.demo is not None and demo.demo.state.done > 0)
    await demo.demo.pause()
    stood = demo.demo.state
    assert stood.phase == "paused"
    await demo.demo.play()
    await demo.settled(lambda: demo.demo is not None and demo.demo.state.now > stood.now)
    await demo.demo.pause()


async def test_reset_empties_the_rooms_and_shows_the_machines_time(demo: Pages) -> None:
    assert demo.demo is not None
    await _play_until(demo, "08:20")
    assert demo.bubbles("g-3-1")
    await demo.demo.reset()
    assert demo.bubbles("g-3-1") == []
    assert demo.demo.state.phase == "idle"
    assert demo.clock.now() == EVENING_BEFORE
    await _play_until(demo, "08:10")
    assert demo.bubbles("g-3-1")


async def test_what_somebody_adds_at_the_page_is_carried_on_by_the_residents(demo: Pages) -> None:
    await _play_until(demo, "08:12")
    room, chain = next((r, t) for r in _unit_rooms() for t in reversed(demo.bubbles(r)) if t.startswith("#接龙"))
    mine = chain + "\n99. 9-9-999 访客 都好"
    await demo.program.webchat.say(room, "web-guest", "访客", None, mine)
    await _play_on(demo, "08:40")
    later = [t for t in demo.bubbles(room) if t.startswith("#接龙")]
    assert any("访客" in text and text != mine for text in later)


def _unit_rooms() -> list[str]:
    """Return the units, those with the most people first."""
    units = Counter(home.room for home in invent().homes)
    return [room for room, _ in units.most_common()]


def _posts(pages: Pages) -> list[Post]:
    with pages.store.read() as connection:
        return [q.post for q in outbox.since(connection, pages.store.ring, LANE, EVENING_BEFORE)]


async def _play_until(pages: Pages, time: str) -> None:
    """Play from the beginning of the day up to a time, as fast as it goes."""
    assert pages.demo is not None
    await pages.demo.play()
    await pages.demo.set_speed(600)
    await _end_task_of_pace(pages)
    await _play_on(pages, time)


async def _end_task_of_pace(pages: Pages) -> None:
    """Take the pace into our own hands: the day is stepped here, not by its timer."""
    assert pages.demo is not None
    pages.demo._tasks[1].cancel()
    await asyncio.gather(pages.demo._tasks[1], return_exceptions=True)


async def _play_on(pages: Pages, time: str) -> None:
    assert pages.demo is not None
    hour, minute = (int(part) for part in time.split(":"))
    until = pages.clock.now().astimezone(CHINA).replace(hour=hour, minute=minute, second=0, microsecond=0)
    while pages.clock.now() < until:
        await pages.demo.step(timedelta(seconds=60))
        await asyncio.sleep(0)
