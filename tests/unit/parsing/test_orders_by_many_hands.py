"""Orders under headers of every make, rows that several people share, and what is altered, parted or only told."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import SHOP, chain, said

PASTRY = "周末点心\n1 蛋黄酥 8\n2 雪花酥 12\n3 绿豆糕 10"
SIZES = "纸尿裤团 M 89 / L 95 / XL 99"
LUNCH = "食堂周三午餐\n1. 狮子头\n2. 清炒莴笋\n3. 冬瓜汤"
FRESH = "蜜瓜菠萝\nA 蜜瓜 15\nB 菠萝 12"
CAKES = (Good("6寸蛋糕", "个"), Good("8寸蛋糕", "个"))
MILK = (Good("牛奶", "箱"),)


@pytest.mark.parametrize(
    ("header", "row", "order"),
    [
        (PASTRY, "可乐妈 1+3", "可乐妈 蛋黄酥:1份 绿豆糕:1份"),
        (PASTRY, "可乐妈 3两份", "可乐妈 绿豆糕:2份"),
        (PASTRY, "501 2、3各一", "501 雪花酥:1份 绿豆糕:1份"),
        ("早点\n1豆浆 3元\n2油条 2元\n3包子 2.5", "小何 1*2,3*4", "小何 豆浆:2份 包子:4份"),
        ("早点\n1- 豆浆 3元\n2- 油条 2元", "小何 2x3", "小何 油条:3份"),
        ("1斤苹果 10元\n2斤苹果 18元", "501 苹果1份", "501 苹果:1份"),
        (SIZES, "501 XL1 M1", "501 纸尿裤XL码:1份 纸尿裤M码:1份"),
        (SIZES, "豆豆妈 L两包", "豆豆妈 纸尿裤L码:2包"),
        ("校服T恤 S码/M码/L码 59元", "501 L码2件", "501 校服T恤L码:2件"),
        ("拖鞋团 38码 39码 40码", "阿毛 39码一双", "阿毛 拖鞋39码:1双"),
        ("新大米10斤装55 / 菜油5L装82", "501 两样各一", "501 新大米:1份 菜油:1份"),
        ("大米10斤装59元 5斤装32元", "501 5斤装2袋", "501 大米5斤装:2袋"),
        (LUNCH, "501 戴爷爷 2份 饭软点", "501 午餐:2份"),
        ("明天早餐\n1. 豆浆\n2. 油条\n3. 包子", "501 3号两份", "501 包子:2份"),
        (FRESH, "501 A A", "501 蜜瓜:1份 ?quantity"),
        (FRESH, "501 A B", "501 蜜瓜:1份 菠萝:1份"),
    ],
)
def test_headers(header: str, row: str, order: str) -> None:
    assert chain(header, row, "502 一份", "503 两份").split("; 502")[0] == order


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("胡老师2盒，小棠3盒", "胡老师 菠萝:2盒; 小棠 菠萝:3盒"),
        ("王姐 1盒、李姐2盒", "王姐 菠萝:1盒; 李姐 菠萝:2盒"),
        ("2盒 王太太", "王太太 菠萝:2盒"),
        ("一盒（李阿姨）", "李阿姨 菠萝:1盒"),
        ("两盒，谢谢阿姨", "? 菠萝:2盒 ?subject"),
        ("3盒 给老妈", "? 菠萝:3盒 ?subject"),
        ("小份2盒，大份1盒", "? 菠萝:2盒 菠萝:1盒 ?subject"),
        ("小玥要2盒", "小玥 菠萝:2盒"),
        ("501要买 2盒", "501 菠萝:2盒"),
        ("阿来 2盒", "阿来 菠萝:2盒"),
        ("501 l盒", "501 菠萝:1盒"),
        ("小葛替501李奶奶订2盒", "501 菠萝:2盒"),
        ("302 小袁代501郁伯伯 1盒", "501 菠萝:1盒"),
        ("501 两盒 一盒切好一盒不切", "501 菠萝:2盒"),
        ("501 3盒，一盒寄我婆婆", "501 菠萝:3盒"),
        ("501 5盒，2盒切片", "501 菠萝:5盒"),
        ("501 2盒 1盒香蕉", "501 菠萝:2盒 香蕉:1盒"),
    ],
)
def test_rows(row: str, order: str) -> None:
    assert chain("菠萝 25元/盒", row, "502 取消").split("; 502")[0] == order


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("昨天定的两箱改成一箱吧", "牛奶:1箱"),
        ("昨天报的2箱减1箱", "cancel 牛奶:1箱"),
        ("牛奶不用送了", "cancel 牛奶:"),
        ("牛奶不用送了放门口就行", "牛奶:1份"),
        ("要99999999999999份", "牛奶:份 ?quantity"),
        ("玉米改成六根，刚才打成五根了", "玉米:6根"),
        ("写成两箱了，要三箱", "牛奶:3箱"),
        ("每户限2箱，我要2箱", "牛奶:2箱"),
        ("两箱变一箱", "牛奶:1箱"),
        ("上面写的两箱，其实只要一箱", "牛奶:1箱"),
        ("牛奶那个我多写了一箱，减掉", "cancel 牛奶:1箱"),
        ("牛奶十五六箱", "牛奶:箱 ?quantity"),
        ("其实我也要两箱", "牛奶:2箱"),
        ("牛奶一箱几盒啊", ""),
        ("牛奶几盒一箱啊", ""),
        ("牛奶到东门了，一户限两箱", ""),
        ("他昨天定的两箱真好喝", ""),
        ("牛奶买多了，送两盒给楼上", ""),
    ],
)
def test_changes_and_tales(text: str, told: str) -> None:
    assert said(text, expecting="order", goods=MILK) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A不要了换成B，一份", "cancel 蔬菜包:; 水果包:1份"),
        ("A换成B，再要两份C", "cancel 蔬菜包:; 水果包:1份; add 肉类包:2份"),
        ("蔬菜包两份，萝卜换成冬瓜", "蔬菜包:2份"),
        ("我要蔬菜包，葱多打点", "蔬菜包:1份"),
    ],
)
def test_swaps(text: str, told: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("五号电池4节，七号电池8节", "五号电池:4节 七号电池:8节"),
        ("阿姨我要：\n酱鸭一只\n糟毛豆两盒", "酱鸭:1只 糟毛豆:2盒"),
        ("黄瓜二斤，再有虾皮半斤", "黄瓜:2斤 虾皮:0.5斤"),
        ("嫩豆腐两块，番茄几个", "嫩豆腐:2块; 番茄:个 ?quantity"),
        ("捎2包挂面回来，麻烦了", "挂面:2包"),
        ("今朝夜饭帮阿拉订两客", "夜饭:2客"),
        ("我朋友要来玩，来两斤排骨", "排骨:2斤"),
        ("锅子报废一只", ""),
        ("名字好有意思，半斤八两哈哈", ""),
        ("儿子问我晚饭吃啥，我说两碗泡面", ""),
        ("带两个孩子下楼做核酸", ""),
    ],
)
def test_lists_and_chatter(text: str, told: str) -> None:
    assert said(text, expecting="order") == told


def test_sizes_in_chinese_numerals() -> None:
    header = "生日蛋糕拼单 6寸58 / 8寸88"
    assert chain(header, "501 六寸两个", "502 8寸1个", goods=CAKES) == "501 6寸蛋糕:2个; 502 8寸蛋糕:1个"
