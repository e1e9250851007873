"""Does what has fallen due, once for each (job, area, slot), in the transaction that queues its posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.slots import Timetable
from models import jobs, outbox
from models.directory import Directory, load_directory, version_of
from models.store import Store
from scheduler.jobs import JOBS, WATCH_MOMENTS, WATCHES
from scheduler.plan import ChatTimes, Desk, Due, Job, due_between

_CHUNK = 50
_FIRST_LOOK_BACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one look came to: jobs done, posts queued, and what came too late to be done."""

    done: int = 0
    queued: int = 0
    missed: int = 0


class Runner:
    """Looks at the timetable for one lane. The database decides what is done; looking twice does nothing twice."""

    def __init__(
        self,
        store: Store,
        lane: int,
        timetable: Timetable,
        chat_times: Mapping[str, ChatTimes] | None = None,
        grace: timedelta = timedelta(minutes=60),
    ) -> None:
        self._store, self._lane, self._timetable = store, lane, timetable
        self._chat_times = chat_times or {}
        self._grace = grace
        self._directory: Directory | None = None

    def next_due(self, until: datetime) -> datetime | None:
        """Return the first moment up to `until`, since the last look, at which something falls due."""
        with self._store.read() as connection:
            after = jobs.planned_until(connection, self._lane) or until - _FIRST_LOOK_BACK
            desk = self._desk(connection, until)
            steps = [m for moments in WATCH_MOMENTS for m in moments(desk) if after < m <= until]
        found = due_between(JOBS, after, until, desk.directory, self._timetable, self._chat_times)
        return min([due.at for _, due in found[:1]] + steps, default=None)

    def run_due(self, now: datetime, *, grace: bool = True) -> Ran:
        """Do everything that fell due up to `now` since the last look.

        With `grace`, what is later than the runner's grace is not done any more: it is noted as missed.
        """
        with self._store.read() as connection:
            after = jobs.planned_until(connection, self._lane) or now - _FIRST_LOOK_BACK
            directory = self._desk(connection, now).directory
        found = due_between(JOBS, after, now, directory, self._timetable, self._chat_times)
        total = Ran()
        for start in range(0, len(found), _CHUNK):
            chunk = found[start : start + _CHUNK]
            ran = self._store.write(lambda c, chunk=chunk: self._do(c, chunk, now, grace)).result()  # type: ignore[misc]
            total = Ran(total.done + ran.done, total.queued + ran.queued, total.missed + ran.missed)
        watched = self._store.write(lambda c: self._watch(c, now)).result()
        return Ran(total.done, total.queued + watched, total.missed)

    def _do(self, connection: Connection, chunk: list[tuple[Job, Due]], now: datetime, grace: bool) -> Ran:
        done = queued = missed = 0
        for job, due in chunk:
            desk = self._desk(connection, now if grace else due.at)
            too_late = grace and now - due.at > self._grace
            if not jobs.record(
                connection, self._lane, job.name, due.area, due.slot, now, "missed" if too_late else "done"
            ):
                continue
            if too_late:
                missed += 1
                continue
            done += 1
            queued += outbox.queue(connection, self._store.ring, self._lane, job.posts(desk, due))
        return Ran(done, queued, missed)

    def _watch(self, connection: Connection, now: datetime) -> int:
        desk = self._desk(connection, now)
        queued = sum(outbox.queue(connection, self._store.ring, self._lane, watch(desk)) for watch in WATCHES)
        jobs.plan_until(connection, self._lane, now)
        return queued

    def _desk(self, connection: Connection, now: datetime) -> Desk:
        if self._directory is None or self._directory.version != version_of(connection, self._lane):
            self._directory = load_directory(connection, self._store.ring, self._lane)
        return Desk(connection, self._store.ring, self._lane, self._directory, self._timetable, now)
