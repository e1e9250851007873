"""Which door a written place means: missing parts from scope and sender, belief from the roster."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from domain.intents import Doubt, Subject
from domain.parsing.addresses import Place
from domain.parsing.context import Context, Scope

NOWHERE: frozenset[str] = frozenset()


class Door(NamedTuple):
    """A settled place: the parts known, and `room` among the doubts where it is not certain which door is meant."""

    subject: Subject
    doubts: tuple[Doubt, ...] = ()


def settle(place: Place, context: Context, home: Subject | None = None) -> Door:
    """Return the door that `place` means. `home` is the sender's own, for "501" in a chat that stands for no house."""
    if place.floor and place.room is None:
        return Door(Subject(building=place.building or context.scope.building, unit=context.scope.unit), (Doubt.ROOM,))
    if place.room is None:
        return Door(Subject(building=place.building or _own(context, home), unit=place.unit))
    if context.rooms is None:
        return _believed(place, context.scope, home)
    return _listed(place, context.rooms, context.scope, home)


def room_numbers(context: Context) -> frozenset[str]:
    """Return the room numbers that the roster knows in any house."""
    return NOWHERE if context.rooms is None else _numbers(context.rooms)


def _own(context: Context, home: Subject | None) -> str | None:
    return context.scope.building or (home.building if home else None)


def _believed(place: Place, scope: Scope, home: Subject | None) -> Door:
    """Fill from scope where no roster is known: a well-formed room is believed."""
    building, unit = place.building, place.unit
    if place.lane or (building and unit):
        return Door(_subject(place, building, unit))
    if building is None:
        building = scope.building
        unit = unit or scope.unit
    elif unit is None and scope.building and _is_unit(building, scope):
        building, unit = scope.building, building
    elif building == scope.building:
        unit = unit or scope.unit
    if building is None and home and home.room == place.room:
        return Door(replace(home, name=None))
    return Door(_subject(place, building, unit))


def _is_unit(number: str, scope: Scope) -> bool:
    """Tell whether the first number of 2-501 is a unit of the house that the chat stands for."""
    if scope.building is None or number == scope.building:
        return False
    return number == scope.unit or (scope.kind == "building" and len(number) == 1)


def _listed(place: Place, rooms: frozenset[str], scope: Scope, home: Subject | None) -> Door:
    candidates = _by_room(rooms).get(place.room or "", ())
    fits = [c for c in candidates if _fits(c, place.building, place.unit)]
    if place.building is None:
        fits = _nearest(fits, scope, home, place)
    elif not fits and place.unit is None and scope.building:
        fits = [c for c in candidates if _fits(c, scope.building, place.building)]  # 2-501: unit 2 of this house
    if len(fits) == 1:
        return Door(_subject(place, fits[0][0], fits[0][1]))
    building = place.building or scope.building
    unit = place.unit or (scope.unit if building == scope.building else None)
    if place.building and unit is None and any(r.startswith(f"{scope.building}-{place.building}-") for r in rooms):
        building, unit = scope.building, place.building  # 1-909 where unit 1 of this house has no such room
    return Door(_subject(place, building, unit), (Doubt.ROOM,))


def _nearest(
    fits: list[tuple[str, str | None, str]], scope: Scope, home: Subject | None, place: Place
) -> list[tuple[str, str | None, str]]:
    """Narrow several doors of one number to the scope's, else to the sender's own."""
    if scope.building:
        return [c for c in fits if _fits(c, scope.building, place.unit or scope.unit)]
    if len(fits) > 1 and home and home.room == place.room:
        return [c for c in fits if (c[0], c[1]) == (home.building, home.unit)]
    return fits


def _fits(door: tuple[str, str | None, str], building: str | None, unit: str | None) -> bool:
    return (building is None or door[0] == building) and (unit is None or door[1] == unit)


def _subject(place: Place, building: str | None, unit: str | None) -> Subject:
    return Subject(building=building, unit=unit, room=place.room, lane=place.lane)


@lru_cache(maxsize=64)
def _by_room(rooms: frozenset[str]) -> dict[str, tuple[tuple[str, str | None, str], ...]]:
    """Return the roster's doors by room number; keys are building-unit-room, or house-room in lanes."""
    found: dict[str, tuple[tuple[str, str | None, str], ...]] = {}
    for key in sorted(rooms):
        parts = key.split("-")
        if len(parts) == 3:
            door: tuple[str, str | None, str] = (parts[0], parts[1], parts[2])
        elif len(parts) == 2:
            door = (parts[0], None, parts[1])
        else:
            continue
        found[door[2]] = (*found.get(door[2], ()), door)
    return found


@lru_cache(maxsize=64)
def _numbers(rooms: frozenset[str]) -> frozenset[str]:
    return frozenset(_by_room(rooms))


def named(door: Door, name: str | None) -> Door:
    """Return `door` with the name of who lives there."""
    if name is None:
        return door
    at = door.subject
    return Door(Subject(at.building, at.unit, at.room, name, at.lane), door.doubts)


def unplaced(name: str | None, context: Context) -> Door:
    """Return who has a name and no door; a slot that names nobody cannot be booked."""
    subject = Subject(building=context.scope.building, unit=context.scope.unit, name=name)
    return Door(subject, () if name else (Doubt.SUBJECT,))
