"""One line of an order in the making: what is known of it so far, and what must be asked."""

from decimal import Decimal
from typing import NamedTuple

from domain.intents import Doubt, OrderLine
from domain.parsing.quantities import Quantity

ONE = Decimal(1)
PORTION = "份"


class Draft(NamedTuple):
    """One line in the making. `item` "" stands for the article that only the surroundings can tell."""

    item: str
    quantity: Decimal | None = None
    unit: str | None = None
    note: str = ""
    doubt: Doubt | None = None
    on_offer: bool = False
    known: bool = False
    counted: bool = False
    start: int = 0
    end: int = 0

    def line(self) -> OrderLine:
        """Return the line for the ledger: an article on offer that is counted without a unit is counted in 份."""
        unit = self.unit or (PORTION if self.on_offer and self.quantity is not None else None)
        return OrderLine(self.item, self.quantity, unit, self.note or None)


def with_amount(draft: Draft, quantity: Quantity | None) -> Draft:
    """Return `draft` with an amount; a guess, or a unit cut short, is a doubt."""
    if quantity is None:
        return draft
    doubt = draft.doubt or (
        Doubt.QUANTITY if quantity.vague else Doubt.UNIT if quantity.cut_short and not draft.on_offer else None
    )
    size = f"{quantity.size}{quantity.unit}" if quantity.size else ""
    note = " ".join(x for x in (draft.note, size) if x)
    unit = None if quantity.couple and draft.on_offer else quantity.unit
    return draft._replace(quantity=quantity.value, unit=unit, doubt=doubt, note=note, counted=True,
                   start=min(draft.start, quantity.start), end=max(draft.end, quantity.end))  # fmt: skip
