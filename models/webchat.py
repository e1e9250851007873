"""The embedded chat page's own messages: here the page is the platform, so it keeps what people see on it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Row, Table, Text, delete, func, insert, select

from domain.messages import Bubble
from models.base import Moment, dump, metadata
from models.crypto import KeyRing

webchat_messages = Table(
    "webchat_messages",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("room", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index(None, "lane", "room", "id"),
)


def say(
    connection: Connection,
    ring: KeyRing,
    lane: int,
    *,
    room: str,
    account: str,
    name: str,
    at: datetime,
    kind: str,
    text: str,
) -> Bubble:
    """Write a message to a room and return it with its number."""
    newest = select(func.coalesce(func.max(webchat_messages.c.id), 0)).where(webchat_messages.c.lane == lane)
    number = int(connection.execute(newest).scalar_one()) + 1
    body = ring.seal("webchat_messages.body", f"{lane}:{number}", dump([name, text]))
    row = {"lane": lane, "id": number, "room": room, "account": account, "said_at": at, "kind": kind}
    connection.execute(insert(webchat_messages).values(**row, body=body))
    return Bubble(number, room, account, name, at, kind, text)


def history(
    connection: Connection, ring: KeyRing, lane: int, room: str, *, before: int | None = None, limit: int = 60
) -> list[Bubble]:
    """Return the newest messages of a room (those before a number, if given), oldest first."""
    query = select(webchat_messages).where(webchat_messages.c.lane == lane, webchat_messages.c.room == room)
    if before is not None:
        query = query.where(webchat_messages.c.id < before)
    rows = connection.execute(query.order_by(webchat_messages.c.id.desc()).limit(limit)).all()
    return [_bubble(ring, row) for row in reversed(rows)]


def newest_ids(connection: Connection, lane: int) -> dict[str, int]:
    """Return the number of the newest message of each room."""
    query = (
        select(webchat_messages.c.room, func.max(webchat_messages.c.id).label("newest"))
        .where(webchat_messages.c.lane == lane)
        .group_by(webchat_messages.c.room)
    )
    return {row.room: row.newest for row in connection.execute(query)}


def count_after(connection: Connection, lane: int, room: str, number: int) -> int:
    query = select(func.count()).where(
        webchat_messages.c.lane == lane, webchat_messages.c.room == room, webchat_messages.c.id > number
    )
    return int(connection.execute(query).scalar_one())


def forget_before(connection: Connection, lane: int, moment: datetime) -> int:
    """Erase what is older than the time the page keeps messages; returns how many."""
    where = (webchat_messages.c.lane == lane, webchat_messages.c.said_at < moment)
    return connection.execute(delete(webchat_messages).where(*where)).rowcount


def _bubble(ring: KeyRing, row: Row[Any]) -> Bubble:
    name, text = json.loads(ring.open("webchat_messages.body", f"{row.lane}:{row.id}", row.body))
    return Bubble(row.id, row.room, row.account, name, row.said_at, row.kind, text)
