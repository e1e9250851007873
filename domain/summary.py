"""The daily summary for one grid worker: counts, open matters and unknowns on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.coverage import Coverage


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """An incident that waits: its number, door, words for its category, and whether it is urgent."""

    number: int
    household: str
    category: str
    urgent: bool
    taken: bool


@dataclass(frozen=True, slots=True)
class DaySummary:
    """What one scope's day came to. `missing`: doors not heard from in the newest slot, for the worker only."""

    day: date
    scope: str
    slots: tuple[tuple[datetime, Coverage], ...]
    unwell: tuple[str, ...]
    open_matters: tuple[OpenMatter, ...]
    missing: tuple[str, ...]
    orders: int
    doubts: int
    disputed: int
    set_aside: int
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    missed_jobs: Sequence[str] = ()
