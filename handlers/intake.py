"""Handles one message inside the dispatcher's transaction: twins, routing, and what becomes of its text."""

from domain.messages import MessageKind
from handlers.router import route
from handlers.turn import Turn
from models import facts, forwards, log, outbox, voices

_SPOKEN = frozenset({MessageKind.TEXT, MessageKind.CARD, MessageKind.SYSTEM})


def handle_message(turn: Turn) -> log.Fate:
    """Act on one message and return its position, fate and whether its text is still needed.

    The text is erased with the transaction unless it booked, doubted, disputed or asked something or stands in a chain.
    """
    if _is_twin(turn):
        return turn.position, log.TWIN, False
    if turn.message.chat and turn.message.kind in _SPOKEN:
        _note_voice(turn)
    _take_over_from_forward(turn)
    route(turn)
    turn.flush()
    outbox.queue(turn.connection, turn.ring, turn.lane, turn.posts)
    return turn.position, log.HANDLED, turn.keep or bool(turn.posts)


def _is_twin(turn: Turn) -> bool:
    """Recognise a second delivery of one human message. The one said first counts, whichever arrived first."""
    logged = turn.prepared.logged
    twins = turn.deliveries.twins_of(logged)
    earlier = [t for t in twins if (t.order, t.position) < (logged.order, logged.position)]
    for twin in twins:
        if twin.counts and twin not in earlier:
            turn.books.retract(turn, twin.position)
            facts.retract_message(turn.connection, turn.lane, twin.position)
            log.settle(turn.connection, turn.lane, [(twin.position, log.TWIN, False)])
            turn.deliveries.retract(twin)
    turn.deliveries.add(logged, counts=not earlier)
    return bool(earlier)


def _take_over_from_forward(turn: Turn) -> None:
    """A live message that somebody had already forwarded to us replaces the forwarded line."""
    logged = turn.prepared.logged
    if logged.message.chat is None or not turn.deliveries.forwards_wait:
        return
    repeated = forwards.line_repeated_by(turn.connection, turn.lane, logged.said, logged.message.said_at)
    if repeated is not None:
        position, line = repeated
        forwards.match(turn.connection, turn.lane, position, line, logged.position)
        facts.retract_message(turn.connection, turn.lane, position, f"line-{line}")


def _note_voice(turn: Turn) -> None:
    message = turn.message
    assert message.chat is not None  # noqa: S101 - asked for by the caller
    if turn.books.is_new_voice(message.chat, message.sender, message.sender_name, message.sender_alias):
        voices.hear(
            turn.connection,
            turn.ring,
            turn.lane,
            message.chat,
            message.sender,
            message.sender_name,
            message.sender_alias,
            message.said_at,
        )
