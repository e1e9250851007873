"""Lines that reached us inside a forward: of which message and chain they are, and which live message they repeat."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, Table, Text, bindparam, or_, select, update

from models.base import Moment, metadata
from models.log import log
from models.statements import insert_new

forwarded_lines = Table(
    "forwarded_lines",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("said_hash", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("live_position", Integer),
    Column("chain", Text),
    Index(None, "lane", "said_hash"),
)

_ANY_WAITING = (
    select(forwarded_lines.c.line)
    .where(forwarded_lines.c.lane == bindparam("lane"), forwarded_lines.c.live_position.is_(None))
    .limit(1)
)


def unmatched_live(connection: Connection, lane: int, said_hash: str, since: datetime, until: datetime) -> int | None:
    """Return the oldest handled message with this digest that no forwarded line repeats yet, if there is one."""
    taken = select(forwarded_lines.c.live_position).where(
        forwarded_lines.c.lane == lane, forwarded_lines.c.live_position.is_not(None)
    )
    query = (
        select(log.c.position)
        .where(
            log.c.lane == lane,
            or_(log.c.said_hash == said_hash, log.c.remark_hash == said_hash),
            log.c.fate == "handled",
            log.c.said_at.between(since, until),
            log.c.position.not_in(taken),
        )
        .order_by(log.c.said_at)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def any_waiting(connection: Connection, lane: int) -> bool:
    """Say whether some forwarded line may still see its live message arrive."""
    return connection.execute(_ANY_WAITING, {"lane": lane}).first() is not None


def note_line(
    connection: Connection, lane: int, position: int, line: int, said_hash: str, at: datetime, live: int | None
) -> None:
    """Remember a forwarded line and the live message it repeats, if it repeats one."""
    row = {"lane": lane, "position": position, "line": line, "said_hash": said_hash, "said_at": at}
    connection.execute(insert_new(forwarded_lines), {**row, "live_position": live})


def note_chain(connection: Connection, lane: int, position: int, line: int, chain: str) -> None:
    """Note that a forwarded line is a post of this chain."""
    here = (forwarded_lines.c.lane == lane, forwarded_lines.c.position == position, forwarded_lines.c.line == line)
    connection.execute(update(forwarded_lines).where(*here).values(chain=chain))


def lines_of_chain(connection: Connection, lane: int, position: int, chain: str) -> list[int]:
    """Return which lines of a forward are posts of this chain, in order."""
    here = (forwarded_lines.c.lane == lane, forwarded_lines.c.position == position, forwarded_lines.c.chain == chain)
    return sorted(connection.execute(select(forwarded_lines.c.line).where(*here)).scalars())


def line_repeated_by(
    connection: Connection, lane: int, said: frozenset[str], said_at: datetime
) -> tuple[int, int] | None:
    """Return position and line of a forwarded line that was booked before its live message arrived."""
    query = (
        select(forwarded_lines.c.position, forwarded_lines.c.line)
        .where(
            forwarded_lines.c.lane == lane,
            forwarded_lines.c.said_hash.in_(said),
            forwarded_lines.c.live_position.is_(None),
            forwarded_lines.c.said_at >= said_at,
        )
        .order_by(forwarded_lines.c.said_at)
        .limit(1)
    )
    row = connection.execute(query).first()
    return (row.position, row.line) if row else None


def match(connection: Connection, lane: int, position: int, line: int, live: int) -> None:
    connection.execute(
        update(forwarded_lines)
        .where(
            forwarded_lines.c.lane == lane,
            forwarded_lines.c.position == position,
            forwarded_lines.c.line == line,
        )
        .values(live_position=live)
    )
