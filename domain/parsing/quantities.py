"""Quantities in a text: how much, in which unit as written, told from sizes of packs, prices, times and head-counts.

One pass of one pattern finds every number; neighbours that describe one packing (600ml*24瓶4箱) are then folded into
the quantity of the outermost container. A guess (两三斤, 几个, 若干) is kept as `vague` and never given a value.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.parsing.numerals import DIGITS, HAN_NUMERAL, HAN_PATTERN, WORDS, read_number
from domain.text.patterns import Rule
from domain.units import UNITS, plain, unit_of


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


NOT_UNITS = frozenset(["口", "面", "台", "车", "篮", "床"])
_UNIT_NAMES = sorted((n for n in UNITS if n not in NOT_UNITS), key=len, reverse=True)
_LONGER = {"锅": "锅(?![巴头底盔铲盖])"}  # 二锅头, 一锅底料 begin no amount
_WORDY = [_LONGER.get(n, n) for n in _UNIT_NAMES if not n.isascii()]
UNIT = rf"(?:(?:[kKmM]?[gG]|[mM]?[lL])(?![A-Za-z])|{'|'.join(_WORDY)})"
NUMBER = rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?(?:[千万](?!克))?|{HAN_PATTERN}|[半½])"
ARABIC = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
SIZE = r"[大小中整满]"
_PAIR = "(?:一两|一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)"
_HARDER = "大小早晚快慢软硬好鲜嫩老甜辣淡咸熟生多少瘦肥宜高低厚薄细粗轻重热凉冷远近酸香密紧松"
PEOPLE = r"(?:人(?!份|参)|大人|小孩|孩子|孩|老人|娃|月|小时|星期|钟头|礼拜)"
VAGUE = rf"""
    (?:[一二两三四五六七八九]?十)?(?:好几|几|数)[十百]?\s?{SIZE}?{UNIT}
  | {_PAIR}[十百]?\s?{SIZE}?{UNIT}
  | (?:{ARABIC}|[一二两三四五六七八九十])\s?[-~～—–至到或、]\s?
    (?:{ARABIC}|[一二两三四五六七八九十]{{1,3}})\s?{SIZE}?{UNIT}
  | {NUMBER}(?:来|多|几|余)\s?{SIZE}?{UNIT}
  | {NUMBER}\s?{UNIT}多(?![谢少加放肉汁味])
  | (?:{NUMBER})(?:块钱|元钱?|毛钱)的
  | 若干|适量|少许|少量
  | (?<![{_HARDER}不])(?:一点儿?|一些|点儿)(?!半|钟|[0-9一二三四五]|前|之前|左右|后|以后|钟|都|也)
  | (?<=[来买带捎拿称弄订])点(?=[^0-9一二三四五六七八九十钟半前儿])
"""
PRICE = rf"""
    [¥￥$]\s?{ARABIC}(?:\s?[/／每一]\s?{UNIT})?
  | {NUMBER}\s?(?:元|圆|块钱|块大洋|毛钱|毛(?![肚豆巾血笔])|角钱|rmb|RMB)
    (?:[0-9]{{1,2}}|[一二三四五六七八九](?!{UNIT}))?(?:\s?[/／每一1]\s?{UNIT})?
  | {NUMBER}\s?块(?:[0-9]{{1,2}}|[二三四五六七八九])?\s?(?:[/／每一]\s?{UNIT})
  | {ARABIC}\s?[/／每]\s?(?:{ARABIC}\s?)?{UNIT}
  | (?:转账|转了|付了|已付|已转|实付|收款|收到|合计|总价|共计)\s?{ARABIC}(?!\s?{SIZE}?{UNIT})
"""
ASIDE = rf"""
    [0-9]{{7,}}
  | 体温\s?[:：]?\s?{ARABIC}\s?(?:[度点][0-9一二三四五六七八九]?|℃)?
  | (?<![A-Za-z0-9])[0-9]{{1,2}}[:：][0-9]{{2}}(?![0-9])
  | [0-9]{{2,4}}[*＊]{{2,}}[0-9]{{2,4}}
  | {NUMBER}[度点][0-9五零一二三四六七八九]
  | {NUMBER}\s?(?:%|％|℃|°|点(?![儿心])|时|分钟|小时|天(?!麻)|日|月(?!饼)|年(?!糕)|周|岁)
  | {NUMBER}\s?(?:口(?!锅|蘑|罩|水|服|味|香)|{PEOPLE}|位|户|家(?!乐|常)|楼|层(?!板)|栋|幢|单元|室)
  | {NUMBER}\s?(?:公里|千米|厘米|毫米|[cmCM][mM]|寸|次|折|期|号(?:楼|栋|门)?|[#＃])
  | {NUMBER}个{PEOPLE}
  | 共\s?{NUMBER}\s?样
  | 第{NUMBER}\s?{UNIT}?
"""
AMOUNT = (
    rf"(?<![第每哪某同])(?P<number>{NUMBER})(?:\s{{0,2}}"
    rf"|(?P<size>{SIZE}))(?P<unit>{UNIT})(?P<half>半(?!成品|夏|价))?(?:(?P<packed>装)"
    rf"|(?P<ratio>\s?[/／]\s?{UNIT}))?"
)
COUPLE = r"(?<![们他她你咱我妻娘爷母父姐兄哥口])(?P<couple>[俩仨])(?!人|大人|孩|老|口|娃)"
BARE = (
    rf"(?:(?P<sign>[+＋➕*＊×xX✖✕])\s?)?(?P<bare>(?<![0-9.])[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?(?![0-9.%A-Za-z#"
    rf"])|[{HAN_NUMERAL}]{{1,4}}(?=\s?(?:$|[,，、;；。.!！)）+＋])))"
)
# What a number, a price or a guess can begin with: spares the pattern most positions of a text.
_BEGINNING = (
    rf"(?:(?<![0-9])|(?![0-9]))(?:(?<![{HAN_NUMERAL}])"
    rf"|(?![{HAN_NUMERAL}]))(?=[0-9{HAN_NUMERAL}半½俩仨几数若适少点好¥￥$转付已实收合总共第体+＋➕*＊×xX✖✕]"
    r")"
)
# 带个西瓜, 买瓶酱油: a verb and a unit without a number is one.
ONE_OF = (
    r"(?<=[带来买要捎订])(?P<one>[个瓶袋包盒箱份桶斤条把只块提板杯罐根颗])(?=□|[一-龥]{2})(?!人|大人|小孩"
    r"|月|说|字|子)"
)
# Nine in ten amounts look like this; found first, they are spared the other fifty ways to write a number.
_PLAIN = (
    r"(?<![第每哪某同])(?P<plain>[0-9]{1,4}|[一二两三四五六七八九十半])"
    r"(?P<plain_unit>[份斤盒袋箱包瓶板提只颗根条桶罐把块个]|公斤|克|kg)(?=$|[\s,，、;；。□])"
)
NUMERIC = Rule(
    rf"{_BEGINNING}(?:{_PLAIN}|(?P<vague>{VAGUE})|(?P<price>{PRICE})|(?P<aside>{ASIDE})"
    rf"|(?:(?P<times>[*＊×xX+＋➕✖✕])\s?)?{AMOUNT}|{COUPLE}|{BARE})|{ONE_OF}",
    re.VERBOSE,
)
ANY_NUMBER = Rule(rf"[0-9{HAN_NUMERAL}俩仨半½几数若适少些点]|[带来买要捎订][个瓶袋包盒箱份桶斤条把只块提板杯罐根颗]")
EACH = Rule(
    r"(?:各自?(?:来|要|买|拿|订|带)?|每[样种个款](?:都)?(?:来|要|买|拿|订)?|[都全](?:来|要|买|拿|订)"
    r"|分别(?:来|要|买|拿|订|是)?)\s?$"
)
JOINT = Rule(r"\s{0,2}(?:[*＊×xX✖✕/／(（\[【]|装|每|共|一共|总共)?\s?")
CLOSING = Rule(r"\s?[)）\]】]")
OPENERS = "(（[【"
TIMES = frozenset("*＊×xX✖✕")
NAME_NEXT = Rule(r"[一-龥□A-Za-z]")
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
            yield Quantity(start, end, WORDS[match["couple"]], "个", each=_is_each(text, start), couple=True)
        elif match["one"] is not None:
            yield Quantity(start, end, Decimal(1), match["one"])
        elif match["bare"] is not None:
            number = read_number(match["bare"])
            if number is not None and number[1] == len(match["bare"]):
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
    spec = match["packed"] is not None
    yield Quantity(start, end, plain(value), unit, each=_is_each(text, start), size=match["size"] or "",
                   signed=match["times"] is not None, spec=spec)  # fmt: skip


def _is_each(text: str, start: int) -> bool:
    if not any(sign in text for sign in "各每都全分"):
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
        if group and _belongs(text, group, quantity):
            group.append(quantity)
            continue
        if group:
            yield _outermost(text, group)
        group = [quantity]
    if group:
        yield _outermost(text, group)


def _belongs(text: str, group: list[Quantity], new: Quantity) -> bool:
    last = group[-1]
    gap = JOINT.fullmatch(text, last.end, new.start)
    if gap is None or last.vague or new.vague or new.each:
        return False
    joint = text[last.end : new.start].strip()
    multiplied = joint[:1] in TIMES or text[new.start] in TIMES
    if not multiplied and len(group) > 1 and last.unit is None and last.end == new.start and new.unit is not None:
        return True
    if multiplied or last.spec or joint:
        return (last.unit is not None or new.unit is not None) and not (new.signed and not multiplied)
    if new.unit is None or last.unit is None or new.signed or (_rank(last) == _rank(new) and not last.spec):
        return False
    return not _names_something(text, new.end) or (_rank(last) == 0 and last.unit not in ("斤", "公斤", "千克", "两"))


def _names_something(text: str, at: int) -> bool:
    return NAME_NEXT.match(text, at) is not None and FILLER_NEXT.match(text, at) is None


def _rank(quantity: Quantity) -> int:
    unit = unit_of(quantity.unit)
    return -1 if unit is None else unit.rank


def _outermost(text: str, group: list[Quantity]) -> Quantity:
    if len(group) == 1:
        return group[0]
    if len(group) == 2 and group[0].unit is None and group[1].value is not None and group[0].value is not None:
        whole = group[1]._replace(value=plain(group[0].value * group[1].value))
    elif group[-1].unit is None:
        whole = group[-1]
    else:
        ranked = [q for q in group if not q.spec] or group
        top = max(map(_rank, ranked))
        best = [q for q in ranked if _rank(q) == top]
        whole = best[-1] if _is_chained(text, group) else best[0]
    closing = CLOSING.match(text, group[-1].end)
    end = (
        closing.end() if closing and any(c in OPENERS for c in text[group[0].end : group[-1].start]) else group[-1].end
    )
    each = any(q.each for q in group)
    return whole._replace(start=group[0].start, end=end, spec=False, each=each, signed=group[0].signed)


def _is_chained(text: str, group: list[Quantity]) -> bool:
    return any(c in TIMES for c in text[group[0].end : group[-1].start + 1])
