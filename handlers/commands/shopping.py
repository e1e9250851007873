"""采购清单: what to buy so far in the open round."""

from domain.roles import HEADS, IN_CHARGE
from domain.wording import orders as wording
from handlers.commands import Command
from handlers.turn import Turn
from models.ledger import round_book


def answer(turn: Turn, _argument: str) -> None:
    day = turn.timetable.round_of(turn.now, turn.directory.closed_rounds)
    book = round_book(turn.connection, turn.ring, turn.lane, turn.directory, day)
    rows = book.shopping(turn.directory)
    text = wording.shopping_list(day, rows, book.households, turn.directory.articles)
    chat = turn.prepared.chat
    if chat and chat.kind in ("shopping", "work"):
        turn.say("shopping", text, kind="list", chat=chat.chat, answers=True)
    else:
        turn.answer("shopping", text)


COMMAND = Command(("采购清单",), "到现在为止要买的东西", answer, HEADS | IN_CHARGE)
