"""The WeCom smart robot against a TLS server that speaks WeCom's frames; the vendor's own client vouches for it."""

import asyncio
import warnings
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import (
    LinkState,
    OutgoingMessage,
    RateLimitedError,
    RefusedSendError,
    TemporarySendError,
    UnknownSendError,
)
from domain.messages import MessageKind
from tests.integration.channels.wecom_socket_peer import BOT, SECRET, Wecom, robot, text, wecom_serving


@pytest.fixture
async def wecom(self_signed: Any, tmp_path: Path) -> AsyncIterator[Wecom]:
    async with wecom_serving(self_signed("localhost"), tmp_path) as server:
        yield server


async def test_vendors_own_client_is_content_with_this_server(wecom: Wecom) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        aibot = pytest.importorskip("aibot", reason="wecom-aibot-python-sdk is missing: the frames were not compared")
        from aibot import ws
    ws._SSL_CONTEXT.load_verify_locations(cafile=wecom.certificate)
    options = aibot.WSClientOptions(bot_id=BOT, secret=SECRET, ws_url=wecom.address, heartbeat_interval=100)
    client, heard = aibot.WSClient(options), asyncio.get_running_loop().create_future()
    client.on("message.text", heard.set_result)
    await client.connect()
    await wecom.push(text("@小助手 你好"))
    assert (await heard)["body"]["text"]["content"] == "@小助手 你好"
    answer = await client.send_message("g1", {"msgtype": "markdown", "markdown": {"content": "好"}})
    while not wecom.pings:
        await asyncio.sleep(0)
    assert answer["errcode"] == 0
    assert wecom.sent == [{"chatid": "g1", "msgtype": "markdown", "markdown": {"content": "好"}}]
    client.disconnect()
    while client.is_connected:
        await asyncio.sleep(0)


async def test_group_message_arrives_without_the_robots_name(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom)) as sink:
        quote = {"msgtype": "text", "text": {"content": "昨天的"}}
        await wecom.push(text("@小助手 502 平安", quote=quote))
        await sink.until(lambda it: it.messages)
    message = sink.messages[0]
    assert (message.channel, message.external_id, message.chat, message.sender) == ("wecom", "m1", "g1", "zhang")
    assert (message.text, message.quote) == ("502 平安", "昨天的")
    assert message.said_at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


async def test_voice_and_mixed_messages_give_their_words(wecom: Wecom, run: Any) -> None:
    items = [{"msgtype": "text", "text": {"content": "看图"}}, {"msgtype": "image", "image": {"url": "x"}}]
    async with run(robot(wecom)) as sink:
        await wecom.push(text("", msgtype="voice", voice={"content": "五零二平安"}))
        await wecom.push(text("", "m2", msgtype="mixed", mixed={"msg_item": items}))
        await wecom.push(text("", "m3", msgtype="image", image={"url": "x"}))
        await sink.until(lambda it: len(it.messages) == 3)
    assert sink.texts == ["五零二平安", "看图", ""]
    assert [it.kind for it in sink.messages] == [MessageKind.VOICE, MessageKind.TEXT, MessageKind.IMAGE]


async def test_private_message_opens_the_way_back(wecom: Wecom, run: Any) -> None:
    channel = robot(wecom)
    async with run(channel) as sink:
        assert not channel.can_dm("zhang")
        await wecom.push(text("在吗", chattype="single"))
        await wecom.event("enter_chat", "li")
        await wecom.push(text("好", "m2"))
        await sink.until(lambda it: len(it.messages) == 2)
    assert sink.messages[0].chat is None
    assert (channel.can_dm("zhang"), channel.can_dm("li"), channel.can_dm("wang")) == (True, True, False)


async def test_sent_text_calls_nobody_but_those_named(wecom: Wecom, run: Any) -> None:
    channel = robot(wecom)
    async with run(channel) as sink:
        await sink.online()
        await channel.send(OutgoingMessage(text="<@all> 1<2", chat="g1", mentions=("zhang", "all", "x><@all")))
    assert wecom.sent[0]["markdown"]["content"] == "<@zhang>＜@all> 1＜2"


@pytest.mark.parametrize(
    ("code", "error"), [(45009, RateLimitedError), (93006, RefusedSendError), (-1, TemporarySendError)]
)
async def test_error_codes_say_what_may_be_done(wecom: Wecom, run: Any, code: int, error: type[Exception]) -> None:
    channel = robot(wecom)
    wecom.send_code = code
    async with run(channel) as sink:
        await sink.online()
        with pytest.raises(error):
            await channel.send(OutgoingMessage(text="好", chat="g1"))


async def test_thirty_messages_a_minute_go_to_one_chat(wecom: Wecom, run: Any) -> None:
    channel = robot(wecom)
    async with run(channel) as sink:
        await sink.online()
        for number in range(30):
            await channel.send(OutgoingMessage(text=str(number), chat="g1"))
        with pytest.raises(RateLimitedError):
            await channel.send(OutgoingMessage(text="30", chat="g1"))
        await channel.send(OutgoingMessage(text="elsewhere", chat="g2"))
    assert len(wecom.sent) == 31


async def test_send_without_an_answer_is_unknown_and_not_connected_is_temporary(wecom: Wecom, run: Any) -> None:
    channel = robot(wecom)
    with pytest.raises(TemporarySendError):
        await channel.send(OutgoingMessage(text="早", chat="g1"))
    async with run(channel) as sink:
        await sink.online()
        wecom.answers = False
        with pytest.raises(UnknownSendError):
            await channel.send(OutgoingMessage(text="晚", chat="g1"))


async def test_closed_connection_is_made_again_and_the_gap_told(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom)) as sink:
        await sink.online()
        await wecom.hang_up()
        await sink.until(lambda it: it.gaps and it.last.connected)
        await wecom.push(text("回来了"))
        await sink.until(lambda it: it.messages)


async def test_silent_server_is_noticed_by_the_heartbeat(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom)) as sink:
        await sink.online()
        wecom.answers = False
        await sink.until(lambda it: it.last.state is LinkState.LOST)
        wecom.answers = True
        await sink.until(lambda it: it.gaps)


async def test_displaced_robot_says_so_and_does_not_chase(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom, displaced=60)) as first:
        await first.online()
        async with run(robot(wecom)) as second:
            await second.online()
            await first.until(lambda it: it.last.state is LinkState.DISPLACED)
            await wecom.push(text("给新的"))
            await second.until(lambda it: it.messages)
    assert first.messages == []


async def test_wrong_secret_is_said_without_repeating_it(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom, secret="wrong-secret")) as sink:
        await sink.until(lambda it: it.last.state is LinkState.REJECTED)
    assert not any("wrong-secret" in status.detail for status in sink.statuses)


async def test_untrusted_certificate_is_not_spoken_to(wecom: Wecom, run: Any) -> None:
    async with run(robot(wecom, tls_ca=None)) as sink:
        await sink.until(lambda it: it.last.state is LinkState.LOST)
    assert "CERTIFICATE_VERIFY_FAILED" in sink.last.detail


def test_plain_websocket_is_refused(wecom: Wecom) -> None:
    with pytest.raises(ValueError, match="wss"):
        robot(wecom, address="ws://localhost/")


@pytest.mark.parametrize(
    "frame",
    ["", "[]", "no json", '{"cmd":"aibot_msg_callback"}', '{"cmd":"aibot_msg_callback","body":{"msgid":1}}',
     '{"headers":7}', '{"headers":{"req_id":[]}}', '{"cmd":"aibot_event_callback","body":{"event":"x"}}',
     '{"cmd":"aibot_msg_callback","body":{"msgid":"a","from":{"userid":"b"},"msgtype":"mixed","mixed":{"msg_item":7}}}'],
)  # fmt: skip
async def test_odd_frames_are_passed_over(wecom: Wecom, run: Any, frame: str) -> None:
    async with run(robot(wecom)) as sink:
        await sink.online()
        await wecom.raw(frame)
        await wecom.push(text("照常"))
        await sink.until(lambda it: "照常" in it.texts)


async def test_check_tells_a_good_secret_from_a_wrong_one(wecom: Wecom) -> None:
    good = [step async for step in robot(wecom).check()]
    wrong = [step async for step in robot(wecom, secret="wrong").check()]
    untrusted = [step async for step in robot(wecom, tls_ca=None).check()]
    assert [[step.passed for step in steps] for steps in (good, wrong, untrusted)] == [
        [True, True],
        [True, False],
        [False, False],
    ]
