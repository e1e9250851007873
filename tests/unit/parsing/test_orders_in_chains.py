"""Orders in chain entries, section by section of the phenomena. A line reads "item:quantity unit", a doubt "?what"."""

import pytest

from domain.intents import Good
from domain.parsing.grammar import Offer, OrderFinding
from domain.parsing.orders import body_start, read_orders


def goods(*names: str) -> tuple[Good, ...]:
    """Goods written "code name unit"; a dash stands for no code or no unit."""
    split = [name.split() for name in names]
    return tuple(Good(name=n, unit=None if u == "-" else u, code=None if c == "-" else c) for c, n, u in split)


def written(finding: OrderFinding | None) -> str:
    if finding is None:
        return "nothing"
    parts = []
    for part in finding.parts:
        lines = " ".join(f"{x.item}:{'' if x.quantity is None else x.quantity}{x.unit or ''}" for x in part.lines)
        shown = " ".join(f"?{doubt}" for doubt in part.doubts) or lines
        parts.append(" ".join(x for x in (part.action if part.action != "set" else "", shown) if x) or "set")
    return "; ".join(parts)


def entry(text: str, on_offer: tuple[Good, ...] = (), title: str = "", section: str = "") -> str:
    offer = Offer(goods=on_offer, in_chain=True, chain_kind="order", title=title, section=section)
    return written(read_orders(text, offer))


LUNCH = goods("- 午餐 份")
BOXES = goods("A 蔬菜包 份", "B 水果包 份", "C 肉类包 份")
PASTRY = goods("1 蛋挞 -", "2 贝果 -", "3 泡芙 -")
MARKET = goods("- 土豆 斤", "- 白菜 颗", "- 西红柿 斤", "- 鸡蛋 板")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("", "午餐:1份"),
        ("3份", "午餐:3份"),
        ("午餐两份", "午餐:2份"),
        ("4份午餐", "午餐:4份"),
        ("+2", "午餐:2份"),
        ("x3", "午餐:3份"),
        ("2", "午餐:2份"),
        ("来一份", "午餐:1份"),
        ("一盒就行", "午餐:1盒"),
        ("我家4口 2份", "午餐:2份"),
        ("少饭", "午餐:1份"),
        ("2份，1份不要辣", "午餐:2份"),
        ("1份 藕片换土豆丝", "午餐:1份"),
        ("高丽菜口味三包", "午餐:3包"),
        ("两三份", "?quantity"),
        ("不要", "nothing"),
        ("不用了谢谢，家里有", "nothing"),
    ],
)
def test_a_chain_on_one_product(text: str, order: str) -> None:
    assert entry(text, LUNCH) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("A1", "蔬菜包:1份"),
        ("A2B1", "蔬菜包:2份 水果包:1份"),
        ("a", "蔬菜包:1份"),
        ("A*2 C", "蔬菜包:2份 肉类包:1份"),
        ("A+C", "蔬菜包:1份 肉类包:1份"),
        ("B包两份", "水果包:2份"),
        ("B两份 谢谢", "水果包:2份"),
        ("C C", "?quantity"),
        ("E1", "?item"),
        ("A1 F2", "蔬菜包:1份; ?item"),
    ],
)
def test_goods_by_letter(text: str, order: str) -> None:
    assert entry(text, BOXES) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("1+3", "蛋挞:1份 泡芙:1份"),
        ("2➕3", "贝果:1份 泡芙:1份"),
        ("1-3", "蛋挞:1份 泡芙:1份"),
        ("1*2 3*1", "蛋挞:2份 泡芙:1份"),
        ("3抹茶+1*4", "泡芙:1份 蛋挞:4份"),
        ("1号3份 2号1份", "蛋挞:3份 贝果:1份"),
        ("2号2 3号1", "贝果:2份 泡芙:1份"),
        ("①2个 ③1个", "蛋挞:2个 泡芙:1个"),
        ("①②各一个", "蛋挞:1个 贝果:1个"),
        ("1、3各两份", "蛋挞:2份 泡芙:2份"),
        ("第2种两份", "贝果:2份"),
        ("每样一份", "蛋挞:1份 贝果:1份 泡芙:1份"),
        ("7", "?item"),
        ("2个", "?item"),
    ],
)
def test_goods_by_number(text: str, order: str) -> None:
    assert entry(text, PASTRY) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("洋芋两斤半 大白菜一颗", "土豆:2.5斤 白菜:1颗"),
        ("番茄3斤，鸡蛋2板", "西红柿:3斤 鸡蛋:2板"),
        ("蕃茄3斤", "西红柿:3斤"),
        ("土豆白菜各2斤", "土豆:2斤 白菜:2斤"),
        ("2斤土豆1颗白菜", "土豆:2斤 白菜:1颗"),
        ("土豆 5", "土豆:5份"),
        ("土豆2斤 白菜", "土豆:2斤 白菜:1份"),
        ("土豆2斤、白菜2颗，共4份", "土豆:2斤 白菜:2颗"),
        ("黄瓜三斤", "黄瓜:3斤"),
        ("黄瓜", "?quantity"),
        ("土豆2斤 已转账", "土豆:2斤"),
        ("土豆1斤 土豆1斤", "?quantity"),
        ("土豆2斤 白菜几颗", "土豆:2斤; ?quantity"),
        ("3斤", "?item"),
    ],
)
def test_goods_by_name(text: str, order: str) -> None:
    assert entry(text, MARKET) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("美都一个", "美都西瓜:1个"),
        ("西瓜一个", "?item"),
        ("美都1个黑美人1个", "美都西瓜:1个 黑美人西瓜:1个"),
        ("8424两个", "8424西瓜:2个"),
        ("8434西瓜1个", "8424西瓜:1个"),
    ],
)
def test_short_names_and_product_numbers(text: str, order: str) -> None:
    assert entry(text, goods("- 美都西瓜 个", "- 黑美人西瓜 个", "- 8424西瓜 个")) == order


@pytest.mark.parametrize(
    ("on_offer", "text", "order"),
    [
        (goods("- 鲜牛奶 提", "- 酸奶 提"), "鲜2酸1", "鲜牛奶:2份 酸奶:1份"),
        (goods("- 红富士苹果 斤", "- 青苹果 斤"), "红2青1", "红富士苹果:2份 青苹果:1份"),
        (goods("- 酸奶 盒"), "酸奶原味2草莓味3", "酸奶:2份 酸奶:3份"),
        (goods("- 大份 份", "- 小份 份"), "大份×1 小份×2", "大份:1份 小份:2份"),
        (goods("- 大米10kg装 袋", "- 大米5kg装 袋"), "5公斤装1袋", "大米5kg装:1袋"),
        (goods("- 大米10kg装 袋", "- 大米5kg装 袋"), "大米一袋", "?item"),
        (goods("S 礼盒S 份", "L 礼盒L 份"), "L*1 S*1", "礼盒L:1份 礼盒S:1份"),
    ],
)
def test_variants_and_sizes(on_offer: tuple[Good, ...], text: str, order: str) -> None:
    assert entry(text, on_offer) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("梨3斤可乐20罐装一箱", "梨:3斤 可乐:1箱"),
        ("降压药一盒 氨氯地平", "降压药:1盒"),
        ("感冒灵三盒", "感冒灵:3盒"),
        ("烤麸面筋各一份", "烤麸:1份 面筋:1份"),
        ("卫生巾日用2包夜用1包", "卫生巾:2包 卫生巾:1包"),
        ("三黄鸡一只 不要剁", "三黄鸡:1只"),
        ("N95口罩一盒", "N95口罩:1盒"),
        ("豆腐皮两张\n棉签2包", "豆腐皮:2张 棉签:2包"),
    ],
)
def test_goods_that_nobody_offered_are_kept_as_written(text: str, order: str) -> None:
    assert entry(text) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2份. 取消", "cancel"),
        ("退了", "cancel"),
        ("2份 改1份", "午餐:1份"),
        ("1份→2份", "午餐:2份"),
        ("原来2份现在要3份", "午餐:3份"),
    ],
)
def test_changes_within_an_entry(text: str, order: str) -> None:
    assert entry(text, LUNCH) == order


def test_the_section_tells_which_meal() -> None:
    assert entry("2份，1份少油", goods("- 午餐 份", "- 晚餐 份"), section="晚餐") == "晚餐:2份"


def test_the_title_names_the_product_where_nothing_is_on_offer() -> None:
    assert entry("两提", title="卷纸 39元一提") == "卷纸:2提"
    assert entry("苹果2斤", title="水果接龙") == "苹果:2斤"


def test_the_common_name_of_all_goods_is_not_enough() -> None:
    assert entry("洗衣液一瓶", goods("- 蓝月 瓶", "- 立白 瓶"), title="洗衣液 蓝月/立白") == "?item"


def test_other_chains_hold_no_orders() -> None:
    assert read_orders("2份", Offer(goods=LUNCH, in_chain=True, chain_kind="signup")) is None


def test_remarks_are_kept_with_their_line() -> None:
    finding = read_orders("豆腐三块 要嫩的，鸡蛋1板", Offer(in_chain=True, chain_kind="order"))
    assert finding is not None
    assert [line.note for line in finding.parts[0].lines] == ["要嫩的", None]


@pytest.mark.parametrize(
    ("text", "start"), [("C一份", 0), ("小王美都一个", 4), ("阿财 +1", 3), ("贺强鸡蛋一板", 2), ("随缘", None)]
)
def test_the_order_begins_behind_the_name(text: str, start: int | None) -> None:
    on_offer = goods("C 肉类包 份", "- 美都西瓜 个") if "美都" in text else BOXES
    assert body_start(text, on_offer) == start
