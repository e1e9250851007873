"""Goods that a header lists without prices: several in the title (米面油, 猫粮狗粮), or one a line below it."""

import re
from collections.abc import Sequence

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.parsing.order_glue import split_glued
from domain.parsing.order_index import VARIANT
from domain.parsing.order_kinds import flavours
from domain.text.patterns import Rule

MOST_LINES = 30
FEWEST_SINGLES = 3
_BULLET = Rule(r"^[\s\-—·•*●◆■✅☑▶👉🌟]{1,8}|[\s,，、;；。.]{1,8}$")
_BLANKS = Rule(r"[\s/／、,，;；]+")
_MADE = Rule(
    "面包|吐司|蛋糕|馒头|花卷|面条?$|粽子|饺|馄饨|包子?$|月饼|饼|奶$|汁$|茶$|冰|汤|披萨|汉堡|粥|沙拉|丸|酱|油$|醋|饭|酒|糕|罐头|干$"
)
_NAME = Rule(r"[一-龥A-Za-z]{1,8}")
_JOINTS = Rule(r"\s?[/／、&+＋和与]\s?")


def several(name: str) -> tuple[str, ...]:
    """Return the goods that one word of a title means: 矿泉水/可乐, 猫粮狗粮, 米面油; (name,) where it is one.

    红豆面包 is one: what is made of the first; single characters are several only from three on.
    """
    pieces = tuple(piece.strip() for piece in _JOINTS.split(name))
    if len(pieces) > 1:
        known = sum(1 for piece in pieces if article_of(piece) is not None)
        listed = "/" in name or "、" in name or "／" in name
        apart = listed and all(_NAME.fullmatch(piece) for piece in pieces) and (len(pieces) > 2 or known > 0)
        return pieces if apart or known == len(pieces) else (name,)
    glued = split_glued(name)
    single = len(glued) >= FEWEST_SINGLES and all(len(piece) == 1 for piece in glued)
    apart = all(len(piece) > 1 for piece in glued) and not _MADE.search(glued[-1])
    if not (single or apart) or not all(map(article_of, glued)):
        return (name,)
    return tuple(article_of(piece) or piece for piece in glued) if single else glued


def stacked(kind: str, unit: str | None, lines: Sequence[str], *, title_alone: bool = False) -> tuple[Good, ...]:
    """Return the goods that stand without prices below a title about `kind` ("" where it names no article).

    Flavours are goods of that article (鲜花饼, then 玫瑰味 and 抹茶味), sold by its `unit`; names are goods.
    `title_alone`: the title says nothing but that article, so that it is the first of the list.
    """
    if kind and title_alone and article_of(kind) and not all(map(_is_flavour, lines)):
        lines = (kind, *lines)
        kind = ""
    words = [word for line in lines[:MOST_LINES] for word in _BLANKS.split(_BULLET.sub("", line)) if word]
    names = list(dict.fromkeys(word for word in words if _NAME.fullmatch(word)))
    if len(names) < 2 or len(names) < len(words):
        return ()
    if kind and all(_is_flavour(name) for name in names):
        return tuple(Good(f"{name}{kind}", unit, aliases=_short(name)) for name in names)
    known = sum(1 for name in names if article_of(name) is not None or name in flavours())
    return tuple(Good(name) for name in names) if known * 2 > len(names) else ()


def _is_flavour(name: str) -> bool:
    return re.sub(r"口?味$", "", name) in flavours() or (len(name) > 1 and VARIANT.fullmatch(name) is not None)


def _short(name: str) -> tuple[str, ...]:
    plain = re.sub(r"口?味$", "", name)
    return (name, plain) if plain and plain != name else (name,)
