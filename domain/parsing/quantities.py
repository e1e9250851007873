"""Quantities in a text: how much, in which unit as written, told from sizes of packs, prices, times and head-counts.

One pass of one pattern finds every number; neighbours that describe one packing (600ml*24瓶4箱) are then folded into
the quantity of the outermost container. A guess (两三斤, 几个, 若干) is kept as `vague` and never given a value.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.parsing.numerals import DIGITS, WORDS, read_number
from domain.parsing.quantity_words import ANY_NUMBER, NUMERIC
from domain.text.patterns import Rule
from domain.units import plain, unit_of


class Quantity(NamedTuple):
    """One amount in `text[start:end]`: an exact value and the unit as written, None where none is.

    `vague`: a guess, the value is None. `each`: distributed over the goods before it (各两斤). `size`: a word of size
    between number and unit ("大" of 两大袋). `signed`: a bare number behind + or × ("+2", "x2"). `spec`: the size of a
    pack (20罐装). `cut_short`: a 两 that nothing follows, two of something or 两 of what went before.
    `couple`: 俩 or 仨, which hold their own 个.
    """

    start: int
    end: int
    value: Decimal | None
    unit: str | None = None
    vague: bool = False
    each: bool = False
    size: str = ""
    signed: bool = False
    spec: bool = False
    cut_short: bool = False
    couple: bool = False


EACH = Rule(
    r"(?:各自?(?:来|要|买|拿|订|带)?|(?:每[样种个款]|(?<![^\s,，])一样)(?:都)?(?:来|要|买|拿|订)?|[都全](?:来|要|买|拿|订)"
    r"|分别(?:来|要|买|拿|订|是)?)\s?$"
)
# 24盒装要3提, 5L的来一桶: a verb between the size of a pack and how many of it.
VERB_JOINT = Rule(r"装?的?[,，\s]?(?:我家?)?(?:要|来|买|订|带|拿|给我来|帮我[带买拿订])\s?")
JOINT = Rule(r"\s{0,2}(?:[*＊×xX✖✕/／(（\[【]|装|每|共|一共|总共)?\s?")
_WEIGHED = frozenset(["斤", "公斤", "千克", "两", "磅"])
TIMES = frozenset("*＊×xX✖✕")
_SUMS = ("共", "一共", "总共")
_LIANG = 10  # of them make a 斤
NAME_NEXT = Rule(r"[一-龥□A-WYZa-wyz]|[xX](?!\s?[0-9一二两三])")
FILLER_NEXT = Rule(r"(?:左右|上下|就行|就好|就够|即可|吧|了|哈|哦|啊|呀|哟|噢|的|谢|不|要|少|多|装|改|取消|退)")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order and apart. Prices, times, head-counts and sizes of packs are none."""
    return find_numbers(text)[0]


def find_numbers(text: str) -> tuple[tuple[Quantity, ...], tuple[tuple[int, int], ...]]:
    """Return the quantities of `text` and the spans of the numbers that are none (5元/斤, 下午3点, 一家4口)."""
    if not ANY_NUMBER.search(text):
        return (), ()
    others: list[tuple[int, int]] = []
    return tuple(_fold(text, list(_scan(text, others)))), tuple(others)


def _scan(text: str, others: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in NUMERIC.finditer(text):
        if match["plain"] is not None:
            start, end = match.span()
            yield Quantity(start, end, plain_value(match["plain"]), match["plain_unit"], each=_is_each(text, start))
            continue
        groups = match.lastgroup
        if match["price"] is not None or match["aside"] is not None:
            others.append(match.span())
            continue
        start, end = match.span()
        if match["vague"] is not None:
            yield Quantity(start, end, None, _unit_in(match["vague"]), vague=True, each=_is_each(text, start))
        elif match["couple"] is not None:
            value, unit = WORDS[match["couple"]], match["couple_unit"]
            yield Quantity(start, end, value, unit or "个", each=_is_each(text, start), couple=not unit)
        elif match["one"] is not None:
            yield Quantity(start, end, Decimal(1), match["one"])
        elif match["jin"] is not None:
            yield Quantity(start, end, Decimal("1.5"), "斤")
        elif match["bare"] is not None:
            number = read_number(match["bare"])
            if "." in match["bare"] and match["sign"] is None and not match["bare"].endswith(".5"):
                others.append(match.span())  # 大米32.8: a price
            elif number is not None and number[1] == len(match["bare"]):
                signed, short = match["sign"] is not None, match["bare"] == "两"
                yield Quantity(start, end, plain(number[0]), each=_is_each(text, start), signed=signed, cut_short=short)
        elif groups is not None:
            yield from _amount(match, text)


def plain_value(number: str) -> Decimal:
    """Return what Arabic digits or one Chinese numeral say."""
    if number.isascii():
        return Decimal(number)
    word = WORDS.get(number)
    return word if word is not None else Decimal(DIGITS.get(number, 10))


def _amount(match: re.Match[str], text: str) -> Iterator[Quantity]:
    number = read_number(match["number"])
    if number is None or number[1] != len(match["number"]):
        return
    start, end = match.span()
    value, unit = number[0], match["unit"]
    if match["half"]:
        value += Decimal("0.5")
    if match["ratio"]:
        return
    spec = match["packed"] is not None or match["joined"] is not None
    yield Quantity(start, end, plain(value), unit, each=_is_each(text, start), size=match["size"] or "",
                   signed=match["times"] is not None, spec=spec)  # fmt: skip


def _is_each(text: str, start: int) -> bool:
    if not any(sign in text for sign in "各每都全分样"):
        return False
    return EACH.search(text, max(0, start - 6), start) is not None


def _unit_in(text: str) -> str | None:
    for length in (2, 1):
        tail = text.rstrip("多的")[-length:]
        if unit_of(tail) is not None and not tail.isdigit():
            return tail
    return None


def _fold(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join neighbours that describe one packing into the quantity of the outermost container."""
    group: list[Quantity] = []
    for quantity in found:
        if group and _is_small_change(group[-1], quantity):
            group[-1] = _summed(group[-1], quantity)
            continue
        if group and _belongs(text, group, quantity):
            group.append(quantity)
            continue
        if group:
            yield _outermost(text, group)
        group = [quantity]
    if group:
        yield _outermost(text, group)


def _is_small_change(large: Quantity, small: Quantity) -> bool:
    """Return whether two amounts side by side are one weight: 2斤3两."""
    pair = large.unit == "斤" and small.unit == "两" and large.end == small.start
    return pair and large.value is not None and small.value is not None and small.value < _LIANG


def _summed(large: Quantity, small: Quantity) -> Quantity:
    jin, liang = large.value or Decimal(0), small.value or Decimal(0)
    return large._replace(end=small.end, value=plain(jin + liang / _LIANG))


def _belongs(text: str, group: list[Quantity], new: Quantity) -> bool:
    last = group[-1]
    gap = JOINT.fullmatch(text, last.end, new.start)
    verb = gap is None and _is_pack(text, group) and VERB_JOINT.fullmatch(text, last.end, new.start) is not None
    of_pack = gap is None and text[last.end : new.start] in ("的", "的 ") and _is_pack(text, group)
    verb = verb or of_pack  # 10斤装的两袋, 500ml的一瓶
    if (gap is None and not verb) or last.vague or new.vague or new.each:
        return False
    if verb:
        return new.unit is not None and (last.spec or not _names_something(text, new.end))
    joint = text[last.end : new.start].strip()
    if joint in _SUMS and new.unit is None:
        return False  # 砂糖橘一箱 共77.9: what all of it costs
    multiplied = joint[:1] in TIMES or text[new.start] in TIMES
    if not multiplied and len(group) > 1 and last.unit is None and last.end == new.start and new.unit is not None:
        return True
    if multiplied or last.spec or joint:
        return (last.unit is not None or new.unit is not None) and not (new.signed and not multiplied)
    if new.unit is None or last.unit is None or new.signed or (_rank(last) == _rank(new) and not last.spec):
        return False
    return not _names_something(text, new.end) or (_rank(last) == 0 and last.unit not in _WEIGHED)


def _is_pack(text: str, group: list[Quantity]) -> bool:
    """Return whether a group describes a pack: 24罐装, 5L, 100g*12杯."""
    last = group[-1]
    return last.spec or (_rank(last) == 0 and last.unit not in _WEIGHED) or _is_chained(text, group)


def _names_something(text: str, at: int) -> bool:
    return NAME_NEXT.match(text, at) is not None and FILLER_NEXT.match(text, at) is None


def _rank(quantity: Quantity) -> int:
    unit = unit_of(quantity.unit)
    return -1 if unit is None else unit.rank


def _outermost(text: str, group: list[Quantity]) -> Quantity:
    if len(group) == 1:
        return group[0]
    last, before = group[-1], group[-2]
    if last.unit is None and last.signed and before.unit is not None and before.value == 1:
        return before._replace(start=group[0].start, end=last.end, value=last.value)  # 24盒一箱x2
    if len(group) == 2 and group[0].unit is None and group[1].value is not None and group[0].value is not None:
        whole = group[1]._replace(value=plain(group[0].value * group[1].value))
    elif group[-1].unit is None:
        whole = group[-1]
    else:
        ranked = [q for q in group if not q.spec] or group
        top = max(map(_rank, ranked))
        best = [q for q in ranked if _rank(q) == top]
        whole = best[-1] if _is_chained(text, group) else best[0]
    each = any(q.each for q in group)
    return whole._replace(start=group[0].start, end=group[-1].end, spec=False, each=each, signed=group[0].signed)


def _is_chained(text: str, group: list[Quantity]) -> bool:
    return any(c in TIMES for c in text[group[0].end : group[-1].start + 1])
