"""Keeps the index of the goods that were asked for last: all entries of a chain read against the same goods."""

from dataclasses import replace

from domain.intents import Good
from domain.parsing.order_index import OfferIndex, index_of


class Shelf:
    """One index, kept while the same goods are asked for again. Nothing grows; a lost race only builds it anew."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: tuple[tuple[Good, ...], tuple[Good, ...], OfferIndex] | None = None

    def index_of(self, goods: tuple[Good, ...], header: tuple[Good, ...]) -> OfferIndex:
        """Return the index of the goods on offer and those that a chain's header lists."""
        last = self._last
        if last is not None and last[0] is goods and last[1] is header:
            return last[2]
        index = index_of(united(goods, header))
        self._last = goods, header, index
        return index


shelf = Shelf()


def united(goods: tuple[Good, ...], header: tuple[Good, ...]) -> tuple[Good, ...]:
    """Return the goods on offer with the codes that the chain's header gives them, then what only the header has."""
    if not goods or not header or header == goods:
        return goods or header
    index = index_of(goods)
    codes: dict[str, str] = {}
    more = []
    for good in header:
        match = next((m for name in (good.name, *good.aliases) if (m := index.match(name)) is not None), None)
        if match is None:
            more.append(good)
        elif match.good is not None and good.code:
            codes[match.good.name] = good.code
    if len(goods) == 1 and len(header) == 1:
        more = []
    if codes:
        return (*(replace(g, code=codes.get(g.name)) for g in goods), *more)
    return (*goods, *more)
