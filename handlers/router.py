"""Routes a prepared message: commands, forwards, chains, and what plain words say."""

from domain.intents import Intent
from domain.messages import MessageKind
from domain.wording import asking as wording
from handlers import chains, forwards
from handlers.commands import run_command
from handlers.intents import dispatch
from handlers.told import Told
from handlers.turn import Turn


def route(turn: Turn) -> None:
    """Let the one handler that a message is for act on it; what nobody understands is left alone."""
    prepared = turn.prepared
    if prepared.command:
        run_command(turn)
    elif prepared.message.kind is MessageKind.FORWARD or prepared.pasted:
        forwards.handle(turn, dispatch)
    elif prepared.snapshot and prepared.chat:
        chains.handle(turn, prepared.snapshot, prepared.chat, dispatch)
        _ask(turn)
    elif prepared.reading:
        for intent in prepared.reading.intents:
            dispatch(turn, _told(turn, intent))
        _ask(turn)


def _ask(turn: Turn) -> None:
    """Ask the sender, in private and once a message, what must be known before anything can be booked."""
    doubtful = [b.fact.intent for b in turn.bookings if b.fact.intent.doubts and b.position == turn.position]
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
