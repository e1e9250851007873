"""The lexicon of goods: names of articles and medicines, which of them mean the same, and where they stand in a text.

It is data (`lexicon/goods*.txt`, `lexicon/drugs*.txt`): one article a line, its name first, then other names of the
same thing. What is on offer is decided elsewhere.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from operator import add
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"


class Names:
    """A set of names that can be found in a text: at each place the longest."""

    __slots__ = ("_by_start", "_single")

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` maps each name (lower case) to the article that it means."""
        starts: dict[str, list[str]] = {}
        for name in names:
            if len(name) > 1:
                starts.setdefault(name[:2], []).append(name)
        self._by_start = {start: tuple(sorted(found, key=len, reverse=True)) for start, found in starts.items()}
        self._single = frozenset(name for name in names if len(name) == 1)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the names of two characters and more in `text` (lower case), left to right, apart."""
        by_start, free = self._by_start, 0
        if by_start.keys().isdisjoint(map(add, text, text[1:])):
            return
        for at in [i for i, pair in enumerate(map(add, text, text[1:])) if pair in by_start]:
            if at >= free:
                name = next((name for name in by_start[text[at : at + 2]] if text.startswith(name, at)), None)
                if name is not None:
                    free = at + len(name)
                    yield at, free

    @property
    def has_singles(self) -> bool:
        """Return whether any name has one character."""
        return bool(self._single)

    def is_single(self, char: str) -> bool:
        """Return whether this one character is a name by itself (米, 盐)."""
        return char in self._single


@cache
def known_names() -> Names:
    """Return all names of the lexicon."""
    return Names(_articles())


def article_of(name: str, *, slips: bool = False) -> str | None:
    """Return the article that a name of the lexicon means (洋芋 → 土豆), or None. With `slips` 蕃茄 passes too."""
    return _folded().get(fold_slips(name.lower())) if slips else _articles().get(name.lower())


@cache
def medicines() -> frozenset[str]:
    """Return the names of medicines and medical articles, in lower case."""
    return frozenset(name.lower() for line in _lines("drugs") for name in line)


@cache
def _articles() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for kind in ("goods", "drugs"):
        for line in _lines(kind):
            for name in line:
                found.setdefault(name.lower(), line[0])
    return found


def _lines(kind: str) -> Iterator[list[str]]:
    for path in sorted(LEXICON.glob(f"{kind}*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.split()


@cache
def _folded() -> Mapping[str, str]:
    return {fold_slips(name): article for name, article in reversed(list(_articles().items())) if len(name) > 1}


@cache
def _homophones() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in (LEXICON / "homophones.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            table |= {ord(char): line[0] for char in line[1:] if ord(char) not in table}
    return table


def fold_slips(key: str) -> str:
    """Return `key` with characters that people write for one another folded to one (蕃 → 番)."""
    return key.translate(_homophones())
