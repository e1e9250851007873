"""名单: the households of the speaker's own area with how they stand, in private only."""

from domain.coverage import column_for
from domain.roles import HEADS, IN_CHARGE
from domain.wording import commands as wording
from domain.wording.coverage import COLUMN_WORDS
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
        for household in turn.directory.in_area(area):
            condition = book.conditions.get(household.key)
            column = column_for(household, condition.by if condition else None, household.key in book.tried)
            lines.append(wording.roster_line(household.key, household.names, COLUMN_WORDS[column]))
    turn.answer("roster", "\n".join(lines))


COMMAND = Command(("名单",), "您负责的住户和本次情况（只私下告诉您）", answer, HEADS | IN_CHARGE, takes_argument=True)
