"""Reading the XML in which a chat client wraps a card: no document type, no entities, bounded size and depth.

The card of a chain is an app message of type 53. Its `solitaire_info` holds one `<i>` an entry: `<u>` the author,
`<t>` the unix second, `<r>` offset-length of the text in the title in UTF-16 code units, or `<c>` the text itself;
`<au>` is the account that opened the chain. A forwarded record is of type 19: one `<dataitem>` a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_XML = 400_000
MAX_DEPTH = 40
MAX_ITEMS = 2_000
_NESTED = frozenset({"solitaire_info", "recorditem"})
_GROUPS = frozenset({"i", "dataitem"})
_SINGLE = frozenset({"title", "type", "au"})


@dataclass(slots=True)
class Card:
    """What a card says of itself (`title`, `type`, `au`) and its parts, each a mapping from tag to text."""

    single: dict[str, str] = field(default_factory=dict)
    parts: list[Mapping[str, str]] = field(default_factory=list)


class _Refused(Exception):
    """The document holds what a chat client never writes: a document type, an entity, too deep a nesting."""


def read_card(xml: str) -> Card | None:
    """Return what the XML of one message says, None where it is no well-formed XML or holds a document type."""
    card = Card()
    return card if _read_into(card, xml, nested=False) else None


def _read_into(card: Card, xml: str, *, nested: bool) -> bool:
    if len(xml) > MAX_XML:
        return False
    walk = _Walk(card)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, _Refused, UnicodeEncodeError):
        return False
    if not nested:
        for inner in walk.inner:
            _read_into(card, inner.strip(), nested=True)
    return True


def _refuse(*_: object) -> None:
    raise _Refused


class _Walk:
    def __init__(self, card: Card) -> None:
        self._card = card
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._part: dict[str, str] | None = None
        self.inner: list[str] = []

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        self._path.append(tag)
        self._texts.append([])
        if len(self._path) > MAX_DEPTH:
            raise _Refused
        if tag in _GROUPS:
            self._part = {}

    def text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def end(self, tag: str) -> None:
        self._path.pop()
        text = "".join(self._texts.pop())
        above = self._path[-1] if self._path else ""
        if tag in _GROUPS and self._part is not None:
            if len(self._card.parts) < MAX_ITEMS:
                self._card.parts.append(self._part)
            self._part = None
        elif self._part is not None and above in _GROUPS:
            self._part.setdefault(tag, text)
        elif tag in _NESTED and text.strip():
            self.inner.append(text)
        elif tag in _SINGLE and above in ("appmsg", "solitaire"):
            self._card.single.setdefault(tag, text)
