"""接: a worker takes an incident; the first one has it, the others are told."""

from domain.roles import HEADS, WORKERS
from domain.wording import incidents as wording
from handlers.commands import Command
from handlers.turn import Turn
from models import incidents


def answer(turn: Turn, argument: str) -> None:
    number = argument.lstrip("#")
    found = incidents.by_id(turn.connection, turn.lane, int(number)) if number.isdecimal() else None
    if found is None:
        turn.answer("take", wording.unknown_number(argument))
    elif incidents.take(turn.connection, turn.lane, found.id, turn.message.sender, turn.now):
        turn.answer("take", wording.taken(found.id))
    else:
        mine = found.taken_by == turn.message.sender
        turn.answer("take", wording.taken(found.id) if mine else wording.taken_already(found.id))


COMMAND = Command(("接",), "“接 3”：3号待办由您处理", answer, HEADS | WORKERS, takes_argument=True)
