"""Names and prices in the lines of a chain's header: where a name ends, by what it is sold, of what kind it is."""

import re
from collections.abc import Iterator

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule
from domain.units import UNITS

NUMBER = r"[0-9]{1,5}(?:\.[0-9]{1,2})?"
MONEY = rf"[¥￥]?\s?{NUMBER}\s?(?:元|圆|块钱?|米|r(?:mb)?\b)?"
EVERY = rf"(?:[/／每一1]\s?1?\s?{UNIT})"
PRICE = Rule(
    rf"(?:{EVERY}\s?{MONEY}|[¥￥$]\s?{NUMBER}\s?{EVERY}?|{NUMBER}\s?(?:元|圆|块钱?)\s?{EVERY}?"
    rf"|{NUMBER}\s?(?:[/／](?:\s?|[0-9]{{1,2}}|半)|一\s?|每\s?)(?![A-Z]\s[0-9]){UNIT}|(?<=\s){NUMBER}(?=\s|$|[,，;；、])"
    rf"|(?<=[一-龥)）]){NUMBER}(?=\s|$|[(（/／、,，;；]))"
)
UNIT_OF_PRICE = Rule(rf"(?:[/／每一]\s?1?\s?|(?<=元)1|(?<![0-9.])1(?=\S{{1,2}}$))({UNIT})")
PACKED = Rule(rf"[0-9]{{1,4}}\s?{UNIT}装?$|整[箱件盒]$")
SLASHED = Rule(rf"{NUMBER}\s?元?\s?[/／]\s?(?!{UNIT})[一-龥]")
NAME_END = Rule(
    rf"[(（\[【¥￥,，;；:：=＝]|\s{{1,3}}[0-9一两]|{NUMBER}\s?(?:元|圆|块|[/／]|一{UNIT}|\s{{0,3}}$)"
    rf"|[一1每半]\s?{UNIT}(?![一-龥]{{2}})|[0-9]{{1,4}}\s?{UNIT}|…|\s{{0,3}}$"
)
NO_GOODS = Rule(
    r"志愿|车辆|体重|打卡|名单|统计|带菜|配药|代[买购订]|采购|群|互助|帮忙|^团长|温暖|佛系|老家|街市|值[班守]|活动|登记|^(?:每[户人家]|限|统一|都是)"
)
NAME_EDGE = " .。:：-—*~、✅✔☑▶●○◆◇■□★☆·•👉🌟🔥"
VARIED = Rule(r".{1,6}[味色款码号型]")
SIZED = Rule(r"[0-9]{1,4}(?:\.[0-9])?\s?(?:kg|g|ml|l|公斤|斤|克|升|毫升|枚|个|片|支|抽)\s?装?", re.IGNORECASE)
LONGEST = 20


def article(text: str, code: str | None = None) -> Good | None:
    head = re.match(r"[0-9]{2,5}(?=[一-龥]{2})(?!元|块)|[0-9]{1,3}(?:斤|个|只|枚|g|ml)装", text)
    start = head.end() if head else 0
    end = NAME_END.search(text, start)
    name = text[: end.start() if end else len(text)].strip(NAME_EDGE)
    if not 0 < len(name) <= LONGEST or name.isdigit() or not is_good(name):
        return None
    return Good(name=name, unit=unit(text[len(name) :]), code=code)


def unit(text: str) -> str | None:
    match = UNIT_OF_PRICE.search(text)
    return match[1] if match else None


def is_good(name: str) -> bool:
    """Return whether a name can be that of goods: no bare unit, no rule, nothing that people are called up for."""
    return (name not in UNITS or article_of(name) is not None) and NO_GOODS.search(name) is None


def name_before(text: str, price: str) -> str:
    """Return the name in front of a price; a size is one, but not how many make the unit (6个 of 包子 6个一屉 15)."""
    words = text.strip(" ,，、/／;；()（）").split(" ")
    name = words[-1]
    if len(words) > 1 and price[0] in "一每" and PACKED.fullmatch(name):
        name = words[-2].strip(" ,，、/／;；()（）")
    return name if SIZED.fullmatch(name) else PACKED.sub("", name).strip(NAME_EDGE)


def of_a_kind(kind: str, found: list[Good], slashed: bool) -> Iterator[Good]:
    """Give variants and sizes of one article its name: 馄饨 鲜肉15/荠菜14, 大米 10kg装 68 / 5kg装 36."""
    if any(good.name == kind for good in found):
        kind = ""  # 凉皮 10 / 凉面 9
    kind = tail_of(kind)
    varied = all(VARIED.fullmatch(good.name) for good in found)
    strange = article_of(kind) is not None and not any(article_of(good.name) for good in found)
    for good in found:
        if not kind or good.name.endswith(kind.removesuffix("子")) or good.name == kind:
            yield good
        elif SIZED.fullmatch(good.name):
            yield Good(name=kind + good.name, unit=good.unit, code=good.code, aliases=(good.name,))
        elif slashed or varied or strange:
            yield Good(name=good.name + kind, unit=good.unit, code=good.code, aliases=(good.name,))
        else:
            yield good


def tail_of(kind: str) -> str:
    """Return the known article that a name ends with (水饺 of 手工水饺), else all of it."""
    if article_of(kind) is not None:
        return kind
    return next((kind[at:] for at in range(1, len(kind) - 1) if article_of(kind[at:]) is not None), kind)
