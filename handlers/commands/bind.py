"""绑定: a grid worker says what this group stands for."""

from domain.areas import WHOLE, covers
from domain.roles import IN_CHARGE, Chat
from domain.wording import commands as wording
from handlers.commands import Command
from handlers.turn import Turn
from models.roster import bind_chat

_SPECIAL = {"代购": "shopping", "工作": "work", "全部": "compound", "小区": "compound"}


def answer(turn: Turn, argument: str) -> None:
    if turn.message.chat is None:
        turn.answer("bind", wording.bind_usage())
        return
    kind, scope = _meaning(argument)
    if kind is None or not turn.directory.in_area(scope):
        turn.answer("bind", wording.bind_usage() if kind is None else wording.unknown_area(argument))
        return
    if not any(covers(mine, scope) for mine in turn.voice.scopes):
        turn.answer("bind", wording.not_your_area(scope))
        return
    known = turn.prepared.chat
    name = known.name if known else turn.message.about or argument
    chat = Chat(turn.message.chat, name, kind, scope, turn.message.channel)
    bind_chat(turn.connection, turn.lane, chat, turn.message.sender)
    turn.answer("bind", wording.bound(scope))


def _meaning(argument: str) -> tuple[str | None, str]:
    if argument in _SPECIAL:
        return _SPECIAL[argument], WHOLE
    parts = argument.replace("栋", "-").replace("单元", "").strip("-").split("-")
    if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 2:
        return None, ""
    return ("unit" if len(parts) == 2 else "building"), "-".join(parts)


COMMAND = Command(("绑定",), "告诉我这个群是哪一片，例如“绑定 3-1”", answer, IN_CHARGE, takes_argument=True)
