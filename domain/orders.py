"""What a household wants in one round: the fold of its orders, additions, changes and cancellations."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from domain.facts import Fact, Standing
from domain.intents import Action, Order, OrderLine

Convert = Callable[[str, Decimal, str | None, str | None], Decimal | None]
_CHAT = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One article of one household after all changes; `cancelled` where it was taken back."""

    item: str
    quantity: Decimal
    unit: str | None
    cancelled: bool
    note: str | None
    sources: tuple[str, ...]


@dataclass(slots=True)
class _Share:
    """What one chain entry (or the chat, key "") contributes to an article."""

    quantity: Decimal
    unit: str | None


@dataclass(slots=True)
class _Article:
    shares: dict[str, _Share] = field(default_factory=dict)
    last: tuple[Decimal, str | None] = (Decimal(0), None)
    note: str | None = None
    sources: dict[str, None] = field(default_factory=dict)


def fold_orders(facts: Iterable[Fact], convert: Convert) -> tuple[Wanted, ...]:
    """Return what stands after all facts of one household and round, in the order in which it was first named.

    A `set` in words replaces what the household wanted of that article; an entry of a chain replaces what that entry
    said before, so the same door twice in a chain adds up. `convert(item, quantity, unit, to)` is exact or None.
    """
    basket: dict[str, _Article] = {}
    counting = (f for f in facts if f.standing is not Standing.VOID and isinstance(f.intent, Order))
    for fact in sorted(counting, key=lambda f: f.order):
        assert isinstance(fact.intent, Order)  # noqa: S101 - narrowed above
        _APPLY[fact.intent.action](basket, fact, fact.intent.lines, convert)
    return tuple(row for item, article in basket.items() for row in _rows(item, article, convert))


def _set(basket: dict[str, _Article], fact: Fact, lines: tuple[OrderLine, ...], convert: Convert) -> None:
    named = {line.item for line in lines}
    if fact.entry:
        _drop_entry(basket, fact, keep=named)
    totals = _sum_by_item(lines, convert)
    for line, quantity in totals:
        article = basket.setdefault(line.item, _Article())
        if fact.entry:
            article.shares.pop(_CHAT, None)
        else:
            article.shares.clear()
        article.shares[fact.entry] = _Share(quantity, line.unit)
        _remember(article, fact, line)


def _add(basket: dict[str, _Article], fact: Fact, lines: tuple[OrderLine, ...], convert: Convert) -> None:
    for line in lines:
        quantity = line.quantity if line.quantity is not None else Decimal(1)
        article = basket.setdefault(line.item, _Article())
        share = next(iter(article.shares.values()), None)
        in_unit = convert(line.item, quantity, line.unit, share.unit) if share else None
        if share and in_unit is not None:
            share.quantity += in_unit
        else:
            old = article.shares.get(fact.entry + "+" + (line.unit or ""))
            article.shares[fact.entry + "+" + (line.unit or "")] = _Share(
                quantity + (old.quantity if old else 0), line.unit
            )
        _remember(article, fact, line)


def _cancel(basket: dict[str, _Article], fact: Fact, lines: tuple[OrderLine, ...], convert: Convert) -> None:
    if not lines and fact.entry:
        _drop_entry(basket, fact, keep=set())
    elif not lines:
        for article in basket.values():
            _clear(article, fact)
    for line in lines:
        ordered = basket.get(line.item)
        if ordered is not None and line.quantity is None:
            _clear(ordered, fact)
        elif ordered is not None:
            _take_off(ordered, fact, line, convert)


_APPLY = {Action.SET: _set, Action.ADD: _add, Action.CANCEL: _cancel}


def _sum_by_item(lines: tuple[OrderLine, ...], convert: Convert) -> list[tuple[OrderLine, Decimal]]:
    """Add up lines of one message that name the same article in units that convert; the last line wins otherwise."""
    totals: dict[str, tuple[OrderLine, Decimal]] = {}
    for line in lines:
        quantity = line.quantity if line.quantity is not None else Decimal(1)
        seen = totals.get(line.item)
        more = convert(line.item, quantity, line.unit, seen[0].unit) if seen else None
        totals[line.item] = (seen[0], seen[1] + more) if seen and more is not None else (line, quantity)
    return list(totals.values())


def _drop_entry(basket: dict[str, _Article], fact: Fact, keep: set[str]) -> None:
    for item, article in basket.items():
        if item not in keep and article.shares.pop(fact.entry, None) is not None:
            article.sources[fact.source] = None


def _clear(article: _Article, fact: Fact) -> None:
    if article.shares:
        article.shares.clear()
        article.sources[fact.source] = None


def _take_off(article: _Article, fact: Fact, line: OrderLine, convert: Convert) -> None:
    left = line.quantity or Decimal(0)
    for key in reversed(list(article.shares)):
        share = article.shares[key]
        in_unit = convert(line.item, left, line.unit or share.unit, share.unit)
        if in_unit is None:
            continue
        taken = min(in_unit, share.quantity)
        share.quantity -= taken
        if not share.quantity:
            del article.shares[key]
        article.sources[fact.source] = None
        if taken == in_unit:
            return
        left = in_unit - taken


def _remember(article: _Article, fact: Fact, line: OrderLine) -> None:
    article.sources[fact.source] = None
    article.note = line.note or article.note
    article.last = (line.quantity if line.quantity is not None else Decimal(1), line.unit)


def _rows(item: str, article: _Article, convert: Convert) -> Iterator[Wanted]:
    """Yield one row for each unit that does not convert into another; a cancelled article keeps what was last named."""
    sources = tuple(article.sources)
    if not article.shares:
        yield Wanted(item, article.last[0], article.last[1], True, article.note, sources)
    totals: list[_Share] = []
    for share in article.shares.values():
        for total in totals:
            more = convert(item, share.quantity, share.unit, total.unit)
            if more is not None:
                total.quantity += more
                break
        else:
            totals.append(_Share(share.quantity, share.unit))
    for total in totals:
        yield Wanted(item, total.quantity, total.unit, False, article.note, sources)
