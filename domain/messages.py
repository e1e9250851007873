"""One message of any platform, as the rest of the program sees it."""

import re
from dataclasses import dataclass, replace
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


_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")


def cleaned(message: IncomingMessage) -> IncomingMessage:
    """Return the message in the form in which it is stored: no NUL, and U+FFFD for half of a surrogate pair.

    Neither is a character that anybody typed; no database column and no UTF-8 file takes the latter.
    """
    changes: dict[str, object] = {
        name: _clean(value)
        for name in _TEXTS
        if isinstance(value := getattr(message, name), str) and _UNPRINTABLE.search(value)
    }
    if message.items:
        changes["items"] = tuple(CardItem(_clean(i.author), _clean(i.text), i.at) for i in message.items)
    if message.mentions:
        changes["mentions"] = tuple(_clean(m) for m in message.mentions)
    return replace(message, **changes) if changes else message  # type: ignore[arg-type]


_TEXTS = ("external_id", "chat", "sender", "text", "sender_name", "sender_alias", "quote", "about", "carrier")


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(lambda found: "" if found[0] == "\0" else "\ufffd", text)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the chat page. `room` is a chat id, or `@account` for that account's direct chat with the bot."""

    id: int
    room: str
    account: str
    name: str
    said_at: datetime
    kind: str
    text: str
