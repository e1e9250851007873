"""What every channel tells the program: messages to the log, echoes to the sender, gaps to the books."""

import asyncio

from bot.channels.base import ChannelStatus, Echo, Gap
from bot.logs import get_logger
from bot.receiver import Receiver
from bot.sender import Sender
from domain.messages import IncomingMessage
from models import gaps
from models.store import Store

_log = get_logger("channels")


class ProgramSink:
    """The sink of one channel."""

    def __init__(self, channel: str, store: Store, lane: int, receiver: Receiver, sender: Sender) -> None:
        self._channel, self._store, self._lane = channel, store, lane
        self._receiver, self._sender = receiver, sender
        self.latest = ChannelStatus(False, "not started yet")

    async def accept(self, message: IncomingMessage) -> None:
        await self._receiver.accept(message)

    async def echoed(self, echo: Echo) -> None:
        await self._sender.echoed(echo)

    async def gap(self, gap: Gap) -> None:
        """Note a stretch that was not heard; the board and the next digest tell of it."""
        _log.warning("channel_gap", channel=self._channel, since=str(gap.since), until=str(gap.until))
        work = asyncio.wrap_future(
            self._store.write(lambda c: gaps.note(c, self._lane, self._channel, gap.since, gap.until))
        )
        await work

    def status(self, status: ChannelStatus) -> None:
        if status != self.latest:
            _log.info("channel_status", channel=self._channel, connected=status.connected, detail=status.detail)
        self.latest = status
