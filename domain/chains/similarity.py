"""When two posted lines are one line: keys that survive retyping noise, cut ends, marks of withdrawal, likeness."""

import unicodedata
from collections import Counter
from itertools import pairwise

from domain.text.patterns import Rule

MAX_LINE = 2_000
_BETWEEN_DIGITS = frozenset(".。·/:-+*#×~")
_POINTS = frozenset(".。·")
_ONE_FORM = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－⁃", "-") | {"➕": "+", "✖": "×", "✕": "×", "〜": "~", "～": "~"})
_FORM_MARKS = frozenset("_-—.…。、,，:： ")
_DIGITS = Rule(r"[0-9]+")
_AMOUNT = Rule(r"[一二两三四五六七八九十半][斤两个份盒袋箱板包瓶颗块只条把桶]")
_CUT = Rule(r"(?:(?<!…)…+|(?<!\.)\.{3,}|(?<!。)。{3,})[\s)）]*\Z")
_STRONG = r"(?:取消|作废|撤销|退订|退单)"
_WEAK = r"(?:不要|不去|不用|不参加|去不了|来不了|参加不了|退出|退)"
_AT_END = Rule(rf"(?<![别不没勿未])(?:已经|我|先|都|已)?(?:(?P<strong>{_STRONG})|{_WEAK})(?:掉)?(?:了)*\Z")
_AT_START = Rule(rf"\A(?:已)?{_STRONG}(?:了)?")


def line_key(text: str) -> str:
    """Return what a line says whatever its spaces, width, script and punctuation; "" where it says nothing.

    A point, hyphen or slash between two digits stays (36.5 is not 365). A line of symbols alone is its own key, because
    nicknames may be that; a line of form marks (____, …) is blank.
    """
    plain = "".join(unicodedata.normalize("NFKC", text[:MAX_LINE]).lower().split()).translate(_ONE_FORM)
    kept = "".join(_kept(plain, at) for at in range(len(plain)))
    if kept:
        return kept
    return "" if set(plain) <= _FORM_MARKS or len(plain) < 2 else plain


def _kept(plain: str, at: int) -> str:
    mark = plain[at]
    category = unicodedata.category(mark)
    if category[0] in "LN" or category == "So":
        return mark
    if mark in _BETWEEN_DIGITS and 0 < at < len(plain) - 1 and plain[at - 1].isdigit() and plain[at + 1].isdigit():
        return "." if mark in _POINTS else mark
    return ""


def loose_key(key: str) -> str:
    """Return only the letters and digits of a key: what is left when separators were lost or emoji were not carried."""
    return "".join(mark for mark in key if mark.isalnum())


def without_signs(key: str) -> str:
    """Return the letters, digits and decimal points of a key: what is no matter of taste."""
    return "".join(mark for mark in key if mark.isalnum() or mark == ".")


def without_cut(text: str) -> str | None:
    """Return the key of what stands before the "…" that a client or a bridge put for the rest, None without one."""
    found = _CUT.search(text[-80:].rstrip())
    return line_key(text.rstrip()[: len(text.rstrip()) - (len(text[-80:].rstrip()) - found.start())]) if found else None


def withdrawal(key: str) -> tuple[str, bool] | None:
    """Return what a line says beside its mark of withdrawal, and whether the mark is clear alone; None without a mark.

    取消 is clear wherever it ends or begins a line. 不要了, 退了 and 去不了 withdraw an entry only if they were put
    behind its text; elsewhere they speak of an article, a taste or a nickname.
    """
    found = _AT_END.search(key)
    if found:
        return key[: found.start()], found["strong"] is not None
    found = _AT_START.match(key)
    return (key[found.end() :], True) if found else None


def speaks_of(stem: str, key: str, subject: str | None) -> bool:
    """Return whether `stem` (a line less its mark of withdrawal) names the whole entry `key`, not one article of it.

    It repeats the entry, or only its beginning, where people put room and name: no number but those of the subject.
    """
    short, long = loose_key(stem), loose_key(key)
    if short == long:
        return True
    known = set(_DIGITS.findall(subject or ""))
    if len(short) > len(long) or _AMOUNT.search(stem) or not set(_DIGITS.findall(stem)) <= known:
        return False
    return long.startswith(short) or Counter(long[: len(short)]) == Counter(short)


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, 0 to 1: shared pairs of neighbouring characters; a contained key counts 0.8."""
    if one == other:
        return 1.0
    pairs_one, pairs_other = Counter(pairwise(one)), Counter(pairwise(other))
    total = pairs_one.total() + pairs_other.total()
    shared = 2 * (pairs_one & pairs_other).total() / total if total else 0.0
    short, long = sorted((one, other), key=len)
    return max(shared, 0.8) if len(short) > 1 and short in long else shared


def begin_alike(one: str, other: str) -> bool:
    """Return whether two keys begin with the same name: two letters at least, digits (a room) do not count."""
    return sum(mark.isalpha() for mark in one[: _common_start(one, other)]) > 1


def slightly_different(one: str, other: str) -> bool:
    """Return whether two keys say one thing with another number or ending, not two things under one name."""
    if likeness(one, other) < 0.5:
        return False
    start = _common_start(one, other)
    end = min(_common_start(one[::-1], other[::-1]), min(len(one), len(other)) - start)
    rests = one[start : len(one) - end], other[start : len(other) - end]
    return any(sum(mark.isalpha() for mark in rest) < 2 for rest in rests)


def _common_start(one: str, other: str) -> int:
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
