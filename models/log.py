"""The log: every message once, durably, in the order of its lane, before anybody thinks about it.

Digests stand beside the sealed body so that a second delivery is recognised without opening anything: `same_hash` over
chat, sender and text, and for ways in that know no account `said_hash` and `remark_hash` over chat, nickname or remark,
and text.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
    update,
)

from domain.facts import Order
from domain.messages import CardItem, IncomingMessage, MessageKind, cleaned
from models import lanes
from models.base import Moment, dump, metadata
from models.crypto import KeyRing
from models.statements import insert_new

NEW, HANDLED, TWIN, ASIDE = "new", "handled", "twin", "aside"

log = Table(
    "log",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("chat", Text),
    Column("sender", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("same_hash", Text, nullable=False),
    Column("said_hash", Text, nullable=False),
    Column("remark_hash", Text, nullable=False),
    Column("body", LargeBinary),
    Column("fate", Text, nullable=False, default=NEW),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", Text),
    UniqueConstraint("lane", "channel", "external_id"),
    Index(None, "lane", "same_hash", "said_at"),
    Index(None, "lane", "said_hash", "said_at"),
    Index(None, "lane", "remark_hash", "said_at"),
    Index(None, "lane", "external_id"),
)
_BODY = "log.body"
Fate = tuple[int, str, bool]


_PUBLISH = insert_new(log)
_READ_AFTER = (
    select(log)
    .where(log.c.lane == bindparam("lane"), log.c.position > bindparam("position"))
    .order_by(log.c.position)
    .limit(bindparam("limit"))
)
_READ_NEXT = (
    select(log)
    .where(log.c.lane == bindparam("lane"), log.c.position > lanes.WORKED_OFF)
    .order_by(log.c.position)
    .limit(bindparam("limit"))
)
_SETTLED = update(log).where(log.c.lane == bindparam("at_lane"), log.c.position == bindparam("at"))
_KEPT = _SETTLED.values(fate=bindparam("became"))
_ERASED = _SETTLED.values(fate=bindparam("became"), body=None)


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """A message with its place in the log. `received_at` is when it reached us; handlers take it as their now."""

    lane: int
    position: int
    received_at: datetime
    message: IncomingMessage
    same_hash: str
    said: frozenset[str]
    sequence: int

    @property
    def order(self) -> Order:
        return Order(self.message.said_at, self.sequence)


def publish(
    connection: Connection, ring: KeyRing, lane: int, items: Sequence[tuple[IncomingMessage, datetime]]
) -> None:
    """Write messages with the time they were received; one already in the log (channel and id) changes nothing."""
    first = lanes.reserve(connection, lane, len(items))
    rows = [_row(ring, lane, first + i, cleaned(message), at) for i, (message, at) in enumerate(items)]
    connection.execute(_PUBLISH, rows)


def publish_new(
    connection: Connection, ring: KeyRing, lane: int, items: Sequence[tuple[IncomingMessage, datetime]]
) -> int:
    """Publish those of the messages that the log does not hold yet; returns how many."""
    items = [(cleaned(message), at) for message, at in items]
    ids = [m.external_id for m, _ in items]
    known = known_ids(connection, lane, items[0][0].channel, ids)
    fresh = {m.external_id: (m, at) for m, at in reversed(items) if m.external_id not in known}
    if fresh:
        publish(connection, ring, lane, [fresh[i] for i in dict.fromkeys(ids) if i in fresh])
    return len(fresh)


def known_ids(connection: Connection, lane: int, channel: str, ids: Sequence[str]) -> set[str]:
    """Return which of these public ids the log holds already."""
    where = (log.c.lane == lane, log.c.channel == channel, log.c.external_id.in_(ids))
    return set(connection.execute(select(log.c.external_id).where(*where)).scalars())


def read_after(connection: Connection, ring: KeyRing, lane: int, position: int, limit: int) -> list[LoggedMessage]:
    """Return up to `limit` messages behind `position` in lane order."""
    rows = connection.execute(_READ_AFTER, {"lane": lane, "position": position, "limit": limit})
    return [_message(ring, row) for row in rows]


def read_next(connection: Connection, ring: KeyRing, lane: int, limit: int) -> list[LoggedMessage]:
    """Return up to `limit` messages that wait to be handled, in lane order."""
    return [_message(ring, row) for row in connection.execute(_READ_NEXT, {"lane": lane, "limit": limit})]


def read_positions(connection: Connection, ring: KeyRing, lane: int, positions: Iterable[int]) -> list[LoggedMessage]:
    """Return the messages at these positions whose bodies are still kept."""
    query = select(log).where(log.c.lane == lane, log.c.position.in_(list(positions)), log.c.body.is_not(None))
    return [_message(ring, row) for row in connection.execute(query)]


def read_until(connection: Connection, ring: KeyRing, lane: int, moment: datetime) -> list[LoggedMessage]:
    """Return what was received up to `moment` and is still kept, in lane order."""
    query = (
        select(log)
        .where(log.c.lane == lane, log.c.received_at <= moment, log.c.body.is_not(None))
        .order_by(log.c.position)
    )
    return [_message(ring, row) for row in connection.execute(query)]


def began(connection: Connection, lane: int) -> datetime | None:
    """Return when the earliest message of the lane was said, whether its text is kept or not."""
    return connection.execute(select(func.min(log.c.said_at)).where(log.c.lane == lane)).scalar_one_or_none()


def find_by_id(connection: Connection, ring: KeyRing, lane: int, external_id: str) -> LoggedMessage | None:
    """Return the message with this public id, if its body is still kept."""
    query = select(log).where(log.c.lane == lane, log.c.external_id == external_id, log.c.body.is_not(None)).limit(1)
    row = connection.execute(query).first()
    return _message(ring, row) if row else None


def settle(connection: Connection, lane: int, fates: Sequence[Fate]) -> None:
    """Note the fate of positions; the third element says whether the body is still needed (else it is erased)."""
    for statement, is_kept in ((_KEPT, True), (_ERASED, False)):
        rows = [{"at_lane": lane, "at": p, "became": fate} for p, fate, kept in fates if kept is is_kept]
        if rows:
            connection.execute(statement, rows)


def count_try(connection: Connection, lane: int, position: int, error: str) -> int:
    """Count one more failed try of a message, in a transaction of its own, and return how many there were."""
    return int(
        connection.execute(
            update(log)
            .where(log.c.lane == lane, log.c.position == position)
            .values(tries=log.c.tries + 1, error=error)
            .returning(log.c.tries)
        ).scalar_one()
    )


def set_aside(connection: Connection, lane: int) -> list[tuple[int, str, str]]:
    """Return position, public id and error of the messages that could not be handled."""
    query = select(log.c.position, log.c.external_id, log.c.error).where(log.c.lane == lane, log.c.fate == ASIDE)
    return [(r.position, r.external_id, r.error or "") for r in connection.execute(query)]


def pending(connection: Connection, lane: int) -> int:
    """Return how many messages of the lane wait to be handled."""
    position = lanes.position_of(connection, lane)
    query = select(func.count()).where(log.c.lane == lane, log.c.position > position)
    return int(connection.execute(query).scalar_one())


# ---- rows and messages ---------------------------------------------------------------------------------------------
def _row(ring: KeyRing, lane: int, position: int, message: IncomingMessage, received_at: datetime) -> dict[str, Any]:
    chat = message.chat or ""
    return {
        "lane": lane,
        "position": position,
        "channel": message.channel,
        "external_id": message.external_id,
        "chat": message.chat,
        "sender": message.sender,
        "kind": message.kind.value,
        "said_at": message.said_at,
        "received_at": received_at,
        "sequence": position if message.sequence is None else message.sequence,
        "same_hash": ring.blind("same", chat, message.sender, message.text),
        "said_hash": said_hash(ring, chat, message.sender_name, message.text),
        "remark_hash": said_hash(ring, chat, message.sender_alias or message.sender_name, message.text),
        "body": ring.seal(_BODY, f"{lane}:{position}", _encode(message)),
        "fate": NEW,
        "tries": 0,
    }


def said_hash(ring: KeyRing, chat: str, name: str, text: str) -> str:
    """Return the digest of what somebody of this nickname said in a chat; spaces and line ends do not matter."""
    return ring.blind("said", chat, name.strip(), " ".join(text.split()))


def _encode(message: IncomingMessage) -> str:
    return dump(
        {
            "text": message.text,
            "name": message.sender_name,
            "alias": message.sender_alias,
            "quote": message.quote,
            "about": message.about,
            "items": [[i.author, i.text, i.at and i.at.isoformat()] for i in message.items],
            "mentions": list(message.mentions),
            "carrier": message.carrier,
        }
    )


def _message(ring: KeyRing, row: Row[Any]) -> LoggedMessage:
    body = json.loads(ring.open(_BODY, f"{row.lane}:{row.position}", row.body)) if row.body else _NO_BODY
    message = IncomingMessage(
        channel=row.channel,
        external_id=row.external_id,
        chat=row.chat,
        sender=row.sender,
        said_at=row.said_at,
        kind=MessageKind(row.kind),
        text=body["text"],
        sender_name=body["name"],
        sender_alias=body["alias"],
        quote=body["quote"],
        about=body["about"],
        items=tuple(CardItem(a, t, datetime.fromisoformat(at) if at else None) for a, t, at in body["items"]),
        mentions=tuple(body["mentions"]),
        carrier=body["carrier"],
        sequence=row.sequence,
    )
    said = frozenset((row.said_hash, row.remark_hash))
    return LoggedMessage(row.lane, row.position, row.received_at, message, row.same_hash, said, row.sequence)


_NO_BODY: dict[str, Any] = {
    "text": "", "name": "", "alias": None, "quote": None, "about": None, "items": [], "mentions": [], "carrier": None
}  # fmt: skip
