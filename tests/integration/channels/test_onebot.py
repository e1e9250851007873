"""The OneBot v11 channel against a peer that connects to it as an implementation for QQ does."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.channels.base import (
    LinkState,
    OutgoingMessage,
    RefusedSendError,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from bot.channels.endpoints import EndpointError
from bot.channels.onebot import OneBotChannel, OneBotSettings
from bot.channels.onebot_messages import segments
from bot.clock import SystemClock
from domain.messages import MessageKind

TOKEN = "a-token-of-our-own"
FRIENDS = {"get_friend_list": [{"user_id": 11, "nickname": "张"}]}
Peers = Callable[..., AbstractAsyncContextManager["Implementation"]]


class Implementation:
    """A OneBot implementation: pushes events, does what it is told, answers as the test wants."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.actions: list[dict[str, Any]] = []
        self.replies: dict[str, Any] = dict(FRIENDS)
        self.failures: dict[str, dict[str, Any]] = {}
        self.mute: set[str] = set()

    async def serve(self) -> None:
        async for message in self._socket:
            action = message.json()
            self.actions.append(action)
            name = action["action"]
            if name in self.mute:
                continue
            well = {"status": "ok", "retcode": 0, "data": self.replies.get(name, {"message_id": -77})}
            await self._socket.send_json({**self.failures.get(name, well), "echo": action["echo"]})

    async def push(self, **event: Any) -> None:
        await self._socket.send_json({"time": 1_793_610_000, "self_id": 10000, **event})

    async def say(self, message: Any, **more: Any) -> None:
        sender = {"user_id": 11, "nickname": "晴天", "card": "3-1-502 张桂芳"}
        event = {
            "post_type": "message",
            "message_type": "group",
            "sub_type": "normal",
            "group_id": 20011,
            "user_id": 11,
        }
        await self.push(**{**event, "message_id": 5, "message": message, "sender": sender, **more})

    async def raw(self, text: str) -> None:
        await self._socket.send_str(text)

    async def close(self) -> None:
        await self._socket.close()

    def did(self, name: str) -> list[dict[str, Any]]:
        return [action["params"] for action in self.actions if action["action"] == name]


@pytest.fixture
def port() -> int:
    with sockets.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def connect(port: int) -> Peers:
    @asynccontextmanager
    async def peer(token: str = TOKEN) -> AsyncIterator[Implementation]:
        headers = {"Authorization": f"Bearer {token}", "X-Self-ID": "10000", "X-Client-Role": "Universal"}
        url = f"http://127.0.0.1:{port}/onebot/v11/ws"
        async with aiohttp.ClientSession() as http, http.ws_connect(url, headers=headers) as socket:
            implementation = Implementation(socket)
            serving = asyncio.create_task(implementation.serve())
            yield implementation
            serving.cancel()

    return peer


def channel_at(port: int, may_invite: Callable[[str], bool] = lambda _: False, **changes: Any) -> OneBotChannel:
    given = {"token": TOKEN, "listen": f"127.0.0.1:{port}", "answer": 0.5, "echo_seconds": 0.3}
    return OneBotChannel(OneBotSettings(**(given | changes)), SystemClock(), Random(1).random, may_invite)


async def listening(sink: Any) -> None:
    await sink.until(lambda it: any(status.detail.startswith("listens") for status in it.statuses))


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


async def test_nothing_is_sent_while_nobody_is_connected(port: int) -> None:
    with pytest.raises(TemporarySendError):
        await channel_at(port).send(OutgoingMessage(text="好", chat="20011"))
    with pytest.raises(RefusedSendError):
        await channel_at(port).send(OutgoingMessage(text="好", chat="not-a-number"))


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", "令牌令牌令牌令牌令牌令牌"])
async def test_connection_without_the_token_is_refused(port: int, connect: Peers, run: Any, token: str) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connect(token):
                raise AssertionError("must not connect")
    assert refused.value.status == 401
    assert not any(status.connected for status in sink.statuses)


async def test_lost_connection_is_told_with_its_gap(port: int, connect: Peers, run: Any) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            await peer.close()
            await sink.until(lambda it: it.last.state is LinkState.LOST)
        async with connect() as peer:
            await sink.until(lambda it: it.gaps and it.last.connected)
            await peer.say("回来了")
            await sink.until(lambda it: it.messages)
    assert sink.gaps[0].since <= sink.gaps[0].until


async def test_heart_that_stops_beating_ends_the_connection(port: int, connect: Peers, run: Any) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            await peer.push(post_type="meta_event", meta_event_type="heartbeat", interval=100, status={"online": True})
            await sink.until(lambda it: it.last.state is LinkState.LOST)


async def test_newest_connection_counts(port: int, connect: Peers, run: Any) -> None:
    channel = channel_at(port)
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as older:
            await sink.online()
            async with connect() as newer:
                await sink.until(lambda it: it.gaps)
                await channel.send(OutgoingMessage(text="好", chat="20011"))
                sent = (older.did("send_group_msg"), newer.did("send_group_msg"))
    assert [len(actions) for actions in sent] == [0, 1]


async def test_group_name_is_asked_afresh(port: int, connect: Peers, run: Any) -> None:
    channel = channel_at(port)
    assert await channel.chat_name("20011") is None
    async with run(channel) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            peer.replies["get_group_info"] = {"group_id": 20011, "group_name": "幸福小区3号楼"}
            assert await channel.chat_name("20011") == "幸福小区3号楼"
            peer.failures["get_group_info"] = {"status": "failed", "retcode": 100}
            assert await channel.chat_name("20011") is None


async def test_invitations_are_accepted_from_bound_workers_only(
    port: int, connect: Peers, run: Any, until: Any
) -> None:
    async with run(channel_at(port, "11".__eq__)) as sink:
        await listening(sink)
        async with connect() as peer:
            await sink.online()
            invitation = {"post_type": "request", "request_type": "group", "sub_type": "invite", "group_id": 3}
            await peer.push(**invitation, user_id=12, flag="stranger")
            await peer.push(**invitation, user_id=11, flag="worker")

            async def accepted() -> bool:
                return bool(peer.did("set_group_add_request"))

            await until(accepted)
            assert peer.did("set_group_add_request") == [{"flag": "worker", "sub_type": "invite", "approve": True}]


@pytest.mark.parametrize(
    "frame",
    ["", "[]", "no json", "{}", '{"post_type":7}', '{"post_type":"message","message_type":"group","message":[[],7]}',
     '{"post_type":"message","message_type":"group","user_id":true,"message_id":1}', '{"echo":[],"status":"ok"}',
     '{"post_type":"meta_event","meta_event_type":"heartbeat","interval":-1}'],
)  # fmt: skip
async def test_odd_frames_are_passed_over(port: int, connect: Peers, run: Any, frame: str) -> None:
    async with run(channel_at(port)) as sink:
        await listening(sink)
        async with connect() as peer:
            await peer.raw(frame)
            await peer.say("照常")
            await sink.until(lambda it: "照常" in it.texts)


async def test_check_says_whether_the_address_is_free(port: int) -> None:
    assert [step.passed async for step in channel_at(port).check()] == [True]
    with sockets.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert [step.passed async for step in channel_at(port).check()] == [False]


async def test_address_that_is_taken_is_waited_for(port: int, connect: Peers, run: Any) -> None:
    with sockets.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with run(channel_at(port)) as sink:
            await sink.until(lambda it: it.last.state is LinkState.LOST)
            taken.close()
            await listening(sink)


def test_what_would_be_open_to_the_world_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="16 characters"):
        channel_at(8095, token="short")
    with pytest.raises(EndpointError):
        channel_at(8095, listen="0.0.0.0:8095")
    with pytest.raises(ValueError, match="certificate"):
        channel_at(8095, listen="0.0.0.0:8095", allow_public=True)


def test_segments_are_read_in_linear_time() -> None:
    pumped = ["[CQ:a" * 4_000, "[CQ:at" + ",a=b" * 5_000, "[" * 20_000, "[CQ:at,qq=1]" * 1_700]
    assert [len(segments(text)) for text in pumped] == [1, 1, 1, 1_700]
