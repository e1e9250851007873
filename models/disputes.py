"""Disputed entries: which were asked about, under which number, and what somebody who may decide has ruled."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Index, Integer, Row, Table, Text, func, insert, select, update

from models.base import Moment, metadata

disputes = Table(
    "disputes",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("chain", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("stands", Boolean),
    Column("source", Text),
    Column("position", Integer),
    Column("ruled_at", Moment),
    Column("sequence", Integer),
    Index(None, "lane", "chain", "entry"),
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question to the unit head. `stands` is None until somebody ruled; then the ruling is a part of the chain."""

    number: int
    chain: str
    entry: str
    stands: bool | None = None
    source: str | None = None
    position: int | None = None
    ruled_at: datetime | None = None
    sequence: int | None = None


def open_dispute(connection: Connection, lane: int, chain: str, entry: str) -> int:
    """Return the number of the dispute about an entry; a new one where the last was settled."""
    waiting = select(disputes.c.number).where(
        disputes.c.lane == lane, disputes.c.chain == chain, disputes.c.entry == entry, disputes.c.stands.is_(None)
    )
    known = connection.execute(waiting).scalar_one_or_none()
    if known is not None:
        return int(known)
    highest = select(func.coalesce(func.max(disputes.c.number), 0)).where(disputes.c.lane == lane)
    number = int(connection.execute(highest).scalar_one()) + 1
    connection.execute(insert(disputes).values(lane=lane, number=number, chain=chain, entry=entry))
    return number


def by_number(connection: Connection, lane: int, number: int) -> Dispute | None:
    row = connection.execute(select(disputes).where(disputes.c.lane == lane, disputes.c.number == number)).first()
    return _dispute(row) if row else None


def rule(
    connection: Connection,
    lane: int,
    number: int,
    *,
    stands: bool,
    source: str,
    position: int,
    at: datetime,
    sequence: int,
) -> None:
    """Write what was decided, with the message that decided it."""
    where = (disputes.c.lane == lane, disputes.c.number == number)
    values = {"stands": stands, "source": source, "position": position, "ruled_at": at, "sequence": sequence}
    connection.execute(update(disputes).where(*where).values(**values))


def rulings_on(connection: Connection, lane: int, chain: str) -> list[Dispute]:
    """Return the settled disputes of a chain in the order in which they were ruled."""
    query = select(disputes).where(disputes.c.lane == lane, disputes.c.chain == chain, disputes.c.stands.is_not(None))
    return [_dispute(row) for row in connection.execute(query.order_by(disputes.c.ruled_at, disputes.c.sequence))]


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(row.number, row.chain, row.entry, row.stands, row.source, row.position, row.ruled_at, row.sequence)
