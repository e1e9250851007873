"""The WeCom smart robot against a TLS server that speaks WeCom's frames; the vendor's own client vouches for it."""

import asyncio
import json
import ssl
import warnings
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from bot.channels.base import (
    LinkState,
    OutgoingMessage,
    RateLimitedError,
    RefusedSendError,
    TemporarySendError,
    UnknownSendError,
)
from bot.channels.wecom_bot import WecomBotChannel, WecomBotSettings
from bot.clock import SystemClock
from bot.pacing import RetryPolicy
from domain.messages import MessageKind

BOT, SECRET = "robot-1", "hidden"


class Wecom:
    """WeCom's side of the WebSocket: one connection a robot, a newer one displaces the older."""

    def __init__(self) -> None:
        self.address = ""
        self.certificate: Path
        self.sent: list[dict[str, Any]] = []
        self.pings = 0
        self.answers = True
        self.send_code = 0
        self._current: web.WebSocketResponse | None = None
        self._subscribed = asyncio.Event()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT and self.answers:
                await self._take(socket, json.loads(message.data))
        return socket

    async def _take(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> None:
        code, command, body = 0, frame["cmd"], frame.get("body", {})
        if command == "aibot_subscribe":
            if (body["bot_id"], body["secret"]) == (BOT, SECRET):
                await self._displace(socket)
            else:
                code = 40001
        elif command == "aibot_send_msg":
            self.sent.append(body)
            code = self.send_code
        elif command == "ping":
            self.pings += 1
        await socket.send_json({"headers": frame["headers"], "errcode": code, "errmsg": "ok" if code == 0 else "no"})

    async def _displace(self, socket: web.WebSocketResponse) -> None:
        if self._current is not None and not self._current.closed:
            await self.event("disconnected_event")
            await self._current.close()
        self._current = socket
        self._subscribed.set()

    async def push(self, body: dict[str, Any], command: str = "aibot_msg_callback") -> None:
        await self._subscribed.wait()
        assert self._current is not None
        await self._current.send_json({"cmd": command, "headers": {"req_id": "push"}, "body": body})

    async def raw(self, text: str) -> None:
        assert self._current is not None
        await self._current.send_str(text)

    async def event(self, name: str, account: str = "u1") -> None:
        body = {"msgtype": "event", "event": {"eventtype": name}, "from": {"userid": account}}
        await self.push(body, "aibot_event_callback")

    async def hang_up(self) -> None:
        assert self._current is not None
        await self._current.close(code=1011)


def text(content: str, msgid: str = "m1", **more: Any) -> dict[str, Any]:
    body = {
        "msgid": msgid,
        "aibotid": BOT,
        "from": {"userid": "zhang"},
        "msgtype": "text",
        "text": {"content": content},
    }
    return {"chatid": "g1", "chattype": "group", "create_time": 1_793_610_000, **body, **more}


@pytest.fixture
async def wecom(self_signed: Any, tmp_path: Path) -> AsyncIterator[Wecom]:
    certificate, key = self_signed("localhost")
    (tmp_path / "certificate.pem").write_text(certificate)
    (tmp_path / "key.pem").write_text(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    server, app = Wecom(), web.Application()
    app.router.add_get("/", server.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "localhost", 0, ssl_context=context)
    await site.start()
    server.address = f"wss://localhost:{runner.addresses[0][1]}/"
    server.certificate = tmp_path / "certificate.pem"
    yield server
    await runner.cleanup()


def robot(wecom: Wecom, **changes: Any) -> WecomBotChannel:
    given: dict[str, Any] = {
        "bot_id": BOT,
        "secret": SECRET,
        "name": "小助手",
        "address": wecom.address,
        "tls_ca": wecom.certificate,
        "heartbeat": 0.1,
        "answer": 0.5,
        "displaced": 0.2,
        "reconnect": RetryPolicy((0.05,), endless=True),
    }
    return WecomBotChannel(WecomBotSettings(**(given | changes)), SystemClock(), Random(1).random)


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
