"""Puts tokens together to the lines of an order: which amount belongs to which article, or to each of several."""

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.intents import Doubt, Good
from domain.parsing.articles import article_of
from domain.parsing.goods import is_drug
from domain.parsing.order_draft import Draft, with_amount
from domain.parsing.order_glue import split_glued
from domain.parsing.order_index import VARIANT, OfferIndex
from domain.parsing.order_kinds import is_something_else
from domain.parsing.order_tokens import FOOD, Part, Token
from domain.parsing.quantities import Quantity
from domain.text.patterns import Rule

TOTAL = Rule(r"(?:一共|总共|共计|合计|总计|共)(?:是|要)?\s?$")
ALL = Rule(
    r"(?:每[样种个款]|各[样种]|一[样种](?=[来要])|都|全部?|[两三四][种样个款])(?:都|各)?(?:来|要|买|拿|订"
    r"|给我来)?\s?$"
)
ONLY_EACH = Rule(r"\s{0,3}各(?:来|要|订)?\s?")
DRUG_CLASS = Rule(r"药$")
GLUED = 3
MEASURES = frozenset(["ml", "l", "毫升", "升", "g", "克", "kg"])


class Assembly:
    """Walks over the tokens of one body once; `drafts` is what it wants."""

    def __init__(
        self, text: str, index: OfferIndex, product: Good | None, generic: str = "", *, loose: bool = True
    ) -> None:
        """`product`: the one article that amounts without a name mean. `generic`: what all goods are (洗衣液).

        `loose`: an unknown word beside the one product is a remark to it, as in the entries of a chain.
        """
        self.text = text
        self.index = index
        self.product = product
        self.generic = generic
        self.loose = loose
        # A size that stands before its name (500ml牛奶2盒).
        self.ahead = ""
        self.drafts: list[Draft] = []
        self.pending: list[Draft] = []
        self.held: list[Token] = []
        self.remarks: list[str] = []
        # A good not on offer that came with a variant: further variants mean it too (卫生巾日用2包夜用1包).
        self.kind = ""

    def read(self, tokens: Sequence[Token]) -> list[Draft]:
        """Return the lines in the order written."""
        runs = list(merged(tokens, self.index))
        for position, token in enumerate(runs):
            if token.part is Part.NAME:
                self._name(token)
            elif token.part is Part.AMOUNT and token.quantity is not None:
                self._amount(token, token.quantity, runs, position)
            elif token.part is Part.NOTE:
                self._note(token)
        self._finish()
        return self.drafts

    def _name(self, token: Token) -> None:
        draft = self._draft(token)
        if draft is None:
            self._note(token)
            return
        if self.ahead:
            draft, self.ahead = draft._replace(note=f"{draft.note} {self.ahead}".strip()), ""
        if self.held:
            amount = self.held.pop()
            self._flush_held()
            self.drafts.append(with_amount(draft, amount.quantity))
        else:
            self.pending.append(draft)

    def _draft(self, token: Token) -> Draft | None:
        """Return what a name means: an article on offer, one of several, a variant, or a good as written."""
        match = self.index.match(token.text)
        if self._is_generic(token.text):
            return Draft(token.text, doubt=Doubt.ITEM, on_offer=True, known=True, start=token.start, end=token.end)
        if match is not None and match.good is not None:
            return Draft(match.good.name, note=match.note, on_offer=True, known=True, start=token.start, end=token.end)
        if match is not None:
            return Draft(token.text, doubt=Doubt.ITEM, on_offer=True, known=True, start=token.start, end=token.end)
        known = article_of(token.text) is not None or is_drug(token.text)
        if not known and self.product is None and (varied := _variant(token)) is not None:
            self.kind = varied.item
            return varied
        if not known and self.kind and VARIANT.fullmatch(token.text):
            return Draft(self.kind, note=token.text, known=True, start=token.start, end=token.end)
        if FOOD.fullmatch(token.text):
            return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
        if self.index.codes and _is_code(token.text):
            return Draft(token.text, doubt=Doubt.ITEM, on_offer=True, known=True, start=token.start, end=token.end)
        good = self._varied()
        if good is not None and not known and (self.product is not None or VARIANT.fullmatch(token.text)):
            if self.product is not None and is_something_else(token.text, self.text, token.end):
                return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
            if not VARIANT.fullmatch(token.text) and not self.held and (self.drafts or not self._is_wish(token)):
                return None
            return Draft(good.name, note=token.text, on_offer=True, known=True, start=token.start, end=token.end)
        if self._is_brand(token, known):
            return None
        return Draft(token.text, known=known, start=token.start, end=token.end)

    def _is_wish(self, token: Token) -> bool:
        """Return whether an unknown word beside the one product wants it: in a chain always, in chat with an amount."""
        return self.loose or _amount_follows(self.text, token.end)

    def _is_generic(self, name: str) -> bool:
        """Return whether a name is what all goods on offer are (拼盘 where large and small 水果拼盘 are sold)."""
        keys = self.index.keys
        several = len(self.index.goods) > 1 and name.lower() not in keys and self.generic.lower() not in keys
        return several and (name == self.generic or (len(name) > 1 and self.generic.endswith(name)))

    def _varied(self) -> Good | None:
        if self.product is not None:
            return self.product
        last = next((d for d in reversed((*self.drafts, *self.pending)) if d.on_offer and d.note), None)
        return next((g for g in self.index.goods if last and g.name == last.item), None)

    def _is_brand(self, token: Token, known: bool) -> bool:
        """Behind a complete line and without an amount, 氨氯地平 says which 降压药, another word how it is."""
        if not self.drafts or self.pending or self.held or _amount_follows(self.text, token.end):
            return False
        return not known or (DRUG_CLASS.search(self.drafts[-1].item) is not None and is_drug(token.text))

    def _amount(self, token: Token, quantity: Quantity, runs: Sequence[Token], position: int) -> None:
        if quantity.each and self._each(token, quantity):
            return
        if self.pending and not _leads(runs, position):
            self.drafts += self.pending[:-1]
            self.drafts.append(with_amount(self.pending[-1], quantity))
            self.pending = []
        elif (self.drafts or self.held) and TOTAL.search(self.text, max(0, token.start - 5), token.start):
            return
        elif _is_size(runs, position, quantity):
            self.ahead = self.text[token.start : token.end]
        elif self._is_remark(runs, position):
            self._remark(self.text[token.start : token.end])
        else:
            self._flush_held()
            self.held.append(token)

    def _each(self, token: Token, quantity: Quantity) -> bool:
        if self.pending:
            # 各 behind one unknown word: several goods are meant, and nobody can tell where one ends.
            glued = len(self.pending) == 1 and not self.pending[0].known and len(self.pending[0].item) > GLUED
            wanted = [draft._replace(doubt=Doubt.ITEM) for draft in self.pending] if glued else self.pending
            self.drafts += [with_amount(draft, quantity) for draft in wanted]
            self.pending = []
            return True
        if not self.drafts and len(self.index.goods) > 1 and self._means_all(token.start):
            self.drafts += [
                with_amount(Draft(g.name, on_offer=True, known=True, start=token.start, end=token.end), quantity)
                for g in self.index.goods
            ]
            return True
        return False

    def _means_all(self, at: int) -> bool:
        """Return whether what stands before an amount says "of everything": 每样, 两种各, or nothing but 各."""
        return (
            ALL.search(self.text, max(0, at - 8), at) is not None or ONLY_EACH.fullmatch(self.text, 0, at) is not None
        )

    def _is_remark(self, runs: Sequence[Token], position: int) -> bool:
        """ "2份，1份不要辣": an amount that a remark follows at once, behind a complete line."""
        end = runs[position].end
        if self.text[end : end + 1] == "的" and (self.drafts or self.pending):
            return True
        following = runs[position + 1] if position + 1 < len(runs) else None
        return (
            following is not None
            and following.part is Part.NOTE
            and following.start == runs[position].end
            and bool(self.drafts or self.held)
        )

    def _note(self, token: Token) -> None:
        amount = self.held[-1] if self.held else None
        if (
            amount is not None
            and amount.end == token.start
            and self.text[token.start : token.start + 1] not in "(（[【「"
            and len(self.held) > 1
        ):
            self.held.pop()
        self._remark(token.text)

    def _remark(self, text: str) -> None:
        if self.pending:
            self.pending[-1] = self.pending[-1]._replace(note=(self.pending[-1].note + text).strip())
        elif self.held or not self.drafts:
            self.remarks.append(text)
        else:
            self.drafts[-1] = self.drafts[-1]._replace(note=(self.drafts[-1].note + " " + text).strip())

    def _flush_held(self) -> None:
        for token in self.held:
            self.drafts.append(self._nameless(token))
        self.held = []

    def _nameless(self, token: Token) -> Draft:
        if self.product is not None:
            draft = Draft(self.product.name, on_offer=True, known=True, start=token.start, end=token.end)
            return with_amount(draft, token.quantity)
        nameless = Draft("", start=token.start, end=token.end)
        return with_amount(nameless, token.quantity)._replace(doubt=Doubt.ITEM)

    def _finish(self) -> None:
        self._flush_held()
        self.drafts += self.pending
        self.pending = []
        if self.remarks and self.drafts:
            self.drafts[-1] = self.drafts[-1]._replace(note=" ".join((self.drafts[-1].note, *self.remarks)).strip())


def merged(tokens: Iterable[Token], index: OfferIndex) -> Iterable[Token]:
    """Yield the tokens with names that stand glued together joined to one name, unless they are several goods."""
    run: list[Token] = []
    for token in tokens:
        if token.part is Part.NAME and run and run[-1].end == token.start:
            run.append(token)
            continue
        yield from _settled(run, index, token)
        run = []
        if token.part is Part.NAME:
            run = [token]
        else:
            yield token
    yield from _settled(run, index, None)


def _settled(run: list[Token], index: OfferIndex, following: Token | None) -> Iterable[Token]:
    distributed = following is not None and following.quantity is not None and following.quantity.each
    if len(run) < 2 and not (distributed and run and not run[0].known and len(run[0].text) > 3):
        return run
    if all(token.known for token in run) and (distributed or all(_is_exact(token.text, index) for token in run)):
        return run
    if distributed:
        return list(_parted(run))
    whole = Token(Part.NAME, run[0].start, run[-1].end, "".join(token.text for token in run))
    return [whole]


def _parted(run: list[Token]) -> Iterator[Token]:
    """苹果香蕉梨各三斤: several goods, glued."""
    at = run[0].start
    for name in split_glued("".join(token.text for token in run)):
        yield Token(Part.NAME, at, at + len(name), name, known=article_of(name) is not None)
        at += len(name)


def _is_exact(name: str, index: OfferIndex) -> bool:
    match = index.match(name)
    return match is not None and match.good is not None and not match.note


def _is_size(runs: Sequence[Token], position: int, quantity: Quantity) -> bool:
    """10斤装大米2袋, 500ml牛奶2盒: a size before a name that has its own amount right behind it."""
    if not (quantity.spec or (quantity.unit or "").lower() in MEASURES):
        return False
    following = [token.part for token in runs[position + 1 : position + 3]]
    return following == [Part.NAME, Part.AMOUNT]


def _leads(runs: Sequence[Token], position: int) -> bool:
    """Return whether an amount after a break belongs to the name right behind it: 白菜，2斤土豆."""
    before = runs[position - 1] if position else None
    if before is None or before.part not in (Part.BREAK, Part.GAP, Part.JOINT):
        return False
    following = [t for t in runs[position + 1 : position + 4] if t.part not in (Part.GAP,)]
    if not following or following[0].part is not Part.NAME or runs[position + 1].part is not Part.NAME:
        return False
    return len(following) < 2 or following[1].part is not Part.AMOUNT


def _variant(token: Token) -> Draft | None:
    """Return a known good with what comes behind its name: a variant (纸尿裤L码)."""
    for at in range(len(token.text) - 1, 1, -1):
        name, rest = token.text[:at], token.text[at:]
        if article_of(name) is not None:
            return (
                Draft(name, note=rest, known=True, start=token.start, end=token.end)
                if VARIANT.fullmatch(rest)
                else None
            )
    return None


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Z]|[0-9]{1,2}\s?号|[①-⑳]|[A-Z](?:套餐|[包款餐类组])", text) is not None


def _amount_follows(text: str, at: int) -> bool:
    return re.match(r"\s{0,2}(?:各|[0-9一二两三四五六七八九十半几俩仨*×+xX])", text[at : at + 4]) is not None
