"""What a chain teaches about its entries: what they are for, and what is on offer."""

from dataclasses import dataclass
from functools import lru_cache

from domain.chains.kinds import counts, kind_of
from domain.chains.snapshot import Snapshot
from domain.intents import Good
from domain.parsing.articles import known_names
from domain.parsing.context import Context
from domain.parsing.goods import header_goods
from domain.text.normalise import fold

_ROWS_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a chain teaches about its entries: its kind and the goods on offer."""

    kind: str
    goods: tuple[Good, ...] = ()
    title: str = ""


def kind_in(snapshot: Snapshot, expecting: str | None) -> str:
    """Return the kind of a chain; what the bot last asked settles what the text leaves open."""
    if expecting is None or expecting == snapshot.kind:
        return snapshot.kind
    return _kind_asked(snapshot.header, tuple(e.text for e in snapshot.entries[:_ROWS_ENOUGH]), expecting)


def lesson_of(snapshot: Snapshot, context: Context) -> Lesson:
    """Return the schema of a chain's entries; a header that leaves it open is read by what the bot last asked."""
    kind = kind_in(snapshot, context.expecting)
    if kind == "other" and not context.expecting and (context.goods or _counts_goods(snapshot)):
        kind = kind_in(snapshot, "order")
    goods = (snapshot.goods or taught_goods(snapshot.header)) if kind == "order" else ()
    return Lesson(kind, goods, snapshot.title)


def _counts_goods(snapshot: Snapshot) -> bool:
    """Tell whether names with bare numbers stand under a header that names an article."""
    if not counts(tuple(e.text for e in snapshot.entries[:_ROWS_ENOUGH])):
        return False
    return next(known_names().find(fold(snapshot.header).lower()), None) is not None


@lru_cache(maxsize=64)
def _kind_asked(header: str, rows: tuple[str, ...], asked: str) -> str:
    """Return the kind of a chain after a question; remembered for the last chains, as every entry asks."""
    return kind_of(header, rows, asked)


@lru_cache(maxsize=64)
def taught_goods(header: str) -> tuple[Good, ...]:
    """Return the goods that a header lists; remembered for the last chains, as every entry asks."""
    return header_goods(fold(header))
