"""Which handler acts on which type of intent."""

from collections.abc import Callable

from domain.intents import CheckIn, Intent, Need, Order, SignUp
from handlers import checkins, needs, orders, signups
from handlers.told import Told
from handlers.turn import Turn

IntentHandler = Callable[[Turn, Told], None]

BY_TYPE: dict[type[Intent], IntentHandler] = {
    CheckIn: checkins.handle,
    Order: orders.handle,
    Need: needs.handle,
    SignUp: signups.handle,
}


def dispatch(turn: Turn, told: Told) -> None:
    """Hand one intent to the handler of its type."""
    BY_TYPE[type(told.intent)](turn, told)
