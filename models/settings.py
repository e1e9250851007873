"""Settings that belong to the data rather than to the machine: the timetable a replayed day was played with."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, Text, select

from domain.slots import Timetable
from models.base import Json, metadata
from models.statements import upsert

settings = Table(
    "settings",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("value", Json, nullable=False),
)


def save(connection: Connection, lane: int, key: str, value: Any) -> None:
    connection.execute(upsert(settings), {"lane": lane, "key": key, "value": value})


def load(connection: Connection, lane: int, key: str) -> Any:
    """Return a setting, None where it was never saved."""
    where = (settings.c.lane == lane, settings.c.key == key)
    return connection.execute(select(settings.c.value).where(*where)).scalar_one_or_none()


def save_timetable(connection: Connection, lane: int, timetable: Timetable) -> None:
    save(
        connection,
        lane,
        "timetable",
        {
            "morning": timetable.morning.isoformat(),
            "evening": timetable.evening.isoformat(),
            "cutoff": timetable.cutoff.isoformat(),
            "summary": timetable.summary.isoformat(),
            "second_call_after": timetable.second_call_after.total_seconds(),
        },
    )


def load_timetable(connection: Connection, lane: int) -> Timetable | None:
    """Return the timetable the data was made with, None where the configuration's own is meant."""
    raw = load(connection, lane, "timetable")
    if raw is None:
        return None
    times = {key: time.fromisoformat(raw[key]) for key in ("morning", "evening", "cutoff", "summary")}
    return Timetable(**times, second_call_after=timedelta(seconds=raw["second_call_after"]))
