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
    """Return the goods on offer with the codes and other names that the chain's header gives them.

    What only the header has is on offer too, unless the header speaks of these goods and says more in other words.
    """
    if not goods or not header or header == goods:
        return goods or header
    index = index_of(goods)
    codes: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    more = []
    for good in header:
        match = next((m for name in (good.name, *good.aliases) if (m := index.match(name)) is not None), None)
        if match is None:
            more.append(good)
        elif match.good is not None:
            if good.code:
                codes[match.good.name] = good.code
            aliases[match.good.name] = (*aliases.get(match.good.name, ()), *good.aliases)
    kinds = len(header) == 1 and all(good.name[-2:] == header[0].name[-2:] for good in goods)  # 豆沙青团 of 手工青团
    if kinds or len(goods) == len(header) == 1 or len(header) - len(more) >= len(goods):
        more = []
    known = {name for good in goods for name in (good.name, *good.aliases)}
    named = (
        replace(g, code=codes.get(g.name, g.code), aliases=_more(g.aliases, aliases.get(g.name, ()), known))
        for g in goods
    )
    return (*named, *more)


def _more(aliases: tuple[str, ...], new: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    return (*aliases, *(name for name in dict.fromkeys(new) if name not in known))
