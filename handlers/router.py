"""Routes a prepared message: system notes and twins first, then commands, chains, forwards, and intents by type."""

from collections.abc import Callable

from domain.wording import asking as wording

from domain.intents import CheckIn, Intent, Need, Order, SignUp
from domain.messages import MessageKind
from handlers import chains, checkins, forwards, needs, orders, signups
from handlers.commands import run_command
from handlers.told import Told
from handlers.turn import Turn

IntentHandler = Callable[[Turn, Told], None]

BY_TYPE: dict[type[Intent], IntentHandler] = {
    CheckIn: checkins.handle,
    Order: orders.handle,
    Need: needs.handle,
    SignUp: signups.handle,
}


def route(turn: Turn) -> None:
    """Let the one handler that a message is for act on it; what nobody understands is left alone."""
    prepared = turn.prepared
    if prepared.command:
        run_command(turn)
    elif prepared.message.kind is MessageKind.FORWARD:
        forwards.handle(turn, dispatch)
    elif prepared.snapshot and prepared.chat:
        chains.handle(turn, prepared.snapshot, prepared.chat, dispatch)
    elif prepared.reading:
        for intent in prepared.reading.intents:
            dispatch(turn, _told(turn, intent))
        ask(turn)


def dispatch(turn: Turn, told: Told) -> None:
    """Hand one intent to the handler of its type."""
    BY_TYPE[type(told.intent)](turn, told)


def ask(turn: Turn) -> None:
    """Ask the sender, in private and once a message, what must be known before anything can be booked."""
    doubtful = [b.fact.intent for b in turn.bookings if b.fact.intent.doubts]
    if doubtful:
        turn.answer("ask", wording.questions(doubtful, turn.message.text))


def _told(turn: Turn, intent: Intent) -> Told:
    return Told(
        intent=intent,
        voice=turn.voice,
        order=turn.prepared.logged.order,
        position=turn.position,
        source=turn.message.external_id,
        chat=turn.prepared.chat,
        words=turn.message.text,
    )
