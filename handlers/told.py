"""One intent with everything that says where and how it is to be booked."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.facts import Order
from domain.intents import Doubt, Intent
from domain.roles import Chat
from handlers.subjects import by_whom, household_of
from handlers.turn import Turn, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An intent as somebody told it. `entry` and `chain` where it stands in a chain; `position` and `source` name the
    message that carries it; `first_said` is when an edited entry was first told, which decides its round.
    """

    intent: Intent
    voice: Voice
    order: Order
    position: int
    source: str
    chat: Chat | None = None
    entry: str = ""
    chain: str | None = None
    first_said: datetime | None = None
    words: str = ""


def book(turn: Turn, told: Told) -> str | None:
    """Book the intent and return its door; with a doubt, of the reader's or the roster's, it is kept as a question."""
    household, doubt = household_of(told.intent, told.voice, told.chat, turn.directory)
    intent = told.intent if doubt is None else with_doubt(told.intent, doubt)
    turn.book(
        household or f"@{told.voice.account}",
        intent,
        by_whom(intent, household, told.voice),
        account=told.voice.account,
        order=told.order,
        entry=told.entry,
        chain=told.chain,
        day_of=told.first_said,
        position=told.position,
        source=told.source,
        chat=told.chat.chat if told.chat else None,
    )
    return None if intent.doubts else household


def with_doubt(intent: Intent, doubt: Doubt) -> Intent:
    return intent if doubt in intent.doubts else replace(intent, doubts=(*intent.doubts, doubt))
