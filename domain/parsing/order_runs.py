"""The tokens of an order before they become lines: glued names put together or parted, and how neighbours relate."""

from collections.abc import Iterable, Iterator, Sequence

from domain.parsing.articles import article_of
from domain.parsing.order_draft import Draft
from domain.parsing.order_glue import split_glued
from domain.parsing.order_index import VARIANT, OfferIndex
from domain.parsing.order_kinds import flavours
from domain.parsing.order_tokens import Part, Token
from domain.parsing.quantities import Quantity
from domain.text.patterns import Rule

CODE = Rule(r"[A-Z]|(?:[0-9]{1,2}|[一二三四五六七八九十])\s?号|[①-⑳]|[A-Z](?:套餐|[包款餐类组])")
AMOUNT_NEXT = Rule(r"的?(?:我家?要|要|来)?\s{0,2}(?:各|[0-9一二两三四五六七八九十半几俩仨*×+xX])")
KIND = Rule(r"[馅味色款号型码]的?$|[大小中]的?$")
MEASURES = frozenset(["ml", "l", "毫升", "升", "g", "克", "kg"])


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
    if distributed and len(run) == 1 and not run[0].known and _is_singles(run[0].text, index):
        at = run[0].start
        return [Token(Part.NAME, at + i, at + i + 1, char, known=True) for i, char in enumerate(run[0].text)]
    if len(run) < 2 and not (distributed and run and not run[0].known and len(run[0].text) > 3):
        return run
    if all(token.known for token in run) and (distributed or all(_is_exact(token.text, index) for token in run)):
        return run
    if distributed:
        return list(_parted(run))
    whole = Token(
        Part.NAME,
        run[0].start,
        run[-1].end,
        "".join(token.text for token in run),
        known=all(token.known for token in run),
    )
    return [whole]


def _is_singles(name: str, index: OfferIndex) -> bool:
    """Return whether every character of a name is an article on offer (米面油各一)."""
    return len(name) > 1 and all(index.names.is_single(char) or article_of(char) for char in name)


def _parted(run: list[Token]) -> Iterator[Token]:
    """苹果香蕉梨各三斤: several goods, glued."""
    at = run[0].start
    for name in split_glued("".join(token.text for token in run)):
        yield Token(Part.NAME, at, at + len(name), name, known=article_of(name) is not None)
        at += len(name)


def _is_exact(name: str, index: OfferIndex) -> bool:
    match = index.match(name)
    return match is not None and match.good is not None and not match.note


def is_size(runs: Sequence[Token], position: int, quantity: Quantity) -> bool:
    """10斤装大米2袋, 500ml牛奶2盒: a size before a name that has its own amount right behind it."""
    if not (quantity.spec or (quantity.unit or "").lower() in MEASURES):
        return False
    following = [token.part for token in runs[position + 1 : position + 3]]
    return following == [Part.NAME, Part.AMOUNT]


def leads(runs: Sequence[Token], position: int) -> bool:
    """Return whether an amount after a break belongs to the name right behind it: 白菜，2斤土豆."""
    before = runs[position - 1] if position else None
    if before is None or before.part not in (Part.BREAK, Part.GAP, Part.JOINT):
        return False
    following = [t for t in runs[position + 1 : position + 4] if t.part not in (Part.GAP,)]
    if not following or following[0].part is not Part.NAME or runs[position + 1].part is not Part.NAME:
        return False
    return len(following) < 2 or following[1].part is not Part.AMOUNT


def variant(token: Token) -> Draft | None:
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


def is_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None


def amount_follows(text: str, at: int) -> bool:
    return AMOUNT_NEXT.match(text, at, at + 8) is not None


def broken_down(drafts: list[Draft]) -> list[Draft]:
    """Return 饺子三袋 白菜馅的两袋韭菜馅的一袋 as its two kinds: they make up the whole that stands before them."""
    told = {at for at, draft in enumerate(drafts) if _is_kind(draft)}
    if len(told) < 2:
        return drafts
    for at, whole in enumerate(drafts):
        if not whole.item or whole.quantity is None:
            continue
        kinds = [d for behind, d in enumerate(drafts) if behind > at and behind in told and d.unit == whole.unit]
        if len(kinds) > 1 and sum(d.quantity or 0 for d in kinds) == whole.quantity:
            parts = [whole._replace(quantity=d.quantity, note=d.item, start=d.start, end=d.end) for d in kinds]
            return [*drafts[:at], *parts, *(d for d in drafts[at + 1 :] if d not in kinds)]
    return drafts


def _is_kind(draft: Draft) -> bool:
    """Return whether a counted line can be a kind of what stands before it rather than another good."""
    if draft.quantity is None or not draft.item:
        return False
    return not draft.known or draft.item in flavours() or KIND.search(draft.item) is not None


def is_ahead(runs: Sequence[Token], position: int) -> bool:
    """Return whether a remark belongs to the name behind it, as the cutter marks by an empty gap."""
    following = runs[position + 1] if position + 1 < len(runs) else None
    return following is not None and following.start == following.end
