"""Which nickname and remark each account carried in each chat when it was last heard.

Pastes and exports name people by nickname only; this is how their lines find the account.
"""

import json
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, Text, select

from models.base import Moment, dump, metadata
from models.crypto import KeyRing
from models.statements import upsert

voices = Table(
    "voices",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("chat", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("name_hash", Text, nullable=False),
    Column("remark", LargeBinary, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Index(None, "lane", "chat", "name_hash"),
)


def hear(
    connection: Connection,
    ring: KeyRing,
    lane: int,
    chat: str,
    account: str,
    name: str,
    alias: str | None,
    at: datetime,
) -> None:
    """Note nickname and remark of an account in a chat."""
    row = {
        "lane": lane,
        "chat": chat,
        "account": account,
        "name_hash": ring.blind("name", chat, name.strip()),
        "remark": ring.seal("voices.remark", f"{lane}:{chat}:{account}", dump([name, alias])),
        "heard_at": at,
    }
    connection.execute(upsert(voices), row)


def accounts_named(
    connection: Connection, ring: KeyRing, lane: int, chat: str, name: str
) -> list[tuple[str, str | None]]:
    """Return account and remark of everybody heard in the chat under this nickname."""
    wanted = ring.blind("name", chat, name.strip())
    query = select(voices).where(voices.c.lane == lane, voices.c.chat == chat, voices.c.name_hash == wanted)
    rows = connection.execute(query.order_by(voices.c.account))
    return [(r.account, _open(ring, lane, chat, r.account, r.remark)[1]) for r in rows]


def remark_of(
    connection: Connection, ring: KeyRing, lane: int, chat: str, account: str
) -> tuple[str, str | None] | None:
    """Return nickname and remark an account was last heard with in a chat, None where it never was."""
    query = select(voices.c.remark).where(voices.c.lane == lane, voices.c.chat == chat, voices.c.account == account)
    sealed = connection.execute(query).scalar_one_or_none()
    return _open(ring, lane, chat, account, sealed) if sealed else None


def remarks_anywhere(
    connection: Connection, ring: KeyRing, lane: int, account: str
) -> list[tuple[str, str, str | None]]:
    """Return chat, nickname and remark of an account wherever it was heard, the newest first."""
    query = select(voices).where(voices.c.lane == lane, voices.c.account == account)
    rows = connection.execute(query.order_by(voices.c.heard_at.desc()))
    return [(r.chat, *_open(ring, lane, r.chat, account, r.remark)) for r in rows]


def _open(ring: KeyRing, lane: int, chat: str, account: str, sealed: bytes) -> tuple[str, str | None]:
    name, alias = json.loads(ring.open("voices.remark", f"{lane}:{chat}:{account}", sealed))
    return name, alias
