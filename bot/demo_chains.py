"""The chains that stand in the demo's rooms, and what somebody posts who copies one and changes it."""

from collections import defaultdict
from random import Random

from bot.demo_script import Change, Join
from domain.chains.snapshot import read_snapshot

_MARK = "#接龙"
_BACK = 4


class ChainTexts:
    """Every post of each chain, by room and title, whoever wrote it: residents of the demo and people at the page."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._posts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)

    def hear(self, room: str, text: str) -> None:
        """Remember a post if it is a chain's."""
        snapshot = read_snapshot(text) if _MARK in text else None
        if snapshot:
            self._posts[room, snapshot.title].append(text)

    def joined(self, act: Join) -> str:
        """Return the text of a post that adds lines: to the newest post, or to an older one still open somewhere."""
        posts = self._posts[act.room, act.title]
        if not posts:
            head = "\n".join(part for part in (_MARK, act.title, act.note) if part)
            return _numbered(head, [], act.lines)
        base = self._dice.choice(posts[-_BACK:]) if act.stale else posts[-1]
        snapshot = read_snapshot(base)
        return _numbered(_head(base), [e.text for e in snapshot.entries] if snapshot else [], act.lines)

    def changed(self, act: Change) -> str | None:
        """Return the newest post with one line changed or taken out; None where the line is not there any more."""
        posts = self._posts[act.room, act.title]
        snapshot = read_snapshot(posts[-1]) if posts else None
        if snapshot is None or act.old not in [e.text for e in snapshot.entries]:
            return None
        kept = [act.new if e.text == act.old else e.text for e in snapshot.entries]
        return _numbered(_head(posts[-1]), [text for text in kept if text is not None], ())

    def forget_all(self) -> None:
        self._posts.clear()


def _head(text: str) -> str:
    """Return a post's header as it was written."""
    snapshot = read_snapshot(text)
    return snapshot.header if snapshot and snapshot.header else text.partition("\n1.")[0]


def _numbered(head: str, entries: list[str], more: tuple[str, ...]) -> str:
    lines = [f"{number}. {text}" for number, text in enumerate([*entries, *more], 1)]
    return "\n".join([head, *lines])
