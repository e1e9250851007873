"""One message's turn: what a handler is given, and where it leaves its facts and answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from domain.areas import WHOLE
from domain.chains.snapshot import Snapshot
from domain.facts import By, Fact, Order
from domain.intents import Intent, Reading
from domain.messages import IncomingMessage
from domain.parsing.context import Context, Scope, Speaker
from domain.roles import IN_CHARGE, WORKERS, Chat, Person
from domain.slots import Timetable
from models import facts
from models.crypto import KeyRing
from models.deliveries import Deliveries
from models.directory import Directory
from models.facts import Booking
from models.log import LoggedMessage
from models.outbox import Post

if TYPE_CHECKING:
    from handlers.books import ChainBooks


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the account with its door and name as far as known, and its roles.

    `misplaced`: the remark puts the name behind another door than the roster does, so the door must be asked for.
    """

    account: str
    household: str | None = None
    name: str = ""
    roles: tuple[Person, ...] = ()
    misplaced: bool = False

    @property
    def is_worker(self) -> bool:
        return any(p.role in WORKERS for p in self.roles)

    @property
    def is_in_charge(self) -> bool:
        """Whether this is somebody who may see names: a grid worker, a lead or the community office."""
        return any(p.role in IN_CHARGE for p in self.roles)

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(p.scope for p in self.roles))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message as read before any transaction: who speaks, what the chat is, and what the text says.

    `version`: of the directory it was read with; where that has changed since, it is read again.
    """

    logged: LoggedMessage
    version: int
    voice: Voice
    context: Context
    chat: Chat | None = None
    snapshot: Snapshot | None = None
    reading: Reading | None = None
    command: str | None = None
    pasted: bool = False

    @property
    def message(self) -> IncomingMessage:
        return self.logged.message


@dataclass(slots=True)
class Turn:
    """What a handler works with. Handlers read, book facts and queue posts; they never commit."""

    connection: Connection
    ring: KeyRing
    lane: int
    directory: Directory
    timetable: Timetable
    prepared: Prepared
    books: "ChainBooks"
    deliveries: Deliveries
    bookings: list[Booking] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    keep: bool = False
    has_flushed: bool = False

    @property
    def message(self) -> IncomingMessage:
        return self.prepared.message

    @property
    def voice(self) -> Voice:
        return self.prepared.voice

    @property
    def now(self) -> datetime:
        """When the message reached us; effects of handling it are due at this moment."""
        return self.prepared.logged.received_at

    @property
    def position(self) -> int:
        return self.prepared.logged.position

    def book(
        self,
        household: str,
        intent: Intent,
        by: By,
        *,
        account: str,
        order: Order | None = None,
        entry: str = "",
        chain: str | None = None,
        day_of: datetime | None = None,
        position: int | None = None,
        source: str | None = None,
        chat: str | None = None,
    ) -> Fact:
        """Note a fact; slot and round follow from when it was said (`day_of`: from an earlier moment, for edits)."""
        at = order or self.prepared.logged.order
        fact = Fact(household, intent, by, at, source or self.message.external_id, account, entry)
        moment = day_of or at.said_at
        self.bookings.append(
            Booking(
                fact,
                self.position if position is None else position,
                slot=self.timetable.slot_of(at.said_at),
                round=self.timetable.round_of(moment, self.directory.closed_rounds),
                chat=chat or self.message.chat,
                chain=chain,
            )
        )
        return fact

    def flush(self) -> None:
        """Write the facts noted so far, so that an edit can replace them."""
        if not self.bookings:
            return
        is_first = not self.has_flushed and all(b.position == self.position for b in self.bookings)
        facts.book(self.connection, self.ring, self.lane, self.bookings, is_first=is_first)
        self.has_flushed = True
        self.keep = True
        self.bookings.clear()

    def say(
        self,
        purpose: str,
        text: str,
        *,
        kind: str = "reply",
        chat: str | None = None,
        account: str | None = None,
        urgent: bool = False,
        answers: bool = False,
        incident: int | None = None,
    ) -> None:
        """Queue one post; `purpose` makes its key with the message, so that a second handling queues nothing new."""
        key = f"{self.message.external_id}:{purpose}:{chat or account}"
        self.posts.append(
            Post(
                dedupe_key=key,
                kind=kind,
                text=text,
                due_at=self.now,
                chat=chat,
                account=account,
                urgent=urgent,
                answers=answers,
                incident=incident,
            )
        )

    def answer(self, purpose: str, text: str) -> None:
        """Answer the sender in private: nobody is named or corrected before the group."""
        self.say(purpose, text, account=self.message.sender, answers=True)


def context_for(
    directory: Directory, timetable: Timetable, chat: Chat | None, voice: Voice, message: IncomingMessage
) -> Context:
    """Return what the parser may know about one message."""
    scope = chat.reads_as if chat else Scope("direct")
    if chat is None and voice.household:
        scope = _scope_of_home(directory, voice.household)
    area = chat.scope if chat else WHOLE
    alias = None if voice.misplaced else message.sender_alias
    if alias is None and voice.household and not voice.misplaced:
        alias = f"{voice.household} {voice.name}".strip()
    role = voice.roles[0].speaks_as if voice.roles else "resident"
    return Context(
        speaker=Speaker(message.sender_name, alias, role),
        scope=scope,
        expecting=_expecting(timetable, chat, message.said_at),
        rooms=directory.rooms_in(area),
        goods=directory.goods,
    )


def _scope_of_home(directory: Directory, key: str) -> Scope:
    home = directory.households.get(key)
    return Scope("direct", home.building, home.unit) if home else Scope("direct")


def _expecting(timetable: Timetable, chat: Chat | None, moment: datetime) -> str | None:
    if chat is None or chat.kind == "work":
        return None
    if chat.kind == "shopping":
        return "order"
    return "checkin" if timetable.is_asking(moment) else None
