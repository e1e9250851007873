"""A recorded day told through a platform's own peer leads to the same books as the day replayed."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest

from bot.channels.onebot import OneBotChannel, OneBotSettings
from bot.clock import SystemClock
from domain.messages import IncomingMessage, MessageKind
from tests.integration.channels.day import assert_same, books, messages

TOKEN = "a-token-of-our-own"
TYPES = {MessageKind.CARD: 10, MessageKind.SYSTEM: 13}


@pytest.fixture(scope="module")
def said() -> list[IncomingMessage]:
    return messages()


@pytest.fixture(scope="module")
def expected(said: list[IncomingMessage], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return books(tmp_path_factory.mktemp("replayed") / "data", said)


# ---- OneBot ---------------------------------------------------------------------------------------------------------
def event_of(message: IncomingMessage) -> dict[str, Any]:
    """The message as an implementation of OneBot pushes it; a chain is its text there, whatever card it was."""
    sender = {"user_id": message.sender, "nickname": message.sender_name, "card": message.sender_alias or ""}
    place = {"message_type": "group", "group_id": message.chat} if message.chat else {"message_type": "private"}
    return {
        "post_type": "message",
        "sub_type": "normal" if message.chat else "friend",
        "time": int(message.said_at.timestamp()),
        "self_id": 10000,
        "user_id": message.sender,
        "message_id": message.external_id,
        "message": [{"type": "text", "data": {"text": message.text}}],
        "sender": sender,
        **place,
    }


@asynccontextmanager
async def implementation(port: int) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A peer that pushes events and answers every action with a refusal."""
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Self-ID": "10000", "X-Client-Role": "Universal"}
    url = f"http://127.0.0.1:{port}/onebot/v11/ws"
    async with aiohttp.ClientSession() as http, http.ws_connect(url, headers=headers) as socket:

        async def answer() -> None:
            async for frame in socket:
                await socket.send_json({"status": "failed", "retcode": 1404, "echo": frame.json()["echo"]})

        answering = asyncio.create_task(answer())
        yield socket
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)


async def test_day_through_onebot_is_the_day_replayed(
    said: list[IncomingMessage], expected: dict[str, Any], tmp_path: Path, run: Any
) -> None:
    with sockets.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    settings = OneBotSettings(token=TOKEN, channel="onebot:qq", listen=f"127.0.0.1:{port}")
    heard = [message for message in said if message.kind is not MessageKind.SYSTEM]  # QQ tells these as notices
    async with run(OneBotChannel(settings, SystemClock(), Random(1).random)) as sink:
        await sink.until(lambda it: any(status.detail.startswith("listens") for status in it.statuses))
        async with implementation(port) as socket:
            await sink.online()
            for message in heard:
                await socket.send_json(event_of(message))
            await sink.until(lambda it: len(it.messages) == len(heard), seconds=60)
    told = await asyncio.to_thread(books, tmp_path / "data", sink.messages)
    assert_same(told, expected)


# ---- Wechaty --------------------------------------------------------------------------------------------------------
async def introduce(gateway: Any, said: list[IncomingMessage]) -> dict[tuple[str, str], str]:
    """Let the gateway know everybody and every group; returns the remarks they begin with."""
    names = {message.sender: message.sender_name for message in said}
    remarks: dict[tuple[str, str], str] = {}
    for message in said:
        if message.chat:
            remarks.setdefault((message.chat, message.sender), message.sender_alias or "")
    rooms = [
        {"id": room, "topic": room, "members": {who: remark for (at, who), remark in remarks.items() if at == room}}
        for room in dict.fromkeys(room for room, _ in remarks)
    ]
    await gateway.tell("meet", people=[{"id": who, "name": name} for who, name in names.items()], rooms=rooms)
    return remarks


async def tell(gateway: Any, message: IncomingMessage) -> None:
    where = {"to": message.chat} if message.chat else {"direct": True}
    at = int(message.said_at.timestamp() * 1000)
    kind = TYPES.get(message.kind, 7)
    await gateway.tell(
        "say", **{"from": message.sender}, **where, text=message.text, type=kind, at=at, id=message.external_id
    )


async def tell_all(
    gateway: Any, said: list[IncomingMessage], caught_up: Callable[[int], Awaitable[None]], remarks: dict[Any, str]
) -> None:
    """Say everything; before somebody's remark changes, what was said so far must have been heard under the old one."""
    for number, message in enumerate(said):
        place, remark = (message.chat, message.sender), message.sender_alias or ""
        if message.chat and remarks[place] != remark:
            await caught_up(number)
            remarks[place] = remark
            await gateway.tell("alias", contact=f"{message.chat} {message.sender}", alias=remark)
            await gateway.tell("dirty", type=3, id=message.chat)
        await tell(gateway, message)
    await caught_up(len(said))


@pytest.mark.gateway
async def test_day_through_wechaty_is_the_day_replayed(
    said: list[IncomingMessage], expected: dict[str, Any], tmp_path: Path, own_gateway: Any, run: Any, new_channel: Any
) -> None:
    own_gateway.start()
    remarks = await introduce(own_gateway, said)
    async with run(new_channel(own_gateway, channel="wechaty:east")) as sink:
        await sink.online()

        async def caught_up(count: int) -> None:
            await sink.until(lambda it: len(it.messages) == count, seconds=120)

        await tell_all(own_gateway, said, caught_up, remarks)
    assert {message.channel for message in sink.messages} == {"wechaty:east"}
    told = await asyncio.to_thread(books, tmp_path / "data", sink.messages)
    assert_same(told, expected)
