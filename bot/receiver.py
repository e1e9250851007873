"""Stores what a channel heard before anybody thinks about it; the platform is acknowledged after the commit.

Messages that arrive while a commit is under way travel together in the next one (group commit). If the database
refuses, they go to an encrypted spool file, and from there into the log as soon as it takes them again.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.logs import get_logger
from bot.spool import Spool
from domain.messages import IncomingMessage
from models import log
from models.store import Store

_BATCH = 512
_log = get_logger("receiver")


class Receiver:
    """Takes messages of one lane from all channels. `accept` returns when the message is safe on disk."""

    def __init__(self, store: Store, clock: Clock, lane: int, spool: Spool) -> None:
        self._store, self._clock, self._lane, self._spool = store, clock, lane, spool
        self._waiting: list[tuple[IncomingMessage, datetime, asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self.arrived = asyncio.Event()

    async def accept(self, message: IncomingMessage) -> None:
        """Store the message; a second delivery of the same id changes nothing."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((message, self._clock.now(), done))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        await done

    async def flush_spool(self) -> int:
        """Move what was spooled into the log, once it takes messages again; returns how many."""
        spooled = self._spool.read()
        if not spooled:
            return 0
        await self._publish(spooled)
        self._spool.clear(len(spooled))
        self.arrived.set()
        return len(spooled)

    async def _flush(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
            refused = await self._store_batch([(message, at) for message, at, _ in batch])
            if refused is not None and len(batch) > 1 and not isinstance(refused, OSError):
                for message, at, done in batch:  # one of them cannot be stored: the others must not suffer for it
                    _answer(done, await self._store_batch([(message, at)]))
            else:
                for _, _, done in batch:
                    _answer(done, refused)
            self.arrived.set()

    async def _store_batch(self, items: Sequence[tuple[IncomingMessage, datetime]]) -> BaseException | None:
        """Bring messages into the log, or else into the spool; returns why neither would take them."""
        stored = asyncio.ensure_future(self._publish(items))
        await asyncio.wait([stored])
        error = stored.exception()
        if not isinstance(error, DBAPIError):
            return error
        _log.warning("log_refused", error=type(error.orig).__name__, messages=len(items))
        return self._to_spool(items)

    def _to_spool(self, items: Sequence[tuple[IncomingMessage, datetime]]) -> Exception | None:
        try:
            self._spool.append(items)
        except OSError as error:
            _log.error("spool_refused", error=error.strerror or "unknown")
            return error
        return None

    async def _publish(self, items: Sequence[tuple[IncomingMessage, datetime]]) -> None:
        def work(connection: Connection) -> None:
            log.publish(connection, self._store.ring, self._lane, items)

        await asyncio.wrap_future(self._store.write(work))


def _answer(done: asyncio.Future[None], refused: BaseException | None) -> None:
    if done.cancelled():
        return
    if refused is None:
        done.set_result(None)
    else:
        done.set_exception(refused)
