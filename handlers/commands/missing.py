"""未报: the doors not heard from, in private only, to whoever is in charge of them."""

from domain.roles import HEADS, IN_CHARGE
from domain.wording import commands as wording
from handlers.commands import Command
from handlers.scopes import area_of
from handlers.turn import Turn
from models.ledger import slot_book


def answer(turn: Turn, argument: str) -> None:
    areas = area_of(turn, argument)
    if not areas:
        return
    book = slot_book(turn.connection, turn.ring, turn.lane, turn.timetable.slot_of(turn.now))
    lines = []
    for area in areas:
        doors = book.in_column(turn.directory, area, "not_heard")
        lines.append(wording.missing(area, doors) if doors else wording.nothing_missing(area))
    turn.answer("missing", "\n".join(lines))


COMMAND = Command(("未报",), "还没联系上的住户（只私下告诉您）", answer, HEADS | IN_CHARGE, takes_argument=True)
