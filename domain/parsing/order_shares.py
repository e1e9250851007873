"""What only tells more of the line before it: amounts that part it, and what shall be done with some of it.

包子10个 5个肉的5个菜的, 两份 一份杀好一份不杀, 3盒，一盒寄我婆婆; 鸡爪单独装, 米饭多打点; 两张 加蛋.
"""

import re

from domain.intents import Good
from domain.parsing.articles import known_names
from domain.parsing.order_draft import Draft
from domain.parsing.order_runs import MEASURES, amount_follows
from domain.parsing.order_tokens import Token
from domain.parsing.order_words import ALL, ONLY_EACH, PART, SHARE, TREATMENT
from domain.parsing.people import looks_like_name
from domain.parsing.quantities import Quantity


def share_end(text: str, at: int, whole: Draft, quantity: Quantity, product: Good | None) -> int | None:
    """Return where the words behind an amount (which ends at `at`) end if it is a part of `whole`, else None."""
    if whole.quantity is None or quantity.value is None:
        return None
    if whole.unit != quantity.unit or quantity.value >= whole.quantity:
        return None
    match = PART.match(text, at) or (_share_of(text, at) if product and product.name == whole.item else None)
    return match.end() if match is not None else None


def _share_of(text: str, at: int) -> re.Match[str] | None:
    """Return what is said of a part of the one product: any words but another good or a person."""
    match = SHARE.match(text, at)
    if match is None or looks_like_name(match[0]) or next(known_names().find(match[0]), None) is not None:
        return None
    return match


def is_treated(text: str, token: Token) -> bool:
    """Return whether what shall be done with a part stands right behind its name."""
    first = None if token.known else next(known_names().find(token.text), None)
    end = token.start + first[1] if first is not None and first[0] == 0 else token.end
    return TREATMENT.match(text, end) is not None


def is_topping(text: str, counted: int, token: Token) -> bool:
    """Return whether a good only goes on the one product that was counted up to `counted`: 两张 加蛋."""
    return text[counted : token.start].strip(" ,") == "加" and not amount_follows(text, token.end)


def counts_anew(text: str, counted: int, token: Token) -> bool:
    """Return whether a good has an amount of its own, so that the one before it counts the product: 两张 鸡蛋一板."""
    apart = text[counted : counted + 1] in (" ", ",")
    return apart and token.known and amount_follows(text, token.end)


def tells_pack(last: Draft, token: Token, quantity: Quantity) -> bool:
    """Return whether a size right behind a complete line tells of its pack: 两袋面粉2.5kg装."""
    told = quantity.spec or (quantity.unit or "").lower() in MEASURES
    return told and last.counted and last.end == token.start


def goes_with(text: str, last: Draft, token: Token) -> bool:
    """Return whether nothing but blanks stands between a word and the name of a known good before it."""
    return last.known and not text[last.end : token.start].strip()


def means_all(text: str, at: int) -> bool:
    """Return whether what stands before an amount says "of everything": 每样, 两种各, or nothing but 各."""
    said = ALL.search(text, max(0, at - 8), at) or ONLY_EACH.fullmatch(text, 0, at)
    return said is not None
