"""Which timed work is done: one row for each (job, area, slot), written with the rows the job queues."""

from datetime import datetime

from sqlalchemy import Column, Connection, Integer, Table, Text, select, update

from models.base import Moment, metadata
from models.statements import insert_new

job_runs = Table(
    "job_runs",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("job", Text, primary_key=True),
    Column("area", Text, primary_key=True),
    Column("slot", Moment, primary_key=True),
    Column("ran_at", Moment, nullable=False),
    Column("outcome", Text, nullable=False),
)
watermarks = Table(
    "watermarks",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("planned_until", Moment, nullable=False),
)


def record(
    connection: Connection, lane: int, job: str, area: str, slot: datetime, at: datetime, outcome: str = "done"
) -> bool:
    """Note that a job ran for an area and slot; False where it had run before, and then nothing must be queued."""
    row = {"lane": lane, "job": job, "area": area, "slot": slot, "ran_at": at, "outcome": outcome}
    return connection.execute(insert_new(job_runs), row).rowcount == 1


def slots_run(connection: Connection, lane: int, job: str) -> list[datetime]:
    """Return the slots for which a job ran anywhere, oldest first."""
    query = select(job_runs.c.slot).where(job_runs.c.lane == lane, job_runs.c.job == job).distinct()
    return sorted(connection.execute(query).scalars())


def missed(connection: Connection, lane: int, since: datetime) -> list[tuple[str, str, datetime]]:
    """Return job, area and slot of what came too late to be done since then."""
    query = select(job_runs).where(job_runs.c.lane == lane, job_runs.c.outcome == "missed", job_runs.c.ran_at >= since)
    return [(r.job, r.area, r.slot) for r in connection.execute(query.order_by(job_runs.c.slot))]


def planned_until(connection: Connection, lane: int) -> datetime | None:
    """Return up to which moment slots have been looked at, None before the first time."""
    return connection.execute(select(watermarks.c.planned_until).where(watermarks.c.lane == lane)).scalar_one_or_none()


def plan_until(connection: Connection, lane: int, moment: datetime) -> None:
    """Note up to which moment slots have been looked at; it never goes back."""
    connection.execute(insert_new(watermarks), {"lane": lane, "planned_until": moment})
    behind = (watermarks.c.lane == lane, watermarks.c.planned_until < moment)
    connection.execute(update(watermarks).where(*behind).values(planned_until=moment))
