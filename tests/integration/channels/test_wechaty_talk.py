"""The Wechaty channel against a real npm gateway: what people say, what the bot answers, how the account fares."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.channels.base import (
    LinkState,
    OutgoingMessage,
    RefusedSendError,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from domain.messages import MessageKind

pytestmark = pytest.mark.gateway

ROOM = "building3@chatroom"
XML_CHAIN = "wxid_a:\n<msg><appmsg><title>#接龙\n1. 502 张桂芳 36.5</title><type>53</type></appmsg></msg>"
ALL_WELL = {"sendDelay": 0, "sendError": "", "sendSilent": False, "sendReturnsId": False, "payloadFailures": 0}


@pytest.fixture(autouse=True)
async def well_again(gateway: Any) -> None:
    await gateway.tell("options", **ALL_WELL)
    await gateway.tell("login")


async def test_group_message_arrives_with_name_remark_and_time(gateway: Any, run: Any, new_channel: Any) -> None:
    said = datetime(2026, 11, 2, 0, 4, 31, tzinfo=UTC)
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        answer = await gateway.tell("say", **{"from": "zhang"}, text="502 36.5 正常", at=int(said.timestamp() * 1000))
        await sink.until(lambda it: it.messages)
    message = sink.messages[0]
    assert (message.channel, message.external_id, message.chat) == ("wechaty", answer["id"], ROOM)
    assert (message.sender, message.sender_name, message.sender_alias) == ("zhang", "晴天", "3-1-502 张桂芳")
    assert (message.text, message.said_at, message.kind) == ("502 36.5 正常", said, MessageKind.TEXT)


async def test_seconds_are_understood_as_well_as_milliseconds(gateway: Any, run: Any, new_channel: Any) -> None:
    said = datetime(2026, 11, 2, 0, 4, 31, tzinfo=UTC)
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        await gateway.tell("say", **{"from": "zhang"}, text="秒", at=int(said.timestamp()))
        await sink.until(lambda it: it.messages)
    assert sink.messages[0].said_at == said


@pytest.mark.parametrize(
    ("number", "text", "kind"),
    [
        (10, "#接龙\n今日健康打卡\n\n1. 502 张桂芳 36.5", MessageKind.CARD),
        (14, XML_CHAIN, MessageKind.TEXT),
        (16, "动态", MessageKind.TEXT),
        (0, "不明", MessageKind.TEXT),
        (99, "将来的种类", MessageKind.TEXT),
        (6, "", MessageKind.IMAGE),
        (2, "", MessageKind.VOICE),
        (13, "撤回了一条消息", MessageKind.SYSTEM),
    ],
)
async def test_every_type_of_message_arrives(
    gateway: Any, run: Any, new_channel: Any, number: int, text: str, kind: MessageKind
) -> None:
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        await gateway.tell("say", **{"from": "li"}, text=text, type=number)
        await sink.until(lambda it: it.messages)
    assert (sink.messages[0].text, sink.messages[0].kind) == (text, kind)
    assert sink.messages[0].carrier == (XML_CHAIN if text == XML_CHAIN else None)


async def test_repeated_announcement_keeps_its_id(gateway: Any, run: Any, new_channel: Any) -> None:
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        answer = await gateway.tell("say", **{"from": "zhang"}, text="一次")
        await gateway.tell("repeat", id=answer["id"])
        await sink.until(lambda it: len(it.messages) == 2)
    assert {message.external_id for message in sink.messages} == {answer["id"]}


async def test_two_hundred_messages_keep_their_order(gateway: Any, run: Any, new_channel: Any) -> None:
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        for number in range(200):
            await gateway.tell("say", **{"from": "zhang"}, text=f"第{number}条")
        await sink.until(lambda it: len(it.messages) == 200, seconds=60)
    assert sink.texts == [f"第{number}条" for number in range(200)]


async def test_message_whose_content_fails_is_fetched_again(gateway: Any, run: Any, new_channel: Any) -> None:
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        await gateway.tell("options", payloadFailures=3)
        await gateway.tell("say", **{"from": "zhang"}, text="难取")
        await sink.until(lambda it: it.messages)
    assert sink.texts == ["难取"]


async def test_private_message_has_no_chat_and_opens_the_way_back(gateway: Any, run: Any, new_channel: Any) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        before = channel.can_dm("li")
        await gateway.tell("say", **{"from": "li"}, text="在吗", direct=True)
        await sink.until(lambda it: it.messages)
    assert (before, channel.can_dm("li"), channel.can_dm("nobody")) == (False, True, False)
    assert (sink.messages[0].chat, sink.messages[0].sender_name) == (None, "建国")


async def test_friends_are_learnt_from_the_contacts(gateway: Any, run: Any, new_channel: Any, until: Any) -> None:
    channel = new_channel(gateway)

    async def knows_zhang() -> bool:
        return bool(channel.can_dm("zhang"))

    async with run(channel) as sink:
        await sink.online()
        await until(knows_zhang)
    assert not channel.can_dm("li")


async def test_sent_message_reaches_the_group_once_and_comes_back(gateway: Any, run: Any, new_channel: Any) -> None:
    before = len((await gateway.tell("state"))["sent"])
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await channel.send(OutgoingMessage(text="已登记", chat=ROOM))
        await sink.until(lambda it: it.echoes)
    sent = (await gateway.tell("state"))["sent"][before:]
    assert [(row["conversation"], row["text"]) for row in sent] == [(ROOM, "已登记")]
    assert (sink.echoes[0].text, sink.echoes[0].chat, sink.messages) == ("已登记", ROOM, [])


async def test_mention_is_written_into_the_text_and_taken_out_of_the_echo(
    gateway: Any, run: Any, new_channel: Any
) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await channel.send(OutgoingMessage(text="请看一下", chat=ROOM, mentions=("zhang",)))
        await sink.until(lambda it: it.echoes)
    sent = (await gateway.tell("state"))["sent"][-1]
    assert (sent["text"], sent["mentions"]) == ("@3-1-502 张桂芳\u2005请看一下", ["zhang"])
    assert sink.echoes[0].text == "请看一下"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"sendError": "mock: send failed"}, TemporarySendError),
        ({"sendError": "操作过于频繁，请稍后再试"}, TooFrequentError),
        ({"sendError": "not a friend"}, RefusedSendError),
        ({"sendDelay": 4000, "sendSilent": True}, UnknownSendError),
    ],
)
async def test_failure_to_send_says_what_may_be_done(
    gateway: Any, run: Any, new_channel: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await gateway.tell("options", **options)
        with pytest.raises(error):
            await channel.send(OutgoingMessage(text=f"失败 {options}", chat=ROOM))


async def test_send_without_an_answer_is_settled_by_its_echo(gateway: Any, run: Any, new_channel: Any) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await gateway.tell("options", sendDelay=4000)
        receipt = await channel.send(OutgoingMessage(text="慢一点", chat=ROOM))
    assert receipt.external_id is not None
    assert [echo.text for echo in sink.echoes] == ["慢一点"]


async def test_id_of_the_gateway_is_the_receipt(gateway: Any, run: Any, new_channel: Any) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await gateway.tell("options", sendReturnsId=True)
        receipt = await channel.send(OutgoingMessage(text="带号", chat=ROOM))
    assert receipt.external_id == (await gateway.tell("state"))["sent"][-1]["id"]


async def test_message_too_long_is_refused_before_it_is_sent(gateway: Any, new_channel: Any) -> None:
    with pytest.raises(RefusedSendError):
        await new_channel(gateway).send(OutgoingMessage(text="长" * 1000, chat=ROOM))


async def test_nothing_is_sent_while_not_linked(gateway: Any, new_channel: Any) -> None:
    with pytest.raises(TemporarySendError):
        await new_channel(gateway).send(OutgoingMessage(text="早", chat=ROOM))


async def test_renamed_group_is_called_by_its_new_name(gateway: Any, run: Any, new_channel: Any) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        assert await channel.chat_name(ROOM)
        await gateway.tell("rename", topic="幸福小区3号楼（新）")
        await gateway.tell("dirty", type=3, id=ROOM)
        assert await channel.chat_name(ROOM) == "幸福小区3号楼（新）"
        assert await channel.chat_name("elsewhere@chatroom") is None


async def test_sign_out_is_shown_and_the_silence_announced(gateway: Any, run: Any, new_channel: Any) -> None:
    channel = new_channel(gateway)
    async with run(channel) as sink:
        await sink.online()
        await gateway.tell("logout")
        await sink.until(lambda it: it.last.state is LinkState.SIGNED_OUT)
        with pytest.raises(TemporarySendError):
            await channel.send(OutgoingMessage(text="退出后", chat=ROOM))
        await gateway.tell("scan", code="https://weixin.example/qr")
        await sink.until(lambda it: it.last.qr is not None)
        assert (sink.last.connected, sink.last.state) == (False, LinkState.SIGN_IN)
        await gateway.tell("login")
        await sink.until(lambda it: it.last.connected and it.gaps)
    assert (sink.last.qr, sink.last.account) == (None, "bot")
    assert timedelta() < sink.gaps[0].until - sink.gaps[0].since < timedelta(minutes=1)


async def test_invitations_are_accepted_from_bound_workers_only(
    gateway: Any, run: Any, new_channel: Any, until: Any
) -> None:
    may_invite: Callable[[str], bool] = "zhang".__eq__

    async def accepted() -> bool:
        return bool((await gateway.tell("state"))["accepted"])

    async with run(new_channel(gateway, may_invite=may_invite)) as sink:
        await sink.online()
        await gateway.tell("invite", id="from-li", **{"from": "li"})
        await gateway.tell("invite", id="from-zhang", **{"from": "zhang"})
        await until(accepted)
    assert (await gateway.tell("state"))["accepted"] == ["from-zhang"]


async def test_check_tells_a_good_token_from_a_wrong_one(gateway: Any, new_channel: Any) -> None:
    good = [step async for step in new_channel(gateway).check()]
    wrong = [step async for step in new_channel(gateway, token="wrong-token").check()]
    assert [step.passed for step in good] == [True, True]
    assert [step.passed for step in wrong] == [True, False]
    assert "wrong-token" not in wrong[-1].detail


async def test_day_of_thirty_groups_arrives_exactly_as_it_was_said(gateway: Any, run: Any, new_channel: Any) -> None:
    random, began = Random(8), datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
    people = {f"p{number}": random.choice(["晴天", "🌻", "王芳", "𠮷野", "A0-维修"]) for number in range(300)}
    rooms: dict[str, dict[str, str]] = {f"{number}@chatroom": {} for number in range(30)}
    for number, person in enumerate(people):
        aliases = [f"{number // 40 + 1}-{number % 4 + 1}-{number % 9 + 1}01", f"{person} 李四", "", "  5栋\u20052单元 "]
        rooms[random.choice(list(rooms))][person] = random.choice(aliases)
    rooms = {room: members for room, members in rooms.items() if members}
    met = [{"id": room, "topic": f"群{room}", "members": members} for room, members in rooms.items()]
    await gateway.tell("meet", people=[{"id": who, "name": name} for who, name in people.items()], rooms=met)
    said, expected = ["502 36.5 正常", "土豆两斤\n白菜一棵", "#接龙\n1. 甲", "𠮷🌻\u202e", "<b>&amp;", " "], []
    async with run(new_channel(gateway)) as sink:
        await sink.online()
        for number in range(1_000):
            room = random.choice(list(rooms))
            who, text, at = (
                random.choice(list(rooms[room])),
                random.choice(said),
                began + timedelta(seconds=40 * number),
            )
            milliseconds = int(at.timestamp() * 1000)
            await gateway.tell("say", **{"from": who}, to=room, text=text, at=milliseconds, id=f"day-{number}")
            expected.append((f"day-{number}", room, who, people[who], rooms[room][who] or None, at, text))
        await sink.until(lambda it: len(it.messages) == len(expected), seconds=60)
    arrived = [
        (it.external_id, it.chat, it.sender, it.sender_name, it.sender_alias, it.said_at, it.text)
        for it in sink.messages
    ]
    assert arrived == expected
