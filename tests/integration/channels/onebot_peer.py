"""A peer that connects to the OneBot v11 channel as an implementation for QQ does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from random import Random
from typing import Any

import aiohttp

from bot.channels.onebot import OneBotChannel, OneBotSettings
from bot.clock import SystemClock

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


@asynccontextmanager
async def implementation_at(port: int, token: str = TOKEN) -> AsyncIterator[Implementation]:
    """Connect to the channel that listens at a port, and serve what it asks for."""
    headers = {"Authorization": f"Bearer {token}", "X-Self-ID": "10000", "X-Client-Role": "Universal"}
    url = f"http://127.0.0.1:{port}/onebot/v11/ws"
    async with aiohttp.ClientSession() as http, http.ws_connect(url, headers=headers) as socket:
        implementation = Implementation(socket)
        serving = asyncio.create_task(implementation.serve())
        yield implementation
        serving.cancel()


def channel_at(port: int, may_invite: Callable[[str], bool] = lambda _: False, **changes: Any) -> OneBotChannel:
    given = {"token": TOKEN, "listen": f"127.0.0.1:{port}", "answer": 0.5, "echo_seconds": 0.3}
    return OneBotChannel(OneBotSettings(**(given | changes)), SystemClock(), Random(1).random, may_invite)


async def listening(sink: Any) -> None:
    await sink.until(lambda it: any(status.detail.startswith("listens") for status in it.statuses))
