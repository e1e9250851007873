"""Numbers in rows: a nickname of digits names somebody, 室 and 号 belong to the door, a bare last one counts."""

import pytest

from domain.parsing import read
from domain.parsing.context import Context
from tests.unit.parsing.spoken import HOME, RESIDENT, chain

TITLES = {"checkin": "今日健康打卡", "order": "土豆团购 5斤一袋", "signup": "周五聚餐报名"}


@pytest.mark.parametrize(
    ("kind", "row", "meaning"),
    [
        ("checkin", "24601", "24601 well"),
        ("checkin", "24601 36.5", "24601 well 36.5"),
        ("checkin", "24601 小李 36.4", "小李 well 36.4"),
        ("checkin", "007", "007 well"),
        ("checkin", "9527 36.5", "9527 well 36.5"),
        ("order", "24601", "24601 土豆:1份"),
        ("order", "24601 2份", "24601 土豆:2份"),
        ("order", "24601 小李 1份", "小李 土豆:1份"),
        ("order", "王五 2份 24601", "王五 土豆:2份"),
        ("order", "13800138000 2份", "? 土豆:2份 ?subject"),
        ("signup", "24601", "24601 join 1"),
        ("signup", "24601 +1", "24601 join 2"),
    ],
)
def test_who_goes_by_a_number_is_called_by_it(kind: str, row: str, meaning: str) -> None:
    assert chain(TITLES[kind], row, "何家宁").split("; ")[0] == meaning


@pytest.mark.parametrize(
    ("row", "name", "quantity"),
    [
        ("501室2份", None, 2),
        ("3-1-501室2份", None, 2),
        ("五零一室两份", None, 2),
        ("501号 2份", None, 2),
        ("501号王五 2份", "王五", 2),
        ("501号", None, 1),
    ],
)
def test_the_word_behind_a_room_is_neither_name_nor_good(row: str, name: str | None, quantity: int) -> None:
    text = f"#接龙\n{TITLES['order']}\n\n1. {row}\n2. 何家宁"
    order = read(text, Context(speaker=RESIDENT, scope=HOME)).intents[0]
    (line,) = getattr(order, "lines", ())
    assert (order.subject.room, order.subject.name, line.item, line.quantity) == ("501", name, "土豆", quantity)
    assert order.doubts == ()


@pytest.mark.parametrize(
    ("row", "meaning"),
    [("501 王五 2", "501 join 2"), ("小王 2", "小王 join 2"), ("501 2", "501 join 2"), ("小王 1", "小王 join 1")],
)
def test_a_bare_number_at_the_end_of_a_row_counts_places(row: str, meaning: str) -> None:
    assert chain(TITLES["signup"], row, "何家宁").split("; ")[0] == meaning


def test_a_number_that_may_be_a_room_but_is_not_on_the_roster_is_asked_about() -> None:
    context = Context(speaker=RESIDENT, scope=HOME, rooms=frozenset({"3-1-501", "3-1-602"}))
    row = read(f"#接龙\n{TITLES['checkin']}\n\n1. 1314 小李\n2. 501", context).intents[0]
    assert (row.subject.name, row.doubts) == ("小李", ("room",))
