"""Facts: the ledger proper. Appended as they are said; an edit replaces, nothing is overwritten.

What a fact says is sealed; beside it stand only the columns that counting needs: door, kind, slot or round, who spoke.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from domain.facts import By, Fact, Order, Standing
from models import intents_json
from models.base import Moment, metadata
from models.crypto import KeyRing

facts = Table(
    "facts",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("household", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text),
    Column("slot", Moment),
    Column("round", Text),
    Column("by", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("chat", Text),
    Column("said_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("entry", Text, nullable=False, default=""),
    Column("chain", Text),
    Column("standing", Integer, nullable=False),
    Column("doubtful", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("intent", LargeBinary, nullable=False),
    Index(None, "lane", "kind", "slot", "household"),
    Index(None, "lane", "kind", "round", "household"),
    Index(None, "lane", "household"),
    Index(None, "lane", "chain", "entry"),
)


@dataclass(frozen=True, slots=True)
class Booking:
    """A fact with its place in the books: the check-in slot, the round of purchases, the chat and chain."""

    fact: Fact
    position: int
    slot: datetime | None = None
    round: date | None = None
    chat: str | None = None
    chain: str | None = None


def book(
    connection: Connection, ring: KeyRing, lane: int, bookings: Sequence[Booking], *, is_first: bool = False
) -> None:
    """Append facts; each gets the next free part of its message. `is_first`: these messages said nothing before."""
    parts = {} if is_first else _next_parts(connection, lane, {b.position for b in bookings})
    rows = []
    for booking in bookings:
        part = parts.get(booking.position, 0)
        parts[booking.position] = part + 1
        rows.append(_row(ring, lane, part, booking))
    connection.execute(insert(facts), rows)


def replace_entry(connection: Connection, lane: int, chain: str, entry: str) -> None:
    """Mark what the entry said so far as replaced: true when said, overtaken now."""
    connection.execute(
        update(facts)
        .where(facts.c.lane == lane, facts.c.chain == chain, facts.c.entry == entry)
        .values(standing=int(Standing.REPLACED))
    )


def retract_chain(connection: Connection, lane: int, chain: str) -> None:
    """Forget a chain's facts: it is folded anew because a post came late."""
    connection.execute(delete(facts).where(facts.c.lane == lane, facts.c.chain == chain))


def retract_message(connection: Connection, lane: int, position: int, entry: str | None = None) -> None:
    """Forget what a message said (or one line of it): it was a later delivery of another one."""
    where = [facts.c.lane == lane, facts.c.position == position]
    if entry is not None:
        where.append(facts.c.entry == entry)
    connection.execute(delete(facts).where(*where))


def checkins_of_slot(connection: Connection, ring: KeyRing, lane: int, slot: datetime) -> dict[str, list[Fact]]:
    """Return the undoubted check-ins of one slot by household."""
    return _by_household(connection, ring, lane, facts.c.kind == "checkin", facts.c.slot == slot)


def orders_of_round(connection: Connection, ring: KeyRing, lane: int, day: date) -> dict[str, list[Fact]]:
    """Return the undoubted orders of one round by household."""
    return _by_household(connection, ring, lane, facts.c.kind == "order", facts.c.round == day.isoformat())


def of_household(connection: Connection, ring: KeyRing, lane: int, household: str) -> list[Fact]:
    """Return every undoubted fact of one household in the order it was said."""
    return _by_household(connection, ring, lane, facts.c.household == household).get(household, [])


def trail_of(connection: Connection, ring: KeyRing, lane: int, household: str) -> list[tuple[Fact, bool]]:
    """Return every fact of one household, doubtful ones included, with whether it is doubtful."""
    query = select(facts).where(facts.c.lane == lane, facts.c.household == household)
    rows = connection.execute(query.order_by(facts.c.said_at, facts.c.sequence, facts.c.part))
    return [(_fact(ring, row), row.doubtful) for row in rows]


def slots_with_reports(connection: Connection, lane: int) -> list[datetime]:
    query = select(facts.c.slot).where(facts.c.lane == lane, facts.c.slot.is_not(None)).distinct()
    return sorted(connection.execute(query).scalars())


def rounds(connection: Connection, lane: int) -> list[date]:
    query = select(facts.c.round).where(facts.c.lane == lane, facts.c.round.is_not(None)).distinct()
    return sorted(date.fromisoformat(r) for r in connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class Open:
    """A doubtful fact as it waits for an answer."""

    fact: Fact
    position: int
    chat: str | None


def doubtful(connection: Connection, ring: KeyRing, lane: int) -> list[Open]:
    """Return every fact that was asked about instead of booked, oldest first."""
    query = select(facts).where(facts.c.lane == lane, facts.c.doubtful)
    rows = connection.execute(query.order_by(facts.c.said_at, facts.c.sequence, facts.c.part))
    return [Open(_fact(ring, row), row.position, row.chat) for row in rows]


def households_touched(connection: Connection, lane: int, positions: Iterable[int]) -> list[str]:
    query = select(facts.c.household).where(facts.c.lane == lane, facts.c.position.in_(list(positions))).distinct()
    return list(connection.execute(query).scalars())


def positions_with_facts(connection: Connection, lane: int, positions: Iterable[int]) -> set[int]:
    query = select(facts.c.position).where(facts.c.lane == lane, facts.c.position.in_(list(positions))).distinct()
    return set(connection.execute(query).scalars())


def _by_household(
    connection: Connection, ring: KeyRing, lane: int, *where: ColumnElement[bool]
) -> dict[str, list[Fact]]:
    query = select(facts).where(facts.c.lane == lane, facts.c.doubtful.is_(False), *where)
    found: dict[str, list[Fact]] = {}
    for row in connection.execute(query.order_by(facts.c.said_at, facts.c.sequence, facts.c.part)):
        found.setdefault(row.household, []).append(_fact(ring, row))
    return found


def _next_parts(connection: Connection, lane: int, positions: set[int]) -> dict[int, int]:
    query = (
        select(facts.c.position, func.max(facts.c.part))
        .where(facts.c.lane == lane, facts.c.position.in_(positions))
        .group_by(facts.c.position)
    )
    return {position: highest + 1 for position, highest in connection.execute(query)}


def _row(ring: KeyRing, lane: int, part: int, booking: Booking) -> dict[str, Any]:
    fact = booking.fact
    kind = intents_json.kind_of(fact.intent)
    return {
        "lane": lane,
        "position": booking.position,
        "part": part,
        "household": fact.household,
        "kind": kind,
        "status": getattr(fact.intent, "status", None),
        "slot": booking.slot,
        "round": booking.round.isoformat() if booking.round else None,
        "by": fact.by.value,
        "account": fact.account,
        "chat": booking.chat,
        "said_at": fact.order.said_at,
        "sequence": fact.order.sequence,
        "entry": fact.entry,
        "chain": booking.chain,
        "standing": int(fact.standing),
        "doubtful": bool(fact.intent.doubts),
        "source": fact.source,
        "intent": ring.seal("facts.intent", f"{lane}:{booking.position}:{part}", intents_json.encode(fact.intent)),
    }


def _fact(ring: KeyRing, row: Row[Any]) -> Fact:
    intent = intents_json.decode(ring.open("facts.intent", f"{row.lane}:{row.position}:{row.part}", row.intent))
    order = Order(row.said_at, row.sequence, row.part)
    return Fact(row.household, intent, By(row.by), order, row.source, row.account, row.entry, Standing(row.standing))
