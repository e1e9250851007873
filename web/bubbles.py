"""How one message looks: its time stamp, its side, mentions, and a chain as a card."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from domain.chains import headers
from domain.chains.snapshot import Snapshot, read_snapshot
from domain.messages import Bubble
from web.session import Visitor

BOT = "bot"
_GAP = timedelta(minutes=5)
_MENTION = re.compile("@[^\\s@\u2005]{1,24}(?=[ \u2005\n]|$)")
_SPECIAL = re.compile(f"{_MENTION.pattern}|(?<![0-9-])[0-9]{{1,3}}-[0-9]{{1,3}}(?:-[0-9]{{1,5}})?(?![0-9-])")
_HEAD, _TAIL = 3, 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `kind` is "", "door" (not to be broken), "mention" or "me" (the one who looks is called)."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry on a chain card; `own`: it is the looker's."""

    number: int
    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A chain as the page shows it: long ones keep their middle folded."""

    title: str
    notes: str
    kind: str
    top: tuple[Line, ...]
    middle: tuple[Line, ...]
    bottom: tuple[Line, ...]
    tail: str

    @property
    def count(self) -> int:
        return len(self.top) + len(self.middle) + len(self.bottom)

    @property
    def joined(self) -> bool:
        return any(line.own for line in (*self.top, *self.middle, *self.bottom))


@dataclass(frozen=True, slots=True)
class BubbleView:
    """A bubble for one looker. `stamped`: a time goes above it."""

    id: int
    room: str
    account: str
    name: str
    said_at: datetime
    own: bool
    stamped: bool
    pieces: tuple[Piece, ...]
    card: Card | None

    @property
    def is_bot(self) -> bool:
        return self.account == BOT


def view(bubble: Bubble, visitor: Visitor, before: datetime | None) -> BubbleView:
    """Return how a bubble looks to somebody; `before`: when the bubble above it was said."""
    snapshot = chain_in(bubble.text) if bubble.account != BOT else None
    return BubbleView(
        id=bubble.id,
        room=bubble.room,
        account=bubble.account,
        name=bubble.name,
        said_at=bubble.said_at,
        own=bubble.account == visitor.account,
        stamped=before is None or bubble.said_at - before > _GAP,
        pieces=() if snapshot else pieces(bubble.text, visitor),
        card=card_of(snapshot, visitor) if snapshot else None,
    )


def views(bubbles: Iterable[Bubble], visitor: Visitor, before: datetime | None = None) -> list[BubbleView]:
    """Return a stretch of talk, oldest first."""
    found = []
    for bubble in bubbles:
        found.append(view(bubble, visitor, before))
        before = bubble.said_at
    return found


def calls(text: str, visitor: Visitor) -> bool:
    """Say whether a text calls this person by @."""
    return any(_is_me(m[0], visitor) for m in _MENTION.finditer(text))


@lru_cache(1024)
def chain_in(text: str) -> Snapshot | None:
    """Return the chain a text is, None where it is none."""
    return read_snapshot(text)


def pieces(text: str, visitor: Visitor) -> tuple[Piece, ...]:
    """Cut a text at its mentions and doors."""
    found, end = [], 0
    for m in _SPECIAL.finditer(text):
        if m.start() > end:
            found.append(Piece(text[end : m.start()]))
        kind = "door" if m[0][0] != "@" else "me" if _is_me(m[0], visitor) else "mention"
        found.append(Piece(m[0], kind))
        end = m.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return tuple(found)


def is_own_line(text: str, visitor: Visitor) -> bool:
    """Say whether a chain line is the looker's: it bears the own door, or the own room with the own name."""
    if visitor.household is None:
        return False
    name = (visitor.alias or "").removeprefix(visitor.household).strip() or visitor.name
    place, _, room = visitor.household.rpartition("-")
    unit = re.escape(place.rpartition("-")[2])
    if re.search(rf"(?<![0-9-]){re.escape(visitor.household)}(?![0-9])", text):
        return True
    return name in text and re.search(rf"(?<![0-9.-])(?:{unit}-)?{re.escape(room)}(?![0-9.-])", text) is not None


def card_of(snapshot: Snapshot, visitor: Visitor) -> Card:
    """Return a chain as a card."""
    lines = tuple(
        Line(entry.number or place, entry.text, is_own_line(entry.text, visitor))
        for place, entry in enumerate(snapshot.entries, 1)
    )
    folded = len(lines) > _HEAD + _TAIL + 2
    cut = len(lines) - _TAIL if folded else len(lines)
    return Card(
        title=snapshot.title,
        notes=headers.notes_of(snapshot.header, snapshot.title),
        kind=snapshot.kind,
        top=lines[:_HEAD] if folded else lines,
        middle=lines[_HEAD:cut] if folded else (),
        bottom=lines[cut:] if folded else (),
        tail=snapshot.tail,
    )


def _is_me(mention: str, visitor: Visitor) -> bool:
    own = {visitor.name, visitor.shown, visitor.shown.replace(" ", "")}
    return mention[1:] in own or (len(mention) > 2 and mention[1:] in visitor.shown.split())
