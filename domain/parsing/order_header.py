"""What a chain's header offers: articles with code and unit, told apart from prices, dishes, rules and deadlines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.parsing.order_lists import several, stacked
from domain.parsing.order_prices import (
    LONGEST,
    MONEY,
    PRICE,
    SIZED,
    SLASHED,
    article,
    is_good,
    name_before,
    of_a_kind,
    tail_of,
    unit,
)
from domain.parsing.order_words import FOOD_SIGN, PICTURE
from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule
from domain.text.vocabulary import cues, words

_CUES = cues("order_header")

MARKER = Rule(r"#\s?(?:接龙|接龍|开团|開團|团购|團購|group\s?note)|\[链接/文件\]|@所有人", re.IGNORECASE)
OFFERS_NOTHING = Rule(rf"^\s*(?:{_CUES['offers_nothing']})")
CODE = Rule(
    r"(?:(?<=^)|(?<=[\s,，;；、)）】]))\s{0,4}(?:(?P<letter>[A-Za-z])\s{0,2}(?:[.．、:：)）款]|(?=\s[^\x00-\x7f])"
    r"|(?=[一-龥])|(?=\s[A-Za-z]{2}[^\n]{0,40}[0-9]))|[(（]?(?P<number>[0-9]{1,2})(?:(?:[．、:：)）]|\.(?![0-9]{1,2}斤))(?![0-9]{1,2}[^0-9]?[号日月])|\s?号\s?(?![楼栋]))|(?<![^\n])(?P<padded>0[1-9])\s"
    r"|(?P<ring>[①-⑳])(?:号|\s?[.、:：])?|(?<![^\n])(?P<han>[一二三四五六七八九十])[、.．:：)）])\s{0,3}"
)
SUITE = Rule(r"(?:套餐|餐|款|套)(?=[\s:：(（]|$)")
COURSES = Rule(r"[一二两三四五六][荤素菜汤]|[荤素]菜")
OFF_TITLE = Rule(_CUES["off_title"])
KINDS = Rule(r"[两二三四五六2-6]种(?:口味|规格|可选)?[:：]?")
FIELD = Rule(r"^(?:品名|商品|名称|品类|(?:今日)?菜单|价格|单价|价目|加购|另有|另售)\s?[:：]\s*")
PICTURES = Rule(f"{PICTURE}+")
SIGNED = Rule(rf"({FOOD_SIGN})\ufe0f?\s?([一-龥]{{1,8}})")
SIZE_BEHIND = Rule(r"(?<=[一-龥])[0-9]{1,4}(?:\.[0-9])?\s?(?:kg|g|ml|l|公斤|斤|克|升|毫升)$", re.IGNORECASE)
OTHER_NAME = Rule(r"[一-龥]{2}")  # 新大米10斤装55 / 菜油5L装82: the second size is another article's
LETTER = Rule("[SML]|[0-9]码")
LETTERED = Rule(r"(?<![A-Za-z0-9])((?:[2-5]?X{1,3})?[SML]|NB|[1-4][0-9](?=码))(?=码|号|\s|[:：/／、]|$)")
EVERYONE = Rule(rf"\s?(?:每|一){UNIT}\s?{MONEY}.*$")  # 鱼丸 牛肉丸 每包25
# 带鱼（宽）45/斤: how an article on a line of several is, in brackets between its name and its price.
BESIDE_PRICE = Rule(r"(?<=[一-龥])[(（]([^()（）]{1,12})[)）](?=\s?[¥￥]?[0-9])")
PRICES_IN_BOX = Rule(r"([一-龥]{1,8})[(（]([^()（）]{4,80})[)）]")  # 粽子（咸肉5元、豆沙4元）
NAME_IN_FRONT = Rule(r"([一-龥]{1,8})[(（][^()（）]{1,12}[)）]\s?[¥￥]?[0-9]")
APART = Rule(r"[/／、&+＋]")
# A number before a name without a dot: 1 碱水结 12, 2- 雪花酥, 3包子 2.5元; no amount (1斤装苹果) and no date.
BARE_CODE = Rule(
    r"([1-9][0-9]?)(?:\s?[-—#]\s?|\s{1,3}|(?=[一-龥]{2}))(?=[一-龥A-Za-z])"
    rf"(?![号月日点楼栋元块年]|{UNIT}(?:装|[^一-龥]|$)|(?<=[0-9]){UNIT}[一-龥]{{2}}|公?斤|千?克)"
)
PLACE = Rule(r"号楼|栋|幢|单元$|小区|[业团]主?群|楼道|组$")
CATEGORIES = frozenset(words("categories"))
MOST = 80


def header_goods(header: str) -> tuple[Good, ...]:
    """Return the goods that a chain's header lists, in order; one where the chain is about one article, () for none.

    Knows lists by letter, number or circled number, priced lines, several prices in a line, "鲜肉15/荠菜14", brands
    behind an article ("洗衣液 蓝月/立白"). A numbered list without prices under a priced title is a menu of dishes, no
    list of goods.
    """
    lines = list(_lines(header))
    if not lines:
        return ()
    lines = _dotted(lines)
    found = _coded(lines) or _branded(lines) or _sized(lines) or _stacked(lines)
    priced = found or _priced(lines)
    goods = priced if len(priced) > 1 else _listed(lines) or priced or _one(lines[0])
    return _signed(_without_sizes(goods[:MOST]), header)


def _lines(header: str) -> Iterator[str]:
    """Yield the lines that may name goods, without marker, pictures and the name of their field (品名：)."""
    for line in header.splitlines()[:120]:
        clean = FIELD.sub("", PICTURES.sub(" ", MARKER.sub(" ", line)).strip())
        if clean and not OFFERS_NOTHING.match(clean):
            yield clean


def _dotted(lines: list[str]) -> list[str]:
    """Return the lines with a dot behind their numbers, where they count from 1 without one (1 碱水结 12)."""
    bare = [BARE_CODE.match(line) for line in lines]
    if [int(found[1]) for found in bare if found] != list(range(1, 1 + sum(1 for found in bare if found))):
        return lines
    pairs = zip(lines, bare, strict=True)
    dotted = [f"{found[1]}. {line[found.end() :]}" if found else line for line, found in pairs]
    return dotted if sum(1 for found in bare if found) > 1 else lines


def _signed(goods: tuple[Good, ...], header: str) -> tuple[Good, ...]:
    """Return the goods with the picture that stands before the name of one alone: 🍓草莓 29, 🫐蓝莓 15."""
    signs = {(good.name, m[1]) for m in SIGNED.finditer(header) for good in goods if m[2].startswith(good.name)}
    for name, sign in signs:
        if sum(1 for _, other in signs if other == sign) == 1:
            goods = tuple(replace(g, aliases=(*g.aliases, sign)) if g.name == name else g for g in goods)
    return goods


def _without_sizes(goods: tuple[Good, ...]) -> tuple[Good, ...]:
    """Return the goods by their plain names (纯牛奶 of 纯牛奶250ml), where no two differ by their size only."""
    plain = [SIZE_BEHIND.sub("", good.name) for good in goods]
    if len(set(plain)) < len(plain) or not all(plain):
        return goods
    return tuple(
        good if good.name == name else replace(good, name=name) for good, name in zip(goods, plain, strict=True)
    )


def _coded(lines: list[str]) -> tuple[Good, ...]:
    goods: dict[str, Good] = {}
    dishes_likely = any(PRICE.search(line) for line in lines if not CODE.match(line))
    priced = False
    for line in lines:
        marks = list(CODE.finditer(line[:400]))
        if not marks or (marks[0].start() > 0 and len(marks) < 2):
            continue
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            rest = line[mark.end() : following.start() if following else len(line)].strip()
            if OFFERS_NOTHING.match(rest):
                continue
            if (suite := SUITE.match(rest)) and mark["letter"]:
                rest = f"{mark['letter']}{suite[0].strip()} ({rest[suite.end() :].strip()})"
            code = _code_of(mark)
            good = article(rest, code)
            if good is not None and code not in goods:
                goods[code] = good
                priced = priced or PRICE.search(rest) is not None
    if len(goods) < 2 or (dishes_likely and not priced and all(code.isdigit() for code in goods)):
        return ()
    return tuple(goods.values())


def _code_of(mark: re.Match[str]) -> str:
    """Return the code that heads an article: A, 3 (of 3, 03 or ③), 三."""
    if mark["ring"]:
        return str(ord(mark["ring"]) - ord("①") + 1)
    code = (mark["letter"] or mark["number"] or mark["padded"] or mark["han"]).upper()
    return code.lstrip("0") or code


def _priced(lines: list[str]) -> tuple[Good, ...]:
    found = [part for line in lines for good in _in_line(line[:400]) for part in _apart(good)]
    return tuple({good.name: good for good in found}.values())


def _apart(good: Good) -> Iterator[Good]:
    """Yield the goods that one price is for: 玫瑰/百合/向日葵 每束19.9."""
    names = several(good.name) if good.code is None and APART.search(good.name) else (good.name,)
    yield from (replace(good, name=name) for name in names) if len(names) > 1 else (good,)


def _in_line(line: str) -> Iterator[Good]:
    prices = list(PRICE.finditer(line))
    if not prices:
        return
    if len(prices) == 1 or COURSES.search(line):
        good = _alone(line)
        if good is not None:
            yield good
        return
    if (boxed := PRICES_IN_BOX.search(line)) and boxed.end() >= prices[-1].end() and boxed.start(2) < prices[0].start():
        line = f"{line[: boxed.start(2) - 1]} {line[boxed.start(2) : boxed.end(2)]} {line[boxed.end() :]}"
    start, first, found = 0, line.split(maxsplit=1)[0], []
    if "(" in line or "（" in line:
        apart = _told_apart_in_brackets(line)
        line = BESIDE_PRICE.sub(lambda match: (match[1] if apart else "").ljust(len(match[0])), line)
    for price in prices:
        name = name_before(line[start : price.start()], price[0])
        lettered = re.search(r"([^\s/／]{2,10}\s[A-Za-z])$", line[start : price.start()].strip())
        if lettered:
            found.append(Good(name=lettered[1], unit=unit(price[0]), code=name.upper()))
        elif name and not name.isdigit() and len(name) <= LONGEST and is_good(name):
            found.append(Good(name=re.split(r"[:：]", name.strip("：: "))[-1], unit=unit(price[0])))
        start = price.end()
    yield from of_a_kind(
        _title_word(first) if not re.search(r"[0-9]", first) else "", found, SLASHED.search(line) is not None
    )


def _told_apart_in_brackets(line: str) -> bool:
    """Return whether what stands in brackets tells two articles apart: 带鱼(宽) 45/斤 带鱼(窄) 30/斤."""
    names = [match[1] for match in NAME_IN_FRONT.finditer(line)]
    return len(set(names)) < len(names)


def _branded(lines: list[str]) -> tuple[Good, ...]:
    """An article and its brands or flavours: 洗衣液 蓝月/立白."""
    for written in lines[:6]:
        line = KINDS.sub("", written)
        match = re.fullmatch(
            r"\s*([一-龥]{1,8})[\s:：(（]+([一-龥A-Za-z]{1,6}(?:\s?[/／、]\s?[一-龥A-Za-z]{1,6}){1,6})[)）]?(?:\s+"
            r"\S{0,12})?\s*",
            line,
        )
        kind = _title_word(match[1]) if match else ""
        if match and kind:
            brands = [b.strip() for b in re.split(r"[/／、]", match[2])]
            if article_of(tail_of(kind)) is None and all(article_of(brand) is not None for brand in brands):
                return tuple(Good(name=brand) for brand in brands)  # 送菜到家 白菜/冬瓜: each is an article itself
            return tuple(Good(name=b if b[-1] == kind[-1] else b + kind, aliases=(b,)) for b in brands if b)
    return ()


def _sized(lines: list[str]) -> tuple[Good, ...]:
    """One article in several packs or sizes: 大米10斤装59元 5斤装32元, 纸尿裤 M 89 / L 95 / XL 99."""
    for line in lines[:6]:
        letters = list(dict.fromkeys(LETTERED.findall(line))) if LETTER.search(line) else []
        head = re.match(r"\s*([一-龥T]{1,8})[\s:：(（]", line)
        alone = head and not OTHER_NAME.search(PRICE.sub(" ", line), head.end(1))
        if len(letters) > 1 and head and alone and (kind := _title_word(head[1])):
            return tuple(Good(name=f"{kind}{size}码", code=size, aliases=(f"{size}码",)) for size in letters)
        packs = list(SIZED.finditer(line))
        head = re.match(r"\s*([一-龥]{1,8})\s?$", line[: packs[0].start()]) if len(packs) > 1 else None
        between = [line[one.end() : next_.start()] for one, next_ in pairwise(packs)]
        apart = len({pack[0].strip() for pack in packs}) == len(packs)
        apart = apart and not any(OTHER_NAME.search(PRICE.sub(" ", text)) for text in between)
        if head and apart and all("装" in pack[0] for pack in packs) and (kind := _title_word(head[1])):
            return tuple(Good(name=kind + pack[0].strip(), aliases=(pack[0].strip(),)) for pack in packs)
    return ()


def _listed(lines: list[str]) -> tuple[Good, ...]:
    """A line of nothing but known articles: 土豆 白菜 萝卜."""
    for line in lines[:12]:
        words = [word for word in re.split(r"[\s、,，/／;；]+", EVERYONE.sub("", line).rstrip("。.")) if word]
        if len(words) > 1 and all(article_of(word) for word in words):
            return tuple(Good(name=word) for word in words)
        alike = len(words) > 1 and all(re.fullmatch(r"[一-龥]{2,5}", w) and w[-1] == words[0][-1] for w in words)
        if alike and (any(article_of(word) for word in words) or article_of(words[0][-2:]) is not None):
            return tuple(Good(name=word, unit=unit(line)) for word in words)
    return ()


def _one(line: str) -> tuple[Good, ...]:
    good = _alone(line)
    if good is None:
        return ()
    names = several(good.name)
    return tuple(Good(name=name) for name in names) if len(names) > 1 else (good,)


def _stacked(lines: list[str]) -> tuple[Good, ...]:
    kind = _kind_of(lines[0])
    return stacked(kind, unit(lines[0]), lines[1:], title_alone=kind == lines[0].strip())


def _kind_of(line: str) -> str:
    good = _alone(line)
    return good.name if good is not None else ""


def _alone(line: str) -> Good | None:
    """The one article that a title names: 卷纸 39元一提 → 卷纸 by the 提; None for 水果接龙."""
    plain = re.sub(r"[(（\[【][^)）\]】]{0,40}[)）\]】]", " ", line)
    text = OFF_TITLE.sub(" ", plain).strip(" :：,，。!！~-—")
    good = article(" ".join(text.split())) if text else None
    if good is None:
        return None
    name = _title_word(good.name)
    return Good(name=name, unit=unit(line)) if name else None


@lru_cache(maxsize=256)
def title_word(title: str) -> str:
    """Return what a title is about, in its first word (牛奶 of "牛奶 鲜牛奶/酸奶"), or ""."""
    return _title_word(MARKER.sub(" ", title[:200]))


def _title_word(text: str) -> str:
    pieces = OFF_TITLE.sub(" ", text).split()
    name = pieces[0].strip("的·-—:：") if pieces else ""
    return (
        ""
        if name in CATEGORIES or not re.search(r"[一-龥A-Za-z]", name) or len(name) > 12 or PLACE.search(name)
        else name
    )
