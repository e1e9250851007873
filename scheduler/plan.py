"""What falls due: every job's (area, slot) moments in a stretch of time, from the timetable alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection

from domain.slots import CHINA, Timetable, day_of
from models.crypto import KeyRing
from models.directory import Directory
from models.outbox import Post


@dataclass(frozen=True, slots=True)
class ChatTimes:
    """A group's own prompt times, where they differ from the community's."""

    morning: time | None = None
    evening: time | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One job for one area and slot. `at`: when it falls due; `slot`: its key, for check-ins the slot asked for."""

    at: datetime
    job: str
    area: str
    slot: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What a job works with: the transaction, the directory, the timetable and the moment it falls due."""

    connection: Connection
    ring: KeyRing
    lane: int
    directory: Directory
    timetable: Timetable
    now: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """A timed job: `times` yields when and for what it falls due on one day, `posts` returns what it says."""

    name: str
    times: Callable[[date, Directory, Timetable, Mapping[str, ChatTimes]], Iterable[Due]]
    posts: Callable[[Desk, Due], list[Post]]


def due_between(
    jobs: Iterable[Job],
    after: datetime,
    until: datetime,
    directory: Directory,
    timetable: Timetable,
    chat_times: Mapping[str, ChatTimes],
) -> list[tuple[Job, Due]]:
    """Return what falls due in (after, until], in the order of time, then of the jobs."""
    found = [
        (due.at, rank, due.area, job, due)
        for rank, job in enumerate(jobs)
        for day in _days(after, until)
        for due in job.times(day, directory, timetable, chat_times)
        if after < due.at <= until
    ]
    return [(job, due) for _, _, _, job, due in sorted(found, key=lambda f: f[:3])]


def _days(after: datetime, until: datetime) -> Iterator[date]:
    day = day_of(after)
    while day <= day_of(until):
        yield day
        day += timedelta(days=1)


def at_time(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)
