"""Reads one line or chain entry as an order: what is wanted anew, added or given up, and what must be asked.

`read_orders` is the only entrance. Room, name, phone and role words have been cut out before; the rest is cleaned of
pay marks and courtesies, cut to steps (`changes`), each step to tokens and lines.
"""

from functools import lru_cache

from domain.intents import Action, Doubt, Good
from domain.parsing import order_gate
from domain.parsing.articles import article_of
from domain.parsing.changes import may_change
from domain.parsing.goods import is_drug
from domain.parsing.grammar import Offer, OrderFinding, OrderPart
from domain.parsing.order_codes import read_codes
from domain.parsing.order_conditions import without_condition
from domain.parsing.order_dialect import in_plain_words
from domain.parsing.order_draft import ONE, Draft
from domain.parsing.order_english import read_english
from domain.parsing.order_header import header_goods, title_word
from domain.parsing.order_index import OfferIndex, index_of
from domain.parsing.order_names import find_names, mask
from domain.parsing.order_plain import read_plain
from domain.parsing.order_reader import OrderReader
from domain.parsing.order_rest import all_but, in_part, shared
from domain.parsing.order_settle import once, parts_of, settled
from domain.parsing.order_shelf import shelf
from domain.parsing.order_tokens import Part, Token, cut
from domain.parsing.order_words import FOOD_SIGN
from domain.parsing.quantities import find_quantities
from domain.parsing.quantity_words import NUMBER
from domain.text.patterns import Rule

LONGEST = 1000
PAID = Rule(
    r"(?:(?<=[份斤盒袋箱包瓶板提只桶罐件])\s?[0-9]{1,4}(?:\.[0-9]{1,2})?\s?(?:元|块钱?)?)?[(（\[]?(?:已经?|钱|款|微信|支付宝|红包|刚)?(?:已?付款?了?(?:钱|款|过)?|已?转账?了?(?:过去)?了?"
    r"|转(?:过去|给.{1,4})了?|打款|支付)(?:了|过|完成|成功)?(?:截图)?(?:私发|已?私?(?:发|给)?(?:你|您|群主"
    r"|团长)?了?)?[)）\]]?(?=$|[\s，,。;；.!！~)）])"
    r"|截图.{0,6}(?:私发|发[你了]|私[你您]|见)|私发截图|[(（]代(?:[购买订]|付款?|收)?(?:[)）]|$)|[(（](?:谢谢|辛苦)[)）]"
)
COURTESY = Rule(
    r"(?:谢谢|多谢|感谢|谢啦|谢了|唔该|麻烦了|辛苦了?|拜托了?|劳烦了?|有劳)(?:大家|团[长主]|群主|志愿者"
    r"|师傅|老板|您|你|啦|了|哈|啊|们|晒|哂)*(?=$|[\s，,。;；.!！~])|(?:^|(?<=[\s，,。;；]))(?:你好|您好|大家好"
    r"|早上好|下午好|晚上好|收到|好的|要得嘛?|嗯+|哈+|okk?|OK)(?=$|[\s，,。;；!！~])|\[[一-龥A-Za-z]{1,6}\]"
)
# Food before an amount (🥬2) stays: it means something, though nobody can say what exactly.
EMOJI = Rule(
    rf"(?:(?!{FOOD_SIGN} ?[0-9一二两三四五六七八九十xX×*+])"
    "[\U0001f000-\U0001f0ff\U0001f300-\U0001faff\u2600-\u2727\u2729-\u2753\u2758-\u2794\u2798-\u27bf\ufe0f\u200d❤])+"
)
CLOSING = Rule(
    r"(?:[好行成中]不[好行成中]?|(?:可以|[好行成中])[吗么嘛]|[好行成中可得]伐|可以不|得唔得|好唔好|可唔可以|伐|(?<=[份斤个袋盒箱瓶包一-龥])不)[呀啊呢]?\s*[?？~～。!！]*\s*$"
)
# Empties that go back are no order: 退一个空桶, 还2个空瓶, 回收空桶1个.
EMPTIES = Rule(
    rf"(?:要|需要)?(?:退还?|还|回收|归还|交|拿走|带走|收|换|押)?(?:走|回)?\s?(?:(?>{NUMBER})\s?个?)?空[桶瓶箱筐袋盒](?:子)?"
    rf"(?:\s?{NUMBER}\s?[个只]?)?(?:在门口|放门口|门口|要?退还?|请?收走?|带走|回收)?"
)
# One of these stands in every pay mark, courtesy or emoji.
BESIDES = Rule("[空付转款截代谢感唔麻辛拜劳有你您大早下晚收好嗯哈oO\\[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]")
INLINE = Rule(r"(?:^|(?<=[\s,，;；]))[1-9]\s?[.、)）:：](?![0-9])\s?")  # 1.土豆两斤 2.洋葱一个
ELL = Rule(r"(?<![A-Za-z0-9])[lI](?=[份斤盒袋箱包瓶板提只个桶块])")  # 面粉l袋: an ell for the figure one
OTHERS = Rule("除|其[他它余]|别的|剩|另外的")  # one of these stands in every order of all but something
LONGEST_SAME = 12
SAME_AS = Rule(
    r"(?:[同和跟与]|一样)(?:上|楼上|隔壁|[0-9]{3,4})(?:的?一样|相同)?|[同和跟与]\s?[^\s0-9,，]{1,8}(?:的?一样|相同|同款)"
)  # 同上, 同201
# 跟昨天一样, 照上次那样订, 老样子: what it was is for the writer to say.
AS_BEFORE = Rule(
    r"(?:按|照|跟|和|同|与|像)(?:着|照)?(?:楼上|隔壁|对门|[上前]面那[位家户]|[0-9]{3,4})"
    r"(?:那[位家个户]|的|家|邻居){0,2}[^,，。;；?？吗]{0,8}?(?:一样|相同|同款|来(?:一份)?(?=$|[,，。!！]))|"
    r"(?:[跟和同与照按像]|比照)(?:我家?|他家?)?(?:着)?(?:昨[天晚日]|前天|上[次回周期]|之前|以前|往常|平时|原来|早上|中午)[^,，。;；?？吗]{0,4}?"
    r"(?:一样|那样|一致|相同|的来|来|订|要|的量|份量)|(?<!不)老样子(?!不)|照老样|老规矩|还是上次那"
)
RINGS = Rule(r"[①-⑳](?=\s?[一-龥]{2})")  # numbers of a list that one person wrote
SOLD_OUT = Rule("没[了货]|没有了?|缺货|卖[完光]")  # the seller asks: 土豆没了换成白菜行吗
FEWEST_ERRANDS = 2
ALL_SHALL_BE = Rule(
    r"[\s,，。]{1,3}[都全]?要?(?P<note>(?:大|小|嫩|老|甜|软|硬|好|熟|新鲜)(?:一?点儿?|些|个)?的)$"
)  # 都要小的
TAKEN = Rule(rf"(?<=[一-龥A-Za-z])[要来订拿](?={NUMBER})")  # 鸡蛋要两箱
WORTH = Rule(r"[0-9０-９一二两三四五六七八九十半几俩仨廿a-zA-Z①-⑳要买订带来加改换退消去少各份]|不用|别|免了|撤|删")


def read_orders(text: str, offer: Offer) -> OrderFinding | None:
    """Return what one line or entry body orders, or None where it is no order.

    `text` is normalised (simplified script, half-width); room, name, phone and role words are cut out. In an order
    chain an empty text is the report of a name alone and orders 1 of the one product.
    """
    if offer.in_chain and offer.chain_kind not in (None, "order"):
        return None
    written = text[:LONGEST]
    if '":' in written:
        return None  # nobody orders in the notation of machines
    if written.isascii() and (english := _english(written, offer)) is not None:
        return OrderFinding(tuple(parts_of(Action.SET, once(english))))
    if (alone := shared(written)) is not None:
        return in_part(read_orders(alone, offer))
    if (offer.in_chain or offer.expecting == "order" or offer.shopping) and OTHERS.search(written):
        rest = all_but(_clean(written), shelf.index_of(offer.goods, offer.header_goods), in_chain=offer.in_chain)
        if rest is not None:
            return rest
    if not offer.in_chain and offer.expecting == "order" and (doubt := _as_before(written, offer)) is not None:
        return OrderFinding((OrderPart(Action.SET, (), (doubt,)),))
    if not offer.in_chain and offer.expecting == "order" and (sure := without_condition(written)) is not None:
        return _in_doubt(read_orders(sure, offer))
    if offer.expecting == "order" and len(offer.goods) == 1 and "上" in written:
        written = AS_BEFORE.sub(lambda match: " " * len(match[0]), written)  # 跟上次一样来两箱
    if ("l" in written or "I" in written) and not offer.in_chain:
        written = ELL.sub("1", written)
    text = _unasked(_clean(in_plain_words(written)))
    thanked = text is not written and COURTESY.search(written) is not None
    if not offer.in_chain:
        text = INLINE.sub(lambda match: "," * len(match[0]), text) if len(INLINE.findall(text)) > 1 else text
        text = order_gate.without_tales(text)
        if not _may_order(text, offer, thanked=thanked):
            return _only_goods(text, offer) if offer.role == "resident" else None
    index = shelf.index_of(offer.goods, offer.header_goods)
    if not index.codes and RINGS.search(text):
        text = RINGS.sub(" ", text)
    parts = _parts(text, index, _product(offer, index), offer, thanked=thanked)
    if not parts and thanked and not offer.in_chain and offer.role == "resident":
        return _only_goods(text, offer)
    return OrderFinding(tuple(parts)) if parts else None


def _in_doubt(finding: OrderFinding | None) -> OrderFinding | None:
    """Return an order of goods with the question whether it is one."""
    parts = tuple(part for part in finding.parts if part.lines) if finding else ()
    return OrderFinding(tuple(part._replace(doubts=(*part.doubts, Doubt.KIND)) for part in parts)) if parts else None


def _as_before(text: str, offer: Offer) -> Doubt | None:
    """Return what must be asked of who wants the same as before without saying how much, or None."""
    if AS_BEFORE.search(text) is None or order_gate.is_question(text):
        return None
    index = shelf.index_of(offer.goods, offer.header_goods)
    names = find_names(text, index)
    if find_quantities(mask(text, names)):
        return None
    return Doubt.QUANTITY if names else Doubt.ITEM


def body_start(text: str, goods: tuple[Good, ...]) -> int | None:
    """Return where the order begins in an entry that still has its name in front (小王美都一个, 阿财 C一份), or None.

    That is the first amount, the first name of goods, or the first word that means one of `goods` (a code, a short
    name).
    """
    index = index_of(goods)
    for token in cut(_clean(text[:LONGEST]), index):
        if token.part is Part.AMOUNT or (token.part is Part.NAME and _is_good(token, index)):
            return token.start
    return None


def _is_good(token: Token, index: OfferIndex) -> bool:
    return token.known or article_of(token.text) is not None or index.match(token.text) is not None


def _clean(text: str) -> str:
    """Blank pay marks, courtesies and emoji, keeping offsets."""
    if not BESIDES.search(text):
        return text
    for pattern in (EMOJI, PAID, COURTESY, EMPTIES):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _unasked(text: str) -> str:
    """Blank the question that closes a request (帮我订两盒草莓好伐), keeping offsets; a question alone stays one."""
    closing = CLOSING.search(text)
    before = text[: closing.start()] if closing is not None else ""
    if closing is None or not (order_gate.asks(before) or (may_change(before) and not SOLD_OUT.search(before))):
        return text
    return text[: closing.start()] + " " * (len(text) - closing.start())


def _english(text: str, offer: Offer) -> list[Draft] | None:
    asked = offer.in_chain or offer.expecting == "order" or (offer.shopping and bool(offer.goods))
    return read_english(text.strip(), shelf.index_of(offer.goods, offer.header_goods), asked=asked)


def _may_order(text: str, offer: Offer, *, thanked: bool) -> bool:
    if offer.expecting != "order" and not WORTH.search(text):
        return False
    expected = offer.expecting == "order" or (offer.shopping and bool(offer.goods)) or thanked
    if not (expected or may_change(text) or order_gate.asks(text)):
        return False
    return not order_gate.is_foreign(text)


def _only_goods(text: str, offer: Offer) -> OrderFinding | None:
    """Return the order of who writes nothing but goods and amounts, though nobody just asked him.

    One article must be on offer; several that anybody knows are a list of errands: 土豆两斤 鸡蛋一板. Medicines are
    begged for and given away by such lists too.
    """
    plain = text.strip(" ,，。!~")
    shape = ALL_SHALL_BE.search(plain)
    listed = TAKEN.sub("", plain[: shape.start()] if shape else plain)
    drafts = read_plain(listed, shelf.index_of(offer.goods, offer.header_goods), None, "")
    if not drafts or any(not d.on_offer and (len(drafts) < FEWEST_ERRANDS or is_drug(d.item)) for d in drafts):
        return None
    note = shape["note"] if shape else ""
    return OrderFinding(tuple(parts_of(Action.SET, [draft._replace(note=note) for draft in drafts])))


def _product(offer: Offer, index: OfferIndex) -> Good | None:
    """The one article that a bare amount means: the section's, the only one on offer, or the chain's title."""
    if offer.section:
        match = index.match(offer.section.strip(":： "))
        if match is not None and match.good is not None:
            return match.good
    if len(index.goods) == 1:
        return index.goods[0]
    if not index.goods and offer.in_chain and offer.title:
        return _titled(offer.title)
    return None


@lru_cache(maxsize=64)
def _titled(title: str) -> Good | None:
    """Return the one article that a title names; remembered, as every entry of a chain asks."""
    goods = header_goods(title)
    return goods[0] if len(goods) == 1 else None


def _parts(text: str, index: OfferIndex, product: Good | None, offer: Offer, *, thanked: bool) -> list[OrderPart]:
    if offer.in_chain or offer.expecting == "order" or offer.shopping:
        coded = read_codes(text.strip(), index)
        if coded is not None:
            return parts_of(Action.SET, settled(coded, open_round=True, asked=True))
    if offer.in_chain and len(text) < LONGEST_SAME and SAME_AS.fullmatch(text.strip()):
        return [OrderPart(Action.SET, (), (Doubt.ITEM, Doubt.QUANTITY))]
    if offer.in_chain and not text.strip(" ,，。.、:：;；"):
        return _alone(index, product)
    if offer.in_chain or offer.expecting == "order":
        plain = read_plain(text.strip(), index, product, title_word(offer.title) if offer.title else "")
        if plain is not None:
            return parts_of(Action.SET, plain)
    return OrderReader(text, index, product, offer, thanked=thanked).parts()


def _alone(index: OfferIndex, product: Good | None) -> list[OrderPart]:
    """A name without anything in an order chain: one of the one product; of several, the question which."""
    if product is not None:
        return parts_of(Action.SET, [Draft(product.name, ONE, on_offer=True, counted=True)])
    return [OrderPart(Action.SET, (), (Doubt.ITEM,))] if index.goods else []
