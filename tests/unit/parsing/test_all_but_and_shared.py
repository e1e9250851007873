"""Orders by what is left out or shared, totals behind lines, goods told apart by letters, doors without numbers."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import SHOP, chain, said

PLAIN_SHOP = (Good("土豆", "斤"), Good("洋葱", "份"), Good("鸡蛋", "板"))
ORANGES = (Good("砂糖橘", "箱"),)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("除了洋葱都来一份", "土豆:1份 鸡蛋:1份"),
        ("除洋葱外各一份", "土豆:1份 鸡蛋:1份"),
        ("除了土豆和洋葱都要", "鸡蛋:1份"),
        ("我家除了鸡蛋其他的各来两份", "土豆:2份 洋葱:2份"),
        ("洋葱不要，其他各一份", "cancel 洋葱:; 土豆:1份 鸡蛋:1份"),
        ("除了香菜都要一份", "set ?item"),
        ("除了洋葱都不要", "set ?item"),
        ("除了土豆，再要洋葱两份", "add 洋葱:2份"),
        ("酸奶不要鲜奶要", "cancel 酸奶:; 鲜奶: ?quantity"),
        ("洋葱不要土豆要", "cancel 洋葱:; 土豆:1份"),
        ("鸡蛋一板牛奶一箱共86已付", "鸡蛋:1板 牛奶:1箱"),
        ("土豆2斤 洋葱一份 合计33.5", "土豆:2斤 洋葱:1份"),
        ("土豆2斤，洋葱一份，总计33元", "土豆:2斤 洋葱:1份"),
        ("土豆2斤+洋葱1份=18", "土豆:2斤 洋葱:1份"),
        ("矿泉水550ml*24两箱", "矿泉水:2箱"),
        ("洋葱l份", "洋葱:1份"),
        ("少送一斤土豆，放不下", "cancel 土豆:1斤"),
        ("把洋葱从我单里去掉", "cancel 洋葱:"),
        ("把我名字去掉，不是我订的", "cancel"),
        ("不是四斤，是两斤，我家的土豆", "土豆:2斤"),
        ("3份洋葱，写错了，是2份", "洋葱:2份"),
        ("我也+1", "set ?item"),
    ],
)
def test_of_several_goods(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=PLAIN_SHOP) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我跟501拼一箱，一人一半", "砂糖橘:1箱 ?quantity; 501 砂糖橘:1箱 ?quantity"),
        ("来一箱，我和老妈对半分", "砂糖橘:1箱 ?quantity"),
        ("3份，写错了，是2份", "砂糖橘:2份"),
        ("我要的是两箱不是三箱", "砂糖橘:2箱"),
        ("我也+1", "砂糖橘:1份"),
        ("3份洋葱，写错了，是2份", "洋葱:2份"),
    ],
)
def test_of_one_product(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=ORANGES) == order


@pytest.mark.parametrize(
    ("entry", "order"),
    [
        ("501 A*1 C*1", "501 蔬菜包A:1份 肉包C:1份"),
        ("501 AB各1", "501 蔬菜包A:1份 蔬菜包B:1份"),
        ("501 A2B1C1", "501 蔬菜包A:2份 蔬菜包B:1份 肉包C:1份"),
        ("501 两份A，一份C，备注：C里不要鸡爪", "501 蔬菜包A:2份 肉包C:1份"),
        ("501 除了C各一份", "501 蔬菜包A:1份 蔬菜包B:1份"),
    ],
)
def test_letters_behind_names(entry: str, order: str) -> None:
    assert chain("蔬菜包A 50元 蔬菜包B 60元 肉包C 80元", entry, "502 A1") == f"{order}; 502 蔬菜包A:1份"


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("接龙：鸡蛋 30枚/板 26元\n301两板\n302一板\n303 1\n304 不要了", "301 鸡蛋:2板; 302 鸡蛋:1板; 303 鸡蛋:1份"),
        ("团购面包 吐司15 贝果8\n501 吐司1\n502 贝果*4", "501 吐司:1份; 502 贝果:4份"),
        ("鲜奶接龙 5元一瓶\n501：2瓶\n503 老陈 1瓶（已付）", "501 鲜奶:2瓶; 503 鲜奶:1瓶"),
        ("拼单酸奶 一箱45\n1201室 一箱\n1203室 半箱", "1201 酸奶:1箱; 1203 酸奶:0.5箱"),
        ("团购到货了，请取\n501 鸡蛋一板\n502 牛奶一箱", ""),
        ("团购还没付款的：\n501\n502", ""),
        ("鸡蛋接龙价格\n500克装 12元\n1000克装 20元", ""),
        ("健康接龙\n501 都好\n503 正常", "501 well; 503 well"),
    ],
)
def test_doors_below_a_heading(text: str, orders: str) -> None:
    assert said(text) == orders


def test_pay_marks_and_totals_are_no_goods() -> None:
    rows = ("2-101 王阿姨 A一份（代付）", "3-1-603 水果包一份 肉类包一份 共77.9")
    assert chain("今晚团购", *rows, goods=SHOP) == "101 蔬菜包:1份; 603 水果包:1份 肉类包:1份"
