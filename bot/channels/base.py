"""The contract between the program and a chat platform; the core never knows which platform is used."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from aiohttp import web

from domain.messages import IncomingMessage


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What a platform bears: messages a minute, an hour and a day for one account; bytes of one message."""

    per_minute: int = 6
    per_hour: int = 60
    per_day: int = 300
    max_bytes: int = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One text on its way out. Exactly one of `chat` (a group) and `account` (a private message) is set."""

    text: str
    chat: str | None = None
    account: str | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the platform said of a sent message; `external_id` is None where it tells no id."""

    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """Our own message as it came back over the platform: it settles sends whose outcome was unknown."""

    text: str
    said_at: datetime
    chat: str | None = None
    account: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which the platform was not heard; what was said then may be missing."""

    since: datetime
    until: datetime


class LinkState(StrEnum):
    """Where a channel stands; the board says it in the residents' words, `ChannelStatus.detail` in the platform's."""

    CONNECTING = "connecting"
    ONLINE = "online"
    SIGN_IN = "sign_in"
    SIGNED_OUT = "signed_out"
    LOST = "lost"
    DISPLACED = "displaced"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """What the board and the console show of a channel. `qr` holds a sign-in code while one is wanted."""

    connected: bool
    detail: str = ""
    qr: str | None = None
    state: LinkState = LinkState.CONNECTING
    account: str | None = None


class Sink(Protocol):
    """What a channel tells the program. Each call is durable when it returns."""

    async def accept(self, message: IncomingMessage) -> None: ...

    async def echoed(self, echo: Echo) -> None: ...

    async def gap(self, gap: Gap) -> None: ...

    def status(self, status: ChannelStatus) -> None: ...


class Channel(Protocol):
    """A chat platform. `run` receives until cancelled and never ends by itself, whatever the peer does."""

    @property
    def name(self) -> str: ...

    @property
    def limit(self) -> RateLimit: ...

    async def run(self, sink: Sink) -> None: ...

    async def send(self, message: OutgoingMessage) -> Receipt: ...

    def can_dm(self, account: str) -> bool:
        """Say whether a private message can reach this account now."""
        ...


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of `gridbot channel test`: what was tried, whether it worked, and what the platform said."""

    name: str
    passed: bool
    detail: str = ""


@runtime_checkable
class ChecksItself(Protocol):
    """A channel that can be tried step by step without sending anything to residents; `run` must not be going."""

    def check(self) -> AsyncIterator[CheckStep]: ...


@runtime_checkable
class NamesChats(Protocol):
    """A channel that can tell how a group is called now; None where it cannot be asked."""

    async def chat_name(self, chat: str) -> str | None: ...


@runtime_checkable
class ServesChats(Protocol):
    """A channel that knows for certain which groups it can post into, before anything was heard there."""

    def serves(self, chat: str) -> bool: ...


@runtime_checkable
class Listens(Protocol):
    """A channel that is reached at an address of this machine: `listen` (host:port)."""

    @property
    def listen(self) -> str: ...


@runtime_checkable
class IsCalled(Listens, Protocol):
    """A channel whose platform calls us: the program serves its `routes` at `listen`, it opens no port itself."""

    def routes(self) -> Sequence[web.AbstractRouteDef]: ...


class SendError(Exception):
    """A message could not be sent. `retryable`: may it be tried again? `stops`: seconds of sending nothing at all."""

    retryable = False
    stops = 0.0


class TemporarySendError(SendError):
    """The platform did not take the message now; it certainly did not deliver it. Try again later."""

    retryable = True


class RateLimitedError(TemporarySendError):
    """An official platform's documented limit is reached: nothing was delivered, and a minute's rest cures it."""

    stops = 60.0


class RefusedSendError(SendError):
    """The platform will never take this message (too long, unknown chat, not a contact)."""


class UnknownSendError(SendError):
    """Handed over without an answer: delivered or not, nobody knows. Never repeated by itself."""


class TooFrequentError(SendError):
    """The platform says 操作过于频繁 or has banned sending: everything stops for twelve hours; receiving goes on."""

    stops = 12 * 3600.0


def split_text(text: str, max_bytes: int) -> Iterator[str]:
    """Yield `text` in parts of at most `max_bytes` UTF-8 bytes, cut at line ends where there is one."""
    part = ""
    for line in text.splitlines(keepends=True):
        for piece in _cut(line, max_bytes):
            if part and len((part + piece).encode()) > max_bytes:
                yield part.rstrip("\n")
                part = ""
            part += piece
    if part.rstrip("\n") or not text:
        yield part.rstrip("\n")


def _cut(line: str, max_bytes: int) -> Iterator[str]:
    while len(line.encode()) > max_bytes:
        head = line.encode()[:max_bytes].decode(errors="ignore")
        yield head
        line = line[len(head) :]
    yield line
