"""Orders as people write them: packs, notes, kinds, dialects, other languages, corrections, refusals."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import SHOP, said

BERRIES = (Good("草莓", "盒"),)
MARKET = (Good("鸡蛋", "板"), Good("牛奶", "箱"), Good("土豆", "斤"), Good("大米", "袋"))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("可乐330ml*24罐装来一箱", "可乐:1箱"),
        ("矿泉水550ml24瓶装的要两箱", "矿泉水:2箱"),
        ("酸奶100g*12杯要两排", "酸奶:2排"),
        ("抽纸10包装来3提，洗洁精1kg装2瓶", "抽纸:3提 洗洁精:2瓶"),
        ("蒙牛纯牛奶24盒一箱x2", "蒙牛纯牛奶:2箱"),
        ("猪肉2斤3两", "猪肉:2.3斤"),
        ("玉米四根 排骨斤半", "玉米:4根 排骨:1.5斤"),
        ("橘子一网兜 虾一篮", "橘子:1网兜 虾:1篮"),
        ("来包盐，来瓶醋", "盐:1包 醋:1瓶"),
        ("灯泡1个 15瓦", "灯泡:1个"),
        ("每样两斤：土豆 白菜 萝卜", "土豆:2斤 白菜:2斤 萝卜:2斤"),
        ("苹果5斤8块钱的那种", "苹果:5斤"),
        ("①土豆3斤②白菜1颗", "土豆:3斤 白菜:1颗"),
        ("土豆要三斤，旺仔牛奶要一提", "土豆:3斤 旺仔牛奶:1提"),
        ("青菜或者菠菜两把", "青菜或者菠菜:2把 ?item"),
        ("珍珠奶茶2杯 去冰三分糖", "珍珠奶茶:2杯"),
        ("一个甜一点的西瓜", "西瓜:1个"),
    ],
)
def test_packs_and_amounts(text: str, order: str) -> None:
    assert said(text, expecting="order") == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("买两只鸡，要老母鸡", "鸡:2只"),
        ("苹果5斤（红富士），梨3斤", "苹果:5斤 梨:3斤"),
        ("狗粮一袋，要冻干的，再买狗绳1条", "狗粮:1袋 狗绳:1条"),
        ("猫砂3袋，豆腐的", "猫砂:3袋"),
        ("去皮五花肉2斤", "五花肉:2斤"),
        ("新鲜的虾2斤", "虾:2斤"),
        ("土豆要大的3斤", "土豆:3斤"),
        ("鱼要活的，一条", "鱼:1条"),
        ("纸尿裤 L码 3包", "纸尿裤:3包"),
        ("奶茶两杯一杯去冰一杯常温", "奶茶:2杯"),
        ("包子10个 5个肉的5个菜的", "包子:10个"),
        ("汤圆2袋 黑芝麻1袋花生1袋", "汤圆:1袋 汤圆:1袋"),
        ("面条两把，细的一把粗的一把", "面条:1把 面条:1把"),
    ],
)
def test_what_a_good_shall_be_like_is_no_other_good(text: str, order: str) -> None:
    assert said(text, expecting="order") == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("唔該我要兩樽豉油同一包鹽", "豉油:2樽 盐:1包"),
        ("我要一盒豆腐仲有兩斤豬肉", "豆腐:1盒 猪肉:2斤"),
        ("畀我一袋米，兩支油", "米:1袋 油:2支"),
        ("俺要三斤粑粑柑", "粑粑柑:3斤"),
        ("阿拉要两斤毛豆", "毛豆:2斤"),
        ("割二斤肉", "肉:2斤"),
        ("milk x2 eggs x1", "milk:2 eggs:1"),
        ("Milk 2 boxes, bread 1 loaf", "milk:2box bread:1loaf"),
        ("me too, 1 box of eggs", "eggs:1box"),
        ("order: 2 kg potatoes, 1 kg onions, and 6 eggs", "potatoes:2kg onions:1kg eggs:6"),
        ("牛奶2 boxes，面包1个", "牛奶:2boxes 面包:1个"),
        ("need some milk", "milk: ?quantity"),
        ("how much are the eggs?", ""),
    ],
)
def test_dialects_and_english(text: str, order: str) -> None:
    assert said(text, expecting="order") == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我要", "草莓:1份"),
        ("我家也要", "草莓:1份"),
        ("不需要，谢谢", ""),
        ("家里有，不需要", ""),
        ("不用给我订", ""),
        ("两盒，放3号楼下就行", "草莓:2盒"),
        ("能要两盒吗", "草莓:2盒"),
        ("可不可以加一盒", "add 草莓:1盒"),
        ("我家先不订", ""),
        ("这次不要了，留给别人吧", ""),
        ("不要了", "cancel"),
        ("我订的2份退1份", "cancel 草莓:1份"),
        ("之前报的两份，现在要三份", "草莓:3份"),
        ("前面报了2份，再加1份", "add 草莓:1份"),
        ("3份，不对，2份", "草莓:2份"),
        ("后来想想1份够了", "草莓:1份"),
        ("两份，尾款30已付", "草莓:2份"),
        ("要两份 一份给我妈", "草莓:2份"),
        ("我和502各一份", "草莓:1份; 502 草莓:1份"),
        ("想要502同款草莓两盒", "草莓:2盒"),
        ("草莓已到，请501、502下楼领取，每户2盒", ""),
        ("来个两三盒", "草莓:盒 ?quantity"),
    ],
)
def test_one_product_in_chat(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=BERRIES) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("AB各一", "蔬菜包:1份 水果包:1份"),
        ("ABC各来2", "蔬菜包:2份 水果包:2份 肉类包:2份"),
        ("原来订的3份A退1份", "cancel 蔬菜包:1份"),
        ("A订多了，退掉一份", "cancel 蔬菜包:1份"),
        ("刚才报错了，是B不是A", "cancel 蔬菜包:; 水果包:1份"),
        ("A两份B不要", "蔬菜包:2份; cancel 水果包:"),
        ("蔬菜包家里还有，就要一份肉类包吧", "肉类包:1份"),
        ("我要A，隔壁502也要A", "蔬菜包:1份; 502 蔬菜包:1份"),
        ("我妈那边501要一份A，我家不用", "501 蔬菜包:1份"),
        ("不是两份，是三份", "set ?item"),
    ],
)
def test_changes_by_code(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("能不能退一板鸡蛋", "cancel 鸡蛋:1板"),
        ("我早上报的鸡蛋2板退1板", "cancel 鸡蛋:1板"),
        ("之前订的牛奶改成两箱", "牛奶:2箱"),
        ("漏了，再加土豆3斤", "add 土豆:3斤"),
        ("牛奶1箱65，鸡蛋1板28，共93", "牛奶:1箱 鸡蛋:1板"),
        ("转了56，两板鸡蛋", "鸡蛋:2板"),
        ("收到鸡蛋一板，牛奶两箱，谢谢", ""),
        ("来两板", "鸡蛋:2板"),
        ("给我妈送一箱牛奶", "牛奶:1箱"),
        ("502、503每家一袋大米", "502 大米:1袋; 503 大米:1袋"),
        ("egg 2 milk 1", "鸡蛋:2份 牛奶:1份"),
    ],
)
def test_changes_by_name(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=MARKET) == order


@pytest.mark.parametrize(
    "text",
    [
        "三缺一，有人打麻将吗",
        "3缺1，来不来",
        "五一放假5天",
        "只剩3份了",
        "要两个志愿者",
        "来个红包",
        "鸡蛋一板30个才28，便宜",
        "今日菜价：青菜4.5/斤，鸡蛋一板28，鲫鱼15一条",
        "刚才说要方便面的，几包？",
    ],
)
def test_numbers_that_order_nothing(text: str) -> None:
    assert said(text, expecting="order") == ""
