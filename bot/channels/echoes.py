"""Our own messages coming back over the platform, as proof for a send whose answer went wrong."""

import asyncio
from collections import defaultdict

from bot.channels.base import Echo, OutgoingMessage, Receipt, SendError

Place = tuple[str, str]


class ExpectedEcho:
    """A message on its way out that may come back. Used as a context manager around the send."""

    def __init__(self, waiting: "defaultdict[Place, list[ExpectedEcho]]", place: Place) -> None:
        self._waiting = waiting
        self._place = place
        self.came: asyncio.Future[Echo] = asyncio.get_running_loop().create_future()

    def __enter__(self) -> "ExpectedEcho":
        self._waiting[self._place].append(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting[self._place].remove(self)
        if not self._waiting[self._place]:
            del self._waiting[self._place]

    async def or_raise(self, error: SendError, seconds: float) -> Receipt:
        """The receipt if the message comes back within `seconds`, else `error`."""
        try:
            async with asyncio.timeout(seconds):
                return Receipt((await self.came).external_id)
        except TimeoutError:
            raise error from None


class Echoes:
    """The messages whose return is awaited, by place and text."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Place, list[ExpectedEcho]] = defaultdict(list)

    def expect(self, message: OutgoingMessage) -> ExpectedEcho:
        """Await `message` coming back from now on."""
        return ExpectedEcho(self._waiting, (message.chat or message.account or "", message.text))

    def arrived(self, echo: Echo) -> None:
        """Give `echo` to the first send that awaits it."""
        for expected in self._waiting.get((echo.chat or echo.account or "", echo.text), ()):
            if not expected.came.done():
                expected.came.set_result(echo)
                return
