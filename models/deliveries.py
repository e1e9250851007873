"""Second deliveries: which handled messages may be the same human message as one of a batch.

One look at the log serves a whole batch; what the batch itself has handled is added as it goes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection, bindparam, select, union_all

from domain.facts import Order
from models.base import Moment
from models.forwards import any_waiting
from models.log import HANDLED, TWIN, LoggedMessage, log

SAME_WITHIN = timedelta(seconds=4)
ACROSS_WITHIN = timedelta(seconds=30)

_COLUMNS = ("position", "channel", "same_hash", "said_hash", "remark_hash", "said_at", "sequence", "fate")
_SETTLED = select(*(log.c[name] for name in _COLUMNS)).where(
    log.c.lane == bindparam("lane"),
    log.c.fate.in_((HANDLED, TWIN)),
    log.c.said_at.between(bindparam("since", type_=Moment), bindparam("until", type_=Moment)),
)
_AROUND = union_all(  # what two of them find counts once: a position has one place
    _SETTLED.where(log.c.same_hash.in_(bindparam("same", expanding=True))),
    _SETTLED.where(log.c.said_hash.in_(bindparam("said", expanding=True))),
    _SETTLED.where(log.c.remark_hash.in_(bindparam("said", expanding=True))),
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery: its digests (`said`: by nickname and by remark), its channel, and when it was said.

    `counts`: it was handled; otherwise it repeated another one, and what repeats it in turn repeats that one too.
    """

    position: int
    channel: str
    same_hash: str
    said: frozenset[str]
    order: Order
    counts: bool = True


class Deliveries:
    """The deliveries around one batch. `repeats`: positions that turned out to be second deliveries of others."""

    def __init__(self, known: Iterable[Delivery], *, forwards_wait: bool) -> None:
        self.repeats: set[int] = set()
        self._by_same: dict[str, list[Delivery]] = {}
        self._by_said: dict[str, list[Delivery]] = {}
        self.forwards_wait = forwards_wait
        for delivery in known:
            self._add(delivery)

    def add(self, logged: LoggedMessage, *, counts: bool) -> None:
        """Note a message of the batch, as handled or as the repeat of another one."""
        self._add(_delivery(logged, counts))

    def retract(self, delivery: Delivery) -> None:
        """Note that a handled delivery turned out to be the second one of another."""
        self.repeats.add(delivery.position)
        for index in (self._by_same, self._by_said):
            for deliveries in index.values():
                deliveries[:] = [d if d.position != delivery.position else replace(d, counts=False) for d in deliveries]

    def twins_of(self, logged: LoggedMessage) -> list[Delivery]:
        """Return deliveries that say the same as this message.

        By the same account within 4 s of one of them, whatever their ids; by the same nickname or remark in another
        channel within 30 s: two bridges in one group.
        """
        said_at = logged.message.said_at
        close = [d for d in self._by_same.get(logged.same_hash, ()) if abs(d.order.said_at - said_at) <= SAME_WITHIN]
        across = [
            d
            for digest in (logged.said if logged.message.sender_name.strip() else ())
            for d in self._by_said.get(digest, ())
            if d.counts and d.channel != logged.message.channel and abs(d.order.said_at - said_at) <= ACROSS_WITHIN
        ]
        found = {d.position: d for d in (*close, *across) if d.position != logged.position}
        return list(found.values())

    def _add(self, delivery: Delivery) -> None:
        self._by_same.setdefault(delivery.same_hash, []).append(delivery)
        for digest in delivery.said:
            self._by_said.setdefault(digest, []).append(delivery)


def around(connection: Connection, lane: int, batch: Sequence[LoggedMessage]) -> Deliveries:
    """Return the deliveries that messages of this batch may repeat."""
    times = [logged.message.said_at for logged in batch]
    values = {
        "lane": lane,
        "same": list({m.same_hash for m in batch}),
        "said": list({digest for m in batch for digest in m.said}),
        "since": min(times) - ACROSS_WITHIN,
        "until": max(times) + ACROSS_WITHIN,
    }
    known = {
        r.position: Delivery(
            r.position,
            r.channel,
            r.same_hash,
            frozenset((r.said_hash, r.remark_hash)),
            Order(r.said_at, r.sequence),
            r.fate == HANDLED,
        )
        for r in connection.execute(_AROUND, values)
    }
    return Deliveries(known.values(), forwards_wait=any_waiting(connection, lane))


def _delivery(logged: LoggedMessage, counts: bool) -> Delivery:
    return Delivery(logged.position, logged.message.channel, logged.same_hash, logged.said, logged.order, counts)
