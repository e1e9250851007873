"""Keeps a link to a peer up for ever: one session after the other, with a growing, spread pause between."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

from bot.pacing import RetryPolicy

RECONNECT = RetryPolicy((1.0, 2.0, 4.0, 7.0), jitter=0.3, endless=True)
HEALTHY_AFTER = 30.0


class LinkLost(Exception):
    """The link to the peer is gone or was never made; what it says is shown to operators. A new one is tried."""


async def keep_linked(
    session: Callable[[], Awaitable[None]],
    on_lost: Callable[[LinkLost], None],
    random: Callable[[], float],
    policy: RetryPolicy = RECONNECT,
    healthy_after: float = HEALTHY_AFTER,
) -> NoReturn:
    """Run `session` again and again until cancelled. It raises LinkLost when its link ends, however that came.

    The pause starts over after a session of `healthy_after` seconds; `random` (0..1) spreads it.
    """
    loop = asyncio.get_running_loop()
    attempt = 0
    while True:
        began = loop.time()
        try:
            await session()
        except LinkLost as lost:
            on_lost(lost)
        attempt = 0 if loop.time() - began >= healthy_after else attempt + 1
        pause = policy.delay(max(0, attempt - 1), random())
        await asyncio.sleep(pause.total_seconds() if pause else 0)
