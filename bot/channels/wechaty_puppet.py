"""WeChat groups through a Wechaty gateway, under a supervisor of our own that never ends and never stops the loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from bot.channels.base import (
    ChannelStatus,
    CheckStep,
    Gap,
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
from bot.channels.endpoints import client_tls, private_endpoint
from bot.channels.supervision import RECONNECT, LinkLost, keep_linked
from bot.channels.wechaty_compat import Sdk, load
from bot.channels.wechaty_inbox import Announced, WechatyInbox
from bot.channels.wechaty_link import Address, CallRefused, Event, LinkTiming, WechatyLink
from bot.channels.wechaty_messages import CHANNEL, MAX_ID, Payload, echo, incoming, payload_of, with_mentions
from bot.channels.wechaty_people import WechatyPeople
from bot.channels.wechaty_presence import Presence
from bot.clock import Clock
from bot.logs import get_logger
from bot.pacing import RetryPolicy

log = get_logger("wechaty")

MOST_MENTIONS = 5
MAX_QR = 4_096
_TOO_FREQUENT = ("操作过于频繁", "过于频繁", "too frequent", "frequency limit", "被限制", "封禁", "banned")
_NEVER = ("not a friend", "不是好友", "开启了朋友验证", "room not found", "no payload found", "被移出群聊")


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatySettings:
    """Where the gateway is. Plain gRPC belongs on loopback or a private network, hence `allow_public`.

    `tls` switches TLS on; `tls_ca` is a PEM file of the authority (the system's where None), `tls_name` the name on
    the certificate. `take_over` drives out another client that holds the gateway. `cache` is a scratch folder,
    `channel` the name of the account.
    """

    endpoint: str
    token: str
    cache: Path
    channel: str = CHANNEL
    allow_public: bool = False
    tls: bool = False
    tls_ca: Path | None = None
    tls_name: str | None = None
    take_over: bool = False
    echo_seconds: float = 8.0
    timing: LinkTiming = field(default_factory=LinkTiming)
    reconnect: RetryPolicy = RECONNECT
    limit: RateLimit = field(default_factory=RateLimit)


class WechatyChannel:
    """A `Channel`. `may_invite` says of an account whether its invitations into groups are accepted."""

    def __init__(
        self,
        settings: WechatySettings,
        clock: Clock,
        random: Callable[[], float],
        may_invite: Callable[[str], bool] = lambda _: False,
    ) -> None:
        endpoint = private_endpoint(settings.endpoint, settings.allow_public)
        tls = client_tls(settings.tls_ca, ("h2",)) if settings.tls else None
        self._settings = settings
        self._address = Address(endpoint=endpoint, token=settings.token, tls=tls, tls_name=settings.tls_name)
        self._clock = clock
        self._random = random
        self._may_invite = may_invite
        self._inbox = WechatyInbox()
        self._people = WechatyPeople(clock)
        self._presence = Presence()
        self._echoes = Echoes()
        self._errands: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._up = asyncio.Event()
        self._unknown_friends = asyncio.Event()
        self._link: WechatyLink | None = None

    @property
    def name(self) -> str:
        """The name under which messages of this channel are stored."""
        return self._settings.channel

    @property
    def limit(self) -> RateLimit:
        """What one WeChat account is asked to bear."""
        return self._settings.limit

    @property
    def outstanding(self) -> int:
        """How many messages the gateway has announced that are not stored yet."""
        return self._inbox.outstanding

    def can_dm(self, account: str) -> bool:
        """WeChat delivers private messages to friends only."""
        return self._people.is_friend(account)

    async def run(self, sink: Sink) -> None:
        """Receive until cancelled; the link is made again however often it is lost."""
        sdk = await asyncio.to_thread(load, self._settings.cache)
        session = partial(self._session, sdk, sink)
        deliver, give_up = partial(self._deliver, sink), partial(_missed, sink)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._inbox.deliver_all(self._fetch, deliver, give_up))
            tasks.create_task(self._run_errands())
            tasks.create_task(self._learn_friends())
            tasks.create_task(keep_linked(session, _log_lost, self._random, self._settings.reconnect))

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Hand one text over. The own message coming back proves delivery where the gateway's answer does not."""
        link, place = self._link, message.chat or message.account
        if place is None or len(message.text.encode()) > self.limit.max_bytes:
            raise RefusedSendError(f"a message needs an addressee and at most {self.limit.max_bytes} bytes")
        if link is None or not self._presence.signed_in:
            raise TemporarySendError("not signed in at the gateway")
        text = with_mentions(message.text, await self._mention_names(link, message))
        with self._echoes.expect(message) as expected:
            try:
                return Receipt(await link.send_text(place, text, message.mentions[:MOST_MENTIONS]))
            except CallRefused as refused:
                error = _send_error(refused)
            except LinkLost as lost:
                error = UnknownSendError(str(lost))
            return await expected.or_raise(error, self._settings.echo_seconds)

    async def chat_name(self, chat: str) -> str | None:
        """The group's name as the gateway sees it now."""
        try:
            return str((await self._link.room(chat)).topic) or None if self._link else None
        except (CallRefused, LinkLost):
            return None

    async def check(self) -> AsyncIterator[CheckStep]:
        """Try the gateway without taking its event stream: the SDK, then connection and token."""
        sdk = await asyncio.to_thread(load, self._settings.cache)
        yield CheckStep("sdk", True, "wechaty loads")
        link = WechatyLink(sdk, self._address, self._settings.timing, self._clock, _ignore)
        try:
            yield CheckStep("connection and token", True, f"gateway version {await link.version()}")
        except (CallRefused, LinkLost) as error:
            yield CheckStep("connection and token", False, self._without_token(str(error)))
        finally:
            await link.close()

    async def _session(self, sdk: Sdk, sink: Sink) -> None:
        sink.status(ChannelStatus(False))
        link = WechatyLink(sdk, self._address, self._settings.timing, self._clock, partial(self._on_event, sink))
        try:
            await link.hold(partial(self._linked, sink, link), self._presence.may_take_over(self._settings.take_over))
        except (CallRefused, LinkLost) as error:
            lost = error if isinstance(error, LinkLost) else LinkLost(str(error))
            status = self._presence.unlinked(lost, link.heard_at)
            sink.status(replace(status, detail=self._without_token(status.detail)))
            raise lost from error
        finally:
            self._link = None
            self._up.clear()

    def _linked(self, sink: Sink, link: WechatyLink) -> None:
        self._link = link
        self._up.set()
        self._unknown_friends.set()
        sink.status(self._presence.linked())

    def _on_event(self, sink: Sink, kind: int, body: Mapping[str, Any]) -> None:
        match kind:
            case Event.MESSAGE:
                self._heard(sink)
                if message_id := _text(body, "messageId"):
                    self._inbox.announce(message_id, self._clock.now())
            case Event.LOGIN:
                self._heard(sink)
                sink.status(self._presence.signed_in_as(_text(body, "contactId")))
            case Event.LOGOUT:
                sink.status(self._presence.signed_out(self._clock.now(), _text(body, "data")))
            case Event.SCAN:
                sink.status(self._presence.wants_scan(_text(body, "qrcode", most=MAX_QR)))
            case Event.ROOM_INVITE:
                self._errands.put_nowait(partial(self._invited, _text(body, "roomInvitationId")))
            case Event.DIRTY:
                self._people.forget()

    def _heard(self, sink: Sink) -> None:
        gap = self._presence.hearing_gap(self._clock.now())
        if gap is not None:
            self._errands.put_nowait(partial(sink.gap, gap))

    async def _run_errands(self) -> None:
        while True:
            errand = await self._errands.get()
            await errand()

    async def _learn_friends(self) -> None:
        while True:
            await self._unknown_friends.wait()
            self._unknown_friends.clear()
            if self._link is not None:
                await self._people.learn_friends(self._link, partial(asyncio.sleep, 0.05))

    async def _fetch(self, message_id: str) -> Payload:
        await self._up.wait()
        if self._link is None:
            raise LinkLost("lost while waiting")
        return payload_of(await self._link.message(message_id), message_id, self._clock.now())

    async def _deliver(self, sink: Sink, payload: Payload) -> None:
        if payload.sender and payload.sender == self._presence.account:
            self._echoes.arrived(echo(payload))
            await sink.echoed(echo(payload))
        else:
            await sink.accept(incoming(payload, await self._people.names(self._link, payload), self.name))

    async def _mention_names(self, link: WechatyLink, message: OutgoingMessage) -> list[str]:
        found = [await self._people.names_in(link, message.chat, who) for who in message.mentions[:MOST_MENTIONS]]
        return [names.alias or names.name for names in found if names.alias or names.name]

    async def _invited(self, invitation: str) -> None:
        link = self._link
        if link is None:
            return
        try:
            inviter = str((await link.invitation(invitation)).inviter_id)
            if self._may_invite(inviter):
                await link.accept_invitation(invitation)
        except (CallRefused, LinkLost) as error:
            log.warning("wechaty_invitation_failed", error=type(error).__name__)

    def _without_token(self, text: str) -> str:
        return text.replace(self._settings.token, "…") if self._settings.token else text


async def _missed(sink: Sink, entry: Announced) -> None:
    """A message that could not be fetched in an hour is a hole like any other."""
    await sink.gap(Gap(entry.at, entry.at))


def _send_error(refused: CallRefused) -> SendError:
    said = str(refused)
    if any(sign in said for sign in _TOO_FREQUENT):
        return TooFrequentError(said)
    if any(sign in said for sign in _NEVER):
        return RefusedSendError(said)
    return TemporarySendError(said)


def _text(body: Mapping[str, Any], key: str, most: int = MAX_ID) -> str:
    value = body.get(key)
    return value[:most] if isinstance(value, str) else ""


def _ignore(kind: int, body: Mapping[str, Any]) -> None:
    """While a check runs nothing is listened to."""


def _log_lost(lost: LinkLost) -> None:
    log.warning("wechaty_link_lost", kind=type(lost).__name__)
