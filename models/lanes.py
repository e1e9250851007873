"""Lanes: a community's messages in one ordered line, each lane with one owner, a head and an offset."""

from zlib import crc32

from sqlalchemy import Column, Connection, Integer, Table, Text, bindparam, func, select, update

from models.base import Moment, metadata
from models.statements import insert_new

LANES = 64

lanes = Table(
    "lanes",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("head", Integer, nullable=False, default=0),
    Column("position", Integer, nullable=False, default=0),
    Column("epoch", Integer, nullable=False, default=0),
    Column("owner", Text),
    Column("lease_until", Moment),
)


# The statements of every message are built once: building them costs more than running them.
_POSITION = select(lanes.c.position).where(lanes.c.lane == bindparam("lane"))
WORKED_OFF = func.coalesce(_POSITION.scalar_subquery(), 0)
_ADVANCE = (
    update(lanes)
    .where(
        lanes.c.lane == bindparam("at_lane"), lanes.c.epoch == bindparam("at_epoch"), lanes.c.position < bindparam("to")
    )
    .values(position=bindparam("to"))
)
_RESERVE = (
    update(lanes)
    .where(lanes.c.lane == bindparam("at_lane"))
    .values(head=lanes.c.head + bindparam("count", type_=Integer))
    .returning(lanes.c.head)
)


class LaneLost(Exception):
    """Somebody else owns the lane now, or has moved it on; the transaction must be rolled back."""


def lane_of(community: str) -> int:
    """Return the lane that a community's messages travel in."""
    return crc32(community.encode()) % LANES


def ensure_lane(connection: Connection, lane: int) -> None:
    connection.execute(insert_new(lanes), {"lane": lane, "head": 0, "position": 0, "epoch": 0})


def reserve(connection: Connection, lane: int, count: int) -> int:
    """Take `count` positions at the head of the lane and return the first; the row lock keeps them in commit order."""
    head = connection.execute(_RESERVE, {"at_lane": lane, "count": count}).scalar_one_or_none()
    if head is None:
        ensure_lane(connection, lane)
        return reserve(connection, lane, count)
    return int(head) - count + 1


def position_of(connection: Connection, lane: int) -> int:
    """Return how far the lane has been worked off; 0 for a lane that nobody wrote to."""
    found = connection.execute(_POSITION, {"lane": lane}).scalar_one_or_none()
    return int(found or 0)


def advance(connection: Connection, lane: int, epoch: int, to: int) -> None:
    """Move the offset, first statement of a batch's transaction. Raises LaneLost where it does not move."""
    moved = connection.execute(_ADVANCE, {"at_lane": lane, "at_epoch": epoch, "to": to})
    if moved.rowcount != 1:
        raise LaneLost(f"lane {lane}: not at epoch {epoch} before {to}")
