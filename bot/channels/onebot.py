"""QQ groups and other bridges that speak OneBot v11: they connect to us (reverse WebSocket), with a shared token."""

import asyncio
import hmac
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from aiohttp import web

from bot.channels.base import (
    ChannelStatus,
    CheckStep,
    Gap,
    LinkState,
    OutgoingMessage,
    RateLimit,
    Receipt,
    RefusedSendError,
    SendError,
    Sink,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from bot.channels.echoes import Echoes
from bot.channels.endpoints import Endpoint, private_endpoint
from bot.channels.onebot_messages import CHANNEL, echo, incoming, number, outgoing
from bot.channels.onebot_socket import ActionFailed, OneBotSocket
from bot.channels.supervision import RECONNECT, LinkLost, keep_linked
from bot.clock import Clock
from bot.logs import get_logger

log = get_logger("onebot")

MAX_FRAME = 4 * 1024 * 1024
MAX_FRIENDS = 20_000
MOST_MENTIONS = 5
MIN_TOKEN = 16  # characters; whoever knows the token can speak for the account
_TOO_FREQUENT = ("频繁", "风控", "封禁", "冻结", "risk control")
_NEVER = ("禁言", "不是好友", "非好友", "群不存在", "not in group")
_NEVER_CODES = frozenset({1400, 1403, 1404})


@dataclass(frozen=True, slots=True, kw_only=True)
class OneBotSettings:
    """The account `channel` and where to listen: loopback or a private network unless `allow_public`, which takes a
    certificate.

    Seconds: `silence` after which a connection that says nothing is dead, `answer` to an action.
    """

    token: str
    channel: str = CHANNEL
    listen: str = "127.0.0.1:8095"
    path: str = "/onebot/v11/ws"
    allow_public: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    silence: float = 90.0
    answer: float = 10.0
    echo_seconds: float = 3.0
    limit: RateLimit = field(default_factory=RateLimit)


class OneBotChannel:
    """A `Channel`. `may_invite` says of an account whether its invitations into groups are accepted."""

    def __init__(
        self,
        settings: OneBotSettings,
        clock: Clock,
        random: Callable[[], float],
        may_invite: Callable[[str], bool] = lambda _: False,
    ) -> None:
        if len(settings.token) < MIN_TOKEN:
            raise ValueError(f"a token of at least {MIN_TOKEN} characters is needed")
        self._endpoint: Endpoint = private_endpoint(settings.listen, settings.allow_public)
        self._tls = _server_tls(settings, self._endpoint)
        self._settings = settings
        self._clock = clock
        self._random = random
        self._may_invite = may_invite
        self._echoes = Echoes()
        self._arrived: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._friends: set[str] = set()
        self._socket: OneBotSocket | None = None
        self._lost: Gap | None = None

    @property
    def name(self) -> str:
        """The name under which messages of this channel are stored."""
        return self._settings.channel

    @property
    def limit(self) -> RateLimit:
        """What one account is asked to bear."""
        return self._settings.limit

    @property
    def listen(self) -> str:
        """Where the implementation connects to, host:port."""
        return str(self._endpoint)

    def can_dm(self, account: str) -> bool:
        """Private messages reach friends; to others they would go through a group and often fail."""
        return account in self._friends

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._deliver_all())
            tasks.create_task(keep_linked(partial(self._listen, sink), _log_lost, self._random, RECONNECT))

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Send one text; the answer carries its id."""
        socket, place = self._socket, message.chat or message.account
        if place is None or not place.isdigit() or len(message.text.encode()) > self.limit.max_bytes:
            raise RefusedSendError(f"a message needs a numeric addressee and at most {self.limit.max_bytes} bytes")
        if socket is None:
            raise TemporarySendError("no OneBot implementation is connected")
        body = outgoing(message.text, message.mentions[:MOST_MENTIONS] if message.chat else ())
        action, to = ("send_group_msg", "group_id") if message.chat else ("send_private_msg", "user_id")
        with self._echoes.expect(message) as expected:
            try:
                answer = await socket.act(action, self._settings.answer, **{to: int(place), "message": body})
                return Receipt(_message_id(answer))
            except ActionFailed as failed:
                error = _send_error(failed)
            except LinkLost as lost:
                error = UnknownSendError(str(lost))
            return await expected.or_raise(error, self._settings.echo_seconds)

    async def chat_name(self, chat: str) -> str | None:
        """The group's name now."""
        socket = self._socket
        if socket is None or not chat.isdigit():
            return None
        try:
            answer = await socket.act("get_group_info", self._settings.answer, group_id=int(chat), no_cache=True)
        except (ActionFailed, LinkLost):
            return None
        name = answer.get("group_name") if isinstance(answer, dict) else None
        return name if isinstance(name, str) and name else None

    async def check(self) -> AsyncIterator[CheckStep]:
        """Try whether the address can be listened on; who connects shows on the board once the program runs."""
        try:
            server = await asyncio.get_running_loop().create_server(
                asyncio.Protocol, self._endpoint.host, self._endpoint.port
            )
        except OSError as error:
            yield CheckStep("address", False, f"cannot listen on {self._endpoint}: {type(error).__name__}")
            return
        server.close()
        await server.wait_closed()
        yield CheckStep("address", True, f"ws{'s' if self._tls else ''}://{self._endpoint}{self._settings.path}")

    async def _listen(self, sink: Sink) -> None:
        app = web.Application()
        app.router.add_get(self._settings.path, partial(self._connected, sink))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._endpoint.host, self._endpoint.port, ssl_context=self._tls)
            await site.start()
            sink.status(ChannelStatus(False, f"listens on {self._endpoint}"))
            await asyncio.Event().wait()
        except OSError as error:
            sink.status(ChannelStatus(False, f"cannot listen on {self._endpoint}", state=LinkState.LOST))
            raise LinkLost(type(error).__name__) from error
        finally:
            if self._socket is not None:
                await self._socket.close()
            await runner.cleanup()

    async def _connected(self, sink: Sink, request: web.Request) -> web.StreamResponse:
        if not _knows_token(request, self._settings.token):
            sink.status(
                ChannelStatus(self._socket is not None, "a connection without the token", None, LinkState.REJECTED)
            )
            return web.Response(status=401)
        response = web.WebSocketResponse(max_msg_size=MAX_FRAME)
        await response.prepare(request)
        socket = OneBotSocket(response, self._clock, self._settings.silence, partial(self._on_event, sink))
        await self._replace(socket)
        self._up(sink, socket, request.headers.get("X-Self-ID", "")[:64])
        try:
            await socket.read()
        finally:
            if self._socket is socket:
                self._socket = None
                self._lost = Gap(socket.heard_at, socket.heard_at)
                sink.status(ChannelStatus(False, "the connection ended", state=LinkState.LOST))
        return response

    async def _replace(self, socket: OneBotSocket) -> None:
        """The newest connection counts: an implementation that came back may have left its old one half open."""
        older, self._socket = self._socket, socket
        if older is not None:
            self._lost = self._lost or Gap(older.heard_at, older.heard_at)
            await older.close()

    def _up(self, sink: Sink, socket: OneBotSocket, account: str) -> None:
        if self._lost is not None:
            gap = Gap(self._lost.since, self._clock.now())
            self._arrived.put_nowait(partial(sink.gap, gap))
            self._lost = None
        self._arrived.put_nowait(partial(self._learn_friends, socket))
        sink.status(ChannelStatus(True, state=LinkState.ONLINE, account=account or None))

    def _on_event(self, sink: Sink, event: Mapping[str, Any]) -> None:
        now = self._clock.now()
        own = event.get("post_type") == "message_sent" or number(event.get("user_id")) == number(event.get("self_id"))
        match event.get("post_type"):
            case "message" | "message_sent" if own:
                back = echo(event, now)
                if back is not None:
                    self._echoes.arrived(back)
                    self._arrived.put_nowait(partial(sink.echoed, back))
            case "message":
                message = incoming(event, now, self.name)
                if message is not None:
                    self._note_friend(event, message.sender)
                    self._arrived.put_nowait(partial(sink.accept, message))
            case "request" if event.get("sub_type") == "invite":
                self._arrived.put_nowait(partial(self._invited, event))

    def _note_friend(self, event: Mapping[str, Any], account: str) -> None:
        if event.get("message_type") == "private" and event.get("sub_type") == "friend":
            self._friends.add(account)

    async def _deliver_all(self) -> NoReturn:
        while True:
            deliver = await self._arrived.get()
            await deliver()

    async def _learn_friends(self, socket: OneBotSocket) -> None:
        try:
            answer = await socket.act("get_friend_list", self._settings.answer)
        except (ActionFailed, LinkLost):
            return
        friends = answer[:MAX_FRIENDS] if isinstance(answer, list) else []
        self._friends |= {number(friend.get("user_id")) for friend in friends if isinstance(friend, dict)}

    async def _invited(self, event: Mapping[str, Any]) -> None:
        socket, flag = self._socket, event.get("flag")
        if socket is None or not isinstance(flag, str) or not self._may_invite(number(event.get("user_id"))):
            return
        try:
            seconds = self._settings.answer
            await socket.act("set_group_add_request", seconds, flag=flag, sub_type="invite", approve=True)
        except (ActionFailed, LinkLost) as error:
            log.warning("onebot_invitation_failed", error=type(error).__name__)


def _server_tls(settings: OneBotSettings, endpoint: Endpoint) -> ssl.SSLContext | None:
    if settings.tls_certificate is None:
        if not endpoint.is_private:
            raise ValueError("a public address needs a certificate: the token would travel in the clear")
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    return context


def _knows_token(request: web.Request, token: str) -> bool:
    """Say whether the connection bears the token; both ways of the standard's own wording are taken."""
    given = request.headers.get("Authorization", "")
    sent = given.removeprefix("Bearer ").removeprefix("Token ")
    return hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), token.encode())


def _message_id(answer: object) -> str | None:
    return (number(answer.get("message_id")) or None) if isinstance(answer, dict) else None


def _send_error(failed: ActionFailed) -> SendError:
    said = str(failed)
    if any(sign in said for sign in _TOO_FREQUENT):
        return TooFrequentError(said)
    if failed.code in _NEVER_CODES or any(sign in said for sign in _NEVER):
        return RefusedSendError(said)
    return TemporarySendError(said)


def _log_lost(lost: LinkLost) -> None:
    log.warning("onebot_not_listening", error=str(lost))
