"""Sends what the outbox holds: choose by the account's manners, claim, send with no transaction open, settle.

After a crash, what was being sent is `unknown`: it is not sent again, because nobody knows whether it arrived; our own
echo settles it. What calls for help goes on anyway: the ladder pages again and says for which time.
"""

import asyncio
import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Channel, Echo, OutgoingMessage, SendError, UnknownSendError, split_text
from bot.clock import Clock
from bot.logs import get_logger
from bot.manners import Manners
from bot.pacing import RetryPolicy
from bot.verdicts import Go, Item, Priority, Refuse, Sent
from models import outbox
from models.outbox import EXPIRED, NEW, REFUSED, SENT, UNKNOWN, Queued
from models.roster import load_directory, version_of
from models.store import Store, is_locked

RETRIES = RetryPolicy((5, 30, 120, 600, 1800))
LOOK_BACK = timedelta(hours=24)
_USEFUL_FOR = {"prompt": timedelta(hours=2), "digest": timedelta(hours=6), "reply": timedelta(hours=6)}
_PRIORITY = {"page": Priority.PAGE, "reply": Priority.REPLY, "prompt": Priority.PROMPT}
_TIMEOUT = 30.0
_POSTPONED_SECONDS = 1.0
_log = get_logger("sender")


class Sender:
    """Drains the outbox of one lane through its channels, each with the manners of its account."""

    def __init__(
        self, store: Store, lane: int, clock: Clock, channels: Mapping[str, Channel], manners: Mapping[str, Manners]
    ) -> None:
        self._store, self._lane, self._clock = store, lane, clock
        self._channels, self._manners = channels, manners
        self._chat_channels: dict[str, str] = {}
        self._directory_version = -1

    def recover(self) -> int:
        """Settle as unknown what was being sent when the last process ended; let the manners count what went out."""
        now = self._clock.now()
        unknown = self._store.write(lambda c: outbox.settle_after_crash(c, self._lane, now)).result()
        with self._store.read() as connection:
            recent = outbox.since(connection, self._store.ring, self._lane, now - LOOK_BACK, SENT, UNKNOWN)
        for queued in recent:
            channel = self._channel_for(queued)
            if channel is not None:
                self._manners[channel.name].replay([Sent(queued.settled_at or queued.post.due_at, _item(queued))])
        return unknown

    def forget(self) -> None:
        """Forget which group is on which channel; it is read again with the next post."""
        self._directory_version = -1

    async def drain_once(self) -> bool:
        """Send or settle at most one post; False where nothing may go now."""
        now = self._clock.now()
        waiting = await asyncio.to_thread(self._waiting, now)
        for channel, queued in waiting.items():
            by_key = {q.post.dedupe_key: q for q in queued}
            choice = self._manners[channel].choose(now, [_item(q) for q in queued])
            if choice is None:
                continue
            chosen = by_key[choice.item.key]
            if isinstance(choice.verdict, Refuse):
                late = chosen.post.kind in _USEFUL_FOR and choice.verdict.why == "late"
                await self._settle(chosen, EXPIRED if late else REFUSED, now, error=choice.verdict.why)
                return True
            if isinstance(choice.verdict, Go):
                await self._send(chosen, self._channels[channel])
                return True
        return False

    async def run(self, idle: float = 0.5) -> None:
        """Drain until cancelled; a failure of the database or a channel is logged and tried again."""
        while True:
            try:
                busy = await self.drain_once()
            except Exception as error:  # noqa: BLE001 - the sender must live as long as the program
                _log.failure("drain_failed", error)
                busy = False
            if not busy:
                await asyncio.sleep(idle)

    async def echoed(self, echo: Echo) -> None:
        """Settle an unknown post by our own message that came back over the platform."""
        now = self._clock.now()

        def work(connection: Connection) -> bool:
            ring = self._store.ring
            return outbox.settle_echo(connection, ring, self._lane, echo.text, echo.chat, echo.account, now)

        if await asyncio.wrap_future(self._store.write(work)):
            _log.info("send_confirmed_by_echo")

    def _waiting(self, now: datetime) -> dict[str, list[Queued]]:
        """Return what is due by channel; what no channel can carry is left where it is and shown on the board."""
        with self._store.read() as connection:
            version = version_of(connection, self._lane)
            if version != self._directory_version:
                chats = load_directory(connection, self._store.ring, self._lane).chats.values()
                self._chat_channels = {chat.chat: chat.channel for chat in chats if chat.channel}
                self._directory_version = version
            due = outbox.due(connection, self._store.ring, self._lane, now)
        waiting: dict[str, list[Queued]] = {}
        for queued in due:
            channel = self._channel_for(queued)
            if channel is not None:
                waiting.setdefault(channel.name, []).append(queued)
        return waiting

    def _channel_for(self, queued: Queued) -> Channel | None:
        post = queued.post
        if post.account is not None:
            return next((c for c in self._channels.values() if c.can_dm(post.account)), None)
        named = self._chat_channels.get(post.chat or "")
        return self._channels.get(named or "") or next(iter(self._channels.values()), None)

    async def _send(self, queued: Queued, channel: Channel) -> None:
        key = queued.post.dedupe_key
        if not await asyncio.wrap_future(self._store.write(lambda c: outbox.claim(c, self._lane, key))):
            return
        manners = self._manners[channel.name]
        manners.sent(self._clock.now(), _item(queued))
        external_ids: list[str | None] = []
        try:
            for message in _messages(queued, channel.limit.max_bytes):
                receipt = await asyncio.wait_for(channel.send(message), _TIMEOUT)
                external_ids.append(receipt.external_id)
        except TimeoutError:
            await self._settle(queued, UNKNOWN, self._clock.now(), error="no answer in time")
        except SendError as error:
            await self._after(queued, error, manners, parts_sent=len(external_ids))
        except Exception as error:  # noqa: BLE001 - a channel's own fault: nobody knows how far the message got
            _log.failure("channel_failed", error, channel=channel.name)
            await self._settle(queued, UNKNOWN, self._clock.now(), error=type(error).__name__)
        else:
            external_id = next((i for i in external_ids if i), None)
            await self._settle(queued, SENT, self._clock.now(), external_id=external_id)
            _log.info("message_sent", kind=queued.post.kind, channel=channel.name)

    async def _after(self, queued: Queued, error: SendError, manners: Manners, *, parts_sent: int) -> None:
        """Settle what was not sent. Of a long message whose first parts went out nothing is repeated."""
        now = self._clock.now()
        reason = type(error).__name__
        if error.stops:
            manners.stop(now, error.stops)
        delay = RETRIES.delay(queued.tries, random.random())
        if isinstance(error, UnknownSendError) or parts_sent:
            await self._settle(queued, UNKNOWN, now, error=reason)
        elif (error.retryable or error.stops) and delay is not None:
            await self._settle(queued, NEW, now, error=reason, next_at=now + delay)
        else:
            await self._settle(queued, REFUSED, now, error=reason)
        _log.warning("send_failed", kind=queued.post.kind, reason=reason)

    async def _settle(
        self,
        queued: Queued,
        state: str,
        at: datetime,
        *,
        error: str | None = None,
        external_id: str | None = None,
        next_at: datetime | None = None,
    ) -> None:
        key = queued.post.dedupe_key

        def work(connection: Connection) -> None:
            outbox.settle(connection, self._lane, key, state, at, external_id=external_id, error=error, next_at=next_at)

        while True:
            try:
                await asyncio.wrap_future(self._store.write(work))
            except DBAPIError as refused:
                if not is_locked(refused):
                    raise
                # the message is out: what became of it must not be forgotten
                _log.failure("settle_postponed", refused)
                await asyncio.sleep(_POSTPONED_SECONDS)
            else:
                return


def _item(queued: Queued) -> Item:
    post = queued.post
    useful = _USEFUL_FOR.get(post.kind)
    priority = Priority.REPLY if post.answers and post.kind != "page" else _PRIORITY.get(post.kind, Priority.DIGEST)
    return Item(
        key=post.dedupe_key,
        text=post.text,
        priority=priority,
        chat=post.chat,
        account=post.account,
        expires_at=post.due_at + useful if useful else None,
    )


def _messages(queued: Queued, max_bytes: int) -> Iterator[OutgoingMessage]:
    post = queued.post
    for text in split_text(post.text, max_bytes):
        yield OutgoingMessage(text=text, chat=post.chat, account=post.account, mentions=post.mentions)
