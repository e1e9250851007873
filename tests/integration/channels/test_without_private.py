"""A platform on which nobody can be written to in private: help is called all the same, and no group hears of what."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.base import OutgoingMessage, Receipt, RefusedSendError, TemporarySendError, UnknownSendError
from domain.roles import Person, Role
from domain.wording.checkins import neutral_in_group, waits_for_you
from models import incidents, roster
from tests.integration.channels.bench import Bench, Platform
from tests.world import HEAD, LANE, LEAD, RESIDENTS, WORKER, at

EAST = "wechaty:east"
FEVER = "我妈烧到39度喘不上气，快来人"
CALL = "【紧急】#1 有急事等人处理。能去的请回“接 1”；详情看看板，或私聊小助手。"
PRIVATE_MATTERS = (*RESIDENTS, *RESIDENTS.values(), "39", "烧", "喘", "身体", "502", "501", "土豆")


class Shut(Platform):
    """A platform that takes people for friends and then delivers nothing to them in private."""

    async def send(self, message: OutgoingMessage) -> Receipt:
        if message.account is not None:
            raise RefusedSendError("not a friend")
        return await super().send(message)


@pytest.fixture
def east() -> Platform:
    return Platform(EAST)


@pytest.fixture
def benches(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(*platforms: Platform) -> Bench:
        made.append(Bench(tmp_path, *platforms))
        made[-1].wait(minutes=6)  # by now an account knows whom it may write to in private
        return made[-1]

    yield make
    for one in made:
        one.world.close()


@pytest.fixture
def bench(benches: Callable[..., Bench], east: Platform) -> Bench:
    return benches(east)


async def say(b: Bench, text: str, channel: str = EAST, **more: str | None) -> None:
    """Let somebody say something, book it, and send what follows within half a minute."""
    await b.hear(channel, text, **more)  # type: ignore[arg-type]
    b.work_off()
    await b.drain_for(30)


async def pass_time(b: Bench, until: str) -> None:
    """Let the timetable's jobs run up to a time, sending on the way."""
    while b.clock.now() < at(until):
        b.wait(seconds=30)
        b.world.runner.run_due(b.clock.now(), grace=False)
        await b.drain()


def assert_nothing_private_in_groups(*platforms: Platform) -> None:
    said = [m.text for p in platforms for m in p.sent if m.chat is not None]
    assert [(text, word) for text in said for word in PRIVATE_MATTERS if word in text] == []


def state_of(b: Bench, number: int) -> str:
    with b.world.store.read() as connection:
        row = incidents.by_id(connection, LANE, number)
    assert row is not None
    return row.state


# ---- pages ----------------------------------------------------------------------------------------------------------
async def test_emergency_is_called_out_in_the_work_group_without_a_word_of_what_it_is(bench: Bench) -> None:
    east = bench.platforms[EAST]
    await say(bench, FEVER)
    calls = [(m.chat, m.text, set(m.mentions)) for m in east.sent if m.chat == "g-work"]
    assert calls == [("g-work", CALL, {WORKER, LEAD})]
    assert [(m.text, m.mentions) for m in east.sent if m.chat == "g-3-1"] == [(neutral_in_group(), ("wx_31502",))]
    assert all(m.account is None for m in east.sent)
    assert_nothing_private_in_groups(east)
    assert [q.state for q in bench.queued("page")] == ["sent", "sent"]


async def test_worker_takes_it_in_the_group_and_learns_the_door_in_private(bench: Bench) -> None:
    east = bench.platforms[EAST]
    await say(bench, FEVER)
    await say(bench, "接 1", chat="g-work", who=WORKER)
    assert state_of(bench, 1) == "taken"
    assert "502" not in "".join(m.text for m in east.sent)
    east.friends.add(WORKER)  # the worker adds the bot
    bench.wait(seconds=30)
    await bench.drain_for(30)
    told = "\n".join(m.text for m in east.sent if m.account == WORKER)
    assert "#1 3-1-502 身体不适：我妈烧到39度喘不上气，快来人" in told
    assert "#1 由您处理" in told
    assert_nothing_private_in_groups(east)


async def test_nobody_takes_it_and_the_next_in_charge_is_called_as_quietly(bench: Bench) -> None:
    store = bench.world.store
    people = [Person(WORKER, Role.GRID_WORKER, "3", "周小禾"), Person("wx_office", Role.COMMUNITY, "全部", "居委会")]
    store.write(lambda c: roster.save_people(c, store.ring, LANE, people)).result()
    await say(bench, FEVER)
    await pass_time(bench, "09:20")
    called = {who for m in bench.platforms[EAST].sent if m.chat == "g-work" for who in m.mentions}
    assert called == {WORKER, "wx_office"}
    assert_nothing_private_in_groups(*bench.platforms.values())


async def test_page_that_the_platform_refuses_goes_another_way_at_once(benches: Callable[..., Bench]) -> None:
    b = benches(Shut(EAST, {WORKER, LEAD}))
    await say(b, FEVER)
    calls = [(m.text, who) for m in b.platforms[EAST].sent if m.chat == "g-work" for who in m.mentions]
    assert sorted(calls) == [(CALL, LEAD), (CALL, WORKER)]
    assert [q.state for q in b.queued("page")] == ["sent", "sent"]


async def test_page_to_a_stranger_of_the_app_goes_on_to_another_account_of_the_worker(
    benches: Callable[..., Bench], east: Platform
) -> None:
    app = Platform("wecom-app:pager", {WORKER, LEAD, "zhou"})
    b = benches(east, app)
    people = [Person(WORKER, Role.GRID_WORKER, "全部", "周小禾"), Person("zhou", Role.GRID_WORKER, "全部", "周小禾")]
    b.world.store.write(lambda c: roster.save_people(c, b.world.store.ring, LANE, people)).result()
    app.errors = [RefusedSendError("no such member in the app's range")]
    b.post("【紧急】#1 3-1-502", kind="page", account=WORKER, urgent=True, incident=1)
    await b.drain()
    assert [(m.account, m.text) for m in app.sent] == [("zhou", "【紧急】#1 3-1-502")]


async def test_member_heard_by_the_robot_is_paged_through_the_app(benches: Callable[..., Bench]) -> None:
    app, desk = Platform("wecom-app:pager", {WORKER, LEAD, "wx_31502"}), Platform("wecom:desk")
    b = benches(desk, app)
    await b.hear("wecom:desk", "早", chat="g-work", who=WORKER)
    b.post("【紧急】#1 3-1-502", kind="page", account=WORKER, urgent=True, incident=1)
    await b.drain()
    assert ([m.account for m in app.sent], desk.sent) == ([WORKER], [])


async def test_page_of_unknown_fate_is_not_repeated_but_its_worker_is_called_besides(bench: Bench) -> None:
    east = bench.platforms[EAST]
    east.friends = {WORKER}
    east.errors = [UnknownSendError("no answer")]
    bench.post("【紧急】#1 3-1-502", kind="page", account=WORKER, urgent=True, incident=1)
    await bench.drain_for(5)
    assert [(m.chat, m.account, m.text) for m in east.sent] == [("g-work", None, CALL)]
    assert [q.state for q in bench.queued("page")] == ["unknown"]


async def test_busy_platform_does_not_hold_a_page_that_another_account_can_carry(
    benches: Callable[..., Bench], east: Platform
) -> None:
    west = Platform("wechaty:west", {WORKER})
    east.friends = {WORKER}
    b = benches(east, west)
    await b.hear(EAST, "在", chat=None, who=WORKER)
    east.errors = [TemporarySendError("busy")]
    b.post("【紧急】#1 3-1-502", kind="page", account=WORKER, urgent=True, incident=1)
    await b.drain()
    assert (east.texts, west.texts) == ([], ["【紧急】#1 3-1-502"])


async def test_page_without_any_way_waits_and_leaves_as_soon_as_there_is_one(bench: Bench) -> None:
    east = bench.platforms[EAST]
    east.errors = [RefusedSendError("not in this group")] * 2
    await say(bench, FEVER)
    assert [q.error for q in bench.queued("page")] == ["no_way", "no_way"]
    east.friends.add(WORKER)
    await bench.drain_for(3)
    assert [m.account for m in east.sent if m.account] == [WORKER]


async def test_matter_that_can_wait_is_called_out_as_quietly(bench: Bench) -> None:
    east = bench.platforms[EAST]
    await say(bench, "我家水管漏水，麻烦找人修一下")
    assert [(m.text, m.mentions) for m in east.sent if m.chat == "g-work"] == [
        ("【待办】#1 有事等人处理。能去的请回“接 1”；详情看看板，或私聊小助手。", (WORKER,))
    ]


# ---- what nobody may read in the group ------------------------------------------------------------------------------
async def test_question_waits_for_the_resident_to_open_a_private_way(bench: Bench) -> None:
    east = bench.platforms[EAST]
    await say(bench, "帮我带两三斤土豆", chat="g-shop")
    assert [(m.chat, m.text) for m in east.sent] == [("g-shop", neutral_in_group())]
    await bench.drain_for(60)
    assert len(east.sent) == 1  # the group is told once
    east.friends.add("wx_31502")
    bench.wait(minutes=1)
    await bench.drain()
    assert [m.account for m in east.sent[1:]] == ["wx_31502"]
    assert "多少" in east.sent[1].text
    assert_nothing_private_in_groups(east)


async def test_question_that_nobody_could_be_asked_goes_stale_and_is_shown(bench: Bench) -> None:
    await say(bench, "帮我带两三斤土豆", chat="g-shop")
    bench.wait(hours=7)
    await bench.drain()
    assert [(q.state, q.error) for q in bench.queued("reply")] == [("expired", "no_private_way")]


async def test_unit_heads_list_waits_and_the_group_hears_only_that_something_does(bench: Bench) -> None:
    east = bench.platforms[EAST]
    await say(bench, "大家早上好呀", who="3-1-501")
    await pass_time(bench, "10:10")
    lines = [(m.chat, m.text, m.mentions) for m in east.sent if m.mentions]
    assert lines == [("g-3-1", waits_for_you(), (HEAD,))]
    assert_nothing_private_in_groups(east)
    east.friends.add(HEAD)
    bench.wait(minutes=1)
    await bench.drain()
    assert [m.account for m in east.sent if m.account] == [HEAD]
    assert "3-1-502" in east.sent[-1].text


async def test_heads_of_one_group_are_told_in_one_line_that_counts_as_unasked(bench: Bench) -> None:
    east = bench.platforms[EAST]
    for who in ("wx_a", "wx_b"):
        await bench.hear(EAST, "早", chat="g-work", who=who)
        bench.post(f"名单 {who}", kind="notice", account=who)
    await bench.drain_for(30)
    assert [(m.chat, m.text, set(m.mentions)) for m in east.sent] == [("g-work", waits_for_you(), {"wx_a", "wx_b"})]
    assert bench.manners[EAST]._groups.unsolicited("g-work", bench.settings.quiet.day_of(bench.clock.now())) == 1


def test_friends_are_known_before_a_group_is_told(bench: Bench) -> None:
    """A channel that has just linked may not know its friends yet."""
    bench.links["wechaty:east"]
    assert bench.routes.group_without_privacy("wx_31502", bench.clock.now() - timedelta(minutes=3)) is None
