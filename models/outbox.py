"""The outbox: what the bot has decided to say, queued in the transaction that decided it, sent once.

A row goes new → sending → sent, or back to new (try again), refused, or unknown (handed over, never confirmed; not sent
again). `dedupe_key` makes a second decision to say the same thing change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Index, Integer, LargeBinary, Row, Table, Text, select, update

from models.base import Json, Moment, metadata
from models.crypto import KeyRing
from models.statements import insert_new

NEW, SENDING, SENT, UNKNOWN, REFUSED, EXPIRED = "new", "sending", "sent", "unknown", "refused", "expired"

outbox = Table(
    "outbox",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("dedupe_key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("chat", Text),
    Column("account", Text),
    Column("mentions", Json, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("answers", Boolean, nullable=False),
    Column("incident", Integer),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("external_id", Text),
    Column("error", Text),
    Index(None, "lane", "state", "next_at"),
    Index(None, "lane", "incident"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Something to say. Exactly one of `chat` and `account` is set.

    `kind`: prompt, digest, list, summary, page, reply, notice. `answers`: somebody asked for it (a command's answer),
    so that it is no unsolicited post. `urgent` skips gaps and quiet hours.
    """

    dedupe_key: str
    kind: str
    text: str
    due_at: datetime
    chat: str | None = None
    account: str | None = None
    mentions: tuple[str, ...] = ()
    urgent: bool = False
    answers: bool = False
    incident: int | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A post with how its sending stands."""

    post: Post
    state: str
    tries: int
    next_at: datetime
    settled_at: datetime | None
    error: str | None


def queue(connection: Connection, ring: KeyRing, lane: int, posts: Iterable[Post]) -> int:
    """Queue posts and return how many were new; one whose key is there already changes nothing."""
    queued = 0
    for post in posts:
        done = connection.execute(insert_new(outbox), _row(ring, lane, post))
        queued += done.rowcount
    return queued


def claim(connection: Connection, lane: int, dedupe_key: str) -> bool:
    """Mark a post as being sent now; False where somebody else was quicker."""
    done = connection.execute(
        update(outbox)
        .where(outbox.c.lane == lane, outbox.c.dedupe_key == dedupe_key, outbox.c.state == NEW)
        .values(state=SENDING, tries=outbox.c.tries + 1)
    )
    return done.rowcount == 1


def settle(
    connection: Connection,
    lane: int,
    dedupe_key: str,
    state: str,
    at: datetime,
    *,
    external_id: str | None = None,
    error: str | None = None,
    next_at: datetime | None = None,
) -> None:
    """Note how a sending ended; with `next_at` the post waits for another try. What an echo proved sent stays sent."""
    values: dict[str, Any] = {"state": state, "settled_at": at, "external_id": external_id, "error": error}
    if next_at is not None:
        values["next_at"] = next_at
    where = (outbox.c.lane == lane, outbox.c.dedupe_key == dedupe_key, outbox.c.state != SENT)
    connection.execute(update(outbox).where(*where).values(**values))


def settle_after_crash(connection: Connection, lane: int, at: datetime) -> int:
    """Turn what was being sent when the process died into unknown; an echo may still settle it. Returns how many."""
    done = connection.execute(
        update(outbox).where(outbox.c.lane == lane, outbox.c.state == SENDING).values(state=UNKNOWN, settled_at=at)
    )
    return done.rowcount


def due(connection: Connection, ring: KeyRing, lane: int, now: datetime, limit: int = 200) -> list[Queued]:
    """Return posts that may be sent now, in the order in which they fell due."""
    query = (
        select(outbox)
        .where(outbox.c.lane == lane, outbox.c.state == NEW, outbox.c.next_at <= now)
        .order_by(outbox.c.urgent.desc(), outbox.c.due_at, outbox.c.dedupe_key)
        .limit(limit)
    )
    return [_queued(ring, row) for row in connection.execute(query)]


def since(connection: Connection, ring: KeyRing, lane: int, moment: datetime, *states: str) -> list[Queued]:
    """Return posts due since `moment` (in these states, if any are named), oldest first."""
    query = select(outbox).where(outbox.c.lane == lane, outbox.c.due_at >= moment)
    if states:
        query = query.where(outbox.c.state.in_(states))
    return [_queued(ring, row) for row in connection.execute(query.order_by(outbox.c.due_at, outbox.c.dedupe_key))]


def of_incident(connection: Connection, ring: KeyRing, lane: int, incident: int) -> list[Queued]:
    query = select(outbox).where(outbox.c.lane == lane, outbox.c.incident == incident)
    return [_queued(ring, row) for row in connection.execute(query.order_by(outbox.c.due_at, outbox.c.dedupe_key))]


def settle_echo(
    connection: Connection, ring: KeyRing, lane: int, text: str, chat: str | None, account: str | None, at: datetime
) -> bool:
    """Settle the oldest post of unknown fate, or just being sent, with this text and destination; False if none is."""
    query = select(outbox).where(
        outbox.c.lane == lane,
        outbox.c.state.in_((UNKNOWN, SENDING)),
        outbox.c.chat == chat,
        outbox.c.account == account,
    )
    for row in connection.execute(query.order_by(outbox.c.due_at)):
        if _queued(ring, row).post.text == text:
            settle(connection, lane, row.dedupe_key, SENT, at)
            return True
    return False


def _row(ring: KeyRing, lane: int, post: Post) -> dict[str, Any]:
    return {
        "lane": lane,
        "dedupe_key": post.dedupe_key,
        "kind": post.kind,
        "chat": post.chat,
        "account": post.account,
        "mentions": list(post.mentions),
        "text": ring.seal("outbox.text", f"{lane}:{post.dedupe_key}", post.text),
        "due_at": post.due_at,
        "urgent": post.urgent,
        "answers": post.answers,
        "incident": post.incident,
        "state": NEW,
        "tries": 0,
        "next_at": post.due_at,
    }


def _queued(ring: KeyRing, row: Row[Any]) -> Queued:
    post = Post(
        dedupe_key=row.dedupe_key,
        kind=row.kind,
        text=ring.open("outbox.text", f"{row.lane}:{row.dedupe_key}", row.text),
        due_at=row.due_at,
        chat=row.chat,
        account=row.account,
        mentions=tuple(row.mentions),
        urgent=row.urgent,
        answers=row.answers,
        incident=row.incident,
    )
    return Queued(post, row.state, row.tries, row.next_at, row.settled_at, row.error)
