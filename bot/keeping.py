"""Keeps a channel running whatever becomes of it: a fault in one must neither end it for good nor go unseen."""

import asyncio
from typing import NoReturn

from bot.channels.base import Channel, ChannelStatus, LinkState, Sink
from bot.logs import get_logger

PAUSE = 5.0  # seconds before a channel that fell is started again
_log = get_logger("channels")


async def keep_running(channel: Channel, sink: Sink, pause: float = PAUSE) -> NoReturn:
    """Run `channel` until cancelled. Its own losses of a link it mends itself; this is for what it did not foresee."""
    while True:
        try:
            await channel.run(sink)
        except Exception as error:  # noqa: BLE001 - the other channels and the pages go on
            _log.failure("channel_fell", error, channel=channel.name)
        sink.status(ChannelStatus(False, "fell and is started again", state=LinkState.LOST))
        await asyncio.sleep(pause)
