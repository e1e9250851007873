"""Compiles rules with a guard: the characters that a match can begin with, looked at before any alternative is tried.

`re` finds such characters by itself only where every alternative begins with a plain letter, and then it skips to the
next of them in one quick loop; elsewhere it tries all alternatives at every place of a text, some fifty in a rule of
cues. Here those characters are found for other rules too and put where the engine looks for them: in the block that
stands before its code. Where that cannot be, a look ahead does the same more slowly. A guard changes nothing but the
time: every match passes it.

The engine's own parser is private: `domain.text.patterns` names the Pythons on which this was tried.
"""

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from domain.text.factors import gather, work_out_classes

_parser, _compiler, _codes = (import_module(f"re.{name}") for name in ("_parser", "_compiler", "_constants"))
_engine = import_module("_sre")
_ZERO_WIDTH = (_codes.AT, _codes.ASSERT, _codes.ASSERT_NOT)
_REPEATS = (_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT)
_PLAIN = (_codes.LITERAL, _codes.IN)

_Item = tuple[Any, Any]
_FIRST_BEYOND_ASCII = 0x80
_HAN = (0x3000, 0x9FFF)
_SAME_AS = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}  # letters beyond ASCII that match these
_AT_START: _Item = (_codes.AT, _codes.AT_BEGINNING)


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern of `source`, guarded where that helps; it matches what `re.compile(source)` matches."""
    tree = _parser.parse(source, flags)
    cased = not tree.state.flags & re.IGNORECASE
    if cased:
        gather(tree)
    begins, may_be_empty = _beginnings(tree) or ([], True)
    quick = _is_quick(tree)
    if cased:
        work_out_classes(tree)
    if begins and not may_be_empty and not quick:
        letters = begins if cased else _in_either_case(begins)
        if letters and _AT_START not in letters:
            return _skipping(tree, letters)
        tree.insert(0, (_codes.ASSERT, (1, _any_of(begins))))
    pattern: re.Pattern[str] = _compiler.compile(tree, flags)
    return pattern


def _skipping(tree: Any, begins: list[_Item]) -> re.Pattern[str]:
    """Return the pattern of `tree`, which the engine is told to begin with a class: it skips to the next of that."""
    head = _parser.SubPattern(tree.state, [(_codes.IN, begins)])
    head.width = tree.getwidth()
    code: list[int] = []
    flags = tree.state.flags
    _compiler._compile_info(code, head, flags & ~re.IGNORECASE)  # the class holds both cases
    _compiler._compile(code, tree.data, flags)
    code.append(_codes.SUCCESS)
    names = dict(tree.state.groupdict)
    groups = [None] * tree.state.groups
    for name, number in names.items():
        groups[number] = name
    pattern: re.Pattern[str] = _engine.compile(None, flags, code, tree.state.groups - 1, names, tuple(groups))
    return pattern


def _any_of(begins: list[_Item]) -> list[_Item]:
    letters = [(_codes.IN, [item for item in begins if item is not _AT_START])]
    return [(_codes.BRANCH, (None, [letters, [_AT_START]]))] if _AT_START in begins else letters


def _is_quick(tree: Sequence[_Item]) -> bool:
    """Tell whether the engine knows by itself where a match can begin."""
    if not tree:
        return True
    code, value = tree[0]
    if code is _codes.SUBPATTERN:
        return _is_quick(value[3])
    if code is _codes.BRANCH:
        return all(branch and branch[0][0] is _codes.LITERAL for branch in value[1])
    return code in _PLAIN


def _beginnings(items: Iterable[_Item]) -> tuple[list[_Item], bool] | None:
    """Return what the first character of any match is one of, as items of a class, and whether a match may be empty.

    What holds only at the start of the text counts as that start where it may go on with anything. None: nobody can
    tell.
    """
    found: list[_Item] = []
    rest = iter(items)
    for code, value in rest:
        if (code, value) == _AT_START:
            behind, may_be_empty = _beginnings(rest) or ([], True)
            return [*found, *([_AT_START] if may_be_empty else behind)], False
        begins = _first(code, value)
        if begins is None:
            return None
        found += begins[0]
        if not begins[1]:
            return found, False
    return found, True


def _in_either_case(begins: list[_Item]) -> list[_Item] | None:
    """Return letters with those that count as the same where case does not; None where they are not all plain."""
    found: set[int] = set()
    for code, letter in begins:
        if code is not _codes.LITERAL or not (letter < _FIRST_BEYOND_ASCII or _HAN[0] <= letter <= _HAN[1]):
            return None
        plain = chr(letter)
        found.update(map(ord, (plain, plain.lower(), plain.upper(), *_SAME_AS.get(plain.lower(), ""))))
    return [(_codes.LITERAL, letter) for letter in sorted(found)]


def _first(code: Any, value: Any) -> tuple[list[_Item], bool] | None:
    """Return the same for one piece of a pattern."""
    if code in _ZERO_WIDTH:
        return [], True
    if code is _codes.LITERAL:
        return [(code, value)], False
    if code is _codes.IN:
        return None if value[0][0] is _codes.NEGATE else (value, False)
    if code is _codes.BRANCH:
        each = [begins for branch in value[1] if (begins := _beginnings(branch)) is not None]
        whole = len(each) == len(value[1])
        return ([item for begins, _ in each for item in begins], any(empty for _, empty in each)) if whole else None
    if code is _codes.SUBPATTERN:
        inside = None if value[1] & ~re.IGNORECASE or value[2] else _beginnings(value[3])  # flags of its own
        if inside is None or not value[1]:
            return inside
        letters = _in_either_case(inside[0])
        return None if letters is None else (letters, inside[1])
    if code is _codes.ATOMIC_GROUP:
        return _beginnings(value)
    inner = _beginnings(value[2]) if code in _REPEATS else None
    return None if inner is None else (inner[0], inner[1] or value[0] == 0)
