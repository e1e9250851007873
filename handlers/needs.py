"""A need: somebody asks for help. It opens an incident even where the door is not known yet."""

from domain.intents import Need
from handlers.incidents import open_or_add
from handlers.told import Told, book
from handlers.turn import Turn


def handle(turn: Turn, told: Told) -> None:
    assert isinstance(told.intent, Need)  # noqa: S101 - the router picks by type
    household = book(turn, told)
    open_or_add(turn, told, household or f"@{told.voice.account}")
