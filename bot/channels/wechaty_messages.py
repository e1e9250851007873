"""What a Wechaty payload means: raw type numbers, seconds or milliseconds, mentions, our own messages."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.base import Echo
from domain.messages import IncomingMessage, MessageKind

CHANNEL = "wechaty"
MAX_TEXT = 100_000  # characters; what is longer is no chat message
MAX_ID = 256
_EARLIEST = datetime(2011, 1, 1, tzinfo=UTC)  # WeChat's first month
_MILLISECONDS_FROM = 100_000_000_000
_CARD_SIGNS = ("<msg", "&lt;msg", "<appmsg", "&lt;appmsg")
_CARD_WITHIN = 400  # characters: a sender's id or an XML declaration may stand in front
_MENTION_SPACE = "\u2005"
_LEADING_MENTIONS = re.compile(f"(?:@[^@{_MENTION_SPACE}\n]{{1,64}}{_MENTION_SPACE}){{1,5}}")

# Numbers of the puppet's MessageType (wechaty-puppet, src/schemas/message.ts), sent raw by the gateway.
_KINDS = {
    2: MessageKind.VOICE,
    5: MessageKind.IMAGE,
    6: MessageKind.IMAGE,
    10: MessageKind.CARD,
    13: MessageKind.SYSTEM,
    15: MessageKind.IMAGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A message as the gateway holds it. `room` is None for a direct message; `listener` is whom that went to."""

    id: str
    type: int
    sender: str
    room: str | None
    listener: str
    text: str
    said_at: datetime
    mentions: tuple[str, ...] = ()
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """How the sender is called: the nickname, and the remark in this group (None where there is none)."""

    name: str = ""
    alias: str | None = None


def payload_of(response: Any, message_id: str, now: datetime) -> Payload:
    """Read the gateway's answer; what it leaves out is filled with what is known, `now` for a missing time."""
    return Payload(
        id=(str(response.id) or message_id)[:MAX_ID],
        type=int(response.type),
        sender=str(response.from_id)[:MAX_ID],
        room=str(response.room_id)[:MAX_ID] or None,
        listener=str(response.to_id)[:MAX_ID],
        text=str(response.text)[:MAX_TEXT],
        said_at=said_at(int(response.timestamp), now),
        mentions=tuple(str(mention)[:MAX_ID] for mention in response.mention_ids[:500]),
        filename=str(response.filename)[:MAX_ID],
    )


def said_at(timestamp: int, now: datetime) -> datetime:
    """The time of a message: gateways send seconds or milliseconds. Times that cannot be are replaced by `now`."""
    seconds = timestamp / 1000 if timestamp >= _MILLISECONDS_FROM else float(timestamp)
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return now
    return moment if _EARLIEST <= moment <= now + timedelta(days=1) else now


def incoming(payload: Payload, names: Names, channel: str = CHANNEL) -> IncomingMessage:
    """The payload for the program. A chain is recognised by its content later on; the number only hints at a card."""
    return IncomingMessage(
        channel=channel,
        external_id=payload.id,
        chat=payload.room,
        sender=payload.sender,
        said_at=payload.said_at,
        text=payload.text,
        kind=_KINDS.get(payload.type, MessageKind.TEXT),
        sender_name=names.name,
        sender_alias=names.alias,
        mentions=payload.mentions,
        carrier=_carrier(payload.text),
    )


def echo(payload: Payload) -> Echo:
    """Our own message as it came back, without the names that `with_mentions` put in front."""
    return Echo(
        text=_LEADING_MENTIONS.sub("", payload.text, count=1) if payload.text.startswith("@") else payload.text,
        said_at=payload.said_at,
        chat=payload.room,
        account=None if payload.room else payload.listener,
        external_id=payload.id,
    )


def with_mentions(text: str, names: list[str]) -> str:
    """`text` behind the names it speaks to: WeChat marks a mention by the text itself as well as by the ids."""
    return "".join(f"@{name}{_MENTION_SPACE}" for name in names) + text


def _carrier(text: str) -> str | None:
    """The raw card of a native chain, which tells each entry's author; puppets hand it over as the text itself."""
    return text if any(sign in text[:_CARD_WITHIN] for sign in _CARD_SIGNS) else None
