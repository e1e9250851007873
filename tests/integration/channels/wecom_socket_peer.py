"""WeCom's side of a smart robot's WebSocket, over TLS on this machine."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import WSMsgType, web

from bot.channels.wecom_bot import WecomBotChannel, WecomBotSettings
from bot.clock import SystemClock
from bot.pacing import RetryPolicy

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


@asynccontextmanager
async def wecom_serving(signed: tuple[str, str], folder: Path) -> AsyncIterator[Wecom]:
    """Serve robots on this machine; `signed`: a certificate for localhost and its key (PEM), kept in `folder`."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certificate.write_text(signed[0])
    key.write_text(signed[1])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server, app = Wecom(), web.Application()
    app.router.add_get("/", server.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0, ssl_context=context).start()
    server.address, server.certificate = f"wss://localhost:{runner.addresses[0][1]}/", certificate
    try:
        yield server
    finally:
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
