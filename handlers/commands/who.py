"""我是: a resident says which door is theirs; a name that the roster has elsewhere is checked by a worker first."""

from domain.parsing import identify
from domain.parsing.context import Context, Speaker
from domain.roles import Role
from domain.wording import commands as wording
from domain.wording.coverage import check_binding
from handlers.commands import Command
from handlers.speakers import door_of, is_misplaced
from handlers.turn import Turn
from models.roster import bind


def answer(turn: Turn, argument: str) -> None:
    context = Context(Speaker(argument, argument), turn.prepared.context.scope, rooms=turn.directory.rooms_in("全部"))
    told = identify(argument, "", context)
    door = door_of(told, turn.directory, None)
    if door is None:
        turn.answer("who", wording.no_such_door(argument) if argument else wording.who_are_you())
    elif told.name and is_misplaced(told.name, door, turn.directory):
        for worker in turn.directory.in_charge_of(door, Role.GRID_WORKER)[:1]:
            turn.say("check", check_binding(door, argument), kind="notice", account=worker.account)
        turn.answer("who", wording.name_elsewhere(door))
    else:
        bind(turn.connection, turn.ring, turn.lane, turn.message.sender, door, told.name or "", turn.now)
        turn.answer("who", wording.door_bound(door))


COMMAND = Command(("我是",), "“我是 3-1-502 姓名”：登记您的门牌", answer, takes_argument=True)
