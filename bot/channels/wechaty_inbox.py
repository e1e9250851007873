"""Announced messages in their order, kept by id until their content has been fetched."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NoReturn

from bot.channels.supervision import LinkLost
from bot.channels.wechaty_link import CallRefused, CallTimedOut
from bot.channels.wechaty_messages import Payload
from bot.logs import get_logger
from bot.pacing import RetryPolicy

log = get_logger("wechaty")

TRIES = RetryPolicy((0.3, 1.0, 2.0, 4.0), jitter=0)


@dataclass(frozen=True, slots=True)
class Announced:
    """A message of which only the id is known yet; `rounds` counts how often it was put off."""

    id: str
    at: datetime
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """What cannot be fetched after `tries` lets the others pass and is tried again `every` so often, `rounds` times."""

    tries: RetryPolicy = TRIES
    every: timedelta = timedelta(seconds=60)
    rounds: int = 60


PATIENCE = Patience()


class WechatyInbox:
    """An ordered queue that outlives connections. A lost link is waited for; a failing message is put off."""

    def __init__(self, patience: Patience = PATIENCE) -> None:
        self._queue: asyncio.Queue[Announced] = asyncio.Queue()
        self._patience = patience
        self.outstanding = 0  # announced, neither delivered nor given up

    def announce(self, message_id: str, at: datetime) -> None:
        """Queue a message that the gateway announced."""
        self.outstanding += 1
        self._queue.put_nowait(Announced(message_id, at))

    async def deliver_all(
        self,
        fetch: Callable[[str], Awaitable[Payload]],
        deliver: Callable[[Payload], Awaitable[None]],
        give_up: Callable[[Announced], Awaitable[None]],
    ) -> NoReturn:
        """Fetch and deliver one message after the other, for ever. `give_up` is told of each that never came."""
        while True:
            entry = await self._queue.get()
            payload = await self._fetched(entry, fetch)
            if payload is not None:
                await deliver(payload)
                self.outstanding -= 1
            elif entry.rounds < self._patience.rounds:
                self._put_off(entry)
            else:
                await give_up(entry)
                self.outstanding -= 1

    async def _fetched(self, entry: Announced, fetch: Callable[[str], Awaitable[Payload]]) -> Payload | None:
        tries = 0
        while True:
            try:
                return await fetch(entry.id)
            except (CallRefused, CallTimedOut) as error:
                pause = self._patience.tries.delay(tries, 0.5)
                tries += 1
                log.warning("wechaty_payload_failed", tries=tries, error=type(error).__name__)
                if pause is None:
                    return None
                await asyncio.sleep(pause.total_seconds())
            except LinkLost:
                await asyncio.sleep(0.2)  # `fetch` waits for the next link; this only keeps it from spinning

    def _put_off(self, entry: Announced) -> None:
        again = replace(entry, rounds=entry.rounds + 1)
        asyncio.get_running_loop().call_later(self._patience.every.total_seconds(), self._queue.put_nowait, again)
