"""A program's sending side on a bench: real outbox and manners, platforms that remember, a clock moved by hand."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.channels.base import ChannelStatus, OutgoingMessage, RateLimit, Receipt, SendError
from bot.clock import SimulatedClock
from bot.group_history import GroupHistory
from bot.hearing import Hearing
from bot.links import Links
from bot.manners import Manners, MannersSettings
from bot.quiet import QuietHours
from bot.receiver import Receiver
from bot.routes import Routes
from bot.sender import Sender
from bot.signing_in import Announcer
from bot.sink import Ears, ProgramSink
from bot.spool import Spool
from domain.messages import IncomingMessage
from models import outbox
from models.outbox import Post, Queued
from tests.world import LANE, RESIDENTS, World, at

CALM = MannersSettings(gap_from=timedelta(seconds=3), gap_to=timedelta(seconds=3), quiet=QuietHours(()))


class Platform:
    """An account on a platform. `friends`: whom it may write to in private; `errors`: what the next sends meet."""

    def __init__(self, name: str, friends: Iterable[str] = (), max_bytes: int = 2_000) -> None:
        self.name, self.friends = name, set(friends)
        self.limit = RateLimit(max_bytes=max_bytes)
        self.errors: list[SendError] = []
        self.sent: list[OutgoingMessage] = []

    async def run(self, sink: object) -> None:
        """Nothing comes of itself: the tests speak for the platform."""

    async def send(self, message: OutgoingMessage) -> Receipt:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append(message)
        return Receipt(f"{self.name}-{len(self.sent)}")

    def can_dm(self, account: str) -> bool:
        return account in self.friends

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.sent]


class Deaf:
    """Where the program's words to the operator go."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is kept."""


class Bench:
    """Platforms, their sinks and the sender, on a community's store."""

    def __init__(self, folder: Path, *platforms: Platform, manners: MannersSettings = CALM) -> None:
        self.world = World(folder)
        self.clock = SimulatedClock(at("09:00"))
        self.platforms = {platform.name: platform for platform in platforms}
        self.settings = manners
        self.restart()

    def restart(self) -> None:
        """Forget what is only in memory."""
        store, groups = self.world.store, GroupHistory()
        self.links, self.hearing = Links(), Hearing()
        self.manners = {n: Manners(self.settings, lambda: 0.5, groups=groups) for n in self.platforms}
        manners = self.manners
        self.routes = Routes(
            self.platforms,
            self.hearing,
            self.links,
            lambda name, now: (until := manners[name].stopped_until) is not None and until > now,
        )
        self.sender = Sender(store, LANE, self.clock, self.platforms, manners, self.routes)
        receiver = Receiver(store, self.clock, LANE, Spool(store.data / "spool", store.ring))
        ears = Ears(
            store,
            LANE,
            self.clock,
            receiver,
            self.sender,
            self.hearing,
            self.links,
            Announcer(Deaf()),  # type: ignore[arg-type]
        )
        self.sinks = {name: ProgramSink(name, ears) for name in self.platforms}
        for name in self.platforms:
            self.link(name)

    def link(self, name: str, connected: bool = True, account: str | None = None) -> None:
        self.sinks[name].status(ChannelStatus(connected, account=account))

    def wait(self, **span: float) -> None:
        self.clock.advance_to(self.clock.now() + timedelta(**span))

    async def hear(
        self, name: str, text: str, chat: str | None = "g-3-1", who: str = "3-1-502", **more: object
    ) -> None:
        """Let somebody say something that one account hears."""
        number = sum(1 for _ in self.world.logged())
        values: dict[str, object] = {
            "external_id": f"{name}-{number}",
            "sender": self.world.account(who),
            "sender_name": RESIDENTS.get(who, who),
            "sender_alias": f"{who} {RESIDENTS[who]}" if who in RESIDENTS else None,
            "said_at": self.clock.now(),
        }
        await self.sinks[name].accept(IncomingMessage(channel=name, chat=chat, text=text, **(values | more)))  # type: ignore[arg-type]

    def work_off(self) -> None:
        """Let the ledger read everything that was heard."""
        while self.world.dispatcher.process_batch().handled:
            pass

    def post(self, text: str, key: str | None = None, kind: str = "reply", **more: object) -> None:
        """Queue a post, due now."""
        key = key or f"{kind}:{text}:{more.get('chat') or more.get('account')}"
        post = Post(dedupe_key=key, kind=kind, text=text, due_at=self.clock.now(), **more)  # type: ignore[arg-type]
        self.world.store.write(lambda c: outbox.queue(c, self.world.store.ring, LANE, [post])).result()

    async def drain(self, rounds: int = 50) -> None:
        """Send until nothing may go at this moment."""
        for _ in range(rounds):
            if not await self.sender.drain_once():
                return

    async def drain_for(self, seconds: int) -> None:
        """Send for a while, second by second."""
        for _ in range(seconds):
            await self.drain()
            self.wait(seconds=1)

    def queued(self, kind: str | None = None) -> list[Queued]:
        with self.world.store.read() as connection:
            rows = outbox.since(connection, self.world.store.ring, LANE, at("00:00"))
        return [row for row in rows if kind in (None, row.post.kind)]

    def states(self) -> list[str]:
        return [row.state for row in self.queued()]


Benches = Callable[..., Bench]


@contextmanager
def benches(folder: Path) -> Iterator[Benches]:
    """Give out benches on a folder and close them in the end."""
    made: list[Bench] = []

    def make(*platforms: Platform, **more: Any) -> Bench:
        made.append(Bench(folder, *platforms, **more))
        return made[-1]

    yield make
    for one in made:
        one.world.close()
