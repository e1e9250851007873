"""What to buy where: the wants of many households, summed into rows for a buyer. Nothing is lost or guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.intents import OrderLine
from domain.units import JIN, Dimension, Pack, convert, plain, unit_of

PORTION = "份"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the community's goods. `kind` (蔬菜) and `shop` (商超) say where it is bought, `pack` its size."""

    name: str
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str = ""
    shop: str = ""
    pack: Pack | None = None


@dataclass(frozen=True, slots=True)
class WantedLine:
    """What one household wants of one article: an exact quantity in the unit as ordered, None where none was said."""

    household: str
    item: str
    quantity: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class ShoppingRow:
    """One line of the shopping list: how much of what, in which unit, for how many households."""

    shop: str
    item: str
    quantity: Decimal
    unit: str | None
    households: int


def consolidate(wanted: Iterable[WantedLine], catalogue: Mapping[str, Article]) -> tuple[ShoppingRow, ...]:
    """Return the sums by shop, item and unit, sorted.

    Weights are summed in 斤, packs of known size in the piece they hold (鸡蛋 2 板 and 15 个 are 75 个), all else in
    the unit as ordered: units that do not convert exactly stay rows of their own. `catalogue` maps names to articles;
    an item that is not in it has shop "".
    """
    sums: dict[tuple[str, str, str | None], Decimal] = {}
    households: dict[tuple[str, str, str | None], set[str]] = {}
    for line in wanted:
        article = catalogue.get(line.item)
        quantity, unit = _countable(line.quantity, line.unit, article.pack if article else None)
        key = (article.shop if article else "", line.item, unit)
        sums[key] = sums.get(key, Decimal(0)) + quantity
        households.setdefault(key, set()).add(line.household)
    rows = sorted(sums, key=lambda key: (key[0], key[1], key[2] or ""))
    return tuple(ShoppingRow(*key[:2], plain(sums[key]), key[2], len(households[key])) for key in rows)


def canonical(line: OrderLine, catalogue: Mapping[str, Article]) -> OrderLine:
    """Return `line` under the article's own name, and in its unit where it was counted in 份 or without a unit.

    `catalogue` maps names to articles; other names are found through `aliases`. A line of no known article stays as it
    is.
    """
    article = catalogue.get(line.item) or next((a for a in catalogue.values() if line.item in a.aliases), None)
    if article is None:
        return line
    unit = article.unit or line.unit if line.unit in (None, PORTION) and line.quantity is not None else line.unit
    return replace(line, item=article.name, unit=unit)


def _countable(quantity: Decimal, unit: str | None, pack: Pack | None) -> tuple[Decimal, str | None]:
    """Return the amount in the unit that sums of its kind are kept in."""
    if unit is None:
        return quantity, None
    if pack is not None and _is_same(unit, pack.container):
        pieces = quantity * pack.count
        return _countable(pieces, pack.piece, None)
    known = unit_of(unit)
    if known is not None and known.dimension is Dimension.WEIGHT:
        weight = convert(quantity, unit, JIN)
        if weight is not None:
            return weight, JIN
    return quantity, unit


def _is_same(unit: str, other: str) -> bool:
    first, second = unit_of(unit), unit_of(other)
    return unit == other or (first is not None and second is not None and first.name == second.name)
