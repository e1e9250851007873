"""A chain post as text: header, goods, entries and tail, read without knowing any earlier version."""

from dataclasses import dataclass

from domain.intents import Good


@dataclass(frozen=True, slots=True)
class Entry:
    """One slot with content. `number` as written (None where missing); `text` without its number, lines joined by "\\n".

    `section` is the heading of the list it stands in where a chain holds several ("晚餐"), else "".
    """

    number: int | None
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One posted version of a chain. Blank slots and example lines are no entries.

    `kind`: checkin, order, signup or other. `header`: every line before the first entry, the title's included.
    """

    title: str
    kind: str
    entries: tuple[Entry, ...]
    header: str = ""
    goods: tuple[Good, ...] = ()
    examples: tuple[str, ...] = ()
    tail: str = ""
    deadline: str | None = None


def read_snapshot(text: str) -> Snapshot | None:
    """Return the chain that `text` (already taken out of its carrier) holds, or None where it holds none."""
    raise NotImplementedError
