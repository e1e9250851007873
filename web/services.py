"""What the pages are given to work with: the store, the clock, the chat's hub, and the demo where there is one."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import segno
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from domain.messages import Bubble
from domain.slots import Timetable
from models.directory import Directory, load_directory, version_of
from models.store import Store

T = TypeVar("T")


class Listening(Protocol):
    """An open page's ear. `next` returns None where bubbles were lost and the history must be read."""

    async def next(self) -> Bubble | None: ...

    def close(self) -> None: ...


class ChatHub(Protocol):
    """Takes what people say on the page and tells what is said to those who look on."""

    async def say(
        self, room: str, account: str, name: str, alias: str | None, text: str, nonce: str | None = None
    ) -> Bubble: ...

    def subscribe(self, wants: Callable[[str], bool]) -> Listening: ...


@dataclass(frozen=True, slots=True)
class DemoState:
    """How the demo stands: `phase` is idle, playing, paused or over; `speed` in seconds a simulated hour."""

    phase: str
    now: datetime
    speed: float
    done: float = 0.0
    headline: str = ""


class DemoDesk(Protocol):
    """The controls of the demo day. Every call may come at any time; one that makes no sense then changes nothing."""

    @property
    def state(self) -> DemoState: ...

    async def play(self) -> None: ...

    async def pause(self) -> None: ...

    async def set_speed(self, seconds_an_hour: float) -> None: ...

    async def reset(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as the board shows it; `used`: sent and allowed in the last minute, hour and day.

    `state`: how it stands, by the word of `pages.LINK_STATES`; `qr`: what a phone must scan to sign the account in.
    """

    name: str
    connected: bool
    detail: str = ""
    used: tuple[tuple[int, int], ...] = ()
    stopped_until: datetime | None = None
    state: str = ""
    qr: str | None = None

    @property
    def code(self) -> Markup | None:
        """The picture to scan, as SVG; black on white in the dark as well, or no phone reads it."""
        if self.qr is None:
            return None
        return Markup(segno.make(self.qr, error="l").svg_inline(scale=4, light="#fff"))  # noqa: S704 - segno's own SVG


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a page may use. `now` is the program's clock; `channels` tells how each platform stands.

    `public_url`: how residents' phones reach the pages ("https://gl.example.cn", without a path); empty: as the
    browser at hand does.
    """

    store: Store
    lane: int
    now: Callable[[], datetime]
    hub: ChatHub
    timetable: Timetable
    community: str
    operator: str = ""
    public_url: str = ""
    demo: DemoDesk | None = None
    channels: Callable[[], Sequence[ChannelView]] = tuple

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a read-only connection, away from the event loop."""

        def run() -> T:
            with self.store.read() as connection:
                return work(connection)

        return await asyncio.to_thread(run)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in the store's writer; returns after its commit."""
        return await asyncio.wrap_future(self.store.write(work))


class DirectoryShelf:
    """The community's directory as last read; read again only when its version has changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: Directory | None = None

    def get(self, connection: Connection) -> Directory:
        kept, services = self._kept, self._services
        if kept is None or kept.version != version_of(connection, services.lane):
            kept = self._kept = load_directory(connection, services.store.ring, services.lane)
        return kept


SERVICES = web.AppKey("services", Services)
SHELF = web.AppKey("shelf", DirectoryShelf)
