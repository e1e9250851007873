"""Puts tokens together to the lines of an order: which amount belongs to which article, or to each of several."""

from collections.abc import Sequence

from domain.intents import Doubt, Good
from domain.parsing.articles import article_of
from domain.parsing.goods import is_drug
from domain.parsing.order_draft import Draft, with_amount
from domain.parsing.order_index import VARIANT, OfferIndex
from domain.parsing.order_kinds import is_something_else
from domain.parsing.order_runs import amount_follows, broken_down, is_ahead, is_code, is_size, leads, merged, variant
from domain.parsing.order_shares import counts_anew, goes_with, is_topping, is_treated, means_all, share_end, tells_pack
from domain.parsing.order_tokens import Part, Token
from domain.parsing.order_words import (
    DRUG_CLASS,
    FOOD,
    FOR_WHOM,
    MONEY_UNIT,
    OF_KIND,
    TOTAL,
    WHICH,
)
from domain.parsing.quantities import Quantity

GLUED = 3
COMMON = frozenset(["份", "个", "斤", "单", "件", "套"])


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
        # A size or a kind that stands before its name (500ml牛奶2盒, 去皮五花肉), and where reading goes on.
        self.ahead = ""
        self.done = 0
        self.drafts: list[Draft] = []
        self.pending: list[Draft] = []
        self.held: list[Token] = []
        self.remarks: list[str] = []
        # A good not on offer that came with a variant: further variants mean it too (卫生巾日用2包夜用1包).
        self.kind = ""
        self.every: Quantity | None = None  # an amount of each of the names that follow

    def read(self, tokens: Sequence[Token]) -> list[Draft]:
        """Return the lines in the order written."""
        runs = list(merged(tokens, self.index))
        for position, token in enumerate(runs):
            if token.start < self.done:
                continue
            if token.part is Part.NAME:
                self._name(token)
            elif token.part is Part.AMOUNT and token.quantity is not None:
                self._amount(token, token.quantity, runs, position)
            elif token.part is Part.NOTE and is_ahead(runs, position):
                self.ahead = token.text
            elif token.part is Part.NOTE:
                self._note(token)
        self._finish()
        return self.drafts

    def _name(self, token: Token) -> None:
        beside = self.loose and self.product is not None and bool(self.held) and self.index.match(token.text) is None
        if beside and is_topping(self.text, self.held[-1].end, token):
            self._remark(f"加{token.text}")
            return
        if beside and counts_anew(self.text, self.held[-1].end, token):
            self._flush_held()
        varied = not token.known and bool(self.pending) and VARIANT.fullmatch(token.text) is not None
        if varied and goes_with(self.text, self.pending[-1], token):
            self._remark(token.text)  # 纸尿裤 L码 3包
            return
        if self.pending and self._is_kind_of_pending(token):
            self.pending.pop()  # 蛋糕八寸的: the name before it was what all of them are
        draft = None if self._says_which(token) or self._is_treated(token) else self._draft(token)
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

    def _is_kind_of_pending(self, token: Token) -> bool:
        """Return whether a name says which of the goods that fit the name right before it is meant."""
        last, match = self.pending[-1], self.index.match(token.text)
        if last.doubt is not Doubt.ITEM or not last.on_offer or match is None or match.good is None:
            return False
        fits = self.index.match(last.item)
        between = self.text[last.end : token.start].strip(" 要的我来就买拿订")
        return (fits is None or match.good in fits.options) and not between

    def _is_treated(self, token: Token) -> bool:
        """Return whether a name behind a line only tells what shall be done with a part of it."""
        if not (self.drafts or self.pending) or self.held or any(not d.on_offer for d in self.pending if d.known):
            return False
        if self.pending and self.index.match(token.text) is not None:
            return False  # 盒饭不要香菜，米饭多打点, but not 鸡腿 鸡翅分开装 where both are sold
        return is_treated(self.text, token)

    def _says_which(self, token: Token) -> bool:
        """Return whether a name only tells more of what stands before it: 苹果5斤（红富士）, 猫粮一袋，要冻干的."""
        before, after = self.text[: token.start].rstrip(), self.text[token.end :]
        if self.held or not (self.drafts or self.pending) or amount_follows(self.text, token.end):
            return False
        if before.endswith(("(", "（")) and after.startswith((")", "）")):
            return True
        if self.pending or (not before.endswith(WHICH) and OF_KIND.match(after) is None):
            return False
        return OF_KIND.match(after) is not None or token.text.endswith(self.drafts[-1].item[-1:])

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
        if not known and self.product is None and (varied := variant(token)) is not None:
            self.kind = varied.item
            return varied
        if not known and self.kind and VARIANT.fullmatch(token.text):
            return Draft(self.kind, note=token.text, known=True, start=token.start, end=token.end)
        if FOOD.fullmatch(token.text):
            return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
        if self.index.codes and is_code(token.text):
            return Draft(token.text, doubt=Doubt.ITEM, on_offer=True, known=True, start=token.start, end=token.end)
        good = self._varied()
        if good is not None and not known and (self.product is not None or VARIANT.fullmatch(token.text)):
            if self.product is not None and is_something_else(token.text, self.text, token.end):
                return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
            if not VARIANT.fullmatch(token.text) and not self.held and (self.drafts or not self._is_wish(token)):
                return None
            return Draft(good.name, note=token.text, on_offer=True, known=True, start=token.start, end=token.end)
        if "或" in token.text and len(token.text) > GLUED:  # 青菜或者菠菜
            return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
        if self._is_brand(token, known):
            return None
        if self.index.goods and not known and len(token.text) == 1:  # 绿, where red and blue are sold
            return Draft(token.text, doubt=Doubt.ITEM, known=True, start=token.start, end=token.end)
        return Draft(token.text, known=known, start=token.start, end=token.end)

    def _is_wish(self, token: Token) -> bool:
        """Return whether an unknown word beside the one product wants it: in a chain always, in chat with an amount."""
        return self.loose or amount_follows(self.text, token.end)

    def _is_generic(self, name: str) -> bool:
        """Return whether a name is what all goods on offer are (拼盘 where large and small 水果拼盘 are sold)."""
        keys = self.index.keys
        several = len(self.index.goods) > 1 and name.lower() not in keys and self.generic.lower() not in keys
        match = self.index.match(name) if several else None
        if match is not None and match.good is not None and name != self.generic:
            return False
        return several and (name == self.generic or (len(name) > 1 and self.generic.endswith(name)))

    def _varied(self) -> Good | None:
        if self.product is not None:
            return self.product
        last = next((d for d in reversed((*self.drafts, *self.pending)) if d.on_offer and d.note), None)
        return next((g for g in self.index.goods if last and g.name == last.item), None)

    def _is_brand(self, token: Token, known: bool) -> bool:
        """Behind a complete line and without an amount, 氨氯地平 says which 降压药, another word how it is."""
        if not self.drafts or self.pending or self.held or amount_follows(self.text, token.end):
            return False
        return not known or (DRUG_CLASS.search(self.drafts[-1].item) is not None and is_drug(token.text))

    def _amount(self, token: Token, quantity: Quantity, runs: Sequence[Token], position: int) -> None:
        if quantity.each and self._each(token, quantity, runs[position + 1 :]):
            return
        if quantity.vague and self.drafts and not self.pending and MONEY_UNIT.search(self.text, token.start, token.end):
            self._remark(self.text[token.start : token.end])  # 苹果5斤8块钱的那种
            return
        if self.pending and not leads(runs, position):
            self.drafts += self.pending[:-1]
            self.drafts.append(with_amount(self.pending[-1], quantity))
            self.pending = []
        elif (self.drafts or self.held) and TOTAL.search(self.text, max(0, token.start - 5), token.start):
            return
        elif self.drafts and not self.held and tells_pack(self.drafts[-1], token, quantity):
            self._remark(self.text[token.start : token.end])
        elif is_size(runs, position, quantity):
            self.ahead = self.text[token.start : token.end]
        elif (part := self._part_of(token, quantity)) is not None:
            self._remark(self.text[token.start : part])
            self.done = part
        elif self._is_remark(runs, position):
            self._remark(self.text[token.start : token.end])
        else:
            self._flush_held()
            self.held.append(token)

    def _each(self, token: Token, quantity: Quantity, following: Sequence[Token]) -> bool:
        if self.pending:
            # 各 behind one unknown word: several goods are meant, and nobody can tell where one ends.
            glued = len(self.pending) == 1 and not self.pending[0].known and len(self.pending[0].item) > GLUED
            wanted = [draft._replace(doubt=Doubt.ITEM) for draft in self.pending] if glued else self.pending
            self.drafts += [with_amount(draft, quantity) for draft in wanted]
            self.pending = []
            return True
        parts = [other.part for other in following]
        if not self.drafts and not self.held and Part.NAME in parts and Part.AMOUNT not in parts:
            self.every = quantity  # 每样两斤：土豆 白菜
            return True
        if not self.drafts and len(self.index.goods) > 1 and means_all(self.text, token.start):
            self.drafts += [
                with_amount(Draft(g.name, on_offer=True, known=True, start=token.start, end=token.end), quantity)
                for g in self.index.goods
            ]
            return True
        return False

    def _part_of(self, token: Token, quantity: Quantity) -> int | None:
        """Return where "5个肉的" ends if it only parts what stands before it (包子10个 5个肉的5个菜的), or None."""
        held = self.held[0] if self.product is not None and len(self.held) == 1 and not self.pending else None
        whole = self._nameless(held) if held else self.drafts[-1] if self.drafts else None
        if whole is None or self.pending or (self.held and held is None):
            return None
        end = share_end(self.text, token.end, whole, quantity, self.product)
        if end is not None and held is not None:
            self._flush_held()
        return end

    def _is_remark(self, runs: Sequence[Token], position: int) -> bool:
        """ "2份，1份不要辣": an amount that a remark follows at once, behind a complete line."""
        end = runs[position].end
        if self.text[end : end + 1] == "的" and (self.drafts or self.pending):
            return True
        if (self.drafts or self.held) and not self.pending and FOR_WHOM.match(self.text, end):
            return True  # 要两份 一份给我妈
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
        sold = [g for g in self.index.goods if token.quantity and token.quantity.unit and g.unit == token.quantity.unit]
        if len(sold) == 1 and sold[0].unit not in COMMON:  # 来两板, where eggs alone are sold by the 板
            draft = Draft(sold[0].name, on_offer=True, known=True, start=token.start, end=token.end)
            return with_amount(draft, token.quantity)
        nameless = Draft("", start=token.start, end=token.end)
        return with_amount(nameless, token.quantity)._replace(doubt=Doubt.ITEM)

    def _finish(self) -> None:
        self._flush_held()
        if self.every is not None:
            self.pending = [with_amount(draft, self.every) for draft in self.pending]
        self.drafts = broken_down(self.drafts) + self.pending
        self.pending = []
        if self.remarks and self.drafts:
            self.drafts[-1] = self.drafts[-1]._replace(note=" ".join((self.drafts[-1].note, *self.remarks)).strip())
