"""Names of goods and medicines: the lexicon, finding names in a text, masking them, and what a chain's header lists.

The lexicon is data (`lexicon/goods*.txt`, `lexicon/drugs*.txt`): one article a line, its name first, then other names of the
same thing. It says where a name begins and ends and which names mean the same; what is on offer is decided elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from operator import add
from pathlib import Path

from domain.parsing.order_header import header_goods

__all__ = ["MASK", "Names", "all_names", "article_of", "fold_slips", "header_goods", "is_drug", "known_names", "mask_goods"]

MASK = "□"
LEXICON = Path(__file__).parent / "lexicon"
# Medicines beyond the lexicon: an ailment or an effect, then what medicine comes as (退烧药, 咳嗽糖浆, 头痛粉).
REMEDY = re.compile(
    "(?:小儿|儿童|复方|强力|中成)?"
    "(?:(?:感冒|发烧|发热|退烧|退热|咳嗽|头[痛疼晕]|腹泻|拉肚子|过敏|胃[痛疼]|牙[痛疼]|痛经|嗓子|咽喉|晕车|呕吐|鼻炎|流鼻涕)"
    "|[治止退降消抗祛化润清镇][热烧咳泻痛疼炎痰敏压糖脂酸寒嗽喘吐晕暑]{1,2})"
    "(?:药水|药膏|药(?![店房])|贴|片|糖浆|粉|颗粒|冲剂|胶囊|口服液|栓|膏|喷雾|灵|宁|水)"
)


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
        for at, pair in enumerate(map(add, text, text[1:])):
            if pair in by_start and at >= free:
                for name in by_start[pair]:
                    if text.startswith(name, at):
                        free = at + len(name)
                        yield at, free
                        break

    @property
    def has_singles(self) -> bool:
        """Return whether any name has one character."""
        return bool(self._single)

    def is_single(self, char: str) -> bool:
        """Return whether this one character is a name by itself (米, 盐)."""
        return char in self._single


def all_names() -> tuple[str, ...]:
    """Return every name of the lexicon, in lower case."""
    return tuple(_articles())


@cache
def known_names() -> Names:
    """Return all names of the lexicon."""
    return Names(_articles())


def article_of(name: str, *, slips: bool = False) -> str | None:
    """Return the article that a name of the lexicon means (洋芋 → 土豆), or None; `slips` lets homophones pass (蕃茄)."""
    return _folded().get(fold_slips(name.lower())) if slips else _articles().get(name.lower())


def is_drug(name: str) -> bool:
    """Return whether `name` is a medicine or a medical article of the lexicon, or is built like one."""
    return name.lower() in _drugs() or REMEDY.fullmatch(name) is not None


def mask_goods(text: str) -> str:
    """Return `text` with the names of goods and medicines blotted out, of the same length.

    Symptom words inside them (感冒灵, 咳嗽糖浆, 退烧药) say nothing about anybody's health.
    """
    pieces, at = [], 0
    plain = REMEDY.sub(_blot, text)
    for start, end in known_names().find(plain.lower() if len(plain.lower()) == len(plain) else plain):
        pieces += [plain[at:start], MASK * (end - start)]
        at = end
    return "".join((*pieces, plain[at:]))


def _blot(match: re.Match[str]) -> str:
    return MASK * len(match[0])


@cache
def _articles() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for kind in ("goods", "drugs"):
        for line in _lines(kind):
            for name in line:
                found.setdefault(name.lower(), line[0])
    return found


@cache
def _drugs() -> frozenset[str]:
    return frozenset(name.lower() for line in _lines("drugs") for name in line)


def _lines(kind: str) -> Iterator[list[str]]:
    for path in sorted(LEXICON.glob(f"{kind}*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.split()


@cache
def _folded() -> Mapping[str, str]:
    return {fold_slips(name): article for name, article in reversed(_articles().items()) if len(name) > 1}


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
