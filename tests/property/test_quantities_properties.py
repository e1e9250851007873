"""Whatever is written, orders and quantities are read without an error, always alike, and nothing is added or lost."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.intents import Action, Good
from domain.parsing.goods import header_goods, mask_goods
from domain.parsing.grammar import Offer
from domain.parsing.numerals import read_number
from domain.parsing.order_index import index_of
from domain.parsing.order_plain import read_plain
from domain.parsing.order_reader import OrderReader
from domain.parsing.order_settle import parts_of
from domain.parsing.orders import body_start, read_orders
from domain.parsing.quantities import find_quantities

MARKET = (Good("土豆", "斤", "A"), Good("白菜", "颗", "B"), Good("鸡蛋", "板", "C"), Good("牛奶", "箱", "D"))
OFFERS = st.builds(
    Offer,
    goods=st.sampled_from([(), MARKET[:1], MARKET]),
    in_chain=st.booleans(),
    chain_kind=st.just("order"),
    expecting=st.sampled_from([None, "order", "checkin"]),
    title=st.sampled_from(["", "土豆 2元/斤", "水果接龙"]),
)
PIECES = st.sampled_from(
    [
        "土豆",
        "白菜",
        "A",
        "B",
        "1",
        "2",
        "两",
        "半",
        "三斤",
        "份",
        "*2",
        "×3",
        "+1",
        "各",
        "，",
        "。",
        "\n",
        "(",
        ")",
        "不要",
        "不要了",
        "取消",
        "改成",
        "再加",
        "退",
        "是",
        "不是",
        "少",
        "多",
        "一点",
        "几个",
        "元",
        "/斤",
        "500ml",
        "24瓶",
        "箱",
        "装",
        "帮我带",
        "谢谢",
        "？",
        "吗",
        "①",
        "1号",
        "🥬",
        "的",
        "和",
        "、",
        "要",
        "烤麸",
        "重新来",
        "都",
        "每样",
        "现在",
        "→",
        "8424",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@given(TEXTS, OFFERS)
def test_no_text_raises_and_all_are_read_alike(text: str, offer: Offer) -> None:
    found = read_orders(text, offer)
    assert found == read_orders(text, offer)
    for part in found.parts if found else ():
        assert part.lines or part.doubts or part.action == "cancel"
        for line in part.lines:
            assert line.item
            assert part.doubts or part.action == "cancel" or line.quantity is not None


@given(TEXTS)
def test_helpers_never_raise(text: str) -> None:
    assert len(mask_goods(text)) == len(text)
    header_goods(text)
    body_start(text, MARKET)
    read_number(text)
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert quantity.vague == (quantity.value is None)
        last = quantity.end


ARTICLES = {"土豆": "斤", "白菜": "颗", "鸡蛋": "板", "牛奶": "箱", "烤麸": "份", "盐": "袋"}
LINES = st.lists(
    st.tuples(st.sampled_from(sorted(ARTICLES)), st.integers(1, 99)), min_size=1, max_size=5, unique_by=lambda x: x[0]
)
HAN = "零一二三四五六七八九"


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number == 2:
        return "两"
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")


@given(LINES, st.sampled_from([" ", "，", "、", ""]), st.booleans(), st.booleans())
def test_quantities_in_are_quantities_out(lines: list[tuple[str, int]], joint: str, words: bool, before: bool) -> None:
    def write(item: str, count: int) -> str:
        amount = (in_words(count) if words else str(count)) + ARTICLES[item]
        return amount + item if before else item + amount

    text = joint.join(write(*line) for line in lines)
    found = read_orders(text, Offer(expecting="order"))
    assert found is not None
    read = Counter({line.item: line.quantity for part in found.parts for line in part.lines})
    assert read == Counter({item: Decimal(count) for item, count in lines}), text


@given(
    st.lists(
        st.tuples(st.sampled_from(["土豆", "白菜", "鸡蛋", "盐", "豆腐", ""]), st.integers(1, 20)),
        min_size=1,
        max_size=4,
    )
)
def test_the_short_way_reads_what_the_long_way_reads(lines: list[tuple[str, int]]) -> None:
    text = " ".join(f"{item}{in_words(count)}{ARTICLES.get(item, '份')}" for item, count in lines)
    offer = Offer(goods=MARKET[:1], in_chain=True, chain_kind="order")
    index, product = index_of(MARKET[:1]), MARKET[0]
    short = read_plain(text, index, product, "")
    if short is not None:
        assert parts_of(Action.SET, short) == OrderReader(text, index, product, offer).parts()
