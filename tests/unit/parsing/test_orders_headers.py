"""PHENOMENA 2 and 13: what a header offers, and what its names mean when people shorten or misspell them."""

import pytest

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.parsing.goods import header_goods, mask_goods
from domain.parsing.order_index import index_of


def listed(header: str) -> list[tuple[str | None, str, str | None]]:
    return [(good.code, good.name, good.unit) for good in header_goods(header)]


@pytest.mark.parametrize(
    ("header", "goods"),
    [
        ("周末团购\nA 蔬菜包 50元\nB 水果包 60元", [("A", "蔬菜包", None), ("B", "水果包", None)]),
        ("A:绿叶 B:根茎 C:混合", [("A", "绿叶", None), ("B", "根茎", None), ("C", "混合", None)]),
        ("A. 鸡蛋（30个/板）\nB. 盐", [("A", "鸡蛋", "板"), ("B", "盐", None)]),
        ("A套餐 土豆+白菜 30元\nB套餐 肉+蛋 60元", [("A", "A套餐", None), ("B", "B套餐", None)]),
        ("#接龙\n甜品\n1. 蛋挞 22\n2. 贝果（原味/芝麻） 15", [("1", "蛋挞", None), ("2", "贝果", None)]),
        ("1号 吐司 12元\n2号 欧包 16元", [("1", "吐司", None), ("2", "欧包", None)]),
        ("① 菠菜 4元/斤\n② 蘑菇 9元/盒", [("1", "菠菜", "斤"), ("2", "蘑菇", "盒")]),
        ("①号 三黄鸡 58/只 ②号 乌鸡 68/只", [("1", "三黄鸡", "只"), ("2", "乌鸡", "只")]),
        ("今晚水果 苹果5元/斤 香蕉4元/斤", [(None, "苹果", "斤"), (None, "香蕉", "斤")]),
        ("美都西瓜 28一个\n黑美人西瓜 32一个", [(None, "美都西瓜", "个"), (None, "黑美人西瓜", "个")]),
        ("馒头 1元1个 花卷 1.5元1个", [(None, "馒头", "个"), (None, "花卷", "个")]),
        ("馄饨 鲜肉15/荠菜14", [(None, "鲜肉馄饨", None), (None, "荠菜馄饨", None)]),
        ("洗衣液 蓝月/立白", [(None, "蓝月洗衣液", None), (None, "立白洗衣液", None)]),
        ("大米 10kg装 68 / 5kg装 36", [(None, "大米10kg装", None), (None, "大米5kg装", None)]),
        ("鸡蛋30枚22元 鸭蛋20枚30元", [(None, "鸡蛋", None), (None, "鸭蛋", None)]),
        ("土豆 白菜 萝卜", [(None, "土豆", None), (None, "白菜", None), (None, "萝卜", None)]),
        ("卷纸 39元一提", [(None, "卷纸", "提")]),
        ("菠萝一个15", [(None, "菠萝", "个")]),
        ("周三鲜奶 10元/瓶 4-7瓶送一瓶", [(None, "鲜奶", "瓶")]),
        ("8.7号午餐预订（28元）\n1.红烧带鱼\n2.紫菜汤", [(None, "午餐", None)]),
        ("午餐 一荤两素 16元\n可换菜：豆腐，藕片", [(None, "午餐", None)]),
        ("潮汕糖水 夜里8点停\n1 双皮奶 12\n2 杨枝甘露 18", [("1", "双皮奶", None), ("2", "杨枝甘露", None)]),
        ("码头直送 黄鱼（大）45/斤 青蟹（母）60/只", [(None, "黄鱼", "斤"), (None, "青蟹", "只")]),
        ("摆摊送菜 冬瓜/丝瓜/莴笋", [(None, "冬瓜", None), (None, "丝瓜", None), (None, "莴笋", None)]),
        ("3单元大米团购", [(None, "大米", None)]),
        ("15号楼卷纸代买", [(None, "卷纸", None)]),
        ("老年食堂周餐券 80元/本", [(None, "老年食堂周餐券", "本")]),
        ("家庭采购单", []),
        ("日用品需求表", []),
        ("7号楼代买药（周五下午统一去药房）", []),
        ("水果接龙：", []),
        ("下周药品代购（医保卡）", []),
        ("五号楼代购", []),
        ("", []),
    ],
)
def test_a_header_teaches_its_goods(header: str, goods: list[tuple[str | None, str, str | None]]) -> None:
    assert listed(header) == goods


MELONS = (Good("美都西瓜", "个", "A"), Good("黑美人西瓜", "个", "B"), Good("西红柿", "斤", "C", ("番茄",)))


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        ("美都西瓜", "美都西瓜"),
        ("美都", "美都西瓜"),
        ("A", "美都西瓜"),
        ("b", "黑美人西瓜"),
        ("C款", "西红柿"),
        ("番茄", "西红柿"),
        ("蕃茄", "西红柿"),
        ("洋柿子", "西红柿"),
        ("本地西红柿", "西红柿"),
        ("黑美人西爪", "黑美人西瓜"),
        ("黑美女西瓜", "黑美人西瓜"),
    ],
)
def test_a_name_on_offer_is_found(piece: str, name: str) -> None:
    match = index_of(MELONS).match(piece)
    assert match is not None
    assert match.good is not None
    assert match.good.name == name


def test_a_short_name_of_two_goods_is_a_question() -> None:
    match = index_of(MELONS).match("西瓜")
    assert match is not None
    assert match.good is None
    assert [good.name for good in match.options] == ["美都西瓜", "黑美人西瓜"]


@pytest.mark.parametrize("piece", ["土豆", "烤麸", "", "D"])
def test_what_is_not_on_offer_is_none(piece: str) -> None:
    assert index_of(MELONS).match(piece) is None


def test_a_known_good_is_not_the_one_whose_name_it_begins() -> None:
    assert index_of((Good("苹果醋", "瓶"),)).match("苹果") is None


def test_names_of_medicines_are_blotted_out() -> None:
    assert mask_goods("感冒灵和咳嗽糖浆，孩子咳嗽") == "□□□和□□□□，孩子咳嗽"
    assert mask_goods("求退烧药、头痛粉、止泻药") == "求□□□、□□□、□□□"
    assert mask_goods("我发烧了") == "我发烧了"


def test_the_lexicon_knows_other_names() -> None:
    assert article_of("洋芋") == article_of("马铃薯") == "土豆"
    assert article_of("烤冷面") is None
