"""A WeCom app of one's own: members write to it through an encrypted callback, it writes to members and its groups."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import aiohttp
from aiohttp import web

from bot.channels.base import (
    ChannelStatus,
    CheckStep,
    LinkState,
    OutgoingMessage,
    RateLimit,
    Receipt,
    RefusedSendError,
    SendError,
    Sink,
    TemporarySendError,
)
from bot.channels.endpoints import client_tls, private_endpoint
from bot.channels.wecom_api import API, StaleToken, call
from bot.channels.wecom_crypto import CallbackCipher, CallbackRejected, ReplayGuard, Sealed
from bot.clock import Clock
from bot.logs import get_logger
from domain.messages import IncomingMessage, MessageKind

log = get_logger("wecom")

CHANNEL = "wecom-app"
LIMIT = RateLimit(per_minute=30, per_hour=1_000, per_day=10_000, max_bytes=2_048)
MAX_BODY = 256 * 1024
MAX_TEXT = 100_000
MAX_ID = 256
EARLY = timedelta(minutes=5)  # a token is renewed this long before it ends
_KINDS = {"text": MessageKind.TEXT, "voice": MessageKind.VOICE, "image": MessageKind.IMAGE, "video": MessageKind.IMAGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomAppSettings:
    """An app: `corp_id`, `agent_id` and `secret` to write; `token` and `aes_key` of its callback to read.

    `groups`: the ids of the groups that it has made itself, the only ones it can post into.
    """

    corp_id: str
    agent_id: int
    secret: str
    token: str
    aes_key: str
    channel: str = CHANNEL
    groups: frozenset[str] = frozenset()
    listen: str = "127.0.0.1:8096"
    path: str = "/wecom/callback"
    api: str = API
    tls_ca: Path | None = None


class WecomAppChannel:
    """A `Channel` whose ears are `routes`, which the program serves at `listen` behind a proxy that WeCom can reach."""

    def __init__(self, settings: WecomAppSettings, clock: Clock) -> None:
        private_endpoint(settings.listen, allow_public=False)
        self._settings = settings
        self._clock = clock
        self._tls: ssl.SSLContext = client_tls(settings.tls_ca)
        self._cipher = CallbackCipher(settings.token, settings.aes_key, settings.corp_id)
        self._guard = ReplayGuard()
        self._sink: Sink | None = None
        self._access: tuple[str, datetime] | None = None

    @property
    def name(self) -> str:
        """The name under which messages of this channel are stored."""
        return self._settings.channel

    @property
    def limit(self) -> RateLimit:
        """What WeCom allows an app to send to one member."""
        return LIMIT

    def can_dm(self, account: str) -> bool:
        """An app may write to every member in its range at any time; whom else, WeCom says when it is tried."""
        return bool(account)

    def serves(self, chat: str) -> bool:
        """Say whether the app has made this group."""
        return chat in self._settings.groups

    @property
    def listen(self) -> str:
        """Where the callback is served, host:port; never open to the world without the proxy."""
        return self._settings.listen

    def routes(self) -> list[web.RouteDef]:
        """The callback's address: GET proves it once at set-up, POST brings the messages."""
        path = self._settings.path
        return [web.get(path, self._prove, allow_head=False), web.post(path, self._receive)]

    async def run(self, sink: Sink) -> None:
        """Take in what arrives at `routes` until cancelled."""
        self._sink = sink
        sink.status(ChannelStatus(True, "waits for callbacks", state=LinkState.ONLINE))
        try:
            await asyncio.Event().wait()
        finally:
            self._sink = None

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Write to a member, or to a group that the app itself has made."""
        if not (message.chat or message.account) or len(message.text.encode()) > LIMIT.max_bytes:
            raise RefusedSendError(f"a message needs an addressee and at most {LIMIT.max_bytes} bytes")
        content = {"msgtype": "text", "text": {"content": message.text}}
        if message.chat is not None:
            answer = await self._call("appchat/send", {"chatid": message.chat, **content})
        else:
            addressed = {"touser": message.account, "agentid": self._settings.agent_id, **content}
            answer = await self._call("message/send", addressed)
        if answer.get("invaliduser"):
            raise RefusedSendError("no such member in the app's range")
        return Receipt(str(answer["msgid"]) if answer.get("msgid") else None)

    async def check(self) -> AsyncIterator[CheckStep]:
        """Fetch an access token; the callback itself is proved by WeCom when its address is saved."""
        async with self._http() as http:
            try:
                await self._token(http)
                yield CheckStep("company and secret", True)
            except SendError as error:
                yield CheckStep("company and secret", False, str(error))

    async def _prove(self, request: web.Request) -> web.Response:
        try:
            return web.Response(text=self._cipher.open(_sealed(request.query, request.query.get("echostr", ""))))
        except CallbackRejected as rejected:
            return _refused(rejected)

    async def _receive(self, request: web.Request) -> web.Response:
        if self._sink is None:
            return web.Response(status=503, headers={"Retry-After": "5"})
        try:
            sealed = _sealed(request.query, _ciphertext(await _body(request)))
            message = incoming(self._cipher.open(sealed), self._clock.now(), self.name)
            self._guard.reserve(sealed, self._clock.now())
        except CallbackRejected as rejected:
            return _refused(rejected)
        if message is not None:
            await self._store(self._sink, sealed, message)
        return web.Response(text="success")

    async def _store(self, sink: Sink, sealed: Sealed, message: IncomingMessage) -> None:
        stored = False
        try:
            await sink.accept(message)
            stored = True
        finally:
            if not stored:
                self._guard.release(sealed)

    async def _call(self, action: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        async with self._http() as http:
            for _ in range(2):
                try:
                    token = await self._token(http)
                    return await call(http, f"{self._settings.api}/cgi-bin/{action}", {"access_token": token}, body)
                except StaleToken:
                    self._access = None
        raise TemporarySendError("WeCom keeps withdrawing the access token")

    async def _token(self, http: aiohttp.ClientSession) -> str:
        now = self._clock.now()
        if self._access is not None and now < self._access[1]:
            return self._access[0]
        query = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        try:
            answer = await call(http, f"{self._settings.api}/cgi-bin/gettoken", query, None)
        except StaleToken:
            raise RefusedSendError("WeCom does not know this company and secret") from None
        token, seconds = str(answer.get("access_token", "")), answer.get("expires_in")
        lasts = timedelta(seconds=seconds if isinstance(seconds, int) else 0)
        self._access = (token, now + max(timedelta(), lasts - EARLY))
        return token

    def _http(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=self._tls))


def incoming(text: str, now: datetime, channel: str = CHANNEL) -> IncomingMessage | None:
    """The message in a decrypted callback, or None for an event, which nobody said."""
    fields = _fields(text)
    kind = _KINDS.get(fields.get("MsgType", ""))
    sender, external_id = fields.get("FromUserName", "")[:MAX_ID], fields.get("MsgId", "")[:MAX_ID]
    if kind is None or not sender or not external_id:
        return None
    return IncomingMessage(
        channel=channel,
        external_id=external_id,
        chat=None,
        sender=sender,
        said_at=_time(fields.get("CreateTime", ""), now),
        text=(fields.get("Content") or fields.get("Recognition") or "")[:MAX_TEXT],
        kind=kind,
    )


def _fields(text: str) -> dict[str, str]:
    """The elements of a flat `<xml>` document. A declaration, through which XML attacks come, is refused unseen."""
    start = text.find("<xml")
    if start < 0 or "<!" in text[:start]:
        raise CallbackRejected("not the document expected")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no declaration, and bounded
    except (ElementTree.ParseError, ValueError):
        raise CallbackRejected("not XML") from None
    return {element.tag: element.text or "" for element in root}


def _ciphertext(body: bytes) -> str:
    try:
        return _fields(body.decode()).get("Encrypt", "")
    except UnicodeDecodeError:
        raise CallbackRejected("not UTF-8") from None


def _sealed(query: Mapping[str, str], ciphertext: str) -> Sealed:
    return Sealed(
        ciphertext, query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", "")[:MAX_ID]
    )


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY:
        raise CallbackRejected("too long")
    body = await request.content.read(MAX_BODY + 1)
    while len(body) <= MAX_BODY and (more := await request.content.read(MAX_BODY + 1 - len(body))):
        body += more
    if len(body) > MAX_BODY:
        raise CallbackRejected("too long")
    return body


def _refused(rejected: CallbackRejected) -> web.Response:
    log.warning("wecom_callback_rejected", reason=rejected.reason)
    return web.Response(status=403)


def _time(text: str, now: datetime) -> datetime:
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0
    return datetime.fromtimestamp(seconds, UTC) if 1_262_304_000 < seconds < now.timestamp() + 86_400 else now
