"""Which words beside an article say of which kind it shall be (flavour, look), rather than what else is wanted."""

from functools import cache
from pathlib import Path

from domain.parsing.order_index import VARIANT
from domain.parsing.people import looks_like_name
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule

_FLAVOURS = Path(__file__).parent / "lexicon" / "flavours.txt"
_HOW = Rule(
    r".{0,4}[的点些装]|[大小中肥瘦老嫩甜咸辣酸新鲜干湿冷热冰温软硬生熟长短厚薄黑白红绿黄蓝紫青]{1,3}"
    r"|.{0,4}(?:口味|家|送|放|取|拿|要|加|去|换|钱|付|转|好|行|可|都|先|再|也|给|帮|[不没少多免]).{0,6}"
)
_COUNTED = Rule(rf"(?>{NUMBER})\s?[大小]?{UNIT}")
_HAN = Rule("[一-龥]")


def is_something_else(word: str, text: str, end: int) -> bool:
    """Return whether an unknown word that ends at `text[:end]` is another good: it has an amount of its own."""
    counted = _COUNTED.match(text, end) is not None
    return counted and not says_how(word) and not looks_like_name(word)


def says_how(text: str) -> bool:
    """Return whether `text`, which names no known good, can be a kind of the article it stands beside."""
    plain = text.removesuffix("味").removesuffix("口")
    return plain in flavours() or bool(VARIANT.fullmatch(text)) or bool(_HOW.fullmatch(text)) or not _HAN.search(text)


@cache
def flavours() -> frozenset[str]:
    """Return the words of the lexicon that name a flavour or a filling (豆沙, 玫瑰, 抹茶)."""
    lines = _FLAVOURS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
