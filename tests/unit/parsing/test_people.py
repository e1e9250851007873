"""Who a remark names: any order, any separators, nothing bound wrong."""

from itertools import islice, product

import pytest

from domain.intents import Doubt
from domain.parsing import identify
from domain.parsing.context import Context, Scope
from domain.parsing.people import introduce

NAMES = ("何敏", "欧阳小雨", "老魏", "Cora", "梁姐", "邹阿姨", "曾慶瑜")
DOORS = ("5-2-301", "5#2-301", "5栋2单元301", "5号楼2单元301室", "５－２－３０１", "五栋二单元三零一", "5-2-3O1")
PHONES = ("", "13700000033", "137****0033", "137 0000 0033")
JOINS = (" ", "-", "/", "｜", "", "，")
SIMPLE = {"曾慶瑜": "曾庆瑜"}


def remarks() -> list[tuple[str, str]]:
    found = []
    for name, door, phone, join in product(NAMES, DOORS, PHONES, JOINS):
        if join == "" and (phone or name.isascii()):
            continue
        found.append((join.join(p for p in (door, name, phone) if p), name))
        found.append((join.join(p for p in (name, door, phone) if p), name))
    return list(islice(found, 0, None, 5))


def test_remarks_in_two_hundred_forms_are_bound_right() -> None:
    forms = remarks()
    context = Context(rooms=frozenset({"5-2-301", "5-2-302", "5-1-301"}))

    bound = [(identify(remark, "", context), name) for remark, name in forms]
    right = [s for s, n in bound if (s.building, s.unit, s.room, s.name) == ("5", "2", "301", SIMPLE.get(n, n))]
    wrong = [s for s, _ in bound if s.room is not None and (s.building, s.unit, s.room) != ("5", "2", "301")]

    assert len(forms) >= 200
    assert wrong == []
    assert len(right) >= 0.95 * len(forms)


@pytest.mark.parametrize(
    ("remark", "nickname", "room", "name"),
    [
        ("501何敏", "何敏", "501", "何敏"),
        ("502 禾苗 137****8899", "禾苗", "502", "禾苗"),
        ("803", "翠翠", "803", "翠翠"),
        (None, "602阿May", "602", "阿May"),
        (None, "向日葵", None, "向日葵"),
        (None, "1888", None, "1888"),
        ("🌻🌻", "🌻", None, None),
        ("3-1楼长周姐", "周姐", None, "周姐"),
        ("网格员小蒋", "小蒋", None, "小蒋"),
        ("502张姐", "", "502", "张姐"),
    ],
)
def test_remark_comes_before_nickname(remark: str | None, nickname: str, room: str | None, name: str | None) -> None:
    subject = identify(remark, nickname, Context(scope=Scope("unit", "3", "1")))

    assert (subject.room, subject.name) == (room, name)


def test_room_that_is_not_on_the_roster_is_not_bound() -> None:
    context = Context(scope=Scope("unit", "3", "1"), rooms=frozenset({"3-1-501"}))

    assert identify("3-1-909 何敏", "", context).room is None
    assert introduce("3-1-909 何敏", "", context.scope, context.rooms).doubts == (Doubt.ROOM,)


def test_remark_and_nickname_that_contradict_each_other_are_asked_about() -> None:
    context = Context(scope=Scope("unit", "3", "1"))

    person = introduce("3-1-501 何敏", "3-1-602何敏", context.scope, None)

    assert Doubt.SUBJECT in person.doubts
    assert identify("3-1-501 何敏", "3-1-602何敏", context).room is None
