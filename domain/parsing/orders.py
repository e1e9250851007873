"""Reads one line or chain entry as an order: what is wanted anew, added or given up, and what must be asked.

`read_orders` is the only entrance. Room, name, phone and role words have been cut out before; the rest is cleaned of pay
marks and courtesies, cut to steps (`changes`), each step to tokens and lines.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from domain.intents import Action, Doubt, Good
from domain.parsing import changes, order_gate
from domain.parsing.goods import article_of
from domain.parsing.grammar import Offer, OrderFinding, OrderPart
from domain.parsing.order_codes import read_codes
from domain.parsing.order_header import header_goods, title_word
from domain.parsing.order_index import OfferIndex, index_of
from domain.parsing.order_lines import ONE, Assembly, Draft
from domain.parsing.order_tokens import Part, cut, find_names, mask
from domain.parsing.quantities import find_quantities

LONGEST = 1000
MOST_LINES = 200
PAID = re.compile(
    r"[(（\[]?(?:已经?|钱|款|微信|支付宝|红包|刚)?(?:已?付款?了?(?:钱|款|过)?|已?转账?了?(?:过去)?了?|转(?:过去|给.{1,4})了?|打款|支付)(?:了|过|完成|成功)?(?:截图)?(?:私发|已?发(?:你|群主|团长)?)?[)）\]]?(?=$|[\s，,。;；.!！~)）])"
    r"|截图.{0,6}(?:私发|发[你了]|见)|私发截图|[(（]代[购买订]?[)）]|[(（](?:谢谢|辛苦)[)）]"
)
COURTESY = re.compile(
    r"(?:谢谢|多谢|感谢|谢啦|谢了|唔[该該]|麻烦了|辛苦了?|拜托了?|劳烦了?|有劳)(?:大家|团长|群主|志愿者|师傅|老板|您|你|啦|了|哈|啊|们)*(?=$|[\s，,。;；.!！~])|(?:^|(?<=[\s，,。;；]))(?:你好|您好|大家好|早上好|下午好|晚上好|收到|好的|嗯+|哈+|okk?|OK)(?=$|[\s，,。;；!！~])|\[[一-龥A-Za-z]{1,6}\]"
)
EMOJI = re.compile("(?:(?![\U0001f33d\U0001f344-\U0001f37f\U0001f950-\U0001f96f\U0001f9c0-\U0001f9ca\U0001fad0-\U0001fadb] ?[0-9一二两三四五六七八九十xX×*+])[\U0001f000-\U0001f0ff\U0001f300-\U0001faff\u2600-\u2727\u2729-\u2753\u2758-\u2794\u2798-\u27bf\ufe0f\u200d❤])+")
BOUGHT = re.compile(r"订的|订单|团购|买的|要的|单子|下的单|代购")
PROSE = re.compile(r"[我你他她它您谁啥吗呢吃问说讲看听知怎为几何时候今昨过着被把让就都也很真没有在这那啊吧呀嘛哦么了的会能去到做跟和]|[0-9]")
WORTH = re.compile(r"[0-9０-９一二两三四五六七八九十半几俩仨廿a-zA-Z①-⑳要买订带来加改换退消去少各份]")


def read_orders(text: str, offer: Offer) -> OrderFinding | None:
    """Return what one line or entry body orders, or None where it is no order.

    `text` is normalised (simplified script, half-width); room, name, phone and role words are cut out. In an order chain
    an empty text is the report of a name alone and orders 1 of the one product.
    """
    if offer.in_chain and offer.chain_kind not in (None, "order"):
        return None
    text = _clean(text[:LONGEST])
    if not offer.in_chain and not _may_order(text, offer):
        return None
    index = index_of(_united(offer))
    parts = _parts(text, index, _product(offer, index), offer)
    return OrderFinding(tuple(parts)) if parts else None


def body_start(text: str, goods: tuple[Good, ...]) -> int | None:
    """Return where the order begins in an entry that still has its name in front (小王美都一个, 阿财 C一份), or None.

    That is the first amount, the first name of goods, or the first word that means one of `goods` (a code, a short name).
    """
    index = index_of(goods)
    for token in cut(_clean(text[:LONGEST]), index):
        if token.part is Part.AMOUNT or (token.part is Part.NAME and (token.known or index.match(token.text) is not None)):
            return token.start
    return None


def _united(offer: Offer) -> tuple[Good, ...]:
    """The goods on offer with the codes that the chain's header gives them, then what only the header has."""
    if not offer.goods or not offer.header_goods or offer.header_goods == offer.goods:
        return offer.goods or offer.header_goods
    index = index_of(offer.goods)
    codes: dict[str, str] = {}
    more = []
    for good in offer.header_goods:
        match = next((m for name in (good.name, *good.aliases) if (m := index.match(name)) and m.good), None)
        if match is None or match.good is None:
            more.append(good)
        elif good.code:
            codes[match.good.name] = good.code
    if len(offer.goods) == 1 and len(offer.header_goods) == 1:
        more = []
    if codes:
        return (*(replace(g, code=codes.get(g.name)) for g in offer.goods), *more)
    return (*offer.goods, *more)


def _clean(text: str) -> str:
    """Blank pay marks, courtesies and emoji, keeping offsets."""
    for pattern in (PAID, COURTESY, EMOJI):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _may_order(text: str, offer: Offer) -> bool:
    if not WORTH.search(text) and not offer.goods:
        return False
    return not order_gate.is_foreign(text)


def _product(offer: Offer, index: OfferIndex) -> Good | None:
    """The one article that an amount without a name means: the section's, the only one on offer, or the chain's title."""
    if offer.section:
        match = index.match(offer.section.strip(":： "))
        if match is not None and match.good is not None:
            return match.good
    if len(index.goods) == 1:
        return index.goods[0]
    if not index.goods and offer.in_chain and offer.title:
        titled = header_goods(offer.title)
        return titled[0] if len(titled) == 1 else None
    return None


def _parts(text: str, index: OfferIndex, product: Good | None, offer: Offer) -> list[OrderPart]:
    coded = read_codes(text.strip(), index) if offer.in_chain or offer.expecting == "order" or offer.shopping else None
    if coded is not None:
        return _split(Action.SET, _settled(coded, offer, asked=True))
    if offer.in_chain and not text.strip(" ,，。.、:：;；"):
        return _alone(index, product)
    return _Reader(text, index, product, offer).parts()


def _alone(index: OfferIndex, product: Good | None) -> list[OrderPart]:
    """A name without anything in an order chain: one of the one product; of several, the question which."""
    if product is not None:
        return _split(Action.SET, [Draft(product.name, ONE, on_offer=True, counted=True)])
    return [OrderPart(Action.SET, (), (Doubt.ITEM,))] if index.goods else []


class _Reader:
    """Reads the steps of one text; consecutive clauses that do the same are read as one body."""

    def __init__(self, text: str, index: OfferIndex, product: Good | None, offer: Offer) -> None:
        self.text = text
        self.index = index
        self.product = product
        self.offer = offer
        self.asked = order_gate.asks(text)
        self.topic: Draft | None = None
        self.expected = offer.in_chain or offer.expecting == "order" or (offer.shopping and bool(offer.goods))
        self.reached = False
        self.clauses = 0
        self.names = find_names(text, index)

    def parts(self) -> list[OrderPart]:
        masked = mask(self.text, self.names)
        steps = changes.steps(self.text, masked, self.offer.in_chain)
        self.clauses = len(steps)
        if not self._is_order(steps):
            return []
        found: list[OrderPart] = []
        refused = any(step.refused for step in steps)
        for group in _grouped(steps):
            if group[0].whole and not self._is_whole():
                continue
            if group[0].whole:
                found = [part for part in found if part.action is not Action.SET] if self.offer.in_chain else found
                found.append(OrderPart(Action.CANCEL))
            elif not group[0].refused:
                found += self._group(group)
        if refused and self.offer.in_chain and not find_quantities(masked):
            return []
        if not found and self.offer.in_chain and self.product is not None and not refused:
            return _split(Action.SET, [Draft(self.product.name, ONE, note=self.text.strip(" ,，。.、:：;；()（）"), on_offer=True, counted=True)])
        return found

    def _is_order(self, steps: list[changes.Step]) -> bool:
        return self.expected or self.asked or any(step.action is not None for step in steps)

    def _is_whole(self) -> bool:
        """Return whether giving up everything can mean an order: one is open, or the words speak of one."""
        open_round = self.expected or (bool(self.offer.goods) and self.offer.expecting is None)
        return open_round or BOUGHT.search(self.text) is not None

    def _group(self, group: list[changes.Step]) -> list[OrderPart]:
        first = group[0]
        if first.swap is not None:
            return self._swapped(first, first.swap)
        if first.action is Action.CANCEL:
            return self._given_up(first)
        drafts = self._drafts([step for step in group if self._is_body(step)])
        return _split(first.action or Action.SET, self._settled(drafts))

    def _is_body(self, step: changes.Step) -> bool:
        """Return whether a clause may hold goods; in chat, questions and tales do not, but may name what is spoken of."""
        if self.offer.in_chain:
            return True
        clause = self.text[step.start : step.end]
        self.reached = self.reached or self.expected or step.action is not None or order_gate.asks(clause)
        mark = self.text[step.end : step.end + 1]
        if order_gate.is_question(clause + mark) or order_gate.is_aside(clause):
            return False
        tokens = cut(clause, self.index)
        strange = [token.text for token in tokens if token.part is Part.NAME and not token.known]
        if not any(map(_is_prose, strange)) and (self.reached or not strange):
            return True
        known = [token for token in tokens if token.known and token.part is Part.NAME]
        if len(known) == 1:
            self.topic = next(iter(Assembly(clause, self.index, None).read(known)), None)
        elif not known and self.asked and self.topic is None:
            self.topic = Draft("", doubt=Doubt.ITEM)
        return False

    def _drafts(self, ranges: Iterable[changes.Step]) -> list[Draft]:
        ranges = list(ranges)
        if len(ranges) == self.clauses:
            return self._assembled(self.text, self.names)
        body = ["," if char in "，,;；。" else " " for char in self.text]
        for step in ranges:
            body[step.start : step.end] = self.text[step.start : step.end]
        return self._assembled("".join(body), None)

    def _assembled(self, text: str, names: list[tuple[int, int]] | None) -> list[Draft]:
        generic = title_word(self.offer.title) if self.offer.title else ""
        return Assembly(text, self.index, self.product, generic).read(cut(text, self.index, names))

    def _settled(self, drafts: list[Draft]) -> list[Draft]:
        if self.topic is not None and self.topic.item and any(not draft.item for draft in drafts):
            topic = self.topic
            drafts = [replace(d, item=topic.item, doubt=None if d.doubt is Doubt.ITEM else d.doubt, on_offer=topic.on_offer, known=True) if not d.item else d
                      for d in drafts]  # fmt: skip
        return _settled(drafts, self.offer, self.asked)

    def _given_up(self, step: changes.Step) -> list[OrderPart]:
        drafts = [d for d in self._drafts([step]) if d.known or (d.item and self._is_expected() and not _is_prose(d.item)) or (not d.item and d.counted)]
        if not drafts:
            return []
        return _split(Action.CANCEL, [replace(d, unit=d.unit if d.quantity is not None else None) for d in drafts])

    def _is_expected(self) -> bool:
        return self.offer.in_chain or self.offer.expecting == "order" or bool(self.offer.goods)

    def _swapped(self, step: changes.Step, swap: tuple[int, int]) -> list[OrderPart]:
        """A换成B gives up A and takes B; 土豆改成3斤 and 2份改1份 only change how much."""
        old = [d for d in self._drafts([replace(step, end=swap[0])]) if d.item and (d.known or not _is_prose(d.item))]
        new = self._drafts([replace(step, start=swap[1])])
        if not new:
            return []
        if all(not d.item or (self.product is not None and d.item == self.product.name) for d in new) and old:
            last = old[-1]
            new = [replace(d, item=last.item, note=last.note, on_offer=last.on_offer, known=last.known, doubt=last.doubt or d.doubt if d.doubt is not Doubt.ITEM else last.doubt) for d in new]
        same = {d.item for d in new}
        gone = [replace(d, quantity=None, unit=None) for d in old if d.item not in same]
        if gone and len(gone) == len(new) == 1 and not new[0].counted:
            counted = old[-1]
            new = [replace(new[0], quantity=counted.quantity, unit=counted.unit, counted=counted.counted)]
        if not self._is_expected() and not all(d.known or d.counted and d.item for d in new):
            return []
        return [*_split(Action.CANCEL, gone), *_split(Action.SET, _settled(new, self.offer, asked=True))]


def _grouped(steps: list[changes.Step]) -> list[list[changes.Step]]:
    groups: list[list[changes.Step]] = []
    for step in steps:
        plain = step.swap is None and not step.whole and not step.refused and step.action is not Action.CANCEL
        if groups and plain and groups[-1][-1].swap is None and not groups[-1][-1].whole and not groups[-1][-1].refused and groups[-1][-1].action == step.action:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _settled(drafts: list[Draft], offer: Offer, asked: bool) -> list[Draft]:
    """Fill in what goes without saying and mark what must be asked; drop what is no wish at all."""
    kept: list[Draft] = []
    for draft in drafts:
        if not draft.item:
            if offer.in_chain or asked or draft.unit is not None:
                kept.append(draft)
        elif draft.counted or draft.doubt is not None:
            kept.append(draft if draft.known or not _is_prose(draft.item) else replace(draft, doubt=Doubt.ITEM))
        elif draft.on_offer:
            kept.append(replace(draft, quantity=ONE, counted=True))
        elif draft.known or ((offer.in_chain or asked) and not _is_prose(draft.item) and not kept):
            kept.append(replace(draft, doubt=Doubt.QUANTITY))
    return _once(kept[:MOST_LINES])


def _once(drafts: list[Draft]) -> list[Draft]:
    """The same article twice in one breath is a question, not a sum."""
    found: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        key = (draft.item, draft.note)
        found[key] = replace(draft, doubt=draft.doubt or Doubt.QUANTITY) if key in found else draft
    return list(found.values())


def _split(action: Action, drafts: list[Draft]) -> list[OrderPart]:
    """Clear lines are one part, doubtful ones another."""
    clear = tuple(draft.line() for draft in drafts if draft.doubt is None)
    unclear = [draft for draft in drafts if draft.doubt is not None]
    parts = [OrderPart(action, clear)] if clear else []
    if unclear:
        doubts = tuple(dict.fromkeys(draft.doubt for draft in unclear if draft.doubt is not None))
        parts.append(OrderPart(action, tuple(draft.line() for draft in unclear if draft.item), doubts))
    return parts


def _is_prose(name: str) -> bool:
    return len(name) > 12 or (PROSE.search(name) is not None and article_of(name) is None)
