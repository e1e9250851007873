"""Short names that the goods on offer give one another: what is left where they begin or end alike, and their kind.

贵妃芒 and 小台芒 are 贵妃 and 小台, 车厘子2J and 车厘子3J are 2J and 3J; 芒果 beside them means either.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.text.vocabulary import groups

_MEASURES = frozenset("寸斤克枚味色号码")
MOST = 60
SHORTEST_START = 2
_OTHER_WORDS = frozenset(
    ["早", "晚", "大", "小", "好", "送", "加", "要", "来", "多", "少", "不", "半", "整", "一", "两"]
)


def short_names(goods: tuple[Good, ...]) -> dict[str, Good]:
    """Return what is left of each name where it ends or begins as another does, if only one has it."""
    if not 1 < len(goods) <= MOST:
        return {}
    names = [good.name.lower() for good in goods]
    found: dict[str, set[int]] = {}
    for at, name in enumerate(names):
        others = [other for position, other in enumerate(names) if position != at]
        for word in (_without_end(name, others), _without_start(name, others)):
            if word and word not in _OTHER_WORDS and not word.isdigit():
                found.setdefault(word, set()).add(at)
    return {word: goods[min(places)] for word, places in found.items() if len(places) == 1}


def _without_end(name: str, others: Iterable[str]) -> str:
    """Return `name` without the end that another has too: the longest, or the longest that is an article by itself."""
    shared = [at for at in range(1, len(name)) if any(_ends(other, name[at:]) for other in others)]
    shared = [at for at in shared if not _in_letters(name, at)]
    if not shared:
        return ""
    at = next((at for at in shared if article_of(name[at:]) is not None), shared[0])
    return name[: at + 1] if name[at] in _MEASURES and at + 1 in shared else name[:at]


def _without_start(name: str, others: Iterable[str]) -> str:
    for at in range(len(name) - 1, SHORTEST_START - 1, -1):
        if not _in_letters(name, at) and any(other.startswith(name[:at]) for other in others):
            return name[at:]
    return ""


def _ends(name: str, end: str) -> bool:
    return len(end) < len(name) and name.endswith(end) and not _in_letters(name, len(name) - len(end))


def _in_letters(name: str, at: int) -> bool:
    """Return whether a name would be cut inside a run of letters: L码 is no end of XL码."""
    pair = name[at - 1 : at + 1]
    return pair.isascii() and pair.isalpha()


def kinds_of(word: str, goods: Iterable[Good]) -> tuple[Good, ...]:
    """Return the goods on offer that are kinds of what `word` names (橙子: 脐橙, 血橙)."""
    endings = _families().get(article_of(word) or word) or _families().get(word)
    if not endings:
        return ()
    return tuple(good for good in goods if _plain(good.name).endswith(endings) and _plain(good.name) != word)


def _plain(name: str) -> str:
    """Return a name without the size at its end (土鸡蛋60枚)."""
    return name.rstrip("0123456789.装枚个斤只克升gGkKmMlL两块片大小份")


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    return groups("families")
