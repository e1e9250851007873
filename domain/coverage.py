"""Coverage: every household of an area in exactly one column; the columns add up to the roster."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.areas import Household, area_order, areas_of
from domain.facts import By

COLUMNS = ("self", "relayed", "visited", "unreachable", "opted_out", "not_heard")
_COLUMN_OF = {By.SELF: "self", By.RELAY: "relayed", By.WORKER: "visited"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many households of one area stand in each column of one slot."""

    area: str
    households: int
    counts: Mapping[str, int]

    def __getitem__(self, column: str) -> int:
        return self.counts.get(column, 0)

    @property
    def heard(self) -> int:
        return self["self"] + self["relayed"] + self["visited"]


def column_for(household: Household, by: By | None, tried_in_vain: bool) -> str:
    """Return the one column a household counts in; who opted out counts as that, whatever else is known."""
    if household.opted_out:
        return "opted_out"
    if by is not None:
        return _COLUMN_OF[by]
    return "unreachable" if tried_in_vain else "not_heard"


def count(households: Iterable[Household], heard: Mapping[str, By], tried: frozenset[str]) -> tuple[Coverage, ...]:
    """Return the coverage of every area, in area order. `heard`: who spoke best, by household; `tried`: in vain."""
    columns: dict[str, Counter[str]] = {}
    for household in households:
        column = column_for(household, heard.get(household.key), household.key in tried)
        for area in areas_of(household):
            columns.setdefault(area, Counter())[column] += 1
    return tuple(Coverage(area, columns[area].total(), dict(columns[area])) for area in sorted(columns, key=area_order))
