"""What every channel tells the program: messages to the log, echoes to the sender, gaps to the books."""

import asyncio
from dataclasses import dataclass

from bot.channels.base import ChannelStatus, Echo, Gap
from bot.clock import Clock
from bot.hearing import Hearing
from bot.links import Links
from bot.logs import get_logger
from bot.receiver import Receiver
from bot.sender import Sender
from bot.signing_in import Announcer
from domain.messages import IncomingMessage
from models import gaps
from models.hearings import Heard
from models.store import Store

_log = get_logger("channels")


@dataclass(frozen=True, slots=True)
class Ears:
    """What the sinks of all channels share."""

    store: Store
    lane: int
    clock: Clock
    receiver: Receiver
    sender: Sender
    hearing: Hearing
    links: Links
    announcer: Announcer


class ProgramSink:
    """The sink of one channel."""

    def __init__(self, channel: str, ears: Ears) -> None:
        self._channel, self._ears = channel, ears
        ears.links.note(channel, ChannelStatus(False, "not started yet"), ears.clock.now())

    async def accept(self, message: IncomingMessage) -> None:
        """Store a message. What another account of the bot said in a group is no message but proves that it arrived."""
        ears = self._ears
        if ears.links.is_ours(self._channel, message.sender):
            await ears.sender.echoed(Echo(message.text, message.said_at, message.chat))
            return
        await ears.receiver.accept(message)
        ears.hearing.note(Heard(self._channel, message.chat, message.sender, ears.clock.now()))

    async def echoed(self, echo: Echo) -> None:
        await self._ears.sender.echoed(echo)

    async def gap(self, gap: Gap) -> None:
        """Note a stretch that was not heard; the board and the next digest tell of it."""
        _log.warning("channel_gap", channel=self._channel, since=str(gap.since), until=str(gap.until))
        store, lane = self._ears.store, self._ears.lane
        await asyncio.wrap_future(store.write(lambda c: gaps.note(c, lane, self._channel, gap.since, gap.until)))

    def status(self, status: ChannelStatus) -> None:
        """Note how the channel stands; what a person has to do about it is said on the console at once."""
        before = self._ears.links[self._channel].status
        self._ears.links.note(self._channel, status, self._ears.clock.now())
        if status != before:
            _log.info("channel_status", channel=self._channel, state=status.state.value, connected=status.connected)
            self._ears.announcer.announce(self._channel, before, status)
