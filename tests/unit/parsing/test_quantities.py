"""PHENOMENA 12: quantities and units, told apart from sizes of packs, prices, times and head-counts."""

import pytest

from domain.parsing.quantities import find_quantities


def amounts(text: str) -> list[tuple[str | None, str | None]]:
    return [(None if q.value is None else str(q.value), q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2份", "2", "份"),
        ("两份", "2", "份"),
        ("廿个", "20", "个"),
        ("二十五个", "25", "个"),
        ("三斤", "3", "斤"),
        ("两斤半", "2.5", "斤"),
        ("半斤", "0.5", "斤"),
        ("一斤半", "1.5", "斤"),
        ("二两", "2", "两"),
        ("十两", "10", "两"),
        ("1.5公斤", "1.5", "公斤"),
        ("500克", "500", "克"),
        ("2kg", "2", "kg"),
        ("一百二十个", "120", "个"),
        ("302室外的一 个", "1", "个"),
        ("x2", "2", None),
        ("*2", "2", None),
        ("×2", "2", None),
        ("+2", "2", None),
        ("3×2盒", "6", "盒"),
        ("一打", "1", "打"),
        ("馒头俩", "2", "个"),
        ("仨包子", "3", "个"),
        ("三斤左右", "3", "斤"),
        ("两大袋", "2", "袋"),
        ("带个西瓜", "1", "个"),
    ],
)
def test_a_quantity_is_read_exactly(text: str, value: str, unit: str | None) -> None:
    assert amounts(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("600ml*24瓶4箱", "4", "箱"),
        ("鸡蛋两板60个", "2", "板"),
        ("汽水330ml*12罐2箱", "2", "箱"),
        ("1盒10粒", "1", "盒"),
        ("鸡蛋30个装一板", "1", "板"),
        ("可乐20罐装一箱", "1", "箱"),
        ("矿泉水500ml*24一箱", "1", "箱"),
        ("鸡一只(3斤左右", "1", "只"),
        ("大米2袋20斤", "2", "袋"),
        ("牛奶24盒2箱", "2", "箱"),
        ("1盒2板", "1", "盒"),
    ],
)
def test_the_outermost_container_with_a_count_of_its_own_is_the_quantity(text: str, value: str, unit: str) -> None:
    assert amounts(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "两三斤",
        "几个",
        "十来个",
        "十几个",
        "三五斤",
        "20多斤",
        "两斤多",
        "2-3斤",
        "两到三斤",
        "苹果4、5个",
        "若干",
        "适量",
        "白菜来一点",
        "来点青菜",
        "五块钱的葱",
    ],
)
def test_a_guess_has_no_value(text: str) -> None:
    found = find_quantities(text)
    assert [q.value for q in found] == [None]
    assert found[0].vague


@pytest.mark.parametrize(
    "text",
    [
        "22元/板",
        "39.9/盒",
        "三块一斤",
        "3块5一斤",
        "¥28",
        "共56元",
        "转了35.5",
        "下午3点送",
        "10:30",
        "5号楼",
        "2个人",
        "我家4口",
        "一家三口",
        "第二份",
        "138****7788",
        "13700000000",
        "三十六度五",
        "体温36.5",
        "软一点",
        "晚一点送",
        "95%",
    ],
)
def test_prices_times_people_and_numbers_of_other_kinds_are_no_quantities(text: str) -> None:
    assert amounts(text) == []


def test_each_marks_what_is_distributed() -> None:
    assert [q.each for q in find_quantities("苹果香蕉各两斤")] == [True]
    assert [q.each for q in find_quantities("每样来一份")] == [True]
    assert [q.each for q in find_quantities("苹果两斤")] == [False]


def test_neighbours_that_name_two_goods_stay_two() -> None:
    assert amounts("土豆2斤3块豆腐") == [("2", "斤"), ("3", "块")]
    assert amounts("苹果2斤 3个橙子") == [("2", "斤"), ("3", "个")]


def test_spans_point_at_what_was_read() -> None:
    text = "汽水330ml*12罐2箱，谢谢"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "330ml*12罐2箱"
