"""帮助: what the bot understands from this speaker."""

from domain.wording import commands as wording
from handlers.commands import Command, help_lines
from handlers.turn import Turn


def answer(turn: Turn, _argument: str) -> None:
    turn.answer("help", wording.help_text(help_lines(turn)))


COMMAND = Command(("帮助", "help", "？", "?"), "看看我会做什么", answer)
