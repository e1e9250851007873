"""The OneBot v11 channel while nobody, the wrong one or nothing but silence is connected."""

import socket as sockets
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.base import (
    LinkState,
    OutgoingMessage,
    RefusedSendError,
    TemporarySendError,
)
from bot.channels.endpoints import EndpointError
from bot.channels.onebot_messages import segments
from tests.integration.channels.onebot_peer import TOKEN, Peers, channel_at, listening


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
