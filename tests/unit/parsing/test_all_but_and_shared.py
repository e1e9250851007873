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


@pytest.mark.parametrize(
    ("header", "entry", "order"),
    [
        ("早餐预订：豆浆3 油条2 包子2.5", "601 包子5个（3肉2菜）", "601 包子:5个"),
        ("早餐预订：豆浆3 油条2 包子2.5", "601 豆浆2（一甜一淡）油条1", "601 豆浆:2份 油条:1份"),
        ("粽子（咸肉5元、蜜枣4元、豆沙4元）", "601 咸肉10 蜜枣5", "601 咸肉粽子:10份 蜜枣粽子:5份"),
        ("【冷冻】1、鸡翅中 2斤 42；2、牛排5片 69；3、虾滑 50", "601 1、2各1", "601 鸡翅中:1份 牛排:1份"),
        ("鲜花 玫瑰一扎20 百合一扎25", "601 百合一扎，粉色", "601 百合:1扎"),
        ("生鲜：基围虾 45一斤；鲈鱼 28一条", "601 鱼两条 一条杀一条不杀", "601 鲈鱼:2条"),
        ("鸡蛋30枚26元 牛奶1L装 12元", "601 鸡蛋一板 26已转", "601 鸡蛋:1板"),
        ("大闸蟹 8只装 188/盒", "601 2盒（帮岳母带1盒）", "601 大闸蟹:2盒"),
        ("大闸蟹 8只装 188/盒", "601 停订", "601 cancel"),
        ("大闸蟹 8只装 188/盒", "601 照旧", ""),
        ("大闸蟹 8只装 188/盒", "取消", "? cancel ?subject"),
        ("蔬菜盲盒 39.9元/份 满20份发车", "601 凑一份", "601 蔬菜盲盒:1份"),
        ("奶粉 1段/2段/3段 268元/罐", "601 2段2罐", "601 奶粉:2罐"),
    ],
)
def test_rows_under_menus(header: str, entry: str, order: str) -> None:
    said_of_it = chain(header, "502 一份", entry)
    assert [*said_of_it.split("; "), ""][1 if said_of_it.startswith("502") else 0] == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("土豆5斤够了，不用10斤", "土豆:5斤"),
        ("洋葱两份不是三份哈", "洋葱:2份"),
        ("不是土豆，是洋葱，两份", "cancel 土豆:; 洋葱:2份"),
        ("鸡蛋一板，打错字了，两板", "鸡蛋:2板"),
        ("最多要两板鸡蛋", "鸡蛋:2板"),
        ("土豆2斤6块，鸡蛋1板26块，一共32", "土豆:2斤 鸡蛋:1板"),
        ("鸡蛋不要两板，要一板就够", "鸡蛋:1板"),
        ("鸡蛋能少订一板吗", "cancel 鸡蛋:1板"),
        ("鸡蛋能不能多加一板", "add 鸡蛋:1板"),
        ("我家5口人，土豆来5斤", "土豆:5斤"),
        ("洋葱太贵了不要了", "cancel 洋葱:"),
        ("鸡蛋太小了，不要了", "cancel 鸡蛋:"),
        ("鸡蛋两板一起送", "鸡蛋:2板"),
        ("鸡蛋两板起送", ""),
        ("洋葱太贵了", ""),
        ("加单：洋葱一份", "add 洋葱:1份"),
        ("撤单", "cancel"),
        ("老规矩", "set ?item"),
        ("土豆不是很新鲜", ""),
    ],
)
def test_second_thoughts(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=PLAIN_SHOP) == order


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#接龙 周六羽毛球 3号馆 7.5元/人 1. 阿哲 2. 小颜 3. 老蔺+2", "阿哲 join 1; 小颜 join 1; 老蔺 join 3"),
        ("#接龙 鲜花饼 30元一盒（10个）1. 301 一盒 2. 303 两盒", "301 鲜花饼:1盒; 303 鲜花饼:2盒"),
        ("#接龙\n爱心助餐 给老人送饭\n\n1. 101 1份\n2. 103 两份", "101 爱心助餐:1份; 103 爱心助餐:2份"),
    ],
)
def test_kinds_of_headers(text: str, told: str) -> None:
    assert said(text) == told
