"""结: whoever is in charge says that an incident is done."""

from domain.roles import HEADS, WORKERS
from domain.wording import incidents as wording
from handlers.commands import Command
from handlers.turn import Turn
from models import incidents


def answer(turn: Turn, argument: str) -> None:
    number = argument.lstrip("#")
    if number.isdecimal() and incidents.by_id(turn.connection, turn.lane, int(number)):
        incidents.close(turn.connection, turn.lane, int(number), turn.now)
        turn.answer("close", wording.closed(int(number)))
    else:
        turn.answer("close", wording.unknown_number(argument))


COMMAND = Command(("结",), "“结 3”：3号待办已办好", answer, HEADS | WORKERS, takes_argument=True)
