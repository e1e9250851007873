"""Joining a chain as people do it: copy the newest text, add one line, post the whole."""

import re
from collections.abc import Iterable

from domain.chains.layout import Numbered, lists_of, numbered_lines
from domain.chains.snapshot import Snapshot
from domain.messages import Bubble
from domain.wording import pages as words
from web.bubbles import BOT, chain_in, is_own_line
from web.session import Visitor

_LINE = 200


def newest_of(bubbles: Iterable[Bubble], title: str) -> tuple[str, Snapshot] | None:
    """Return text and reading of the newest post of the chain with this title; None where it is not there any more."""
    for bubble in sorted(bubbles, key=lambda b: -b.id):
        snapshot = chain_in(bubble.text) if bubble.account != BOT else None
        if snapshot and snapshot.title == title:
            return bubble.text, snapshot
    return None


def own_line(snapshot: Snapshot, visitor: Visitor) -> str | None:
    """Return the line that somebody already has in a chain."""
    return next((e.text for e in snapshot.entries if is_own_line(e.text, visitor)), None)


def suggestion(snapshot: Snapshot, visitor: Visitor) -> str:
    """Return the line to start from: the own one, else door and name with the usual answer of such a chain."""
    mine = own_line(snapshot, visitor)
    if mine is not None:
        return mine
    name = (visitor.alias or visitor.name).removeprefix(visitor.household or "").strip()
    who = f"{visitor.household or ''} {name}".strip()
    return f"{who} {words.USUAL_ANSWER[snapshot.kind]}".strip() if snapshot.kind in words.USUAL_ANSWER else who


def clean_line(text: str) -> str:
    """Return what somebody typed as one line of a chain."""
    return " ".join(text.split())[:_LINE]


def with_line(text: str, line: str, replacing: str | None = None) -> str:
    """Return the chain's text with one more line in the chain's own look, or with the line `replacing` exchanged."""
    snapshot = chain_in(text)
    lines = text.rstrip().split("\n")
    if snapshot is not None and snapshot.entries and all(entry.number is None for entry in snapshot.entries):
        lines = _numbered(snapshot)
    slots = [slot for people in lists_of(numbered_lines(lines)) for slot in people]
    if replacing is not None:
        for slot in slots:
            if lines[slot.line][slot.start :].strip() == replacing:
                lines[slot.line] = lines[slot.line][: slot.start] + line
                return "\n".join(lines)
    if not slots or snapshot is None or not snapshot.entries:
        return "\n".join([*lines, f"1. {line}"])
    return "\n".join(_appended(lines, slots, snapshot.tail, line))


def _numbered(snapshot: Snapshot) -> list[str]:
    """Return a chain whose rows have no numbers with numbers: one numbered line below bare ones would hide them."""
    rows = [f"{number}. {entry.text}" for number, entry in enumerate(snapshot.entries, 1)]
    return [*snapshot.header.split("\n"), "", *rows]


def new_chain(title: str, note: str, line: str) -> str:
    """Return the first post of a chain."""
    parts = [f"{words.CHAIN_MARK}", title, *([note] if note else []), *([f"1. {line}"] if line else [])]
    return "\n".join(parts)


def _appended(lines: list[str], slots: list[Numbered], tail: str, line: str) -> list[str]:
    filled = [slot for slot in slots if lines[slot.line][slot.start :].strip()]
    last = filled[-1] if filled else slots[-1]
    empty = next((slot for slot in slots if slot.line > last.line and not lines[slot.line][slot.start :].strip()), None)
    if empty is not None:
        head = lines[empty.line][: empty.start].rstrip()
        return [*lines[: empty.line], f"{head} {line}", *lines[empty.line + 1 :]]
    end = len(lines) - len(tail.split("\n")) if tail else len(lines)
    while end > last.line + 1 and not lines[end - 1].strip():
        end -= 1
    return [*lines[:end], _head_after(lines[last.line], last) + line, *lines[end:]]


def _head_after(line: str, slot: Numbered) -> str:
    """Return the next number in the look of the last one: "12、" after "11、"."""
    head = line[: slot.start]
    following = str(slot.number + 1)
    return re.sub(r"\d+", following, head, count=1) if re.search(r"\d", head) else f"{following}. "
