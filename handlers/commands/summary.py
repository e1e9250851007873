"""汇总: the counts of the newest slot; in a group counts only, in private the speaker's own areas."""

from domain.areas import WHOLE, covers
from domain.roles import HEADS, IN_CHARGE
from domain.wording import checkins as wording
from handlers.commands import Command
from handlers.scopes import area_of
from handlers.turn import Turn
from models.ledger import slot_book


def answer(turn: Turn, argument: str) -> None:
    areas = (turn.prepared.chat.scope,) if turn.prepared.chat else area_of(turn, argument)
    if not areas:
        return
    book = slot_book(turn.connection, turn.ring, turn.lane, turn.timetable.slot_of(turn.now))
    counted = {c.area: c for c in book.coverage(turn.directory)}
    lines = [f"{a} {wording.coverage_line(counted[a])}" for a in areas if a in counted]
    if not turn.prepared.chat and areas == (WHOLE,):
        lines += [f"{a} {wording.coverage_line(c)}" for a, c in counted.items() if "-" in a and covers(WHOLE, a)]
    text = "\n".join(lines)
    if turn.prepared.chat:
        turn.say("summary", text, chat=turn.prepared.chat.chat, answers=True)
    else:
        turn.answer("summary", text)


COMMAND = Command(("汇总",), "本次报平安的户数", answer, HEADS | IN_CHARGE, takes_argument=True)
