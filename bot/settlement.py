"""Notes in the outbox what is being sent and how it ended, each in a transaction of its own."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Echo
from bot.clock import Clock
from bot.logs import get_logger
from models import outbox, settings
from models.outbox import Post, Queued
from models.store import Store, is_locked

_AGAIN_SECONDS = 1.0
_log = get_logger("settlement")
STOPPED = "stopped:{channel}"  # the setting that keeps over restarts until when a platform has silenced an account


class Settlement:
    """The sender's hand on the outbox of one lane."""

    def __init__(self, store: Store, lane: int, clock: Clock) -> None:
        self._store, self._lane, self._clock = store, lane, clock

    async def claim(self, posts: Iterable[Queued]) -> tuple[Queued, ...]:
        """Mark posts as being sent; returns those that nobody else was quicker with."""
        keys = [queued.post.dedupe_key for queued in posts]

        def work(connection: Connection) -> set[str]:
            return {key for key in keys if outbox.claim(connection, self._lane, key)}

        claimed = await asyncio.wrap_future(self._store.write(work))
        return tuple(queued for queued in posts if queued.post.dedupe_key in claimed)

    async def settle(
        self,
        posts: Iterable[Queued],
        state: str,
        error: str | None = None,
        *,
        external_id: str | None = None,
        next_at: datetime | None = None,
        instead: Iterable[Post] = (),
    ) -> None:
        """Note how posts ended; with `next_at` they wait for another try. `instead` is queued in the same breath."""
        keys, at, others = [queued.post.dedupe_key for queued in posts], self._clock.now(), list(instead)

        def work(connection: Connection) -> None:
            for key in keys:
                outbox.settle(
                    connection, self._lane, key, state, at, external_id=external_id, error=error, next_at=next_at
                )
            outbox.queue(connection, self._store.ring, self._lane, others)

        await self._write_in_the_end(work)

    async def _write_in_the_end(self, work: Callable[[Connection], None]) -> None:
        """Write when the database takes it again: what has left for a platform must not be forgotten."""
        while True:
            try:
                await asyncio.wrap_future(self._store.write(work))
            except DBAPIError as refused:
                if not is_locked(refused):
                    raise
                _log.failure("settle_postponed", refused)
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    async def echoed(self, echo: Echo) -> bool:
        """Settle an unknown post by our own message that came back; False where none waits for it."""
        now = self._clock.now()

        def work(connection: Connection) -> bool:
            ring = self._store.ring
            return outbox.settle_echo(connection, ring, self._lane, echo.text, echo.chat, echo.account, now)

        return await asyncio.wrap_future(self._store.write(work))

    async def stopped(self, channel: str, until: datetime) -> None:
        """Keep over restarts that a platform has silenced an account."""
        key = STOPPED.format(channel=channel)
        await asyncio.wrap_future(self._store.write(lambda c: settings.save(c, self._lane, key, until.isoformat())))
