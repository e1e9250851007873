"""The shopping list: nothing lost, nothing guessed."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.intents import OrderLine
from domain.shopping import Article, ShoppingRow, WantedLine, canonical, consolidate
from domain.units import Pack, convert

CATALOGUE = {
    article.name: article
    for article in (
        Article("土豆", "斤", ("洋芋", "马铃薯"), "蔬菜", "商超"),
        Article("鸡蛋", "板", ("土鸡蛋",), "蛋奶", "商超", Pack("板", Decimal(30), "个")),
        Article("大米", "斤", ("米",), "粮油", "粮油店", Pack("袋", Decimal(10), "斤")),
        Article("口罩", "包", (), "防护", "药店"),
    )
}


def wanted(household: str, item: str, quantity: str, unit: str | None) -> WantedLine:
    return WantedLine(household, item, Decimal(quantity), unit)


def test_weights_are_summed_in_jin_and_packs_in_pieces() -> None:
    lines = [
        wanted("3-1-501", "土豆", "2", "公斤"),
        wanted("3-1-502", "土豆", "500", "克"),
        wanted("3-1-502", "土豆", "1.5", "斤"),
        wanted("3-1-501", "鸡蛋", "2", "板"),
        wanted("3-1-601", "鸡蛋", "15", "个"),
        wanted("3-1-501", "大米", "1", "袋"),
        wanted("3-1-602", "大米", "20", "斤"),
        wanted("3-1-602", "口罩", "3", "包"),
    ]
    assert consolidate(lines, CATALOGUE) == (
        ShoppingRow("商超", "土豆", Decimal("6.5"), "斤", 2),
        ShoppingRow("商超", "鸡蛋", Decimal(75), "个", 2),
        ShoppingRow("粮油店", "大米", Decimal(30), "斤", 2),
        ShoppingRow("药店", "口罩", Decimal(3), "包", 1),
    )


def test_units_that_do_not_convert_are_rows_of_their_own() -> None:
    rows = consolidate(
        [wanted("1", "土豆", "2", "斤"), wanted("2", "土豆", "1", "袋"), wanted("3", "土豆", "4", None)], CATALOGUE
    )
    assert {(row.quantity, row.unit) for row in rows} == {(Decimal(2), "斤"), (Decimal(1), "袋"), (Decimal(4), None)}


def test_goods_of_no_shop_are_kept() -> None:
    assert consolidate([wanted("1", "烤麸", "2", "份")], CATALOGUE) == (ShoppingRow("", "烤麸", Decimal(2), "份", 1),)


def test_portions_of_an_article_are_booked_in_its_unit() -> None:
    assert canonical(OrderLine("洋芋", Decimal(2), "份"), CATALOGUE) == OrderLine("土豆", Decimal(2), "斤")
    assert canonical(OrderLine("鸡蛋", Decimal(1), None), CATALOGUE) == OrderLine("鸡蛋", Decimal(1), "板")
    assert canonical(OrderLine("鸡蛋", Decimal(15), "个"), CATALOGUE) == OrderLine("鸡蛋", Decimal(15), "个")
    assert canonical(OrderLine("烤麸", Decimal(1), "份"), CATALOGUE) == OrderLine("烤麸", Decimal(1), "份")
    assert canonical(OrderLine("土豆", None, None), CATALOGUE) == OrderLine("土豆", None, None)


LINES = st.builds(
    WantedLine,
    household=st.sampled_from(["3-1-501", "3-1-502", "4-2-601"]),
    item=st.sampled_from(["土豆", "鸡蛋", "大米", "口罩", "烤麸"]),
    quantity=st.decimals(min_value=0, max_value=1000, places=2),
    unit=st.sampled_from(["斤", "公斤", "克", "两", "板", "个", "袋", "包", "份", None]),
)


@given(st.lists(LINES, max_size=30))
def test_what_goes_in_comes_out(lines: list[WantedLine]) -> None:
    grams: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        pack = CATALOGUE[line.item].pack if line.item in CATALOGUE else None
        for to in ("克", "个"):
            value = convert(line.quantity, line.unit, to, pack) if line.unit else None
            grams[line.item + to] += value or 0
    rows = consolidate(lines, CATALOGUE)
    for row in rows:
        for to in ("克", "个"):
            value = convert(row.quantity, row.unit, to) if row.unit else None
            grams[row.item + to] -= value or 0
    assert not any(grams.values())
    assert {(row.item) for row in rows} == {line.item for line in lines}
    assert rows == consolidate(reversed(lines), CATALOGUE)
