"""Which article on offer a writer means: by code, name, other name, short name, variant, or with a slip of the pen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from domain.intents import Good
from domain.parsing.articles import Names, article_of, fold_slips
from domain.parsing.numerals import HAN_PATTERN, read_number
from domain.parsing.order_heads import kinds_of, short_names
from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule
from domain.text.vocabulary import groups
from domain.units import UNITS, Dimension

NOISE = Rule(r"[\s·.。,，、:：\"'“”‘’~\-_]+")
VARIANT = Rule(
    r"(?:.{0,4}(?:口味|味|色|款|号|码|型|装|规格|尺寸|用)|[红黄蓝绿白黑紫粉灰橙青]|[大中小加]{1,2}份?|特大"
    r"|超大|原味)"
)
CODED = Rule(
    r"([A-Za-z]|[0-9]{1,3}|第([0-9一二三四五六七八九十]{1,2})[个种样]?)\s?(?:号?套餐?|[号款包餐类种组]"
    r"|袋装|盒装)?"
)
SIZED = Rule(
    rf"(?P<value>[0-9]{{1,5}}(?:\.[0-9]{{1,2}})?|{HAN_PATTERN})\s?(?P<unit>kg|g|ml|l(?![a-z])|公斤|千克|毫升"
    r"|[斤克升枚个片抽支粒包寸])(?:装|(?![a-z]))"
)
HAN_CODES = frozenset("一二三四五六七八九十")
CIRCLED = {chr(0x2460 + n): str(n + 1) for n in range(20)}
PRODUCT_NUMBER = Rule(r"[0-9]{3,5}(?![0-9])")
# 8424西瓜, 84消毒液; no size (10斤装大米).
NAME_NUMBER = Rule(rf"[0-9]{{3,5}}(?![0-9])|[0-9]{{2}}(?=[一-龥]{{2}})(?!{UNIT}|[年月日号度元块寸码])")
LETTER_LAST = Rule(r"(?<=[一-龥])[A-Za-z]$")
SHORTEST_NEAR = 3
ALIKE = {
    ("大人", "成年人", "大人用", "成人款"): "成人",
    ("小孩", "孩子", "小朋友", "宝宝", "小孩用", "娃", "孩子用"): "儿童",
    ("男", "男款", "男生"): "男士",
    ("女", "女款", "女生"): "女士",
}
MOST_SEEN = 512


@dataclass(frozen=True, slots=True)
class Match:
    """What words name: `good` if one article is meant, `options` if they fit several, `note` what else they say."""

    good: Good | None = None
    options: tuple[Good, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class OfferIndex:
    """The articles on offer, prepared for looking up what people write."""

    goods: tuple[Good, ...]
    keys: dict[str, Good] = field(default_factory=dict)
    codes: dict[str, Good] = field(default_factory=dict)
    folded: dict[str, Good] = field(default_factory=dict)
    articles: dict[str, Good] = field(default_factory=dict)
    numbered: dict[str, Good] = field(default_factory=dict)
    sizes: dict[tuple[str, Decimal], Good] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names({}))
    _seen: dict[str, Match | None] = field(default_factory=dict, compare=False, repr=False)

    def match(self, piece: str) -> Match | None:
        """Return what `piece` (a name without quantity) means among the goods on offer, or None where it means none."""
        if piece not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[piece] = self._match(piece)
        return self._seen[piece]

    def _match(self, piece: str) -> Match | None:
        key = _key(piece)
        if not key:
            return None
        good = self.keys.get(key) or self.by_code(piece) or (self.keys.get(key[:-1]) if key[-1] in "子儿" else None)
        if good is not None:
            return Match(good)
        if key in self.numbered:
            return Match(self.numbered[key])
        number = PRODUCT_NUMBER.match(key) if self.numbered else None
        if number is not None:
            return self._by_number(key, number[0])
        if self.sizes and key.isdecimal() and (named := [g for (_, n), g in self.sizes.items() if n == Decimal(key)]):
            return Match(named[0])
        sized = SIZED.search(key) if self.sizes else None
        if sized is not None and size_of(sized) in self.sizes:
            return Match(self.sizes[size_of(sized)])
        article = article_of(key)
        meant = article or article_of(key, slips=True)
        if meant is not None and meant in self.articles:
            return Match(self.articles[meant])
        found = (self._by_size(key) if article is None else None) or self._by_part(key, known=article is not None)
        if found is None and (kinds := kinds_of(key, self.goods)):
            return Match(kinds[0]) if len(kinds) == 1 else Match(options=kinds)
        found = found or self._with_more(key, known=article is not None) or self._near(key)
        return found or self._alike(key)

    def _by_size(self, key: str) -> Match | None:
        """大瓶 and 小礼盒, where articles on offer differ by their size: the largest and the smallest."""
        if not self.sizes or key[:1] not in ("大", "小") or len({size for size, _ in self.sizes}) > 1:
            return None
        rest = key[1:].rstrip("的装")
        fitting = {key: good for key, good in self.sizes.items() if rest in ("", good.unit) or rest in good.name}
        if not fitting and rest in UNITS:
            fitting = self.sizes
        if not fitting:
            return None
        end = max if key[0] == "大" else min
        return Match(fitting[end(fitting, key=lambda size: size[1])])

    def _alike(self, key: str) -> Match | None:
        """Another word for whom an article is made (大人的 where 成人口罩 is on offer), or its picture (🥚)."""
        for name in _pictured().get(key, ()):
            if (match := self.match(name)) is not None:
                return match
        meant = next((word for words, word in ALIKE.items() if key.removesuffix("的") in words), None)
        return self._by_part(meant, known=False) if meant is not None else None

    def by_code(self, piece: str) -> Good | None:
        """Return the good whose code `piece` is (A, b包, 1号, ①), or None."""
        plain = piece.removesuffix("套餐").removesuffix("号")
        if plain in HAN_CODES:
            number = read_number(plain)
            named = plain != piece and number is not None
            return self.codes.get(plain) or (self.codes.get(str(number[0])) if number and named else None)
        if piece.lower() in self.codes:
            return self.codes[piece.lower()]
        coded = CODED.fullmatch(CIRCLED.get(piece, piece).strip())
        if coded is None:
            return None
        number = read_number(coded[2]) if coded[2] else None
        return self.codes.get(str(number[0]) if number else coded[1].lower().lstrip("0"))

    def _by_number(self, key: str, number: str) -> Match | None:
        """A product number, also with one digit wrong, and perhaps the rest of the name."""
        near = (
            [self.numbered[number]]
            if number in self.numbered
            else [g for n, g in self.numbered.items() if _is_one_off(n, number)]
        )
        options = tuple(good for good in near if key.removeprefix(number) in good.name)
        if not options:
            return None
        return Match(options[0]) if len(options) == 1 else Match(options=options)

    def _by_part(self, key: str, known: bool) -> Match | None:
        """A short name: the beginning or the end of an article's name (美都, 汽水), or a part of it (肉 of 肉类包)."""
        if key.isascii() and key.isalpha() and len(key) < SHORTEST_NEAR:  # S of Box S and Box L, not the t of croissant
            worded = [g for g in self.goods if key in g.name.lower().split()]
            return Match(worded[0]) if len(worded) == 1 else Match(options=tuple(worded)) if worded else None
        ends = [g for k, g in self.keys.items() if k.endswith(key)]
        begins = [
            g
            for k, g in self.keys.items()
            if k.startswith(key) and not (known and len(self.goods) < 2 and _is_other(key, k))
        ]
        inside = [g for k, g in self.keys.items() if key in k] if not known and len(key) < 4 else []
        for found in (ends, begins, inside):
            options = tuple(dict.fromkeys(found))
            if options:
                return Match(options[0]) if len(options) == 1 else Match(options=options)
        return None

    def _with_more(self, key: str, known: bool) -> Match | None:
        """A longer name: the article's name with a brand or variant around it (本地土豆, 酸奶原味)."""
        found = [(k, g) for k, g in self.keys.items() if k in key and (len(k) > 1 or key.startswith(k))]
        for name, good in sorted(found, key=lambda x: -len(x[0])):
            before, _, after = key.partition(name)
            if known and len(name) == 1:
                continue  # 面粉 is no 面
            if (not after and not known and len(before) <= 5 and len(name) > 1) or (
                not before and VARIANT.fullmatch(after)
            ):
                return Match(good, note=before + after)
        return None

    def _near(self, key: str) -> Match | None:
        """A slip of the pen: a homophone, or one wrong sign in a name of three and more."""
        folded = fold_slips(key)
        slips = {self.folded[folded]} if folded in self.folded else set()
        if not slips and len(key) >= SHORTEST_NEAR and article_of(key) is None:
            slips = {
                g
                for k, g in self.keys.items()
                if len(k) >= SHORTEST_NEAR and abs(len(k) - len(key)) <= 1 and _is_one_off(k, key)
            }
        if not slips:
            return None
        options = tuple(g for g in self.goods if g in slips)
        return Match(options[0]) if len(options) == 1 else Match(options=options)


@cache
def _pictured() -> Mapping[str, tuple[str, ...]]:
    return groups("pictures")


@lru_cache(maxsize=256)  # one for each round and header of the day
def index_of(goods: tuple[Good, ...]) -> OfferIndex:
    """Return the index of these goods."""
    keys: dict[str, Good] = {}
    codes: dict[str, Good] = {}
    articles: dict[str, Good] = {}
    for good in goods:
        for name in (good.name, *good.aliases):
            keys.setdefault(_key(name), good)
            article = article_of(_key(name))
            if article is not None:
                articles.setdefault(article, good)
        if good.code:
            codes.setdefault(CIRCLED.get(good.code, good.code).lower(), good)
            number = read_number(good.code) if good.code in HAN_CODES else None
            if number is not None:
                codes.setdefault(str(number[0]), good)
    if not codes:
        codes = _last_letters(goods)
    for word, good in short_names(goods).items():
        keys.setdefault(_key(word), good)
    keys.pop("", None)
    folded = {fold_slips(key): good for key, good in keys.items()}
    written = {k: g.name for k, g in keys.items()} | {n.lower(): g.name for g in goods for n in (g.name, *g.aliases)}
    return OfferIndex(goods, keys, codes, folded, articles, _numbered(goods), _sizes(goods), Names(written))


def _last_letters(goods: tuple[Good, ...]) -> dict[str, Good]:
    """Return goods told apart by a letter behind their names (蔬菜包A, 蔬菜包B, 肉包C) by that letter."""
    lettered = {name[-1].lower(): good for good in goods if LETTER_LAST.search(name := good.name)}
    return lettered if len(lettered) == len({good.name for good in goods}) > 1 else {}


def _numbered(goods: tuple[Good, ...]) -> dict[str, Good]:
    """Return the goods whose names begin with a product number (8424西瓜), by that number."""
    found = {number[0]: good for good in goods if (number := NAME_NUMBER.match(good.name))}
    return found if len(found) == sum(1 for good in goods if NAME_NUMBER.match(good.name)) else {}


def _sizes(goods: tuple[Good, ...]) -> dict[tuple[str, Decimal], Good]:
    """Return the goods by the one size in their names, if they differ by it."""
    apart = {good.name: good for good in goods}.values()
    sized = [(size_of(found), good) for good in apart if (found := SIZED.search(good.name.lower()))]
    sizes = dict(sized)
    return sizes if len(sizes) == len(sized) > 1 else {}


def size_of(match: re.Match[str]) -> tuple[str, Decimal]:
    """Return a size as dimension and grams or millilitres, else in its own unit (5kg装 and 5公斤装 are one)."""
    unit = UNITS.get(match["unit"])
    number = read_number(match["value"])
    value = number[0] if number is not None else Decimal(0)
    if unit is None or unit.dimension not in (Dimension.WEIGHT, Dimension.VOLUME):
        return match["unit"], value
    return unit.dimension, value * unit.size


def _key(name: str) -> str:
    return NOISE.sub("", name).lower()


def _is_other(key: str, longer: str) -> bool:
    """苹果 is not 苹果醋: what follows a known good is another good, unless it says how it comes."""
    return VARIANT.fullmatch(longer[len(key) :]) is None


def _is_one_off(first: str, second: str) -> bool:
    """Return whether one sign replaced, left out or put in, or two neighbours swapped, make the one from the other."""
    if len(first) > len(second):
        first, second = second, first
    head = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[head:] == second[head + 1 :]
    rest = first[head:], second[head:]
    return rest[0][1:] == rest[1][1:] or (rest[0][:2] == rest[1][1::-1] and rest[0][2:] == rest[1][2:])
