"""Which lines of a chain post carry an entry number: lists found by rising numbers, not by the look of one line.

`4.28健康打卡`, `8.7（周四）两块场地` and `1.5公里配速` look like entries and are none; `1.12-901 6份` looks like a
number and is entry 1. A line's own look makes it strong or weak; a weak one counts only where it carries a sequence on.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from domain.text.patterns import Rule

_SEPARATORS = r".．、,，~～:：;；_—–\-－#@!！&*%)）\]】。"
_NUMBERED = Rule(
    rf"[ \t\u3000]{{0,20}}+(?:[(（【\[] ?(?P<boxed>\d{{1,3}}) ?[)）】\]]|(?P<ring>[①-⑳])|(?P<key>\d)\ufe0f?\u20e3"
    rf"|(?P<plain>\d{{1,3}})(?:(?P<sep>[ \u3000]?[{_SEPARATORS}])|(?=[ \t\u3000])|$))[ \t\u3000]{{0,20}}"
)
_BROKEN_NUMBER = Rule(r"\d{1,2}(?![\d])(?![-－—一]\d)(?! ?(?:号楼|栋|幢|#|单元))")
_ROOM_AHEAD = Rule(  # or a reading, which no decimal goes on with: 1、36.2 4#602
    r"(?:3[4-9]|4[0-2])[.．]\d(?!\d)|\d{3,4}(?!\d)|\d{1,2}[-#－—一]\d{3,4}(?!\d)|\d{1,3}[-#－—一]\d{1,2}[-#－—一]\d"
)
_WIDEST_GAP = 60
_HIGHEST_START = 100
_SURE_SEPARATORS = frozenset(".．、)）】]。,，")


class Numbered(NamedTuple):
    """Line `line` starts with `number`; its text starts at `start`. Strong: the look alone makes it an entry number."""

    line: int
    number: int
    start: int
    style: str
    strong: bool


def numbered_lines(lines: Sequence[str]) -> list[Numbered]:
    """Return every line that begins with something like an entry number, in order."""
    found = []
    for index, line in enumerate(lines):
        head = line[:1]
        if head and (head.isdigit() or head in " \t\u3000(（【[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"):
            candidate = _numbered(index, line)
            if candidate:
                found.append(candidate)
    return found


def _numbered(index: int, line: str) -> Numbered | None:
    m = _NUMBERED.match(line)
    if m is None:
        return None
    ring = m["ring"]
    number = ord(ring) - ord("①") + 1 if ring else int(m["boxed"] or m["key"] or m["plain"])
    separator = (m["sep"] or "").strip()
    style = "ring" if ring else "boxed" if m["boxed"] else separator or "blank"
    return Numbered(index, number, m.end(), style, _strong(line, m, separator))


def _strong(line: str, m: re.Match[str], separator: str) -> bool:
    if m["plain"] is None:
        return True
    if separator in ("", None) or separator not in _SURE_SEPARATORS:
        glued = m.end() < len(line) and line[m.end()].isdigit() and m.end() == m.end("sep")
        return separator != "" and not glued
    if m.end() > m.end("sep"):  # a blank after the separator: nobody writes a decimal so
        return True
    return not _BROKEN_NUMBER.match(line, m.end()) or _ROOM_AHEAD.match(line, m.end()) is not None


def lists_of(candidates: Sequence[Numbered]) -> list[list[Numbered]]:
    """Return the lists that the candidates form: numbers rise within a list, a lower number starts the next."""
    lists: list[list[Numbered]] = []
    for position, candidate in enumerate(candidates):
        rest = candidates[position + 1 :]
        current = lists[-1] if lists else None
        if current and _nested(current, candidate, rest):
            continue
        if current and _continues(current, candidate):
            current.append(candidate)
        elif not _begins(candidate, rest):
            continue
        else:
            lists.append([candidate])
    return lists


def _continues(current: list[Numbered], candidate: Numbered) -> bool:
    last = current[-1]
    if candidate.strong and candidate.number - last.number <= _WIDEST_GAP:
        return candidate.number > last.number or (candidate.number == last.number and candidate.line == last.line + 1)
    return candidate.number == last.number + 1


def _nested(current: list[Numbered], candidate: Numbered, rest: Sequence[Numbered]) -> bool:
    """Tell whether `1）` under `3.` belongs to entry 3: the outer list goes on later in its own style."""
    last = current[-1]
    if candidate.style == last.style:
        return False
    return any(later.style == last.style and later.number == last.number + 1 for later in rest)


def _begins(candidate: Numbered, rest: Sequence[Numbered]) -> bool:
    """Tell whether a number begins a list; 501: and 602: at the head of lines are doors, not counts."""
    if candidate.number > _HIGHEST_START and candidate.style in (":", "："):
        return False
    if candidate.number > _HIGHEST_START and not any(later.number == candidate.number + 1 for later in rest[:1]):
        return False
    return candidate.strong or _starts(candidate, rest)


def _starts(candidate: Numbered, rest: Sequence[Numbered]) -> bool:
    """Tell whether a weak number begins a list: it is 1 and 2 comes next in the same look."""
    following = rest[0] if rest else None
    return (
        candidate.number == 1
        and following is not None
        and following.number == 2
        and following.style == candidate.style
        and following.strong == candidate.strong
    )
