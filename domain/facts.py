"""Facts: what somebody said about a household, in the order in which it was said.

State is never stored first: it is a fold over a household's facts ordered by (said-at, sequence), so a message that
arrives late changes the state exactly as if it had come in time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.intents import Intent


class By(StrEnum):
    """Who speaks: the household itself, somebody for it, or a worker who was there."""

    SELF = "self"
    RELAY = "relay"
    WORKER = "worker"


class Standing(IntEnum):
    """Whether a fact counts. `REPLACED`: true when said, overtaken by an edit. `VOID`: as if it had never been said."""

    CURRENT = 0
    REPLACED = 1
    VOID = 2


@dataclass(frozen=True, slots=True, order=True)
class Order:
    """The place of a fact in time: said-at, then the sequence within the same second."""

    said_at: datetime
    sequence: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One intent as booked: about which household, said by whom, from which message.

    `household` is a roster key, or "@account" where the door is not known. `source` is the message's public id.
    `entry` names the chain entry it comes from ("chain/entry"), "" for plain messages.
    """

    household: str
    intent: Intent
    by: By
    order: Order
    source: str
    account: str
    entry: str = ""
    standing: Standing = Standing.CURRENT
