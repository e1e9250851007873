"""Where people live: the area tree 全部 → building → unit → household, as short codes.

A household's key is `building-unit-room` ("3-1-502"); in lanes, where no units exist, `house-room` ("5-301"). An area's
code is a prefix of it: "3-1" (a unit), "3" (a building), "全部" (the whole community).
"""

from dataclasses import dataclass

from domain.intents import Subject

WHOLE = "全部"
OPTED_OUT = "退出"


@dataclass(frozen=True, slots=True)
class Household:
    """One door on the roster. `names` as called, `persons` the head-count, `tags` such as 独居, 透析, 退出."""

    key: str
    building: str
    unit: str | None
    room: str
    names: tuple[str, ...] = ()
    persons: int | None = None
    tags: frozenset[str] = frozenset()

    @property
    def opted_out(self) -> bool:
        return OPTED_OUT in self.tags


def household_key(building: str, unit: str | None, room: str) -> str:
    """Return the key of a door; `unit` is None in lanes."""
    return "-".join(part for part in (building, unit, room) if part)


def key_of(subject: Subject) -> str | None:
    """Return the key that a subject spells out in full, or None where its building or room is missing."""
    if not (subject.building and subject.room):
        return None
    return household_key(subject.building, subject.unit, subject.room)


def covers(area: str, key: str) -> bool:
    """Say whether the area (or scope) holds the household or area with this key."""
    return area == WHOLE or key == area or key.startswith(area + "-")


def areas_of(household: Household) -> tuple[str, ...]:
    """Return every area the household counts in, widest first."""
    if household.unit:
        return (WHOLE, household.building, f"{household.building}-{household.unit}")
    return (WHOLE, household.building)


def area_order(code: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key that puts 全部 first and numbers in numeric order ("3-2" before "3-10")."""
    if code == WHOLE:
        return ()
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in code.split("-"))


def place_name(code: str) -> str:
    """Return an area as people call it: "3-1" → "3栋1单元"."""
    parts = code.split("-")
    if code == WHOLE:
        return "全社区"
    return parts[0] + "栋" + (f"{parts[1]}单元" if len(parts) > 1 else "")
