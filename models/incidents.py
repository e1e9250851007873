"""Incidents as the workers see them: opened once, paged, acknowledged, closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Index, Integer, Row, Table, Text, func, insert, select, update

from domain.incidents import Incident
from domain.intents import Category
from models.base import Json, Moment, metadata

incidents = Table(
    "incidents",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("household", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("newest", Moment, nullable=False),
    Column("sources", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("taken_by", Text),
    Column("taken_at", Moment),
    Column("closed_at", Moment),
    Index(None, "lane", "household", "category"),
)


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with its number and how it stands: open, taken (somebody acknowledged it) or closed."""

    id: int
    incident: Incident
    state: str
    taken_by: str | None
    taken_at: datetime | None
    closed_at: datetime | None


def of_household(connection: Connection, lane: int, household: str) -> list[IncidentRow]:
    query = select(incidents).where(incidents.c.lane == lane, incidents.c.household == household)
    return [_incident(row) for row in connection.execute(query.order_by(incidents.c.opened, incidents.c.id))]


def every(connection: Connection, lane: int, *, since: datetime | None = None) -> list[IncidentRow]:
    """Return the incidents by number; with `since` only those opened or still open since then."""
    query = select(incidents).where(incidents.c.lane == lane)
    if since is not None:
        query = query.where((incidents.c.opened >= since) | (incidents.c.state != "closed"))
    return [_incident(row) for row in connection.execute(query.order_by(incidents.c.id))]


def waiting_urgent(connection: Connection, lane: int, since: datetime) -> list[IncidentRow]:
    """Return urgent incidents opened since then that nobody has taken."""
    query = select(incidents).where(
        incidents.c.lane == lane, incidents.c.urgent, incidents.c.state == "open", incidents.c.opened >= since
    )
    return [_incident(row) for row in connection.execute(query.order_by(incidents.c.id))]


def by_id(connection: Connection, lane: int, number: int) -> IncidentRow | None:
    row = connection.execute(select(incidents).where(incidents.c.lane == lane, incidents.c.id == number)).first()
    return _incident(row) if row else None


def open_new(connection: Connection, lane: int, incident: Incident) -> int:
    """Write a new incident and return its number."""
    query = select(func.coalesce(func.max(incidents.c.id), 0)).where(incidents.c.lane == lane)
    number = int(connection.execute(query).scalar_one()) + 1
    connection.execute(insert(incidents).values(lane=lane, id=number, state="open", **_values(incident)))
    return number


def revise(connection: Connection, lane: int, number: int, incident: Incident) -> None:
    """Write what the newest fold says; acknowledgement and closing stay."""
    where = (incidents.c.lane == lane, incidents.c.id == number)
    connection.execute(update(incidents).where(*where).values(**_values(incident)))


def take(connection: Connection, lane: int, number: int, account: str, at: datetime) -> bool:
    """Note who looks after it; False where somebody else was first."""
    done = connection.execute(
        update(incidents)
        .where(incidents.c.lane == lane, incidents.c.id == number, incidents.c.state == "open")
        .values(state="taken", taken_by=account, taken_at=at)
    )
    return done.rowcount == 1


def close(connection: Connection, lane: int, number: int, at: datetime) -> bool:
    done = connection.execute(
        update(incidents)
        .where(incidents.c.lane == lane, incidents.c.id == number, incidents.c.state != "closed")
        .values(state="closed", closed_at=at)
    )
    return done.rowcount == 1


def _values(incident: Incident) -> dict[str, Any]:
    return {
        "household": incident.household,
        "category": incident.category.value,
        "urgent": incident.urgent,
        "opened": incident.opened,
        "newest": incident.newest,
        "sources": list(incident.sources),
    }


def _incident(row: Row[Any]) -> IncidentRow:
    incident = Incident(row.household, Category(row.category), row.opened, row.urgent, tuple(row.sources), row.newest)
    return IncidentRow(row.id, incident, row.state, row.taken_by, row.taken_at, row.closed_at)
