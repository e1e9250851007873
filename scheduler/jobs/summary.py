"""The daily summary: one screen for each grid worker, in private, with the unknowns named."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from domain.areas import covers
from domain.intents import Status
from domain.roles import Role
from domain.slots import Timetable, combine, day_of
from domain.summary import DaySummary, OpenMatter
from domain.wording.incidents import NAMES
from domain.wording.summary import daily_summary
from models import chains, facts, gaps, incidents, jobs, log
from models.directory import Directory
from models.ledger import SlotBook, round_book, slot_book
from models.outbox import Post
from scheduler.plan import ChatTimes, Desk, Due, Job

_READERS = (Role.GRID_WORKER, Role.GRID_LEAD)


def times(day: date, directory: Directory, timetable: Timetable, _chat_times: Mapping[str, ChatTimes]) -> Iterator[Due]:
    moment = combine(day, timetable.summary)
    for account in dict.fromkeys(p.account for p in directory.people if p.role in _READERS):
        yield Due(moment, JOB.name, account, moment)


def posts(desk: Desk, due: Due) -> list[Post]:
    """Return the worker's summary; several scopes make sections of one message, not several messages."""
    scopes = dict.fromkeys(p.scope for p in desk.directory.roles_of(due.area) if p.role in _READERS)
    text = "\n\n".join(daily_summary(summary_of(desk, scope)) for scope in scopes)
    key = f"summary:{due.area}:{day_of(due.slot)}"
    return [Post(dedupe_key=key, kind="summary", text=text, due_at=desk.now, account=due.area)]


def summary_of(desk: Desk, scope: str) -> DaySummary:
    """Return what the day came to in one scope, up to now."""
    day = day_of(desk.now)
    slots = [s for s in desk.timetable.slots_of_day(day) if s <= desk.now]
    books = [slot_book(desk.connection, desk.ring, desk.lane, slot) for slot in slots]
    start = combine(day, desk.timetable.morning) - timedelta(hours=8)
    orders = round_book(desk.connection, desk.ring, desk.lane, desk.directory, day)
    return DaySummary(
        day=day,
        scope=scope,
        slots=tuple((b.slot, c) for b in books for c in b.coverage(desk.directory) if c.area == scope),
        unwell=_unwell(books, scope),
        open_matters=_open_matters(desk, scope),
        missing=books[-1].in_column(desk.directory, scope, "not_heard") if books else (),
        orders=sum(covers(scope, key) and any(not w.cancelled for w in rows) for key, rows in orders.wanted.items()),
        doubts=sum(day_of(d.fact.order.said_at) == day for d in facts.doubtful(desk.connection, desk.ring, desk.lane)),
        disputed=len(chains.disputed(desk.connection, desk.ring, desk.lane)),
        set_aside=len(log.set_aside(desk.connection, desk.lane)),
        gaps=tuple((a, b) for _, a, b in gaps.overlapping(desk.connection, desk.lane, start, desk.now)),
        missed_jobs=[f"{job} {area}" for job, area, _ in jobs.missed(desk.connection, desk.lane, start)],
    )


def _unwell(books: list[SlotBook], scope: str) -> tuple[str, ...]:
    doors = (k for b in books for k, c in b.conditions.items() if c.status is Status.UNWELL and covers(scope, k))
    return tuple(dict.fromkeys(doors))


def _open_matters(desk: Desk, scope: str) -> tuple[OpenMatter, ...]:
    rows = incidents.every(desk.connection, desk.lane, since=desk.now)
    return tuple(
        OpenMatter(r.id, r.incident.household, NAMES[r.incident.category], r.incident.urgent, r.state == "taken")
        for r in rows
        if r.state != "closed" and (covers(scope, r.incident.household) or r.incident.household[:1] in "@#")
    )


JOB = Job("summary", times, posts)
