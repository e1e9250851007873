"""留 and 删: a head settles a disputed entry, by the number of the question."""

from domain.areas import covers
from domain.roles import HEADS, IN_CHARGE
from domain.wording import chains as wording
from domain.wording import commands as command_wording
from handlers import rulings
from handlers.commands import Command
from handlers.turn import Turn
from models import disputes


def answer(turn: Turn, argument: str) -> None:
    number = argument.lstrip("#")
    found = disputes.by_number(turn.connection, turn.lane, int(number)) if number.isdecimal() else None
    chain = turn.books.by_id(turn, found.chain) if found else None
    if found is None or chain is None:
        turn.answer("settle", wording.not_disputed(argument))
        return
    if not any(covers(scope, chain.chat.scope) for scope in turn.voice.scopes):
        turn.answer("settle", command_wording.not_your_area(chain.chat.scope))
        return
    stands = (turn.prepared.command or "").startswith("留")
    rulings.settle(turn, chain, found, stands=stands)
    turn.answer("settle", wording.ruled(found.number, stands))


COMMAND = Command(
    ("留", "删"), "“留 2”“删 2”：有争议的接龙，保留或去掉", answer, HEADS | IN_CHARGE, takes_argument=True
)
