"""One connection to a Wechaty gateway: event stream first, then the puppet, watched by a heartbeat until it is lost."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import partial
from typing import Any, TypeVar

from bot.channels.endpoints import Endpoint
from bot.channels.supervision import LinkLost
from bot.channels.wechaty_compat import Sdk
from bot.clock import Clock
from bot.logs import get_logger

log = get_logger("wechaty")
Answer = TypeVar("Answer")

EventHandler = Callable[[int, Mapping[str, Any]], None]


class Event(IntEnum):
    """The numbers of the gateway's events (wechaty-grpc, puppet/event.proto) that are acted upon."""

    HEARTBEAT = 1
    MESSAGE = 2
    ROOM_INVITE = 18
    SCAN = 22
    LOGIN = 25
    LOGOUT = 26
    DIRTY = 27


class Displaced(LinkLost):
    """The gateway ended the event stream itself: it is stopping, or another client took over."""


class Occupied(LinkLost):
    """Another client holds the gateway's only event stream."""


class Rejected(LinkLost):
    """The gateway does not know this token."""


class CallTimedOut(LinkLost):
    """No answer in time; whether the gateway acted, nobody knows."""


class CallRefused(Exception):
    """The gateway answered a call with an error; the message is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTiming:
    """Seconds. A frozen gateway is given up after at most `heartbeat` + `grace`."""

    heartbeat: float = 5.0
    grace: float = 4.0
    greeting: float = 5.0
    start: float = 20.0
    call: float = 5.0
    send: float = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the gateway is and how to prove who we are. `tls_name` is the name that its certificate bears."""

    endpoint: Endpoint
    token: str
    tls: ssl.SSLContext | None = None
    tls_name: str | None = None


class WechatyLink:
    """A link is used once: made, held until it is lost, thrown away. `heard_at` is the last sign of life."""

    def __init__(self, sdk: Sdk, address: Address, timing: LinkTiming, clock: Clock, on_event: EventHandler) -> None:
        self._sdk = sdk
        self._timing = timing
        self._clock = clock
        self._on_event = on_event
        self._greeting = asyncio.get_running_loop().create_future()
        self._puppet, self._channel = _open(sdk, address)
        self._calls: set[asyncio.Future[Any]] = set()
        self._closed = False
        self.heard_at: datetime | None = None

    async def hold(self, on_up: Callable[[], None], take_over: bool = False) -> None:
        """Link up, call `on_up`, and stay until the link is lost; always ends with LinkLost.

        `take_over` first stops whatever holds the gateway, be it the ghost of our own last connection.
        """
        if take_over:
            await self._call(self._puppet.puppet_stub.stop, self._timing.start)
        listening = asyncio.ensure_future(self._listen())
        try:
            await self._greeted(listening)
            await self._call(self._puppet.puppet_stub.start, self._timing.start)
            on_up()
            await self._watch(listening)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            await self.close()

    async def close(self) -> None:
        """Drop the connection for good; calls under way, and any to come, fail with LinkLost.

        Left alone the channel would connect again for the next call, and nobody would close that connection.
        """
        self._closed = True
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        self._channel.close()

    async def version(self) -> str:
        """The gateway's version: the cheapest call that needs the token."""
        answer = await self._call(self._puppet.puppet_stub.version, self._timing.grace)
        return str(answer.version)

    async def message(self, message_id: str) -> Any:
        """The raw payload of a message: puppet type numbers are kept, which the SDK's own mapping would spoil."""
        return await self._call(partial(self._puppet.puppet_stub.message_payload, id=message_id), self._timing.call)

    async def member(self, room: str, contact: str) -> Any:
        """Name and remark of a member of a room."""
        return await self._call(partial(self._puppet.room_member_payload, room, contact), self._timing.call)

    async def contact(self, contact: str) -> Any:
        """Name, remark and friendship of a contact."""
        return await self._call(partial(self._puppet.contact_payload, contact), self._timing.call)

    async def contacts(self) -> list[str]:
        """The ids of all contacts that the gateway knows."""
        return list(await self._call(self._puppet.contact_list, self._timing.start))

    async def room(self, room: str) -> Any:
        """The room as the gateway sees it now; the SDK's own Room object would keep the first topic for ever."""
        return await self._call(partial(self._puppet.room_payload, room), self._timing.call)

    async def invitation(self, invitation: str) -> Any:
        """Who invites to which room."""
        stub = self._puppet.puppet_stub
        return await self._call(partial(stub.room_invitation_payload, id=invitation), self._timing.call)

    async def accept_invitation(self, invitation: str) -> None:
        """Join the room."""
        await self._call(partial(self._puppet.room_invitation_accept, invitation), self._timing.call)

    async def send_text(self, conversation: str, text: str, mentions: tuple[str, ...]) -> str | None:
        """Hand a text over; the id that the gateway gives it, if it gives one."""
        sending = partial(self._puppet.message_send_text, conversation, text, list(mentions))
        return await self._call(sending, self._timing.send) or None

    async def _greeted(self, listening: "asyncio.Future[None]") -> None:
        """Wait for the stream's first heartbeat; gateways that send none are asked for their version instead."""
        await asyncio.wait(
            {listening, self._greeting}, timeout=self._timing.greeting, return_when=asyncio.FIRST_COMPLETED
        )
        if listening.done():
            listening.result()
        if not self._greeting.done():
            await self.version()

    async def _watch(self, listening: "asyncio.Future[None]") -> None:
        while True:
            done, _ = await asyncio.wait({listening}, timeout=self._timing.heartbeat)
            if done:
                listening.result()
            await self.version()
            self.heard_at = self._clock.now()

    async def _listen(self) -> None:
        try:
            async for response in self._puppet.puppet_stub.event():
                self.heard_at = self._clock.now()
                self._dispatch(int(response.type), response.payload)
        except self._sdk.call_error as error:
            raise _refusal(error) from error
        except self._sdk.link_errors as error:
            raise LinkLost(_said(error)) from error
        raise Displaced("the gateway ended the event stream")

    def _dispatch(self, kind: int, payload: str) -> None:
        if kind == Event.HEARTBEAT and not self._greeting.done():
            self._greeting.set_result(None)
        try:
            body = json.loads(payload or "{}")
        except ValueError:
            log.warning("wechaty_event_unreadable", kind=kind)
            return
        if isinstance(body, dict):
            self._on_event(kind, body)

    async def _call(self, call: Callable[[], Awaitable[Answer]], seconds: float) -> Answer:
        if self._closed:
            raise LinkLost("the link is closed")
        under_way = asyncio.ensure_future(call())
        self._calls.add(under_way)
        under_way.add_done_callback(self._over)
        try:
            await asyncio.wait({under_way}, timeout=seconds)
            return self._answer(under_way, seconds)
        finally:
            under_way.cancel()

    def _over(self, call: "asyncio.Future[Any]") -> None:
        """A call given up may still fail later, when nobody waits for it: its error has been told already."""
        self._calls.discard(call)
        if not call.cancelled():
            call.exception()

    def _answer(self, call: "asyncio.Future[Answer]", seconds: float) -> Answer:
        if call.cancelled():
            raise LinkLost("the link was closed")
        if not call.done():
            raise CallTimedOut(f"no answer in {seconds:g} s")
        try:
            return call.result()
        except self._sdk.call_error as error:
            raise CallRefused(_said(error)) from error
        except self._sdk.link_errors as error:
            raise LinkLost(_said(error)) from error


def _open(sdk: Sdk, address: Address) -> tuple[Any, Any]:
    """A puppet service on a connection of our own: its own way allows no TLS and probes the port blockingly."""
    configuration = sdk.grpc_configuration(ssl_target_name_override=address.tls_name) if address.tls else None
    channel = sdk.grpc_channel(
        host=address.endpoint.host, port=address.endpoint.port, ssl=address.tls, config=configuration
    )
    options = sdk.puppet_options(token=address.token, end_point=str(address.endpoint))
    puppet = sdk.puppet_service(options)
    puppet.channel = channel
    puppet._puppet_stub = sdk.puppet_stub(channel, metadata={"authorization": f"Wechaty {address.token}"})
    return puppet, channel


def _refusal(error: Any) -> LinkLost:
    """What an error of the event stream means; the status names are gRPC's."""
    status = getattr(getattr(error, "status", None), "name", "")
    if status == "ALREADY_EXISTS":
        return Occupied("another client holds the gateway")
    if status in ("UNAUTHENTICATED", "PERMISSION_DENIED"):
        return Rejected("the gateway refuses the token")  # its own words would repeat the token
    return LinkLost(_said(error))


def _said(error: BaseException) -> str:
    message = getattr(error, "message", None) or str(error)
    return f"{type(error).__name__}: {message}"[:200]
