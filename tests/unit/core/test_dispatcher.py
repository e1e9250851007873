"""One message failing never blocks the others; a second delivery is one message; two dispatchers do nothing twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.dispatcher import MAX_TRIES, Dispatcher
from domain.messages import IncomingMessage
from models import lanes, log
from tests.world import LANE, World, at

POISON = "毒"


def message(number: int, words: str = "早上好", **more: object) -> IncomingMessage:
    plain = IncomingMessage(
        channel="test",
        external_id=f"m-{number:03d}",
        chat="g-3-1",
        sender="wx_31502",
        sender_name="李秀兰",
        sender_alias="3-1-502 李秀兰",
        said_at=at("08:05") + timedelta(seconds=10 * number),
        text=words,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def fates(world: World) -> dict[str, str]:
    with world.store.read() as connection:
        rows = connection.execute(log.log.select()).all()
    return {row.external_id: row.fate for row in rows}


def publish(world: World, *messages: IncomingMessage) -> None:
    items = [(m, world.now) for m in messages]
    world.store.write(lambda c: log.publish(c, world.store.ring, LANE, items)).result()


class FailsInHandling(Dispatcher):
    """A dispatcher whose handler raises on one text, as often as `times` says."""

    times = 10**9

    def _handle(self, connection: Connection, batch, directory) -> None:  # type: ignore[no-untyped-def]
        super()._handle(connection, batch, directory)
        if self.times and any(POISON in p.message.text for p in batch):
            self.times -= 1
            raise ArithmeticError("a handler fails")


class FailsInReading(Dispatcher):
    """A dispatcher whose reader raises on one text."""

    def _prepare(self, logged, directory):  # type: ignore[no-untyped-def]
        if POISON in logged.message.text:
            raise RecursionError("a reader fails")
        return super()._prepare(logged, directory)


@pytest.mark.parametrize("kind", [FailsInHandling, FailsInReading])
def test_message_that_cannot_be_handled_is_set_aside_and_its_neighbours_are_handled(
    world: World, kind: type[Dispatcher]
) -> None:
    words = ["都好 36.5" if n % 2 else "早上好" for n in range(40)]
    words[7] = words[8] = words[25] = POISON
    publish(world, *(message(n, w) for n, w in enumerate(words)))
    kind(world.store, LANE, world.timetable).work_off()
    aside = {f"m-{n:03d}" for n in (7, 8, 25)}
    assert {i for i, fate in fates(world).items() if fate == log.ASIDE} == aside
    assert {fate for i, fate in fates(world).items() if i not in aside} == {log.HANDLED}
    assert world.checkins() == {"3-1-502": "well"}


def test_what_was_set_aside_is_seen_and_kept(world: World) -> None:
    publish(world, message(1, POISON))
    FailsInHandling(world.store, LANE, world.timetable).work_off()
    with world.store.read() as connection:
        assert [(i, e) for _, i, e in log.set_aside(connection, LANE)] == [("m-001", "ArithmeticError")]
        assert connection.execute(log.log.select()).one().tries == MAX_TRIES
    assert [m.message.text for m in world.logged()] == [POISON]
    world.pass_time("20:31")
    assert any("处理" in p.text or "没能" in p.text for p in world.posts(kind="summary"))


def test_what_was_set_aside_is_tried_again_by_a_newer_version_and_takes_its_place(world: World) -> None:
    publish(world, message(1, f"{POISON} 36.5"), message(2, "37.9 咳嗽"))
    FailsInReading(world.store, LANE, world.timetable).work_off()
    assert FailsInReading(world.store, LANE, world.timetable).retry_set_aside() == 1
    assert Dispatcher(world.store, LANE, world.timetable).retry_set_aside() == 0
    assert fates(world) == {"m-001": log.HANDLED, "m-002": log.HANDLED}
    (checkin,) = world.state()["checkins"]
    assert (checkin["status"], checkin["sources"][-1]) == ("unwell", "m-002")


def test_message_that_fails_twice_is_handled_the_third_time(world: World) -> None:
    dispatcher = FailsInHandling(world.store, LANE, world.timetable)
    dispatcher.times = MAX_TRIES - 1
    publish(world, message(1, f"{POISON} 都好 36.5"))
    dispatcher.work_off()
    assert fates(world) == {"m-001": log.HANDLED}


def test_nothing_of_a_failed_handling_stays(world: World) -> None:
    publish(world, message(1, f"都好 36.5{POISON}"))
    FailsInHandling(world.store, LANE, world.timetable).work_off()
    state = world.state()
    assert (state["checkins"], state["doubts"], world.posts()) == ([], [], [])


def test_two_dispatchers_on_one_lane_handle_each_message_once(world: World) -> None:
    publish(world, *(message(n, "再加1斤土豆") for n in range(40)))
    one, two = (Dispatcher(world.store, LANE, world.timetable) for _ in range(2))
    stale, directory = two._read(16)
    one.work_off()
    prepared = [two._prepare(logged, directory) for logged in stale]
    with pytest.raises(lanes.LaneLost):
        world.store.write(lambda c: two._handle(c, prepared, directory)).result()
    two.work_off()
    assert world.orders("3-1-502") == {"土豆": "40斤"}
    assert set(fates(world).values()) == {log.HANDLED}


def test_lane_that_somebody_else_took_is_left_alone_and_sets_nothing_aside(world: World) -> None:
    class Overtaken(Dispatcher):
        def _handle(self, connection, batch, directory) -> None:  # type: ignore[no-untyped-def]
            raise lanes.LaneLost("somebody else was quicker")

    publish(world, message(1))
    for _ in range(5):
        with pytest.raises(lanes.LaneLost):
            Overtaken(world.store, LANE, world.timetable).process_batch()
    assert fates(world) == {"m-001": log.NEW}


# ---- second deliveries ---------------------------------------------------------------------------------------------
def said(seconds: float, message_id: str, **more: object) -> IncomingMessage:
    moment = at("09:30") + timedelta(seconds=seconds)
    return message(0, "再加1斤土豆", external_id=message_id, said_at=moment, **more)


ORDERS = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]


def deliver(world: World, messages: list[IncomingMessage], order: tuple[int, ...], *, together: bool) -> None:
    for batch in [[messages[i] for i in order]] if together else [[messages[i]] for i in order]:
        world.deliver(batch)


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_same_text_within_4_seconds_under_another_id_is_one_message(
    world: World, order: tuple[int, ...], together: bool
) -> None:
    deliver(world, [said(0, "a"), said(4, "b")], order, together=together)
    assert world.orders("3-1-502") == {"土豆": "1斤"}
    assert sorted(fates(world).values()) == [log.HANDLED, log.TWIN]
    assert world.state()["orders"][0]["sources"] == ["a"], "the one said first counts"


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", ORDERS)
def test_repeats_slide_in_whatever_order_they_arrive(world: World, order: tuple[int, ...], together: bool) -> None:
    deliver(world, [said(0, "a"), said(3, "b"), said(6, "c")], order, together=together)
    assert world.orders("3-1-502") == {"土豆": "1斤"}
    assert world.state()["orders"][0]["sources"] == ["a"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_same_text_after_five_seconds_is_said_again(world: World, order: tuple[int, ...]) -> None:
    deliver(world, [said(0, "a"), said(5, "b")], order, together=False)
    assert world.orders("3-1-502") == {"土豆": "2斤"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_bridges_in_one_group_are_one_voice(world: World, order: tuple[int, ...]) -> None:
    twice = [said(0, "a"), said(25, "b", channel="other", sender="other-account")]
    deliver(world, twice, order, together=False)
    assert world.orders("3-1-502") == {"土豆": "1斤"}


def test_two_bridges_later_than_30_seconds_are_two_voices(world: World) -> None:
    deliver(world, [said(0, "a"), said(31, "b", channel="other", sender="other")], (0, 1), together=False)
    assert world.orders("3-1-502") == {"土豆": "2斤"}


def test_same_words_of_two_people_are_two_messages(world: World) -> None:
    other = said(1, "b", sender="wx_31601", sender_name="周国强", sender_alias="3-1-601 周国强")
    deliver(world, [said(0, "a"), other], (0, 1), together=True)
    assert (world.orders("3-1-502"), world.orders("3-1-601")) == ({"土豆": "1斤"}, {"土豆": "1斤"})


def test_same_message_twice_is_handled_once(world: World) -> None:
    for _ in range(3):
        world.deliver([said(0, "a"), said(0, "a")])
    assert world.orders("3-1-502") == {"土豆": "1斤"}
    with world.store.read() as connection:
        assert log.pending(connection, LANE) == 0
