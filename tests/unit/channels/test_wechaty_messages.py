"""What a Wechaty payload means, without a gateway."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.channels.base import Gap, LinkState, OutgoingMessage, Receipt, TemporarySendError
from bot.channels.echoes import Echoes
from bot.channels.supervision import LinkLost
from bot.channels.wechaty_inbox import Announced, Patience, WechatyInbox
from bot.channels.wechaty_link import CallRefused, Displaced, Occupied, Rejected
from bot.channels.wechaty_messages import Names, Payload, echo, incoming, payload_of, said_at, with_mentions
from bot.channels.wechaty_people import KEPT, WechatyPeople
from bot.channels.wechaty_presence import Presence
from bot.clock import SimulatedClock
from bot.pacing import RetryPolicy

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def payload(**changes: object) -> Payload:
    given: dict[str, object] = {
        "id": "m",
        "type": 7,
        "sender": "a",
        "room": "r",
        "listener": "",
        "text": "好",
        "said_at": NOW,
    }
    return Payload(**(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (1_793_610_000, datetime(2026, 11, 2, 9, 0, tzinfo=UTC)),
        (1_793_610_000_250, datetime(2026, 11, 2, 9, 0, 0, 250_000, tzinfo=UTC)),
        (0, NOW),
        (3_000_000_000, NOW),
        (2**63, NOW),
    ],
)
def test_times_come_in_seconds_or_milliseconds_or_not_at_all(timestamp: int, expected: datetime) -> None:
    assert said_at(timestamp, NOW) == expected


def test_whatever_the_gateway_sends_is_bounded() -> None:
    response = SimpleNamespace(
        id="", type=7, from_id="f" * 9_999, room_id="", to_id="bot", text="x" * 500_000, timestamp=0,
        mention_ids=["m"] * 10_000, filename="n" * 9_999,
    )  # fmt: skip
    read = payload_of(response, "announced", NOW)
    assert (read.id, len(read.sender), read.room, len(read.text)) == ("announced", 256, None, 100_000)
    assert (len(read.mentions), len(read.filename)) == (500, 256)


@pytest.mark.parametrize(
    ("text", "is_card"),
    [
        ("好", False),
        ("#接龙\n1. 502", False),
        ("<msg><appmsg>", True),
        ("wxid_a:\n<?xml version='1.0'?>\n<msg>", True),
        ("&lt;msg&gt;", True),
    ],
)
def test_carrier_is_the_raw_card_and_nothing_else(text: str, is_card: bool) -> None:
    assert incoming(payload(text=text, type=14), Names()).carrier == (text if is_card else None)


def test_echo_loses_the_names_put_in_front() -> None:
    text = with_mentions("请看", ["张 三", "李四"])
    assert echo(payload(text=text)).text == "请看"
    assert echo(payload(text="@张三 没有特殊空格")).text == "@张三 没有特殊空格"


def test_private_echo_names_whom_it_went_to() -> None:
    back = echo(payload(room=None, listener="zhang"))
    assert (back.chat, back.account) == (None, "zhang")


def test_gap_lasts_from_the_last_sign_of_life_until_something_is_heard() -> None:
    presence = Presence()
    presence.linked()
    presence.unlinked(LinkLost("gone"), NOW)
    presence.unlinked(LinkLost("still gone"), None)
    later = NOW + timedelta(minutes=3)
    assert presence.hearing_gap(later) == Gap(NOW, later)
    assert presence.hearing_gap(later) is None


def test_first_link_ends_no_gap() -> None:
    presence = Presence()
    presence.unlinked(LinkLost("not there yet"), None)
    presence.linked()
    assert presence.hearing_gap(NOW) is None


def test_account_signed_in_before_the_link_is_ready_is_not_yet_online() -> None:
    presence = Presence()
    assert presence.signed_in_as("bot").connected is False
    assert presence.linked().connected is True


@pytest.mark.parametrize(
    ("lost", "state"),
    [
        (LinkLost(""), LinkState.LOST),
        (Displaced(""), LinkState.DISPLACED),
        (Occupied(""), LinkState.DISPLACED),
        (Rejected(""), LinkState.REJECTED),
    ],
)
def test_loss_is_named_by_its_cause(lost: LinkLost, state: LinkState) -> None:
    assert Presence().unlinked(lost, NOW).state is state


def test_own_ghost_is_driven_out_after_three_refusals_but_nobody_else() -> None:
    silent, displaced = Presence(), Presence()
    for presence, loss in ((silent, LinkLost("")), (displaced, Displaced(""))):
        presence.linked()
        presence.unlinked(loss, NOW)
        for _ in range(3):
            assert not presence.may_take_over(always=False)
            presence.unlinked(Occupied(""), None)
    assert (silent.may_take_over(always=False), displaced.may_take_over(always=False)) == (True, False)
    assert displaced.may_take_over(always=True)


async def test_echo_settles_the_first_send_that_awaits_it() -> None:
    echoes, message = Echoes(), OutgoingMessage(text="好", chat="r")
    with echoes.expect(message) as first, echoes.expect(message) as second:
        echoes.arrived(echo(payload()))
        assert await first.or_raise(TemporarySendError("no"), 1) == Receipt("m")
        with pytest.raises(TemporarySendError):
            await second.or_raise(TemporarySendError("no"), 0)


async def test_unexpected_echo_changes_nothing() -> None:
    Echoes().arrived(echo(payload()))


class Phonebook:
    """Counts how often it is asked; `fails` lets it refuse."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False

    async def member(self, room: str, contact: str) -> SimpleNamespace:
        self.asked += 1
        if self.fails:
            raise CallRefused("no")
        return SimpleNamespace(name="晴天", room_alias=f"第{self.asked}次")

    async def contact(self, contact: str) -> SimpleNamespace:
        return SimpleNamespace(name="晴天", alias="", friend=contact == "friend")

    async def contacts(self) -> list[str]:
        return ["friend", "stranger"]


async def test_names_are_asked_again_after_some_minutes_or_when_they_changed() -> None:
    clock, book = SimulatedClock(NOW), Phonebook()
    people = WechatyPeople(clock)
    seen = [await people.names(book, payload()), await people.names(book, payload())]
    people.forget("a")
    seen.append(await people.names(book, payload()))
    clock.advance_to(NOW + KEPT)
    seen.append(await people.names(book, payload()))
    assert [names.alias for names in seen] == ["第1次", "第1次", "第2次", "第3次"]


async def test_gateway_without_an_answer_never_loses_a_message_its_name_at_most() -> None:
    clock, book = SimulatedClock(NOW), Phonebook()
    people = WechatyPeople(clock)
    await people.names(book, payload())
    clock.advance_to(NOW + KEPT)
    book.fails = True
    assert (await people.names(book, payload())).alias == "第1次"
    assert await people.names(book, payload(sender="b")) == Names()
    assert await people.names(None, payload(sender="c")) == Names()


async def test_message_that_cannot_be_fetched_lets_others_pass_and_is_given_up_in_the_end() -> None:
    inbox, delivered, given_up = WechatyInbox(Patience(RetryPolicy((0.0,)), timedelta(), rounds=1)), [], []

    async def fetch(message_id: str) -> Payload:
        if message_id == "bad":
            raise CallRefused("never")
        return payload(id=message_id)

    async def deliver(read: Payload) -> None:
        delivered.append(read.id)

    class Done(Exception):
        pass

    async def give_up(entry: Announced) -> None:
        given_up.append(entry.id)
        raise Done

    for message_id in ("a", "bad", "b"):
        inbox.announce(message_id, NOW)
    with pytest.raises(Done):
        await inbox.deliver_all(fetch, deliver, give_up)
    assert (delivered, given_up) == (["a", "b"], ["bad"])
