"""One message of any platform, as the rest of the program sees it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What a platform delivered. `card`: a native chain; `forward`: a direct message that pastes what a group said."""

    TEXT = "text"
    CARD = "card"
    IMAGE = "image"
    VOICE = "voice"
    SYSTEM = "system"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True)
class CardItem:
    """One entry of a native chain card with the author and time that the platform vouches for."""

    author: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """A message as a channel decoded it; channel-neutral and frozen.

    `external_id` is unique within `channel`. `chat` is None for a direct message to the bot. `said_at` and every time
    here is an aware datetime. `sequence` orders messages of the same second where the source knows better than the
    order of arrival. `carrier` keeps what the platform sent where it is more than the text.
    """

    channel: str
    external_id: str
    chat: str | None
    sender: str
    said_at: datetime
    text: str
    kind: MessageKind = MessageKind.TEXT
    sender_name: str = ""
    sender_alias: str | None = None
    quote: str | None = None
    about: str | None = None
    items: tuple[CardItem, ...] = ()
    mentions: tuple[str, ...] = ()
    sequence: int | None = None
    carrier: str | None = None
