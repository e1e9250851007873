"""The OneBot v11 channel against a peer that connects to it as an implementation for QQ does."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.base import (
    OutgoingMessage,
    RefusedSendError,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from domain.messages import MessageKind
from tests.integration.channels.onebot_peer import Peers, channel_at, listening


async def test_group_message_arrives_with_card_and_time(port: int, connect: Peers, run: Any) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            at = {"type": "at", "data": {"qq": "10000"}}
            await peer.say([at, {"type": "text", "data": {"text": " 502 平安"}}])
            await sink.until(lambda it: it.messages)
            assert (sink.last.connected, sink.last.account) == (True, "10000")
    message = sink.messages[0]
    assert (message.channel, message.external_id, message.chat, message.sender) == ("onebot", "20011-5", "20011", "11")
    assert (message.sender_name, message.sender_alias) == ("晴天", "3-1-502 张桂芳")
    assert (message.text, message.mentions) == ("502 平安", ("10000",))
    assert message.said_at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def test_codes_in_a_string_mean_the_same_as_segments(port: int, connect: Peers, run: Any) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            await peer.say("[CQ:at,qq=10000] 1 &amp; 2 &#91;笑&#93;[CQ:image,file=a&#44;b.jpg]")
            await sink.until(lambda it: it.messages)
    assert (sink.messages[0].text, sink.messages[0].mentions) == ("1 & 2 [笑]", ("10000",))


@pytest.mark.parametrize(
    ("piece", "kind", "text"),
    [
        ({"type": "image", "data": {"file": "a.jpg"}}, MessageKind.IMAGE, ""),
        ({"type": "record", "data": {"file": "a.amr"}}, MessageKind.VOICE, ""),
        ({"type": "json", "data": {"data": '{"prompt":"[群接龙]今日打卡"}'}}, MessageKind.CARD, "[群接龙]今日打卡"),
        ({"type": "xml", "data": {"data": "<msg/>"}}, MessageKind.CARD, ""),
        ({"type": "future", "data": {}}, MessageKind.TEXT, ""),
    ],
)
async def test_other_kinds_arrive_too(
    port: int, connect: Peers, run: Any, piece: dict[str, Any], kind: MessageKind, text: str
) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            await peer.say([piece])
            await sink.until(lambda it: it.messages)
    assert (sink.messages[0].kind, sink.messages[0].text) == (kind, text)
    assert (sink.messages[0].carrier is not None) == (kind is MessageKind.CARD)


async def test_friends_may_be_written_to(port: int, connect: Peers, run: Any) -> None:
    channel = channel_at(port)
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as peer:
            await peer.say("在吗", message_type="private", sub_type="friend", group_id=None, user_id=12)
            await peer.say("在吗", message_type="private", sub_type="group", group_id=None, user_id=13)
            await sink.until(lambda it: len(it.messages) == 2)
            await channel.send(OutgoingMessage(text="在", account="12"))
            sent = peer.did("send_private_msg")
    assert [channel.can_dm(account) for account in ("11", "12", "13")] == [True, True, False]
    assert sink.messages[0].chat is None
    assert sent == [{"user_id": 12, "message": [{"type": "text", "data": {"text": "在"}}]}]


async def test_sent_message_is_segments_in_which_no_code_hides(port: int, connect: Peers, run: Any) -> None:
    channel = channel_at(port)
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            message = OutgoingMessage(text="[CQ:at,qq=all] 好", chat="20011", mentions=("11", "all"))
            receipt = await channel.send(message)
            sent = peer.did("send_group_msg")
    pieces = [{"type": "at", "data": {"qq": "11"}}, {"type": "text", "data": {"text": "[CQ:at,qq=all] 好"}}]
    assert sent == [{"group_id": 20011, "message": pieces}]
    assert receipt.external_id == "-77"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"status": "failed", "retcode": 100, "wording": "操作过于频繁"}, TooFrequentError),
        ({"status": "failed", "retcode": 120, "wording": "被禁言"}, RefusedSendError),
        ({"status": "failed", "retcode": 1404}, RefusedSendError),
        ({"status": "failed", "retcode": 1200, "wording": "timeout"}, TemporarySendError),
    ],
)
async def test_failures_say_what_may_be_done(
    port: int, connect: Peers, run: Any, answer: dict[str, Any], error: type[Exception]
) -> None:
    channel = channel_at(port)
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            peer.failures["send_group_msg"] = answer
            with pytest.raises(error):
                await channel.send(OutgoingMessage(text="好", chat="20011"))


async def test_send_without_an_answer_is_unknown_unless_the_message_comes_back(
    port: int, connect: Peers, run: Any
) -> None:
    channel = channel_at(port)
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            peer.mute.add("send_group_msg")
            with pytest.raises(UnknownSendError):
                await channel.send(OutgoingMessage(text="一", chat="20011"))
            sending = asyncio.create_task(channel.send(OutgoingMessage(text="二", chat="20011")))
            while len(peer.did("send_group_msg")) < 2:
                await asyncio.sleep(0)
            await peer.say("二", user_id=10000, post_type="message_sent", message_id=9)
            assert (await sending).external_id == "9"
    assert [(echo.text, echo.chat) for echo in sink.echoes] == [("二", "20011")]
    assert sink.messages == []
