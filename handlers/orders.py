"""An order: articles are booked under the name and unit they have in the catalogue."""

from dataclasses import replace

from domain.intents import Order
from domain.shopping import canonical
from domain.slots import day_of
from domain.wording import orders as wording
from handlers.told import Told, book
from handlers.turn import Turn


def handle(turn: Turn, told: Told) -> None:
    assert isinstance(told.intent, Order)  # noqa: S101 - the router picks by type
    lines = tuple(canonical(line, turn.directory.articles) for line in told.intent.lines)
    household = book(turn, replace(told, intent=replace(told.intent, lines=lines)))
    day = turn.timetable.round_of(told.order.said_at, turn.directory.closed_rounds)
    if household and not told.entry and day > day_of(told.order.said_at):
        turn.answer("cutoff", wording.cutoff_passed(day))
