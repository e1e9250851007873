"""Which words beside an article say of which kind it shall be (flavour, look), rather than what else is wanted."""

from functools import cache
from pathlib import Path

from domain.parsing.order_index import VARIANT
from domain.parsing.people import looks_like_name
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule

_FLAVOURS = Path(__file__).parent / "lexicon" / "flavours.txt"
_COUNTED = Rule(rf"(?>{NUMBER})\s?[大小]?{UNIT}")
_HAN = Rule("[一-龥]")


def is_something_else(word: str, text: str, end: int) -> bool:
    """Return whether an unknown word that ends at `text[:end]` is another good: it has an amount of its own."""
    counted = _COUNTED.match(text, end) is not None
    return counted and not says_how(word) and not looks_like_name(word)


def says_how(text: str) -> bool:
    """Return whether `text`, which names no known good, can be a kind of the article it stands beside."""
    plain = text.removesuffix("味").removesuffix("口")
    return plain in flavours() or bool(VARIANT.fullmatch(text)) or not _HAN.search(text)


@cache
def flavours() -> frozenset[str]:
    """Return the words of the lexicon that name a flavour or a filling (豆沙, 玫瑰, 抹茶)."""
    lines = _FLAVOURS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
