"""Rows of order chains: menus in many hands, money beside amounts, last words, rows that speak for other doors."""

import pytest

from domain.intents import Doubt, Good
from domain.parsing import read
from domain.parsing.context import Context, Scope
from tests.unit.parsing.spoken import chain, said


@pytest.mark.parametrize(
    ("header", "row", "order"),
    [
        ("盒饭\n一、红烧肉 20\n二、宫保鸡丁 18\n三、素菜 12", "501 一x1", "501 红烧肉:1份"),
        ("盒饭\n一、红烧肉 20\n二、宫保鸡丁 18\n三、素菜 12", "501 一和三各一份", "501 红烧肉:1份 素菜:1份"),
        ("盒饭\n一、红烧肉 20\n二、宫保鸡丁 18\n三、素菜 12", "501 三号两份", "501 素菜:2份"),
        ("Bakery\nA baguette ¥20\nB croissant ¥15", "Tom 501 A1 B2", "501 baguette:1份 croissant:2份"),
        ("Bakery\nA baguette ¥20\nB croissant ¥15", "Mr Ng 501 B x2", "501 croissant:2份"),
        ("水果\n①苹果 5斤20元\n②梨 5斤15元", "501 ①②各1", "501 苹果:1份 梨:1份"),
        ("大米10斤装59元 5斤装32元", "501 5斤装2袋", "501 大米5斤装:2袋"),
        ("【鲜花团】玫瑰/百合/向日葵 每束19.9", "501 玫瑰2 百合1", "501 玫瑰:2份 百合:1份"),
        ("牛肉丸 猪肉丸 鱼丸 每包25", "501 鱼丸2包", "501 鱼丸:2包"),
        ("牛奶 两种：全脂、脱脂", "501 脱脂2", "501 脱脂牛奶:2份"),
        ("米20元/袋 油60元/桶 面15元/袋", "501 米面油各一", "501 米:1份 面:1份 油:1份"),
        ("口罩 成人/儿童 10只一盒", "501 大人的一盒", "501 成人口罩:1盒"),
        ("土豆\n白菜\n萝卜", "501 土豆3斤", "501 土豆:3斤"),
    ],
)
def test_menus(header: str, row: str, order: str) -> None:
    assert chain(header, row, "502 取消").split("; 502")[0] == order


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("501 1板30已付", "501 鸡蛋:1板"),
        ("501 2板60", "501 鸡蛋:2板"),
        ("501 2板 微信支付60", "501 鸡蛋:2板"),
        ("501 1 已付", "501 鸡蛋:1份"),
        ("501 2板，减1板", "501 鸡蛋:1板"),
        ("501 1板 再加1板", "501 鸡蛋:2板"),
        ("501 3板，后来想想2板够了", "501 鸡蛋:2板"),
        ("501 2板，还是1板吧", "501 鸡蛋:1板"),
        ("501 2板 多了一板，退1板", "501 鸡蛋:1板"),
        ("501 1板，帮502带1板", "501 鸡蛋:1板; 502 鸡蛋:1板"),
        ("501代502 一板", "502 鸡蛋:1板"),
        ("501（代502）2板", "502 鸡蛋:2板"),
        ("501 代我妈502 一板", "502 鸡蛋:1板"),
        ("501 不需要，留给有需要的", ""),
        ("501 不买", ""),
        ("501 家里有，不用", ""),
        ("501 同502", "501 set ?item,quantity"),
        ("501 多来点", "501 鸡蛋: ?quantity"),
        ("501 10个 分两盒装", "501 鸡蛋:10个"),
        ("501 贺芳 0927 两板", "501 鸡蛋:2板"),
        ("501 贺芳 3391 1板", "501 鸡蛋:1板"),
        ("501 2板 尾号6620", "501 鸡蛋:2板"),
        ("501 两板（手机后四位0012）", "501 鸡蛋:2板"),
        ("501 贰板", "501 鸡蛋:2板"),
        ("叁零壹 一板", "301 鸡蛋:1板"),
        ("伍姐 叁板", "伍姐 鸡蛋:3板"),
        ("501 柒柒 一板", "501 鸡蛋:1板"),
        ("501 两板 加辣", "501 鸡蛋:2板"),
        ("501 两板 加葱油饼", "501 鸡蛋:2板"),
        ("501 两板 白菜三颗", "501 鸡蛋:2板 白菜:3颗"),
        ("501 两板 加白菜三颗", "501 鸡蛋:2板 白菜:3颗"),
        ("501 小枣 1板", "501 鸡蛋:1板"),
        ("501 豆豆 两板", "501 鸡蛋:2板"),
        ("501 小葱 2把", "501 小葱:2把"),
        ("501 盐 2包", "501 盐:2包"),
        ("501 退了不要了", "501 cancel"),
        ("501 撤了吧", "501 cancel"),
        ("501 先不要了", ""),
    ],
)
def test_rows_on_one_product(row: str, order: str) -> None:
    assert chain("鸡蛋30元/板", row) == order


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("501 84两瓶", "501 84消毒液:2瓶"),
        ("501 84 2瓶", "501 84消毒液:2瓶"),
        ("501 84一瓶酒精一瓶", "501 84消毒液:1瓶 酒精:1瓶"),
        ("501 酒精84瓶", "501 酒精:84瓶"),
    ],
)
def test_a_name_that_begins_with_a_number(row: str, order: str) -> None:
    assert chain("消毒用品团购", row, goods=(Good("84消毒液", "瓶"), Good("酒精", "瓶"))) == order


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("501 大板一 小盒一", "501 大板土鸡蛋:1份 小盒土鸡蛋:1份"),
        ("501 小盒二", "501 小盒土鸡蛋:2份"),
        ("小二 大板1", "小二 大板土鸡蛋:1份"),
    ],
)
def test_amounts_without_a_unit_in_chinese(row: str, order: str) -> None:
    assert chain("土鸡蛋 大板30枚 38元，小盒10枚 14元", row) == order


def test_the_kind_of_all_goods_in_a_title_is_no_good_besides() -> None:
    kinds = (Good("豆沙青团"), Good("笋丁青团"))
    assert chain("手工青团", "小贺 各两盒", goods=kinds) == "小贺 豆沙青团:2盒 笋丁青团:2盒"


def test_a_nickname_that_names_goods_where_the_round_has_the_article_too() -> None:
    assert chain("鸡蛋30元/板", "501 小枣 1板", goods=(Good("鸡蛋", "板"),)) == "501 鸡蛋:1板"


@pytest.mark.parametrize("row", ["777 2板", "1-909 2板"])
def test_a_door_that_the_roster_lacks_is_asked_about(row: str) -> None:
    scope, rooms = Scope(kind="building", building="6"), frozenset({"6-1-501", "6-3-204"})
    (order,) = read(f"#接龙\n鸡蛋30元/板\n\n1. {row}", Context(scope=scope, rooms=rooms)).intents
    assert (order.subject.building, order.subject.room) == ("6", row.partition(" ")[0].removeprefix("1-"))
    assert order.doubts == (Doubt.ROOM,)


def test_a_full_width_marker_is_no_title() -> None:
    reading = read("＃接龙\n酸奶\n１．５０１ ２箱\n２．５０２ １箱", Context())
    assert reading.chain is not None
    assert reading.chain.title == "酸奶"


def test_doors_with_colons_head_rows_and_number_none() -> None:
    assert (
        said("#接龙\n买菜登记\n501：青菜2斤\n502：土豆5斤\n503：不需要", expecting="order")
        == "501 青菜:2斤; 502 土豆:5斤"
    )
