"""Stretches in which a channel was not heard; shown on the board and told in the next digest."""

from datetime import datetime

from sqlalchemy import Column, Connection, Integer, Table, Text, select

from models.base import Moment, metadata
from models.statements import upsert

gaps = Table(
    "gaps",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("channel", Text, primary_key=True),
    Column("since", Moment, primary_key=True),
    Column("until", Moment, nullable=False),
)


def note(connection: Connection, lane: int, channel: str, since: datetime, until: datetime) -> None:
    connection.execute(upsert(gaps), {"lane": lane, "channel": channel, "since": since, "until": until})


def overlapping(
    connection: Connection, lane: int, since: datetime, until: datetime
) -> list[tuple[str, datetime, datetime]]:
    """Return channel, start and end of the gaps that touch this stretch, oldest first."""
    query = select(gaps).where(gaps.c.lane == lane, gaps.c.until >= since, gaps.c.since <= until)
    return [(r.channel, r.since, r.until) for r in connection.execute(query.order_by(gaps.c.since))]
