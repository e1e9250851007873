"""What the bot decided to say is sent once; what nobody knows the fate of is not repeated; manners are kept."""

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.channels.base import (
    Echo,
    OutgoingMessage,
    RateLimit,
    Receipt,
    RefusedSendError,
    SendError,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from bot.clock import SimulatedClock
from bot.manners import Manners, MannersSettings
from bot.sender import RETRIES, Sender
from models import outbox
from models.outbox import EXPIRED, NEW, REFUSED, SENDING, SENT, UNKNOWN, Post
from tests.world import LANE, World, at


class Platform:
    """A platform that keeps what it was given; `fails` is asked before each message."""

    name = "test"
    limit = RateLimit(per_minute=60, per_hour=1_000, per_day=10_000, max_bytes=100)

    def __init__(self) -> None:
        self.got: list[OutgoingMessage] = []
        self.fails: Callable[[int], Exception | None] = lambda _: None
        self._asked = 0

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.got]

    async def send(self, message: OutgoingMessage) -> Receipt:
        self._asked += 1
        failure = self.fails(self._asked)
        if failure is not None:
            raise failure
        self.got.append(message)
        return Receipt(f"e-{len(self.got)}")

    def can_dm(self, account: str) -> bool:
        return not account.startswith("stranger")


class Desk:
    """A sender with its platform and a clock that it is moved on by hand."""

    def __init__(self, world: World, platform: Platform, start: str = "09:00") -> None:
        self.world, self.platform, self.clock = world, platform, SimulatedClock(at(start))
        self.sender = self.fresh_sender()

    def fresh_sender(self) -> Sender:
        manners = {"test": Manners(MannersSettings(), random.Random(1).random)}
        return Sender(self.world.store, LANE, self.clock, {"test": self.platform}, manners)

    def queue(self, key: str, text: str = "都记下了", kind: str = "reply", **more: object) -> None:
        given: dict[str, object] = {"account": "wx_31502", "answers": kind == "reply", "due_at": self.clock.now()}
        if "chat" in more:
            given["account"] = None
        post = Post(dedupe_key=key, kind=kind, text=text, **(given | more))  # type: ignore[arg-type]
        self.world.store.write(lambda c: outbox.queue(c, self.world.store.ring, LANE, [post])).result()

    async def drain(self, seconds: float = 0) -> None:
        """Let the given time pass, sending what may go on the way."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while True:
            while await self.sender.drain_once():
                pass
            if self.clock.now() >= end:
                return
            self.clock.advance_to(min(end, self.clock.now() + timedelta(seconds=max(1.0, seconds / 2_000))))

    def states(self) -> dict[str, str]:
        with self.world.store.read() as connection:
            return {r.dedupe_key: r.state for r in connection.execute(outbox.outbox.select())}


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
def desk(world: World, platform: Platform) -> Desk:
    return Desk(world, platform)


async def test_post_is_sent_once(desk: Desk, platform: Platform) -> None:
    desk.queue("a")
    desk.queue("a", "noch einmal")
    await desk.drain(600)
    assert (platform.texts, desk.states()) == (["都记下了"], {"a": SENT})


async def test_post_due_later_waits(desk: Desk, platform: Platform) -> None:
    desk.queue("a", due_at=at("09:05"))
    await desk.drain(240)
    assert platform.texts == []
    await desk.drain(120)
    assert platform.texts == ["都记下了"]


async def test_temporary_failure_is_tried_again_on_schedule(desk: Desk, platform: Platform) -> None:
    platform.fails = lambda asked: TemporarySendError() if asked <= 3 else None
    desk.queue("a")
    await desk.drain(2)
    assert desk.states() == {"a": NEW}
    await desk.drain(600)
    assert (platform.texts, desk.states()) == (["都记下了"], {"a": SENT})


async def test_trying_ends_after_the_last_delay(desk: Desk, platform: Platform) -> None:
    tries: list[int] = []
    platform.fails = lambda asked: tries.append(asked) or TemporarySendError()
    desk.queue("a", kind="notice")
    await desk.drain(2 * sum(RETRIES.delays))
    assert (len(tries), desk.states()) == (len(RETRIES.delays) + 1, {"a": REFUSED})


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (RefusedSendError(), REFUSED),
        (UnknownSendError(), UNKNOWN),
        (TimeoutError(), UNKNOWN),
        (ZeroDivisionError("a fault in the channel"), UNKNOWN),
        (ConnectionResetError(), UNKNOWN),
    ],
)
async def test_failure_that_must_not_be_repeated_is_not(
    desk: Desk, platform: Platform, failure: Exception, state: str
) -> None:
    platform.fails = lambda asked: failure if asked == 1 else None
    desk.queue("a")
    desk.queue("b", "und das", account="wx_31601", due_at=desk.clock.now() + timedelta(seconds=1))
    await desk.drain(900)
    assert (platform.texts, desk.states()) == (["und das"], {"a": state, "b": SENT})


async def test_what_was_being_sent_at_a_crash_is_unknown_and_not_sent_again(desk: Desk, platform: Platform) -> None:
    desk.queue("a")
    desk.world.store.write(lambda c: outbox.claim(c, LANE, "a")).result()
    desk.sender = desk.fresh_sender()
    assert desk.sender.recover() == 1
    await desk.drain(900)
    assert (platform.texts, desk.states()) == ([], {"a": UNKNOWN})


async def test_own_echo_settles_what_was_unknown(desk: Desk, platform: Platform) -> None:
    platform.fails = lambda _: UnknownSendError()
    desk.queue("a", "第一条")
    desk.queue("b", "第二条", account="wx_31601")
    await desk.drain(60)
    await desk.sender.echoed(Echo("第二条", desk.clock.now(), account="wx_31502"))
    assert desk.states() == {"a": UNKNOWN, "b": UNKNOWN}
    await desk.sender.echoed(Echo("第一条", desk.clock.now(), account="wx_31502"))
    assert desk.states() == {"a": SENT, "b": UNKNOWN}


async def test_echo_that_comes_before_the_timeout_counts(desk: Desk, platform: Platform) -> None:
    """The platform shows our message in the group, yet its answer to us is lost."""

    async def send(message: OutgoingMessage) -> Receipt:
        await desk.sender.echoed(Echo(message.text, desk.clock.now(), account=message.account))
        raise UnknownSendError

    platform.send = send  # type: ignore[method-assign]
    desk.queue("a")
    await desk.drain(60)
    assert desk.states() == {"a": SENT}


async def test_what_went_out_while_the_database_was_full_is_noted_in_the_end(desk: Desk, platform: Platform) -> None:
    full = "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'sent' BEGIN SELECT RAISE(ABORT, 'full'); END"
    desk.world.store.write(lambda c: c.execute(text(full))).result()
    desk.queue("a")
    draining = asyncio.create_task(desk.drain(1))
    done, _ = await asyncio.wait([draining], timeout=0.5)
    assert (done, platform.texts, desk.states()) == (set(), ["都记下了"], {"a": SENDING})
    desk.world.store.write(lambda c: c.execute(text("DROP TRIGGER full"))).result()
    await draining
    assert (platform.texts, desk.states()) == (["都记下了"], {"a": SENT})


async def test_long_message_goes_in_parts_that_are_never_sent_twice(desk: Desk, platform: Platform) -> None:
    lines = [f"{n}号楼 土豆{n}斤 鸡蛋{n}板 白菜{n}颗" for n in range(12)]
    platform.fails = lambda asked: TemporarySendError() if asked == 3 else None
    desk.queue("a", "\n".join(lines), kind="list", chat="g-shop")
    await desk.drain(3 * 3_600)
    said = "\n".join(platform.texts).split("\n")
    assert len(said) == len(set(said)), "a part was sent twice"
    assert all(len(text.encode()) <= platform.limit.max_bytes for text in platform.texts)
    assert desk.states()["a"] in (SENT, UNKNOWN)
    assert said == lines[: len(said)]


async def test_prompt_that_nobody_needs_any_more_expires(desk: Desk, platform: Platform) -> None:
    desk.queue("a", "早上好，请打卡", kind="prompt", chat="g-3-1", due_at=at("06:30"))
    await desk.drain(60)
    assert (platform.texts, desk.states()) == ([], {"a": EXPIRED})


async def test_complaint_of_the_platform_stops_sending_and_not_for_ever(desk: Desk, platform: Platform) -> None:
    platform.fails = lambda asked: TooFrequentError() if asked == 1 else None
    for number in range(3):
        desk.queue(f"n{number}", f"通知{number}", kind="notice", account=f"wx_{number}")
    await desk.drain(3_600)
    assert platform.texts == []
    await desk.drain(12 * 3_600)
    desk.queue("later", "现在可以了", kind="notice", account="wx_9")
    await desk.drain(600)
    assert "现在可以了" in platform.texts


async def test_groups_are_left_in_peace_at_night_and_pages_are_not_held_back(world: World, platform: Platform) -> None:
    desk = Desk(world, platform, start="22:30")
    desk.queue("a", "清单", kind="list", chat="g-shop")
    desk.queue("b", "紧急：3-1-502", kind="page", account="wx_worker", urgent=True)
    await desk.drain(1_800)
    assert platform.texts == ["紧急：3-1-502"]
    await desk.drain(10 * 3_600)
    assert platform.texts[1:] == ["清单"]


async def test_budget_of_a_minute_is_kept_whatever_waits(desk: Desk, platform: Platform) -> None:
    sent: list[float] = []
    platform.fails = lambda _: sent.append(desk.clock.now().timestamp())  # type: ignore[func-returns-value]
    for number in range(40):
        desk.queue(f"n{number}", f"通知{number}", kind="notice", account=f"wx_{number}")
    await desk.drain(900)
    assert len(sent) == 40
    assert max(sum(start <= moment < start + 60 for moment in sent) for start in sent) <= 6


async def test_budget_counts_what_went_out_before_a_restart(desk: Desk, platform: Platform) -> None:
    for number in range(60):
        desk.queue(f"n{number}", f"通知{number}", kind="notice", account=f"wx_{number}")
    await desk.drain(200)
    before = len(platform.got)
    desk.sender = desk.fresh_sender()
    desk.sender.recover()
    await desk.sender.drain_once()
    await desk.sender.drain_once()
    assert len(platform.got) <= before + 1


async def test_page_goes_before_everything_that_waits(desk: Desk, platform: Platform) -> None:
    for number in range(30):
        desk.queue(f"n{number}", f"通知{number}", kind="notice", account=f"wx_{number}")
    desk.queue("p", "紧急", kind="page", account="wx_worker", urgent=True)
    await desk.drain(1)
    assert "紧急" in platform.texts[:2]


async def test_group_bound_later_is_served_by_its_own_channel(world: World, platform: Platform) -> None:
    other = Platform()
    other.name = "other"  # type: ignore[misc]
    clock = SimulatedClock(at("09:00"))
    manners = {n: Manners(MannersSettings(), lambda: 0.0) for n in ("test", "other")}
    sender = Sender(world.store, LANE, clock, {"test": platform, "other": other}, manners)
    await sender.drain_once()
    world.say("绑定 3-2", who="wx_worker", chat="g-later", time="09:00", channel="other")
    post = Post(dedupe_key="x", kind="list", text="清单", due_at=at("09:00"), chat="g-later")
    world.store.write(lambda c: outbox.queue(c, world.store.ring, LANE, [post])).result()
    for _ in range(5):
        await sender.drain_once()
    assert "清单" in other.texts
    assert "清单" not in platform.texts


async def test_two_senders_send_nothing_twice(desk: Desk, platform: Platform) -> None:
    other = desk.fresh_sender()
    for number in range(5):
        desk.queue(f"n{number}", f"通知{number}", kind="notice", account=f"wx_{number}")
    for _ in range(60):
        await desk.drain(10)
        await other.drain_once()
    assert sorted(platform.texts) == [f"通知{n}" for n in range(5)]
    assert SENDING not in desk.states().values()


def test_every_error_of_a_channel_says_whether_it_may_be_repeated() -> None:
    assert [e.retryable for e in (TemporarySendError, RefusedSendError, UnknownSendError, SendError)] == [
        True,
        False,
        False,
        False,
    ]
