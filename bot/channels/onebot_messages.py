"""What a OneBot v11 event says: segments or CQ codes, cards, our own messages (github.com/botuniverse/onebot-11)."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.base import Echo
from domain.messages import IncomingMessage, MessageKind

CHANNEL = "onebot"
MAX_TEXT = 100_000
MAX_ID = 64
MAX_SEGMENTS = 500
_CODE = re.compile(r"\[CQ:([a-z_]{1,32})((?:,[^,\[\]]*)*)\]")
_CARDS = frozenset({"json", "xml"})
_KINDS = {"image": MessageKind.IMAGE, "video": MessageKind.IMAGE, "record": MessageKind.VOICE}


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a message: its type and its fields, all of them text."""

    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What the segments of a message come to."""

    text: str
    kind: MessageKind
    mentions: tuple[str, ...]
    carrier: str | None


def incoming(event: Mapping[str, Any], now: datetime, channel: str = CHANNEL) -> IncomingMessage | None:
    """The message of a `post_type: message` event, or None where it names nobody or no message."""
    sender, message_id, chat = number(event.get("user_id")), number(event.get("message_id")), _chat(event)
    if not sender or not message_id or event.get("message_type") not in ("group", "private"):
        return None
    read = _read(segments(event.get("message")))
    about = event.get("sender")
    names = about if isinstance(about, dict) else {}
    return IncomingMessage(
        channel=channel,
        external_id=f"{chat or 'private'}-{message_id}",  # message ids are 32-bit and not unique across groups
        chat=chat,
        sender=sender,
        said_at=_time(event.get("time"), now),
        text=read.text,
        kind=read.kind,
        sender_name=_string(names.get("nickname")),
        sender_alias=_string(names.get("card")) or None,
        mentions=read.mentions,
        carrier=read.carrier,
    )


def echo(event: Mapping[str, Any], now: datetime) -> Echo | None:
    """Our own message as the platform reports it (`message_sent`, or a message whose author is the account itself)."""
    chat, message_id = _chat(event), number(event.get("message_id"))
    account = None if chat else number(event.get("target_id"))
    if not (chat or account):
        return None
    text = "".join(piece.fields.get("text", "") for piece in segments(event.get("message")) if piece.kind == "text")
    return Echo(text[:MAX_TEXT], _time(event.get("time"), now), chat, account, message_id or None)


def segments(message: object) -> list[Segment]:
    """The pieces of a message, which implementations send as a list or as a string with CQ codes."""
    if isinstance(message, str):
        return list(_from_codes(message[: 2 * MAX_TEXT]))
    if not isinstance(message, list):
        return []
    found = (_segment(piece) for piece in message[:MAX_SEGMENTS])
    return [piece for piece in found if piece is not None]


def outgoing(text: str, mentions: tuple[str, ...]) -> list[dict[str, Any]]:
    """A message to send, as segments: no text of ours can become a code that calls everybody."""
    called = [{"type": "at", "data": {"qq": account}} for account in mentions if account.isdigit()]
    return [*called, {"type": "text", "data": {"text": text}}]


def number(value: object) -> str:
    """An id as text; implementations send numbers, some of them strings. Empty where it is neither."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return str(value)[:MAX_ID]


def _read(pieces: list[Segment]) -> _Read:
    words, mentions, cards, kinds = [], [], [], []
    for piece in pieces:
        match piece.kind:
            case "text":
                words.append(piece.fields.get("text", ""))
            case "at":
                mentions.append(piece.fields.get("qq", ""))
            case _ if piece.kind in _CARDS:
                cards.append(piece.fields.get("data", ""))
            case _:
                kinds.append(_KINDS.get(piece.kind))
    text = "".join(words).strip()[:MAX_TEXT]
    seen = next((kind for kind in kinds if kind is not None), None)
    kind = MessageKind.CARD if cards else seen if seen is not None and not text else MessageKind.TEXT
    text = text or (_card_title(cards[0]) if cards else "")
    return _Read(text, kind, tuple(mention for mention in mentions if mention), cards[0][:MAX_TEXT] if cards else None)


def _card_title(card: str) -> str:
    """The one line of a card that says what it is: `prompt` of a QQ JSON card."""
    try:
        read = json.loads(card)
    except ValueError:
        return ""
    return _string(read.get("prompt")) if isinstance(read, dict) else ""


def _from_codes(message: str) -> Iterator[Segment]:
    done = 0
    for code in _CODE.finditer(message):
        if code.start() > done:
            yield Segment("text", {"text": html.unescape(message[done : code.start()])})
        pairs = (pair.partition("=") for pair in code[2].split(",")[1:])
        yield Segment(code[1], {key: html.unescape(value) for key, _, value in pairs})
        done = code.end()
    if done < len(message):
        yield Segment("text", {"text": html.unescape(message[done:])})


def _segment(piece: object) -> Segment | None:
    if not isinstance(piece, dict) or not isinstance(piece.get("type"), str):
        return None
    fields = piece.get("data")
    given = fields.items() if isinstance(fields, dict) else ()
    return Segment(piece["type"], {str(key): str(value)[:MAX_TEXT] for key, value in given})


def _chat(event: Mapping[str, Any]) -> str | None:
    return (number(event.get("group_id")) or None) if event.get("message_type") == "group" else None


def _time(value: object, now: datetime) -> datetime:
    seconds = value if isinstance(value, int) else 0
    return datetime.fromtimestamp(seconds, UTC) if 1_262_304_000 < seconds < now.timestamp() + 86_400 else now


def _string(value: object) -> str:
    return value[:256] if isinstance(value, str) else ""
