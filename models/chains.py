"""Chains: the posts of each, the lists that the bot made of it, and every entry it ever had with state and sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    bindparam,
    delete,
    func,
    select,
)

from domain.facts import Order
from models.base import Json, Moment, metadata
from models.crypto import KeyRing
from models.statements import insert_new, upsert

chains = Table(
    "chains",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", LargeBinary, nullable=False),
    Column("notes", LargeBinary),
    Column("round", Text),
    Column("opened_at", Moment, nullable=False),
    Column("newest_at", Moment, nullable=False),
    Column("unseen", Integer, nullable=False, default=0),
    Index(None, "lane", "chat", "newest_at"),
)
chain_posts = Table(
    "chain_posts",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("chain", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False, default=""),
    Index(None, "lane", "position"),
)
chain_lists = Table(
    "chain_lists",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("chain", Text, primary_key=True),
    Column("listed_at", Moment, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
)
entries = Table(
    "entries",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("chain", Text, primary_key=True),
    Column("entry", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("household", Text),
    Column("sources", Json, nullable=False),
)

_RECENT = (
    select(chains)
    .where(
        chains.c.lane == bindparam("lane"),
        chains.c.chat == bindparam("chat"),
        chains.c.newest_at >= bindparam("since", type_=Moment),
    )
    .order_by(chains.c.newest_at.desc())
)

_LISTS = (
    select(chain_lists.c.listed_at, chain_lists.c.sequence)
    .where(chain_lists.c.lane == bindparam("lane"), chain_lists.c.chain == bindparam("chain"))
    .order_by(chain_lists.c.listed_at, chain_lists.c.sequence)
)


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One chain as the books know it.

    `unseen`: entries in force that its newest post does not show. `notes`: what its header says besides the title.
    """

    id: str
    chat: str
    kind: str
    title: str
    round: date | None
    opened_at: datetime
    newest_at: datetime
    unseen: int = 0
    notes: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: newest text, state live, cancelled or disputed, and the messages it first stood in or changed in."""

    chain: str
    entry: str
    place: int
    text: str
    state: str
    owner: str | None
    household: str | None
    sources: tuple[str, ...]


def save_chain(connection: Connection, ring: KeyRing, lane: int, chain: ChainRow) -> None:
    row = {
        "lane": lane,
        "id": chain.id,
        "chat": chain.chat,
        "kind": chain.kind,
        "title": ring.seal("chains.title", f"{lane}:{chain.id}", chain.title),
        "notes": ring.seal("chains.notes", f"{lane}:{chain.id}", chain.notes) if chain.notes else None,
        "round": chain.round.isoformat() if chain.round else None,
        "opened_at": chain.opened_at,
        "newest_at": chain.newest_at,
        "unseen": chain.unseen,
    }
    connection.execute(upsert(chains), row)


def add_post(connection: Connection, lane: int, chain: str, position: int, reason: str) -> None:
    """Note that a message is a post of this chain, and why it was taken for one."""
    row = {"lane": lane, "chain": chain, "position": position, "reason": reason}
    connection.execute(insert_new(chain_posts), row)


def add_list(connection: Connection, lane: int, chain: str, order: Order) -> None:
    """Note that the bot posted the merged list of this chain to its group."""
    row = {"lane": lane, "chain": chain, "listed_at": order.said_at, "sequence": order.sequence}
    connection.execute(insert_new(chain_lists), row)


def lists_of(connection: Connection, lane: int, chain: str) -> list[Order]:
    """Return when the bot posted the merged list of this chain, oldest first."""
    rows = connection.execute(_LISTS, {"lane": lane, "chain": chain})
    return [Order(row.listed_at, row.sequence) for row in rows]


def remove_post(connection: Connection, lane: int, position: int) -> list[str]:
    """Take a post out of its chain (it was a second delivery) and return the chain, several where it was a forward."""
    gone = connection.execute(
        delete(chain_posts)
        .where(chain_posts.c.lane == lane, chain_posts.c.position == position)
        .returning(chain_posts.c.chain)
    )
    return list(gone.scalars())


def posts_of(connection: Connection, lane: int, chain: str) -> list[int]:
    query = select(chain_posts.c.position).where(chain_posts.c.lane == lane, chain_posts.c.chain == chain)
    return sorted(connection.execute(query).scalars())


def reasons_of(connection: Connection, lane: int, chain: str) -> list[tuple[int, str]]:
    """Return each post's position and why it was taken for one of this chain."""
    query = select(chain_posts.c.position, chain_posts.c.reason).where(
        chain_posts.c.lane == lane, chain_posts.c.chain == chain
    )
    return [(r.position, r.reason) for r in connection.execute(query.order_by(chain_posts.c.position))]


def forked(connection: Connection, ring: KeyRing, lane: int, since: datetime) -> list[ChainRow]:
    """Return chains whose newest post does not show every entry in force, posted in since then."""
    query = select(chains).where(chains.c.lane == lane, chains.c.unseen > 0, chains.c.newest_at >= since)
    return [_chain(ring, row) for row in connection.execute(query.order_by(chains.c.newest_at))]


def recent(connection: Connection, ring: KeyRing, lane: int, chat: str, since: datetime) -> list[ChainRow]:
    """Return the chat's chains that somebody posted since then, the newest first."""
    rows = connection.execute(_RECENT, {"lane": lane, "chat": chat, "since": since})
    return [_chain(ring, row) for row in rows]


def every_chain(connection: Connection, ring: KeyRing, lane: int) -> list[ChainRow]:
    query = select(chains).where(chains.c.lane == lane).order_by(chains.c.chat, chains.c.opened_at)
    return [_chain(ring, row) for row in connection.execute(query)]


def chain_by_id(connection: Connection, ring: KeyRing, lane: int, chain: str) -> ChainRow | None:
    row = connection.execute(select(chains).where(chains.c.lane == lane, chains.c.id == chain)).first()
    return _chain(ring, row) if row else None


def save_entries(connection: Connection, ring: KeyRing, lane: int, rows: Sequence[EntryRow]) -> None:
    """Insert or update the given entries; the others of the chain stay as they are."""
    values = [
        {
            "lane": lane,
            "chain": row.chain,
            "entry": row.entry,
            "place": row.place,
            "text": ring.seal("entries.text", f"{lane}:{row.chain}:{row.entry}", row.text),
            "state": row.state,
            "owner": row.owner,
            "household": row.household,
            "sources": list(row.sources),
        }
        for row in rows
    ]
    if values:
        connection.execute(upsert(entries), values)


def drop_entries(connection: Connection, lane: int, chain: str) -> None:
    """Forget the entries of a chain that is about to be folded anew."""
    connection.execute(delete(entries).where(entries.c.lane == lane, entries.c.chain == chain))


def entries_of(connection: Connection, ring: KeyRing, lane: int, chain: str) -> list[EntryRow]:
    query = select(entries).where(entries.c.lane == lane, entries.c.chain == chain).order_by(entries.c.place)
    return [_entry(ring, row) for row in connection.execute(query)]


def count_live(connection: Connection, lane: int, chain: str) -> int:
    query = select(func.count()).where(entries.c.lane == lane, entries.c.chain == chain, entries.c.state != "cancelled")
    return int(connection.execute(query).scalar_one())


def disputed(connection: Connection, ring: KeyRing, lane: int) -> list[EntryRow]:
    query = select(entries).where(entries.c.lane == lane, entries.c.state == "disputed").order_by(entries.c.chain)
    return [_entry(ring, row) for row in connection.execute(query)]


def forget_chains(connection: Connection, lane: int, ids: Sequence[str]) -> None:
    """Delete chains that have no posts left."""
    connection.execute(delete(chain_lists).where(chain_lists.c.lane == lane, chain_lists.c.chain.in_(ids)))
    connection.execute(delete(chains).where(chains.c.lane == lane, chains.c.id.in_(ids)))


def _chain(ring: KeyRing, row: Row[Any]) -> ChainRow:
    title = ring.open("chains.title", f"{row.lane}:{row.id}", row.title)
    notes = ring.open("chains.notes", f"{row.lane}:{row.id}", row.notes) if row.notes else ""
    day = date.fromisoformat(row.round) if row.round else None
    return ChainRow(row.id, row.chat, row.kind, title, day, row.opened_at, row.newest_at, row.unseen, notes)


def _entry(ring: KeyRing, row: Row[Any]) -> EntryRow:
    text = ring.open("entries.text", f"{row.lane}:{row.chain}:{row.entry}", row.text)
    return EntryRow(row.chain, row.entry, row.place, text, row.state, row.owner, row.household, tuple(row.sources))
