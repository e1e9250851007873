"""Reads the steps of one text as an order: clauses that do the same are one body, each action gives its parts."""

from collections.abc import Sequence

from domain.intents import Action, Doubt, Good
from domain.parsing import order_gate
from domain.parsing.change_words import AN_AMOUNT, NOBODY
from domain.parsing.changes import Step, steps
from domain.parsing.grammar import Offer, OrderPart
from domain.parsing.order_draft import ONE, Draft
from domain.parsing.order_header import title_word
from domain.parsing.order_index import OfferIndex
from domain.parsing.order_lines import Assembly
from domain.parsing.order_names import find_names, mask
from domain.parsing.order_settle import is_prose, netted, parts_of, settled, without
from domain.parsing.order_tokens import Part, Token, cut
from domain.parsing.quantities import find_quantities
from domain.text.patterns import Rule

_TOGETHER = Rule("[都各均]")
_COUNTS = {2: "两二2", 3: "三3", 4: "四4"}
BOUGHT = Rule("订的|报的|订单|团购|买的|要的|单子|下的单|代购|我的单|退单")


class OrderReader:
    """Reads one text once."""

    def __init__(
        self, text: str, index: OfferIndex, product: Good | None, offer: Offer, *, thanked: bool = False
    ) -> None:
        """`product`: the one article that bare amounts mean. `thanked`: courtesies were cut out of the text."""
        self.text = text
        self.index = index
        self.product = product
        self.offer = offer
        self.thanked = thanked
        self.generic = title_word(offer.title) if offer.title else ""
        self.names = find_names(text, index)
        self.asked = offer.in_chain or order_gate.asks(text)
        self.expected = offer.in_chain or offer.expecting == "order" or (offer.shopping and bool(offer.goods))
        # In chat, nothing before the first verb of asking is a wish unless all of it is known goods.
        self.reached = self.expected
        self.topic: Draft | None = None
        self.cut: list[Token] | None = None

    def parts(self) -> list[OrderPart]:
        """Return what the text does, in order; nothing where it is no order."""
        masked = mask(self.text, self.names)
        found_steps = steps(self.text, masked, self.offer.in_chain)
        if not (
            self.expected or self.asked or any(step.action is not None for step in found_steps)
        ) and not self._is_polite(masked):
            return []
        found: list[OrderPart] = []
        over = self.offer.in_chain and any(step.whole for step in found_steps)
        for group in _grouped(found_steps):
            if over and found and found[-1].action is Action.CANCEL and not AN_AMOUNT.search(self._text_of(group)):
                continue  # 一盒（退了，孕妇不能吃）: why it was given up
            if group[0].told:
                self._remember(self._within(group[0].start, group[0].end))
            elif group[0].instead or group[0].swap is not None:
                found = self._instead(found, group)
            elif group[0].whole:
                found = self._all_given_up(found)
            elif not group[0].refused:
                found += self._group(group, len(found_steps))
        if any(step.refused for step in found_steps) and self.offer.in_chain and not find_quantities(masked):
            return []
        if not found and self.offer.in_chain and self.product is not None:
            return self._only_remarks(self.product)
        if (
            not found
            and (self.offer.expecting == "order" or (self.offer.in_chain and len(self.index.goods) > 1))
            and (order_gate.only_wants(self.text) or order_gate.ALL_OF_IT.search(self.text))
        ):
            return self._one_of_it()
        return netted(found) if self.offer.in_chain else found

    def _text_of(self, group: Sequence[Step]) -> str:
        return self.text[group[0].start : group[-1].end]

    def _one_of_it(self) -> list[OrderPart]:
        """我要: one of the one product; of several, the question which; 两样都要: one of each."""
        if (all_of := order_gate.ALL_OF_IT.search(self.text)) and all_of[1] in (
            None,
            *_COUNTS.get(len(self.index.goods), ""),
        ):
            return parts_of(Action.SET, [Draft(g.name, ONE, on_offer=True, counted=True) for g in self.index.goods])
        if self.product is not None:
            return parts_of(Action.SET, [Draft(self.product.name, ONE, on_offer=True, counted=True)])
        return [OrderPart(Action.SET, (), (Doubt.ITEM,))] if self.index.goods else []

    def _instead(self, found: list[OrderPart], group: Sequence[Step]) -> list[OrderPart]:
        """Return the parts with what a correction sets in place of what was said of the same article before."""
        before = [line for part in found if part.action is Action.SET for line in part.lines]
        if self.topic is None and before:
            self.topic = Draft(before[-1].item, on_offer=self.index.match(before[-1].item) is not None, known=True)
        product = self.product
        if product is not None and before and before[-1].item != product.name:
            self.product = None  # 3份洋葱，写错了，是2份: of what was named
        parts = self._group(group, 0)
        self.product = product
        new = {line.item for part in parts if part.action is Action.SET for line in part.lines}
        if not new and parts and not before:
            return parts  # 3份，写错了，是2份: of what must be asked
        return [*without(found, new), *parts] if new else [*found, *parts]

    def _is_polite(self, masked: str) -> bool:
        """Return whether a bare list of goods on offer asks by its thanks: 土豆两斤，谢谢."""
        if not self.thanked:
            return False
        return (
            bool(self.names)
            and bool(find_quantities(masked))
            and all(self.index.match(self.text[s:e]) for s, e in self.names)
        )

    def _all_given_up(self, found: list[OrderPart]) -> list[OrderPart]:
        open_round = self.expected or (bool(self.offer.goods) and self.offer.expecting is None)
        if not open_round and not BOUGHT.search(self.text):
            return found
        kept = [part for part in found if part.action is not Action.SET] if self.offer.in_chain else found
        return [*kept, OrderPart(Action.CANCEL)]

    def _only_remarks(self, product: Good) -> list[OrderPart]:
        """少饭: an entry of nothing but remarks takes one of the one product."""
        notes = [t.text for t in self._tokens() if t.part is Part.NOTE]
        return parts_of(Action.SET, [Draft(product.name, ONE, note=" ".join(notes), on_offer=True, counted=True)])

    def _group(self, group: Sequence[Step], of: int) -> list[OrderPart]:
        first = group[0]
        if first.action is not None and not self.offer.in_chain and self._is_question(first):
            return []
        if first.swap is not None:
            return self._swapped(first, first.swap)
        if first.action is Action.CANCEL:
            return self._given_up(first)
        bodies = [step for step in group if self._is_body(step)]
        if first.action is not None or self.text.endswith("不要", 0, first.start):
            drafts = self._drafts(bodies)  # 酸奶不要鲜奶要: what is cut here is no remark on what stands before
        elif len(bodies) == of:
            drafts = self._assembled(self.text, self._tokens())
        else:
            # The break behind a clause stays with it.
            drafts = self._assembled(self.text, [t for s in bodies for t in self._within(s.start, s.end + 1)])
        return parts_of(first.action or Action.SET, self._settled(drafts))

    def _is_body(self, step: Step) -> bool:
        """Return whether a clause may hold wishes; in chat, questions and tales do not, but may name the goods."""
        if self.offer.in_chain:
            return True
        clause = self.text[step.start : step.end]
        self.reached = self.reached or step.action is not None or order_gate.asks(clause)
        tokens = self._within(step.start, step.end) if step.action is None else cut(clause, self.index)
        if order_gate.is_aside(clause):
            return False
        if not self._is_question(step):
            strange = [token.text for token in tokens if token.part is Part.NAME and not token.known]
            if not any(map(is_prose, strange)) and (self.reached or not strange):
                return True
        self._remember(tokens)
        return False

    def _is_question(self, step: Step) -> bool:
        start = step.start if step.action is None else _clause_start(self.text, step.start)  # 能帮我再加一箱吗
        return order_gate.is_question(self.text[start : step.end + 1])

    def _tokens(self) -> list[Token]:
        if self.cut is None:
            self.cut = cut(self.text, self.index, self.names)
        return self.cut

    def _within(self, start: int, end: int) -> list[Token]:
        return [token for token in self._tokens() if start <= token.start < end]

    def _remember(self, tokens: Sequence[Token]) -> None:
        known = [token for token in tokens if token.known and token.part is Part.NAME]
        if len(known) == 1:
            self.topic = next(iter(Assembly(self.text, self.index, None).read(known)), None)

    def _drafts(self, ranges: Sequence[Step]) -> list[Draft]:
        """Return the lines in these clauses; what lies between them is blanked."""
        if not ranges:
            return []
        first, last = ranges[0].start, max(step.end for step in ranges)
        body = ["," if char in "，,;；。" else " " for char in self.text[first:last]]
        for step in ranges:
            body[step.start - first : step.end - first] = self.text[step.start : step.end]
        text = "".join(body)
        return self._assembled(text, cut(text, self.index))

    def _assembled(self, text: str, tokens: Sequence[Token]) -> list[Draft]:
        loose = self.offer.in_chain
        return Assembly(text, self.index, self.product, self.generic, loose=loose).read(tokens)

    def _named(self, drafts: list[Draft]) -> list[Draft]:
        """Return the drafts with what was named before for amounts without a name."""
        topic = self.topic
        return drafts if topic is None else [d if d.item else _meaning(d, topic) for d in drafts]

    def _settled(self, drafts: list[Draft]) -> list[Draft]:
        return settled(
            self._named(drafts),
            open_round=self.expected or bool(self.offer.goods),
            asked=self.asked or self.offer.in_chain,
        )

    def _given_up(self, step: Step) -> list[OrderPart]:
        expected = self.expected or bool(self.offer.goods)
        drafts = [
            d
            for d in self._named(self._drafts([step]))
            if _is_article(d, expected=expected) or (not d.item and d.counted and expected)
        ]
        return parts_of(Action.CANCEL, [d._replace(unit=d.unit if d.quantity is not None else None) for d in drafts])

    def _swapped(self, step: Step, swap: tuple[int, int]) -> list[OrderPart]:
        """A换成B gives up A and takes B; 土豆改成3斤 and 2份改1份 only change how much."""
        expected = self.expected or bool(self.offer.goods)
        old = [d for d in self._drafts([step._replace(end=swap[0])]) if d.item and (d.known or not is_prose(d.item))]
        new = self._drafts([step._replace(start=swap[1])])
        if not self.expected and all(d.unit is None for d in new) and self._is_no_order(step.start, swap[0]):
            return []
        if len(old) > 1 and len(new) == 1 and _TOGETHER.search(self.text, step.start, swap[0]):
            new = [_meaning(new[0], each) for each in old]  # A和B都改成2份
        if old and all(not d.item or (self.product is not None and d.item == self.product.name) for d in new):
            new = [_meaning(draft, old[-1]) for draft in new]
        new = self._named(new)
        gone = [d._replace(quantity=None, unit=None) for d in old if d.item not in {n.item for n in new}]
        if self.index.goods and not any(d.on_offer or d.counted for d in (*old, *new)):
            return []  # 盒饭两份，米饭换面条: how what is on offer shall be
        if self.offer.in_chain and any(d.counted for d in old):
            gone = []  # what the slot said before was never booked: 榴莲1 改 芒果1
        if len(gone) == len(new) == 1 and not new[0].counted:
            new = [new[0]._replace(quantity=old[-1].quantity, unit=old[-1].unit, counted=old[-1].counted)]
        new = settled(new, open_round=expected, asked=True)
        if not new or not (expected or all(draft.known for draft in new)):
            return []
        return [*parts_of(Action.CANCEL, gone), *parts_of(Action.SET, new)]

    def _is_no_order(self, start: int, end: int) -> bool:
        """Return whether something else than goods or an order is named there (空调调到26, 手机号改成3)."""
        named = NOBODY.sub("", self.text[start:end].strip()).strip()
        return len(named) > 1 and BOUGHT.search(named) is None and not any(start <= a < end for a, _ in self.names)


def _clause_start(text: str, position: int) -> int:
    return max(text.rfind(mark, 0, position) for mark in ",，。;；!！?？") + 1


def _grouped(found: Sequence[Step]) -> list[list[Step]]:
    """Join neighbours that want in the same way."""
    groups: list[list[Step]] = []
    for step in found:
        if groups and _is_wish(step) and _is_wish(groups[-1][-1]) and groups[-1][-1].action == step.action:
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _is_wish(step: Step) -> bool:
    return not (
        step.swap is not None or step.whole or step.refused or step.told or step.instead or step.action is Action.CANCEL
    )


def _is_article(draft: Draft, *, expected: bool) -> bool:
    return bool(draft.item) and (draft.known or (expected and not is_prose(draft.item)))


def _meaning(draft: Draft, named: Draft) -> Draft:
    """Return an amount without a name as an amount of what was named before."""
    doubt = named.doubt if draft.doubt is Doubt.ITEM else draft.doubt or named.doubt
    note = named.note or draft.note
    return draft._replace(item=named.item, note=note, on_offer=named.on_offer, known=named.known, doubt=doubt)
