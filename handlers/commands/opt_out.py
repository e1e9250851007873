"""不参加 and 参加: a household says whether it wants to be asked."""

from domain.wording import commands as wording
from handlers.commands import Command
from handlers.turn import Turn
from models.roster import set_tags

OPT_OUT = "退出"


def answer(turn: Turn, _argument: str) -> None:
    wants_in = (turn.prepared.command or "").startswith("参加")
    home = turn.directory.households.get(turn.voice.household or "")
    if home is None:
        turn.answer("opt", wording.who_are_you())
        return
    tags = home.tags - {OPT_OUT} if wants_in else home.tags | {OPT_OUT}
    set_tags(turn.connection, turn.lane, home.key, tags)
    turn.answer("opt", wording.opted_in() if wants_in else wording.opted_out())


COMMAND = Command(("不参加", "参加"), "不想被提醒回“不参加”，恢复回“参加”", answer)
