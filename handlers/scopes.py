"""Which areas a command speaks of: the argument if the speaker is in charge of it, else the speaker's own."""

from domain.areas import WHOLE, covers
from domain.wording import commands as wording
from handlers.turn import Turn


def area_of(turn: Turn, argument: str) -> tuple[str, ...]:
    """Return the areas to speak of; () after having told the speaker why there are none."""
    mine = turn.voice.scopes
    if not mine:
        turn.answer("scope", wording.no_area())
        return ()
    if not argument:
        return mine
    area = argument.replace("号楼", "-").replace("栋", "-").replace("单元", "").strip("-")
    if area != WHOLE and not turn.directory.in_area(area):
        turn.answer("scope", wording.unknown_area(argument))
        return ()
    if not any(covers(scope, area) for scope in mine):
        turn.answer("scope", wording.not_your_area(area))
        return ()
    return (area,)
