"""截单: close today's round now and post its list; what comes later belongs to tomorrow's round."""

from domain.roles import IN_CHARGE
from domain.slots import day_of
from handlers.commands import Command
from handlers.turn import Turn
from models import rounds
from models.announcements import list_posts
from models.roster import touch


def answer(turn: Turn, _argument: str) -> None:
    day = day_of(turn.now)
    rounds.close_round(turn.connection, turn.lane, day, turn.now)
    touch(turn.connection, turn.lane)
    turn.posts.extend(list_posts(turn.connection, turn.ring, turn.lane, turn.directory, day, turn.now))


COMMAND = Command(("截单",), "现在截单并发出采购清单", answer, IN_CHARGE)
