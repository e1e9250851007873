"""我的: what the bot has noted of the speaker's own household, in private."""

from domain.wording import commands as wording
from domain.wording import orders as order_words
from domain.wording.coverage import own_condition
from handlers.commands import Command
from handlers.turn import Turn
from models.ledger import round_book, slot_book


def answer(turn: Turn, _argument: str) -> None:
    door = turn.voice.household
    if door is None:
        turn.answer("mine", wording.who_are_you())
        return
    slot = turn.timetable.slot_of(turn.now)
    condition = slot_book(turn.connection, turn.ring, turn.lane, slot).conditions.get(door)
    day = turn.timetable.round_of(turn.now, turn.directory.closed_rounds)
    wanted = round_book(turn.connection, turn.ring, turn.lane, turn.directory, day).wanted.get(door, ())
    turn.answer("mine", f"{own_condition(door, slot, condition)}\n{order_words.own_orders(day, wanted)}")


COMMAND = Command(("我的", "我的信息"), "您家今天记下了什么", answer)
