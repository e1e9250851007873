"""WeCom smart robots over their WebSocket: official, no bans; they hear only what mentions them."""

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import aiohttp

from bot.channels.base import (
    ChannelStatus,
    CheckStep,
    Gap,
    LinkState,
    OutgoingMessage,
    RateLimit,
    RateLimitedError,
    Receipt,
    RefusedSendError,
    SendError,
    Sink,
    TemporarySendError,
    UnknownSendError,
)
from bot.channels.endpoints import client_tls
from bot.channels.supervision import RECONNECT, LinkLost, keep_linked
from bot.channels.wecom_socket import MAX_FRAME, AnswerError, Displaced, Rejected, WecomSocket
from bot.clock import Clock
from bot.logs import get_logger
from bot.pacing import RetryPolicy, TokenBucket
from domain.messages import IncomingMessage, MessageKind

log = get_logger("wecom")

CHANNEL = "wecom"
ADDRESS = "wss://openws.work.weixin.qq.com"
LIMIT = RateLimit(per_minute=30, per_hour=1_000, per_day=10_000, max_bytes=20_000)
A_MINUTE_A_CHAT = 30
MAX_TEXT = 100_000
MAX_ID = 256
MOST_MENTIONS = 5
_ACCOUNT = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
RATE_CODES = frozenset({45009, 45033, 846607})
REFUSED_CODES = frozenset({40008, 40058, 86008, 93006, 846601, 846604})


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomBotSettings:
    """A smart robot, known here as `channel`.

    `name` is taken off the front of what people write to it ("@小助手 502 平安").

    Seconds: `heartbeat` as WeCom asks, `answer` for a request, `displaced` before a connection that another one drove
    out is made again, so that two programs with the same robot do not chase each other.
    """

    bot_id: str
    secret: str
    channel: str = CHANNEL
    name: str = ""
    address: str = ADDRESS
    tls_ca: Path | None = None
    heartbeat: float = 30.0
    answer: float = 10.0
    displaced: float = 60.0
    reconnect: RetryPolicy = RECONNECT


class WecomBotChannel:
    """A `Channel`. `partners` are accounts known to have written to the robot in private, whom it may write to."""

    def __init__(
        self,
        settings: WecomBotSettings,
        clock: Clock,
        random: Callable[[], float],
        partners: Iterable[str] = (),
    ) -> None:
        if not settings.address.startswith("wss://"):
            raise ValueError("a smart robot is reached by wss:// only")
        self._settings = settings
        self._tls: ssl.SSLContext = client_tls(settings.tls_ca)
        self._clock = clock
        self._random = random
        self._partners = set(partners)
        self._socket: WecomSocket | None = None
        self._deaf_since: datetime | None = None
        self._arrived: asyncio.Queue[IncomingMessage | Gap] = asyncio.Queue()
        self._buckets: defaultdict[str, TokenBucket] = defaultdict(
            lambda: TokenBucket.full(A_MINUTE_A_CHAT, timedelta(minutes=1), self._clock.now())
        )

    @property
    def name(self) -> str:
        """The name under which messages of this channel are stored."""
        return self._settings.channel

    @property
    def limit(self) -> RateLimit:
        """What WeCom allows a chat; one account's manners stay below it."""
        return LIMIT

    def can_dm(self, account: str) -> bool:
        """WeCom lets a robot write first only to those who have opened a chat with it."""
        return account in self._partners

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._deliver_all(sink))
            tasks.create_task(
                keep_linked(partial(self._session, sink), _log_lost, self._random, self._settings.reconnect)
            )

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Push one text as markdown; WeCom answers with a code and no id."""
        place, socket = message.chat or message.account, self._socket
        if place is None or len(message.text.encode()) > LIMIT.max_bytes:
            raise RefusedSendError(f"a message needs an addressee and at most {LIMIT.max_bytes} bytes")
        if socket is None:
            raise TemporarySendError("not connected to WeCom")
        self._take_token(place)
        body = {"chatid": place, "msgtype": "markdown", "markdown": {"content": _markdown(message)}}
        try:
            await socket.request("aibot_send_msg", body)
        except AnswerError as error:
            raise _send_error(error) from error
        except LinkLost as lost:
            raise UnknownSendError(str(lost)) from lost
        return Receipt()

    async def check(self) -> AsyncIterator[CheckStep]:
        """Connect and subscribe once. A robot has one connection: a program that runs with it is displaced."""
        subscribed = asyncio.Event()
        socket = WecomSocket(self._clock, self._settings.answer, _ignore, _ignore)
        session = asyncio.ensure_future(self._hold(socket, subscribed.set))
        waiting = asyncio.ensure_future(subscribed.wait())
        await asyncio.wait({session, waiting}, return_when=asyncio.FIRST_COMPLETED)
        lost = session.exception() if session.done() else None
        for task in (session, waiting):
            task.cancel()
        await asyncio.gather(session, waiting, return_exceptions=True)
        yield CheckStep("connection", lost is None or isinstance(lost, Rejected), "" if lost is None else str(lost))
        yield CheckStep("robot and secret", lost is None, "" if lost is None else str(lost))

    async def _session(self, sink: Sink) -> None:
        sink.status(ChannelStatus(False))
        socket = WecomSocket(self._clock, self._settings.answer, self._on_message, self._on_event)
        try:
            await self._hold(socket, partial(self._up, sink, socket))
        except LinkLost as lost:
            if self._socket is not None:
                self._deaf_since = self._deaf_since or socket.heard_at
            self._socket = None
            sink.status(ChannelStatus(False, str(lost), state=_state(lost)))
            if isinstance(lost, Displaced):
                await asyncio.sleep(self._settings.displaced)
            raise
        finally:
            self._socket = None

    async def _hold(self, socket: WecomSocket, on_up: Callable[[], None]) -> None:
        settings = self._settings
        credentials = {"bot_id": settings.bot_id, "secret": settings.secret}
        timeout = aiohttp.ClientTimeout(total=None, connect=settings.answer)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.ws_connect(settings.address, ssl=self._tls, max_msg_size=MAX_FRAME) as connection,
            ):
                await socket.hold(connection, credentials, settings.heartbeat, on_up)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise LinkLost(f"{type(error).__name__}: {error}"[:200]) from error

    def _up(self, sink: Sink, socket: WecomSocket) -> None:
        self._socket = socket
        if self._deaf_since is not None:
            self._arrived.put_nowait(Gap(self._deaf_since, self._clock.now()))
            self._deaf_since = None
        sink.status(ChannelStatus(True, state=LinkState.ONLINE, account=self._settings.bot_id))

    def _on_message(self, body: Mapping[str, Any]) -> None:
        message = incoming(body, self._settings.name, self._clock.now(), self.name)
        if message is None:
            return
        if message.chat is None:
            self._partners.add(message.sender)
        self._arrived.put_nowait(message)

    def _on_event(self, body: Mapping[str, Any]) -> None:
        event = body.get("event")
        account = _text(body.get("from"), "userid")
        if account and isinstance(event, dict) and event.get("eventtype") == "enter_chat":
            self._partners.add(account)

    async def _deliver_all(self, sink: Sink) -> NoReturn:
        while True:
            arrived = await self._arrived.get()
            if isinstance(arrived, Gap):
                await sink.gap(arrived)
            else:
                await sink.accept(arrived)

    def _take_token(self, place: str) -> None:
        now = self._clock.now()
        if self._buckets[place].wait(now):
            raise RateLimitedError(f"{A_MINUTE_A_CHAT} messages a minute went to this chat")
        self._buckets[place] = self._buckets[place].taken(now)


def incoming(body: Mapping[str, Any], name: str, now: datetime, channel: str = CHANNEL) -> IncomingMessage | None:
    """The body of an `aibot_msg_callback`, or None where it names no message or nobody who wrote it."""
    sender, external_id = _text(body.get("from"), "userid"), _text(body, "msgid")
    if not sender or not external_id:
        return None
    kind = str(body.get("msgtype"))
    return IncomingMessage(
        channel=channel,
        external_id=external_id,
        chat=(_text(body, "chatid") or None) if body.get("chattype") == "group" else None,
        sender=sender,
        said_at=_time(body.get("create_time"), now),
        text=_unaddressed(_words(body, kind), name),
        kind={"voice": MessageKind.VOICE, "image": MessageKind.IMAGE, "file": MessageKind.IMAGE}.get(
            kind, MessageKind.TEXT
        ),
        quote=_words(body["quote"], str(body["quote"].get("msgtype"))) if isinstance(body.get("quote"), dict) else None,
    )


def _words(body: Mapping[str, Any], kind: str) -> str:
    """The text of a message; a mixed one has several pieces, a voice message the words that WeCom recognised."""
    part = body.get(kind)
    if not isinstance(part, dict):
        return ""
    items = part.get("msg_item")
    if kind != "mixed" or not isinstance(items, list):
        return _text(part, "content", MAX_TEXT)
    pieces = [_text(item.get("text"), "content", MAX_TEXT) for item in items[:50] if isinstance(item, dict)]
    return "\n".join(piece for piece in pieces if piece)[:MAX_TEXT]


def _unaddressed(text: str, name: str) -> str:
    return text.removeprefix(f"@{name}").lstrip() if name else text


def _markdown(message: OutgoingMessage) -> str:
    """The text with its mentions in front. A `<` of our own could call everybody (`<@all>`), so none gets through."""
    mentions = "".join(f"<@{account}>" for account in message.mentions[:MOST_MENTIONS] if _is_person(account))
    return mentions + message.text.replace("<", "＜")


def _is_person(account: str) -> bool:
    return _ACCOUNT.fullmatch(account) is not None and account.lower() != "all"


def _send_error(error: AnswerError) -> SendError:
    if error.code in RATE_CODES:
        return RateLimitedError(str(error))
    return RefusedSendError(str(error)) if error.code in REFUSED_CODES else TemporarySendError(str(error))


def _time(value: object, now: datetime) -> datetime:
    if not isinstance(value, int) or not 1_262_304_000 < value < now.timestamp() + 86_400:
        return now
    return datetime.fromtimestamp(value, UTC)


def _text(body: object, key: str, most: int = MAX_ID) -> str:
    value = body.get(key) if isinstance(body, dict) else None
    return value[:most] if isinstance(value, str) else ""


def _state(lost: LinkLost) -> LinkState:
    if isinstance(lost, Displaced):
        return LinkState.DISPLACED
    return LinkState.REJECTED if isinstance(lost, Rejected) else LinkState.LOST


def _ignore(body: Mapping[str, Any]) -> None:
    """While a check runs nothing is listened to."""


def _log_lost(lost: LinkLost) -> None:
    log.warning("wecom_link_lost", kind=type(lost).__name__)
