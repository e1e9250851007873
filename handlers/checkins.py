"""A check-in: how somebody is. A fever or a danger sign goes to the incidents besides."""

from domain.intents import CheckIn
from domain.wellbeing import needs_help
from handlers.incidents import open_or_add
from handlers.told import Told, book
from handlers.turn import Turn


def handle(turn: Turn, told: Told) -> None:
    assert isinstance(told.intent, CheckIn)  # noqa: S101 - the router picks by type
    household = book(turn, told)
    if household and needs_help(told.intent):
        open_or_add(turn, told, household)
