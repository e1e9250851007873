"""Doors as people write them, and which door is meant."""

import pytest

from domain.intents import Doubt
from domain.parsing.addresses import find_places
from domain.parsing.context import Context, Scope
from domain.parsing.rooms import settle
from domain.text.normalise import fold


@pytest.mark.parametrize(
    ("written", "door"),
    [
        ("3-1-501", ("3", "1", "501")),
        ("3#501", ("3", None, "501")),
        ("3栋501", ("3", None, "501")),
        ("3号楼1单元501室", ("3", "1", "501")),
        ("三栋二单元五零一", ("3", "2", "501")),
        ("三号楼一单元五零二 牛肉一斤半", ("3", "1", "502")),
        ("12-901 6份", ("12", None, "901")),
        ("12号301", ("12", None, "301")),
        ("一路二巷12号3房", ("12", None, "3")),
        ("5号楼2门301", ("5", "2", "301")),
        ("🐰兔妈5-1-1201", ("5", "1", "1201")),
        ("5-1-1202Cora", ("5", "1", "1202")),
        ("118-604 3份", ("118", None, "604")),
        ("3/1/502", ("3", "1", "502")),
        ("501室", (None, None, "501")),
        ("五零一", (None, None, "501")),
        ("一二零三", (None, None, "1203")),
        ("502张姐", (None, None, "502")),
        ("吕超 403 36.1", (None, None, "403")),
        ("王群 502 都好", (None, None, "502")),
        ("302毛毛爸", (None, None, "302")),
        ("50136.5", (None, None, "501")),
    ],
)
def test_door_is_found_in_every_form(written: str, door: tuple[str | None, ...]) -> None:
    places = find_places(fold(written))

    assert [(p.building, p.unit, p.room) for p in places] == [door]


@pytest.mark.parametrize(
    "written",
    [
        *("3-1种", "12-3公里", "单号4013501", "2026.5.20", "土豆500克", "叫120", "H座", "二十三个"),
        *("一百二十个", "502元", "100块", "4-7", "300人", "2026年", "共300份"),
    ],
)
def test_number_of_something_else_is_no_door(written: str) -> None:
    assert not [p for p in find_places(fold(written)) if p.room]


def test_floor_alone_is_no_room() -> None:
    (place,) = find_places("三楼陈太")

    assert place.floor
    assert settle(place, Context(scope=Scope("unit", "3", "1"))).doubts == (Doubt.ROOM,)


def test_missing_parts_come_from_the_chat() -> None:
    door = settle(find_places("501")[0], Context(scope=Scope("unit", "3", "1")))

    assert (door.subject.building, door.subject.unit, door.subject.room) == ("3", "1", "501")
    assert door.doubts == ()


def test_numbers_in_a_row_share_house_and_unit() -> None:
    places = find_places("3-1-501、502和503")

    assert [(p.building, p.unit, p.room) for p in places] == [("3", "1", "501"), ("3", "1", "502"), ("3", "1", "503")]


@pytest.mark.parametrize(
    ("written", "building", "unit", "doubts"),
    [
        ("501", "3", "2", ()),
        ("1206", "3", None, (Doubt.ROOM,)),
        ("909", "3", None, (Doubt.ROOM,)),
        ("2-1206", "3", "2", ()),
        ("5-301", "5", None, ()),
    ],
)
def test_roster_decides(written: str, building: str, unit: str | None, doubts: tuple[Doubt, ...]) -> None:
    rooms = frozenset({"3-2-501", "3-1-1206", "3-2-1206", "5-301"})

    door = settle(find_places(written)[0], Context(scope=Scope("building", "3"), rooms=rooms))

    assert (door.subject.building, door.subject.unit, door.doubts) == (building, unit, doubts)
