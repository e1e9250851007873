"""The ladder for urgent matters: nobody took it within three minutes, so the next in charge is paged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.areas import WHOLE
from domain.roles import Role
from domain.wording import incidents as wording
from models import incidents, outbox
from models.incidents import IncidentRow
from models.outbox import Post
from scheduler.plan import Desk

PATIENCE = timedelta(minutes=3)
_GIVES_UP = timedelta(hours=2)
_LADDER = (Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY)


def moments(desk: Desk) -> list[datetime]:
    """Return when the next step of each urgent incident that nobody has taken falls due."""
    return [step.at for step in _steps(desk)]


def watch(desk: Desk) -> list[Post]:
    """Return the next page for each urgent incident that nobody has taken in time; each step has its own mark."""
    return [_page(desk, step) for step in _steps(desk) if step.at <= desk.now]


@dataclass(frozen=True, slots=True)
class _Step:
    row: IncidentRow
    account: str
    at: datetime
    number: int


def _steps(desk: Desk) -> Iterator[_Step]:
    for row in incidents.waiting_urgent(desk.connection, desk.lane, desk.now - _GIVES_UP):
        told = outbox.of_incident(desk.connection, desk.ring, desk.lane, row.id)
        paged = [queued for queued in told if queued.post.kind == "page"]
        reached = {q.post.account for q in paged}
        ladder = dict.fromkeys(p.account for p in desk.directory.in_charge_of(WHOLE, *_LADDER))
        following = next((account for account in ladder if account not in reached), None)
        if following is not None:
            last = max((q.post.due_at for q in paged), default=row.incident.opened)
            yield _Step(row, following, last + PATIENCE, len(paged) + 1)


def _page(desk: Desk, step: _Step) -> Post:
    incident = step.row.incident
    text = wording.page(step.row.id, incident.household, incident.category, True, wording.nobody_took_it(), step.number)
    return Post(
        dedupe_key=f"page:{step.row.id}:step{step.number}:{step.account}",
        kind="page",
        text=text,
        due_at=desk.now,
        account=step.account,
        urgent=True,
        incident=step.row.id,
    )
