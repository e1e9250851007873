"""Urgent matters that reached nobody: the board raises an alarm and says whom to telephone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.areas import WHOLE
from domain.roles import Role
from domain.wording import pages as words
from models import outbox, roster
from models.directory import Directory
from models.incidents import IncidentRow
from models.phones import phones_of_all
from web.services import Services

SOON = timedelta(seconds=30)  # so long a page may take
TAKEN_WITHIN = timedelta(minutes=10)  # by then the ladder has gone up
_LADDER = (Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A matter somebody must telephone about: why, the household's phone, and who is in charge with what phone."""

    number: int
    door: str
    opened: datetime
    why: str
    home: str
    people: tuple[tuple[str, str], ...]

    @property
    def has_phones(self) -> bool:
        return any(phone for _, phone in self.people)


def alarms(
    connection: Connection, services: Services, directory: Directory, rows: Iterable[IncidentRow]
) -> tuple[Alarm, ...]:
    """Return an alarm for each urgent matter that nobody could be told of in time, or that nobody took.

    In the demo time runs too fast for that, and there is nobody to telephone.
    """
    if services.demo is not None:
        return ()
    raised = list(_raised(connection, services, rows))
    if not raised:
        return ()
    ring, lane = services.store.ring, services.lane
    phones, homes = phones_of_all(connection, ring, lane, directory), roster.phones_of(connection, ring, lane)
    return tuple(_alarm(row, why, directory, phones, homes) for row, why in raised)


def _raised(
    connection: Connection, services: Services, rows: Iterable[IncidentRow]
) -> Iterator[tuple[IncidentRow, str]]:
    for row in rows:
        age = services.now() - row.incident.opened
        if row.state != "open" or not row.incident.urgent or age < SOON:
            continue
        posts = outbox.of_incident(connection, services.store.ring, services.lane, row.id)
        if not any(queued.state == outbox.SENT for queued in posts):
            yield row, words.REACHED_NOBODY
        elif age >= TAKEN_WITHIN:
            yield row, words.NOBODY_TOOK_IT


def _alarm(row: IncidentRow, why: str, directory: Directory, phones: dict[str, str], homes: dict[str, str]) -> Alarm:
    key = row.incident.household
    in_charge = directory.in_charge_of(key, *_LADDER) or directory.in_charge_of(WHOLE, *_LADDER)
    people = {p.account: (f"{p.name}（{p.role.value}）", phones.get(p.account, "")) for p in in_charge}
    door = words.DOOR_UNKNOWN if key[:1] in "@#" else key
    return Alarm(row.id, door, row.incident.opened, why, homes.get(key, ""), tuple(people.values()))
