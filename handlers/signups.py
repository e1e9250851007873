"""A sign-up: somebody joins or leaves something. In a chain the chain itself keeps the list."""

from handlers.told import Told, book
from handlers.turn import Turn


def handle(turn: Turn, told: Told) -> None:
    book(turn, told)
