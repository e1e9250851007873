"""The embedded chat page as a channel: the page is the platform, so it keeps the bubbles and wakes who looks on."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.channels.base import ChannelStatus, LinkState, OutgoingMessage, RateLimit, Receipt, Sink
from bot.clock import Clock
from domain.messages import Bubble, IncomingMessage

ACCOUNT_PREFIX = "web-"
BOT_ACCOUNT = "bot"
BOT_NAME = "小助手"
_REMEMBERED = 20_000
_WAITING = 500


class History(Protocol):
    """Where bubbles are kept. `add` returns when the bubble is durable."""

    async def add(self, *, room: str, account: str, name: str, at: datetime, kind: str, text: str) -> Bubble: ...


class Subscription:
    """What one open page hears. A page that is too slow loses bubbles and is told so; it looks at the history again."""

    def __init__(self, wants: Callable[[str], bool], close: Callable[["Subscription"], None]) -> None:
        self._wants, self._close = wants, close
        self._queue: asyncio.Queue[Bubble | None] = asyncio.Queue(_WAITING + 1)

    async def next(self) -> Bubble | None:
        """Return the next bubble of a room that the page may see; None: some were lost, read the history."""
        return await self._queue.get()

    def offer(self, bubble: Bubble) -> None:
        """Take a bubble if the page wants its room."""
        if not self._wants(bubble.room):
            return
        if self._queue.qsize() >= _WAITING:
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(None)
        self._queue.put_nowait(bubble)

    def close(self) -> None:
        self._close(self)


class WebChat:
    """The channel and the hub of the chat page.

    `say` returns when both the message is in the log and its bubble is kept. The same `nonce` of the same account again
    is the same message: a repeated click or a retry after a lost answer adds nothing.
    """

    name = "webchat"
    limit = RateLimit(per_minute=600, per_hour=20_000, per_day=200_000, max_bytes=16_000)

    def __init__(self, history: History, clock: Clock) -> None:
        self._history, self._clock = history, clock
        self._sink: asyncio.Future[Sink] | None = None
        self._said: OrderedDict[str, asyncio.Future[Bubble]] = OrderedDict()
        self._subscriptions: set[Subscription] = set()

    async def run(self, sink: Sink) -> None:
        """Take messages for `sink` until cancelled."""
        self._wait_for_sink().set_result(sink)
        sink.status(ChannelStatus(True, "the page is served", state=LinkState.ONLINE))
        try:
            await asyncio.Event().wait()
        finally:
            self._sink = None

    def can_dm(self, account: str) -> bool:
        """Whoever has an account of this page can be reached on it."""
        return account.startswith(ACCOUNT_PREFIX)

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Show what the bot says."""
        room = message.chat if message.chat is not None else f"@{message.account}"
        bubble = await self._history.add(
            room=room, account=BOT_ACCOUNT, name=BOT_NAME, at=self._clock.now(), kind="text", text=message.text
        )
        self._push(bubble)
        return Receipt(str(bubble.id))

    async def say(
        self, room: str, account: str, name: str, alias: str | None, text: str, nonce: str | None = None
    ) -> Bubble:
        """Let an account say something in a room; the bubble shows the remark in the group before the nickname."""
        key = f"{account}:{nonce or secrets.token_hex(8)}"
        pending = self._said.get(key)
        if pending is None:
            pending = asyncio.ensure_future(self._take(key, room, account, name, alias, text))
            self._remember(key, pending)
        return await asyncio.shield(pending)

    def subscribe(self, wants: Callable[[str], bool]) -> Subscription:
        """Open a subscription to the rooms for which `wants` says yes; whoever opens it closes it."""
        subscription = Subscription(wants, self._subscriptions.discard)
        self._subscriptions.add(subscription)
        return subscription

    async def _take(self, key: str, room: str, account: str, name: str, alias: str | None, text: str) -> Bubble:
        sink, now = await self._wait_for_sink(), self._clock.now()
        message = IncomingMessage(
            channel=self.name,
            external_id=key,
            chat=None if room.startswith("@") else room,
            sender=account,
            sender_name=name,
            sender_alias=alias,
            said_at=now,
            text=text,
        )
        shown = asyncio.ensure_future(
            self._history.add(room=room, account=account, name=alias or name, at=now, kind="text", text=text)
        )
        try:
            await sink.accept(message)
        finally:
            bubble = await shown
        self._push(bubble)
        return bubble

    def _remember(self, key: str, pending: asyncio.Future[Bubble]) -> None:
        self._said[key] = pending
        pending.add_done_callback(lambda done: self._forget_failed(key, done))
        while len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)

    def _forget_failed(self, key: str, done: asyncio.Future[Bubble]) -> None:
        """A message that was not taken may be tried again under its nonce."""
        if done.cancelled() or done.exception() is not None:
            self._said.pop(key, None)

    def _push(self, bubble: Bubble) -> None:
        for subscription in tuple(self._subscriptions):
            subscription.offer(bubble)

    def _wait_for_sink(self) -> asyncio.Future[Sink]:
        if self._sink is None:
            self._sink = asyncio.get_running_loop().create_future()
        return self._sink
