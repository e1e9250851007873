"""Orders in free text: what is one, what is none, and what changes one."""

import pytest

from domain.intents import Good
from domain.parsing.grammar import Offer, OrderFinding
from domain.parsing.orders import read_orders

BOX = (Good("蔬菜包", "份"),)
BOXES = (Good("蔬菜包", "份", "A"), Good("水果包", "份", "B"), Good("肉类包", "份", "C"))
MARKET = (Good("土豆", "斤", aliases=("洋芋",)), Good("白菜", "颗"), Good("鸡蛋", "板"), Good("牛奶", "箱"))


def written(finding: OrderFinding | None) -> str:
    if finding is None:
        return "nothing"
    parts = []
    for part in finding.parts:
        lines = " ".join(f"{x.item}:{'' if x.quantity is None else x.quantity}{x.unit or ''}" for x in part.lines)
        shown = " ".join(f"?{doubt}" for doubt in part.doubts) or lines
        parts.append(" ".join(x for x in (part.action if part.action != "set" else "", shown) if x))
    return "; ".join(parts)


def said(text: str, goods: tuple[Good, ...] = (), expecting: str | None = "order") -> str:
    return written(read_orders(text, Offer(goods=goods, expecting=expecting)))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("牛肉一斤半 鸡腿两盒", "牛肉:1.5斤 鸡腿:2盒"),
        ("牛奶一提 要低脂的，鸡蛋两板", "牛奶:1提 鸡蛋:2板"),
        ("2斤土豆 一板蛋 盐1", "土豆:2斤 蛋:1板 盐:1"),
        ("大葱一把，姜一块，蒜两头", "大葱:1把 姜:1块 蒜:2头"),
        ("一箱牛奶和两提卷纸", "牛奶:1箱 卷纸:2提"),
        ("农夫山泉550ml*24瓶2箱", "农夫山泉:2箱"),
        ("醋1瓶(恒顺)、酱油两瓶", "醋:1瓶 酱油:2瓶"),
        ("苹果香蕉梨各三斤", "苹果:3斤 香蕉:3斤 梨:3斤"),
        ("折耳根苹果各两份", "折耳根:2份 苹果:2份"),
        ("折耳根辣子鸡各两份", "?item"),
        ("有牛奶吗？有的话帮我带两箱", "牛奶:2箱"),
        ("2L装可乐两瓶，500ml的矿泉水一箱", "可乐:2瓶 矿泉水:1箱"),
        ("香蕉三斤左右 好一点的", "香蕉:3斤"),
        ("给我来两三斤豆角", "?quantity"),
        ("白菜来一点", "?quantity"),
        ("鸡蛋若干", "?quantity"),
        ("土豆", "?quantity"),
        ("土豆两", "?unit"),
        ("🥬2 🍎1", "?item"),
        ("有没有土豆？来两斤", "土豆:2斤"),
        ("能帮我带两斤土豆吗？", "土豆:2斤"),
        ("我跟楼下要的一样，各来两份", "?item"),
    ],
)
def test_what_was_asked_for_is_read(text: str, order: str) -> None:
    assert said(text) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("A2 C1", "蔬菜包:2份 肉类包:1份"),
        ("蔬菜包和水果包各一", "蔬菜包:1份 水果包:1份"),
        ("B包一份，C包两份，付款了", "水果包:1份 肉类包:2份"),
        ("要蔬菜包，几点送啊？", "蔬菜包:1份"),
        ("要两份", "?item"),
    ],
)
def test_goods_on_offer(text: str, order: str) -> None:
    assert said(text, BOXES) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("帮忙带一袋面粉，谢谢", "面粉:1袋"),
        ("麻烦给我订土豆三斤，豆腐皮两张，洗洁精1瓶", "土豆:3斤 豆腐皮:2张 洗洁精:1瓶"),
        ("给我带瓶酱油呗", "酱油:1瓶"),
        ("顺便带两根葱", "葱:2根"),
        ("体温36.4，另外帮买两斤土豆", "土豆:2斤"),
        ("追加2包米粉", "add 米粉:2包"),
    ],
)
def test_a_verb_of_asking_makes_an_order_anywhere(text: str, order: str) -> None:
    assert said(text, expecting=None) == order


def test_thanks_ask_for_what_is_on_offer_besides_other_words() -> None:
    assert said("土豆2斤，谢谢", MARKET, expecting=None) == "土豆:2斤"
    assert said("土豆2斤这么重", MARKET, expecting=None) == "nothing"
    assert said("黄瓜2斤，谢谢", MARKET, expecting=None) == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "连花清瘟1盒，放门口了，自取",
        "我家有两盒退烧药",
        "需要两盒退烧药的找我",
        "谢谢3-1-601给的两盒退烧药，救了急",
        "土豆三块一斤，谁想要早点去",
        "我要三份吗？",
        "土豆还有吗",
        "土豆多少钱一斤",
        "刚才说要方便面的，几包？",
        "妈妈问你吃没吃，桌上有两个馒头",
        "土豆2斤收到了",
        "土豆2斤还没送到",
        "团购送来的菜都是烂的，三斤",
        "没货了，给你换一种",
        "如果有土豆就要两斤",
        "昨天买了两斤虾",
        "今天的肉真新鲜，老板下次还买",
        "666",
        "好的",
        "收到谢谢",
        "不用换，就按原来的给我拿过来",
        "要三个人搬东西",
        "帮我取个快递",
        "帮我带下垃圾",
        "请带好身份证",
        "我想买点菜",
        "要下雨了",
        "谁有多的土豆",
    ],
)
@pytest.mark.parametrize("expecting", [None, "checkin"])
def test_what_is_no_order(text: str, expecting: str | None) -> None:
    assert said(text, expecting=expecting) == "nothing"


def test_a_bare_good_is_no_order_where_nothing_was_asked() -> None:
    assert said("退热贴一盒", expecting=None) == "nothing"
    assert said("2份", BOX, expecting="checkin") == "nothing"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我的改成3份", "蔬菜包:3份"),
        ("是2份不是3份", "蔬菜包:2份"),
        ("不是3份，是2份", "蔬菜包:2份"),
        ("退2份", "cancel 蔬菜包:2份"),
        ("少一份", "cancel 蔬菜包:1份"),
        ("再加一份", "add 蔬菜包:1份"),
        ("我不要了，取消", "cancel"),
        ("我订的都取消吧，不要了", "cancel"),
        ("刚才的不算，重新来：1份", "cancel; 蔬菜包:1份"),
        ("别取消啊，我还要的，两份没变", "蔬菜包:2份"),
        ("之前写错了，要2份", "蔬菜包:2份"),
    ],
)
def test_changes_of_one_product(text: str, order: str) -> None:
    assert said(text, BOX) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("土豆改成6斤", "土豆:6斤"),
        ("土豆加到5斤", "土豆:5斤"),
        ("鸡蛋由一板改成两板", "鸡蛋:2板"),
        ("土豆再加两斤", "add 土豆:2斤"),
        ("土豆追加两斤，白菜追加一颗", "add 土豆:2斤 白菜:1颗"),
        ("土豆不要了", "cancel 土豆:"),
        ("把我家白菜去掉吧，家里还有", "cancel 白菜:"),
        ("取消土豆和白菜", "cancel 土豆: 白菜:"),
        ("牛奶少要一箱", "cancel 牛奶:1箱"),
        ("土豆不要了，换两颗白菜", "cancel 土豆:; 白菜:2颗"),
        ("土豆换成白菜两颗", "cancel 土豆:; 白菜:2颗"),
        ("洋芋两斤换成白菜", "cancel 土豆:; 白菜:2斤"),
        ("不要香菜", "nothing"),
        ("不用退", "nothing"),
        ("别给我取消", "nothing"),
        ("我订的鸡蛋能退吗", "nothing"),
        ("土豆没了换成白菜行吗", "nothing"),
    ],
)
def test_changes_of_named_goods(text: str, order: str) -> None:
    assert said(text, MARKET) == order


def test_giving_up_something_else_is_no_cancelled_order() -> None:
    assert said("我明天有事去不了，退了啊", expecting="signup") == "nothing"
    assert said("明天的核酸取消了", expecting=None) == "nothing"
