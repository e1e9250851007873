"""The console as a channel: each line of standard input is said by one resident, answers go to standard output."""

import asyncio
import threading
from typing import TextIO

from bot.channels.base import ChannelStatus, LinkState, OutgoingMessage, RateLimit, Receipt, Sink
from bot.clock import Clock
from domain.messages import IncomingMessage


class Console:
    """One resident at a terminal. A line is said in `chat` (None: to the bot alone); `\\n` in it is a line end.

    The end of the input ends nothing: answers to what was said may still be on their way.
    """

    name = "console"
    limit = RateLimit(per_minute=600, per_hour=20_000, per_day=200_000, max_bytes=16_000)

    def __init__(
        self,
        clock: Clock,
        lines: TextIO,
        output: TextIO,
        *,
        account: str,
        sender_name: str,
        alias: str | None = None,
        chat: str | None = None,
    ) -> None:
        self._clock, self._lines, self._output = clock, lines, output
        self._account, self._sender_name, self._alias, self._chat = account, sender_name, alias, chat
        self._started, self._said = f"{clock.now():%Y%m%dT%H%M%S%f}", 0

    async def run(self, sink: Sink) -> None:
        """Hand each line to `sink` until cancelled."""
        loop, heard = asyncio.get_running_loop(), asyncio.Queue[str]()
        threading.Thread(target=self._listen, args=(loop, heard), name="gridbot-console", daemon=True).start()
        sink.status(ChannelStatus(True, "reading standard input", state=LinkState.ONLINE))
        while True:
            text = (await heard.get()).rstrip("\r\n").replace("\\n", "\n")
            if text.strip():
                await sink.accept(self._message(text))

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Print what the bot says, with the place it says it in."""
        place = message.chat or f"@{message.account}"
        self._output.write(f"[{place}] {message.text}\n")
        self._output.flush()
        return Receipt()

    def can_dm(self, account: str) -> bool:
        return account == self._account

    def _listen(self, loop: asyncio.AbstractEventLoop, heard: "asyncio.Queue[str]") -> None:
        for line in self._lines:
            if loop.is_closed():
                return
            loop.call_soon_threadsafe(heard.put_nowait, line)

    def _message(self, text: str) -> IncomingMessage:
        self._said += 1
        return IncomingMessage(
            channel=self.name,
            external_id=f"{self._started}-{self._said}",
            chat=self._chat,
            sender=self._account,
            sender_name=self._sender_name,
            sender_alias=self._alias,
            said_at=self._clock.now(),
            text=text,
        )
