"""One's own household and the neighbours' in one message: each gets what is said of it."""

import pytest

from domain.intents import Good
from domain.parsing import read
from domain.parsing.context import Context
from tests.unit.parsing.spoken import HOME, RESIDENT, SHOP, said

EGGS = (Good("鸡蛋", "箱", "A"),)


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("我家3口，隔壁王姐家5口都好", "well; 王姐 well"),
        ("我们家4人，对门603三人，都正常", "well; 603 well"),
        ("502三口、503五口，均正常", "502 well; 503 well"),
        ("我家3口都好，502家5口也好", "well; 502 well"),
        ("我家3口，隔壁王姐家5口都发烧", "王姐 unwell 发热"),
    ],
)
def test_heads_are_counted_for_each_door_and_all_are_well(text: str, reports: str) -> None:
    assert said(text, expecting="checkin") == reports


def test_each_door_has_its_own_number_of_heads() -> None:
    found = read("我家3口，隔壁王姐家5口都好", Context(speaker=RESIDENT, scope=HOME, expecting="checkin")).intents
    assert [(i.subject.name, getattr(i, "people", None)) for i in found] == [("柳梢", 3), ("王姐", 5)]


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("36.5，502 36.7", "well 36.5; 502 well 36.7"),
        ("平安，隔壁王姐也平安", "well; 王姐 well"),
        ("我们一家都好，帮502王姐报平安", "well; 502 well"),
        ("全家平安，帮对门老李家也报一个，3人平安", "well; 老李 well"),
        ("大家好，502报平安，都好", "502 well"),
        ("早上好，502 36.5", "502 well 36.5"),
        ("今天36.5，昨天36.7，502", "502 well 36.5 36.7"),
    ],
)
def test_a_report_before_that_of_another_door_is_the_senders(text: str, reports: str) -> None:
    assert said(text, expecting="checkin") == reports


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("1箱，502 2箱", "鸡蛋:1箱; 502 鸡蛋:2箱"),
        ("要1箱，楼上王姐要2箱", "鸡蛋:1箱; 王姐 鸡蛋:2箱"),
        ("来一箱，隔壁502也来一箱", "鸡蛋:1箱; 502 鸡蛋:1箱"),
    ],
)
def test_an_order_before_that_of_another_door_is_the_senders(text: str, orders: str) -> None:
    assert said(text, expecting="order", goods=EGGS) == orders


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("给隔壁王姐带两份蔬菜包", "王姐 蔬菜包:2份"),
        ("帮对门张叔订一份水果包", "张叔 水果包:1份"),
        ("隔壁老李家要两份蔬菜包", "老李 蔬菜包:2份"),
    ],
)
def test_a_neighbours_name_is_no_good_and_does_not_hold_where_he_lives(text: str, orders: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == orders
