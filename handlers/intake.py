"""Handles one message inside the dispatcher's transaction: twins, routing, and what becomes of its text."""

from datetime import timedelta

from sqlalchemy import Connection

from domain.messages import MessageKind
from domain.slots import Timetable
from handlers.books import ChainBooks
from handlers.router import route
from handlers.turn import Prepared, Turn
from models import facts, forwards, log, outbox, voices
from models.crypto import KeyRing
from models.roster import Directory

SAME_WITHIN = timedelta(seconds=4)
ACROSS_WITHIN = timedelta(seconds=30)
_SPOKEN = frozenset({MessageKind.TEXT, MessageKind.CARD, MessageKind.SYSTEM})


def handle_message(
    connection: Connection,
    ring: KeyRing,
    directory: Directory,
    timetable: Timetable,
    prepared: Prepared,
    books: ChainBooks,
) -> tuple[int, str, bool]:
    """Act on one message and return its position, fate and whether its text is still needed.

    The text is erased with the transaction unless it booked, doubted or disputed something or stands in a chain.
    """
    turn = Turn(connection, ring, prepared.logged.lane, directory, timetable, prepared, books)
    if _is_twin(turn):
        return turn.position, log.TWIN, False
    if prepared.message.chat and prepared.message.kind in _SPOKEN:
        _note_voice(turn)
    _take_over_from_forward(turn)
    route(turn)
    facts.book(connection, ring, turn.lane, turn.bookings)
    outbox.queue(connection, ring, turn.lane, turn.posts)
    return turn.position, log.HANDLED, bool(turn.bookings) or turn.keep


def _is_twin(turn: Turn) -> bool:
    """Recognise a second delivery of one human message. The one said first counts, whichever arrived first.

    The same account saying the same within 4 s is one message whatever its ids, and so is the same line by the same
    nickname in another channel within 30 s: two bridges in one group.
    """
    logged = turn.prepared.logged
    twins = log.twins_of(turn.connection, logged, SAME_WITHIN, ACROSS_WITHIN)
    if any(twin.order < logged.order for twin in twins):
        return True
    for twin in twins:
        turn.books.retract(turn, twin.position)
        facts.retract_message(turn.connection, turn.lane, twin.position)
        log.settle(turn.connection, turn.lane, [(twin.position, log.TWIN, False)])
    return False


def _take_over_from_forward(turn: Turn) -> None:
    """A live message that somebody had already forwarded to us replaces the forwarded line."""
    logged = turn.prepared.logged
    if logged.message.chat is None:
        return
    repeated = forwards.line_repeated_by(turn.connection, turn.lane, logged.said_hash, logged.message.said_at)
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
