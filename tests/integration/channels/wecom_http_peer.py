"""WeCom's side of its HTTP interface, and WeCom calling an app back."""

import base64
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.wecom_callback import WecomAppChannel, WecomAppSettings
from bot.channels.wecom_crypto import CallbackCipher, Sealed
from bot.clock import SimulatedClock

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
TOKEN, KEY, COMPANY = "callback-token", base64.b64encode(bytes(range(32))).decode()[:43], "ww0123456789"


class WecomHttp:
    """WeCom's HTTP interface: keeps what it is told, answers what the test wants."""

    def __init__(self) -> None:
        self.address = ""
        self.calls: list[tuple[str, dict[str, str], Any]] = []
        self.tokens = 0
        self.answers: list[Any] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("gettoken"):
            self.tokens += 1
            return web.json_response({"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200})
        body: Any = await (request.read() if request.content_type.startswith("multipart") else request.json())
        self.calls.append((request.path.removeprefix("/cgi-bin/"), dict(request.query), body))
        answer = self.answers.pop(0) if self.answers else {"errcode": 0, "errmsg": "ok", "msgid": "id-1"}
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)


async def serving(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


def app_of(wecom: WecomHttp, clock: SimulatedClock | None = None, **more: Any) -> WecomAppChannel:
    settings = WecomAppSettings(
        corp_id=COMPANY, agent_id=7, secret="app-secret", token=TOKEN, aes_key=KEY, api=wecom.address, **more
    )
    return WecomAppChannel(settings, clock or SimulatedClock(NOW))


class Caller:
    """WeCom calling us back."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.cipher = CallbackCipher(TOKEN, KEY, COMPANY)

    def seal(self, text: str, nonce: str = "n1", stamp: str = STAMP) -> Sealed:
        return self.cipher.seal(text, stamp, nonce)

    async def post(self, sealed: Sealed, body: bytes | None = None) -> int:
        document = f"<xml><ToUserName>{COMPANY}</ToUserName><Encrypt><![CDATA[{sealed.ciphertext}]]></Encrypt></xml>"
        query = {"msg_signature": sealed.signature, "timestamp": sealed.timestamp, "nonce": sealed.nonce}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self._address, params=query, data=document.encode() if body is None else body) as response,
        ):
            return response.status

    async def prove(self, sealed: Sealed) -> tuple[int, str]:
        query = {"msg_signature": sealed.signature, "timestamp": sealed.timestamp, "nonce": sealed.nonce}
        async with (
            aiohttp.ClientSession() as http,
            http.get(self._address, params={**query, "echostr": sealed.ciphertext}) as response,
        ):
            return response.status, await response.text()


def said(content: str, **more: str) -> str:
    fields = {
        "FromUserName": "zhang",
        "CreateTime": STAMP,
        "MsgType": "text",
        "Content": content,
        "MsgId": "77",
        **more,
    }
    return "<xml>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in fields.items()) + "</xml>"
