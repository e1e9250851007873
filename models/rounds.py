"""Rounds of purchases that somebody closed before their usual cut-off."""

from datetime import date, datetime

from sqlalchemy import Column, Connection, Integer, Table, Text, select

from models.base import Moment, metadata
from models.statements import insert_new

closed_rounds = Table(
    "closed_rounds",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("round", Text, primary_key=True),
    Column("closed_at", Moment, nullable=False),
)


def close_round(connection: Connection, lane: int, day: date, at: datetime) -> None:
    """Close a round; the first closing counts."""
    row = {"lane": lane, "round": day.isoformat(), "closed_at": at}
    connection.execute(insert_new(closed_rounds), row)


def closings(connection: Connection, lane: int) -> dict[date, datetime]:
    query = select(closed_rounds).where(closed_rounds.c.lane == lane)
    return {date.fromisoformat(r.round): r.closed_at for r in connection.execute(query)}
