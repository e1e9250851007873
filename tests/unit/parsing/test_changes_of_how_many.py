"""Changes of how many: 数量 names no good, and what is no order at all is not set to a number."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import SHOP, chain, said

EGGS = (Good("鸡蛋", "箱", "A"),)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("帮我把数量调成3", "鸡蛋:3份"),
        ("数量改3", "鸡蛋:3份"),
        ("改成3份吧", "鸡蛋:3份"),
        ("麻烦把数量改成3箱", "鸡蛋:3箱"),
        ("鸡蛋的数量调到2", "鸡蛋:2份"),
        ("上午报的调整为3箱", "鸡蛋:3箱"),
        ("数量加1", "add 鸡蛋:1份"),
        ("鸡蛋数量加1", "add 鸡蛋:1份"),
    ],
)
def test_a_changed_number_is_of_the_only_article(text: str, order: str) -> None:
    assert said(text, goods=EGGS) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("数量改为3", "set ?item"),
        ("帮我把数量调成3", "set ?item"),
        ("改成3份吧", "set ?item"),
        ("数量加1", "add ?item"),
        ("把蔬菜包的数量改成3份", "蔬菜包:3份"),
        ("蔬菜包数量3", "蔬菜包:3份"),
        ("蔬菜包 数量：3", "蔬菜包:3份"),
    ],
)
def test_of_several_articles_a_changed_number_must_be_asked_about(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == order


@pytest.mark.parametrize("text", ["手机号改成3", "空调调到26度", "音量调成3", "数量还剩3箱，要的抓紧"])
def test_what_else_is_set_to_a_number_is_no_order(text: str) -> None:
    assert said(text, goods=EGGS) == ""


def test_the_word_for_how_many_names_nobody_in_a_row() -> None:
    rows = ("501 王五 数量改成3", "502 数量3", "503 李四 数量：2箱")
    assert chain("鸡蛋团购 15元一箱", *rows) == "501 鸡蛋:3份; 502 鸡蛋:3份; 503 鸡蛋:2箱"
