"""The books as read: conditions, coverage, orders and shopping, each a fold of the facts at the moment of asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from domain import units
from domain.coverage import Coverage, column_for, count
from domain.orders import Convert, Wanted, fold_orders
from domain.shopping import ShoppingRow, WantedLine, consolidate
from domain.wellbeing import Condition, fold_attempts, fold_condition
from models import facts
from models.crypto import KeyRing
from models.directory import Directory


@dataclass(frozen=True, slots=True)
class SlotBook:
    """One check-in slot: every household's condition, and who was tried in vain."""

    slot: datetime
    conditions: Mapping[str, Condition]
    tried: Mapping[str, tuple[str, ...]]

    def coverage(self, directory: Directory) -> tuple[Coverage, ...]:
        """Return the coverage of every area; the columns of each add up to its households."""
        heard = {key: condition.by for key, condition in self.conditions.items()}
        return count(directory.households.values(), heard, frozenset(self.tried))

    def in_column(self, directory: Directory, area: str, column: str) -> tuple[str, ...]:
        """Return the doors of an area that stand in one column, in roster order."""
        by = {key: condition.by for key, condition in self.conditions.items()}
        return tuple(
            h.key for h in directory.in_area(area) if column_for(h, by.get(h.key), h.key in self.tried) == column
        )


def slot_book(connection: Connection, ring: KeyRing, lane: int, slot: datetime) -> SlotBook:
    """Fold the check-ins of one slot."""
    said = facts.checkins_of_slot(connection, ring, lane, slot)
    conditions = {key: condition for key, told in said.items() if (condition := fold_condition(told))}
    tried = {key: sources for key, told in said.items() if (sources := fold_attempts(told))}
    return SlotBook(slot, conditions, tried)


@dataclass(frozen=True, slots=True)
class RoundBook:
    """One round of purchases: what every household wants, and what to buy."""

    day: date
    wanted: Mapping[str, tuple[Wanted, ...]]

    @property
    def households(self) -> int:
        """How many households want something."""
        return sum(any(not w.cancelled for w in rows) for rows in self.wanted.values())

    def shopping(self, directory: Directory) -> tuple[ShoppingRow, ...]:
        """Return the consolidated list, by shop and article."""
        lines = [
            WantedLine(household, w.item, w.quantity, w.unit)
            for household, rows in self.wanted.items()
            for w in rows
            if not w.cancelled
        ]
        return consolidate(lines, directory.articles)


def round_book(connection: Connection, ring: KeyRing, lane: int, directory: Directory, day: date) -> RoundBook:
    """Fold the orders of one round."""
    said = facts.orders_of_round(connection, ring, lane, day)
    convert = _converter(directory)
    return RoundBook(day, {key: fold_orders(told, convert) for key, told in said.items()})


def _converter(directory: Directory) -> Convert:
    def convert(item: str, quantity: Decimal, unit: str | None, to: str | None) -> Decimal | None:
        if unit == to:
            return quantity
        if unit is None or to is None:
            return None
        article = directory.articles.get(item)
        return units.convert(quantity, unit, to, article.pack if article else None)

    return convert
