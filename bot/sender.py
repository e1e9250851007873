"""Sends what the outbox holds: find the way, choose by the account's manners, claim, send, settle.

No transaction is open while a platform is spoken to, and a slow platform holds up no other. After a crash, what was
being sent is `unknown`: it is not sent again, because nobody knows whether it arrived; our own echo settles it. What
calls for help goes on anyway: the ladder pages again and says for which time.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.base import Channel, Echo, SendError, TooFrequentError, UnknownSendError
from bot.clock import Clock
from bot.directory import CurrentDirectory
from bot.hearing import Hearing
from bot.links import Links
from bot.logs import get_logger
from bot.manners import Manners
from bot.pacing import RetryPolicy
from bot.parcels import Parcel, call_beside, detail_of, item_of, parcels, part_texts
from bot.routes import Route, Routes
from bot.settlement import Settlement
from bot.stranded import put_off
from bot.verdicts import Go, Planned, Refuse, Sent
from models import outbox
from models.directory import Directory
from models.outbox import EXPIRED, NEW, REFUSED, SENT, UNKNOWN, Post, Queued
from models.store import Store

RETRIES = RetryPolicy((5, 30, 120, 600, 1800))
LOOK_BACK = timedelta(hours=24)
FINISH_WITHIN = timedelta(hours=1)  # a message of which a part has gone is finished, but not for ever
_MOST_DUE = 1_000
_TIMEOUT = 30.0
_REFUSED_FOR = timedelta(minutes=10)  # so long a page does not try again where it was refused
_LAST_WORDS = 3.0  # seconds for what is being sent when the program ends
_log = get_logger("sender")


class Foresight(Protocol):
    """Tells by channel what is planned; answers leave it room."""

    def planned(
        self, now: datetime, directory: Directory, waiting: Mapping[str, Sequence[Parcel]]
    ) -> Mapping[str, Planned]: ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is due: parcels by channel, posts that have no way now, and what is planned besides."""

    by_channel: Mapping[str, Sequence[Parcel]]
    stranded: Sequence[Queued]
    planned: Mapping[str, Planned]


class Sender:
    """Drains the outbox of one lane through its channels, each with the manners of its account."""

    def __init__(
        self,
        store: Store,
        lane: int,
        clock: Clock,
        channels: Mapping[str, Channel],
        manners: Mapping[str, Manners],
        routes: Routes | None = None,
        foresight: Foresight | None = None,
    ) -> None:
        self._store, self._lane, self._clock = store, lane, clock
        self._channels, self._manners = channels, manners
        self._routes = routes or Routes(channels, Hearing(), Links())
        self._foresight = foresight
        self._directory = CurrentDirectory(store, lane)
        self._settlement = Settlement(store, lane, clock)
        self._begun: dict[str, Parcel] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def recover(self) -> int:
        """Settle as unknown what was being sent when the last process ended; let the manners count what went out."""
        now, ring = self._clock.now(), self._store.ring
        unknown = self._store.write(lambda c: outbox.settle_after_crash(c, self._lane, now)).result()
        with self._store.read() as connection:
            recent = outbox.since(connection, ring, self._lane, now - LOOK_BACK, SENT, UNKNOWN)
            directory = self._directory.read(connection)
        for queued in recent:
            name = self._routes.home(queued.post, directory)
            if name is not None:
                item = item_of(queued, Route(name, queued.post.chat, queued.post.account))
                parts = list(part_texts(queued.post.text, self._channels[name].limit.max_bytes))
                self._manners[name].replay([Sent(queued.settled_at or queued.post.due_at, item)] * len(parts))
        return unknown

    def forget(self) -> None:
        """Forget what was begun and what the directory said; both are read again with the next post."""
        self._begun.clear()
        self._directory.forget()

    async def drain_once(self) -> bool:
        """Send or settle at most one post of each channel; False where nothing may go now."""
        did = await self._start_due()
        await asyncio.gather(*self._under_way.values())
        return did

    async def run(self, idle: float = 0.5) -> None:
        """Drain until cancelled; a failure of the database or a channel is logged and tried again."""
        try:
            while True:
                try:
                    busy = await self._start_due()
                except Exception as error:  # noqa: BLE001 - the sender must live as long as the program
                    _log.failure("drain_failed", error)
                    busy = False
                if self._under_way:
                    await asyncio.wait(self._under_way.values(), timeout=idle, return_when=asyncio.FIRST_COMPLETED)
                elif not busy:
                    await asyncio.sleep(idle)
        finally:
            await self._let_finish()

    async def echoed(self, echo: Echo) -> None:
        """Settle an unknown post by our own message that came back over the platform."""
        if await self._settlement.echoed(echo):
            _log.info("send_confirmed_by_echo")

    # ---- choosing -------------------------------------------------------------------------------------------------
    async def _start_due(self) -> bool:
        now = self._clock.now()
        waiting = await asyncio.to_thread(self._look, now, dict(self._begun))
        await put_off(waiting.stranded, self._routes, self._settlement, now)
        did = False
        for channel, offered in waiting.by_channel.items():
            if channel not in self._under_way:
                did |= await self._start_one(channel, offered, waiting.planned.get(channel, Planned()), now)
        return did

    async def _start_one(self, channel: str, offered: Sequence[Parcel], planned: Planned, now: datetime) -> bool:
        """Send or settle the parcel whose turn it is; False where all must wait."""
        by_key = {p.item.key: p for p in offered if not p.sent or self._begun.get(channel) is p}
        choice = self._manners[channel].choose(now, [parcel.next_item for parcel in by_key.values()], planned)
        if choice is None or not isinstance(choice.verdict, Go | Refuse):
            return False
        chosen = by_key[choice.item.key]
        if isinstance(choice.verdict, Refuse) and chosen.may_be_rerouted:
            self._routes.avoid(chosen.route, now, _REFUSED_FOR)
        elif isinstance(choice.verdict, Refuse):
            state = EXPIRED if choice.verdict.why == "late" else UNKNOWN if chosen.sent else REFUSED
            await self._end(chosen, channel, state, choice.verdict.why)
        else:
            task = self._under_way[channel] = asyncio.create_task(self._send(chosen, channel))
            task.add_done_callback(lambda _: self._under_way.pop(channel, None))
        return True

    def _look(self, now: datetime, begun: Mapping[str, Parcel]) -> _Waiting:
        """Return what is due, by its way. What was begun stands first where it began."""
        with self._store.read() as connection:
            directory = self._directory.read(connection)
            due = outbox.due(connection, self._store.ring, self._lane, now, _MOST_DUE)
        ways = [(queued, self._routes.route(queued.post, directory, now)) for queued in due]
        found: dict[str, list[Parcel]] = {name: [parcel] for name, parcel in begun.items()}
        for name, channel in self._channels.items():
            carried = [(queued, route) for queued, route in ways if route is not None and route.channel == name]
            if carried:
                found.setdefault(name, []).extend(parcels(carried, channel.limit.max_bytes))
        planned = self._foresight.planned(now, directory, found) if self._foresight else {}
        return _Waiting(found, [queued for queued, route in ways if route is None], planned)

    # ---- sending --------------------------------------------------------------------------------------------------
    async def _send(self, parcel: Parcel, channel: str) -> None:
        """Hand over the next part of a parcel and note what came of it."""
        if not parcel.sent:
            parcel.members = await self._settlement.claim(parcel.members)
            if not parcel.members:
                return
        item, parcel.began = parcel.next_item, parcel.began or self._clock.now()
        try:
            receipt = await asyncio.wait_for(self._channels[channel].send(parcel.parts[parcel.sent]), _TIMEOUT)
        except TimeoutError:
            await self._after(parcel, channel, UnknownSendError("no answer in time"))
        except SendError as error:
            await self._after(parcel, channel, error)
        except Exception as error:  # noqa: BLE001 - a fault in one channel must not stop the others
            _log.failure("channel_failed", error, channel=channel)
            await self._end(parcel, channel, UNKNOWN, type(error).__name__)
        else:
            await self._part_sent(parcel, channel, receipt.external_id)
        self._manners[channel].sent(self._clock.now(), item)

    async def _part_sent(self, parcel: Parcel, channel: str, external_id: str | None) -> None:
        parcel.sent, parcel.tries, parcel.not_before = parcel.sent + 1, 0, None
        self._begun[channel] = parcel
        if parcel.is_done:
            now, was_called = self._clock.now(), parcel.route.says is not None
            details = [detail_of(q.post, now) for q in parcel.members if was_called and q.post.kind == "page"]
            await self._end(parcel, channel, SENT, external_id=external_id, instead=details)
            _log.info("message_sent", kind=parcel.members[0].post.kind, channel=channel)

    async def _after(self, parcel: Parcel, channel: str, error: SendError) -> None:
        now, reason = self._clock.now(), type(error).__name__
        if error.stops:
            seconds = None if isinstance(error, TooFrequentError) else error.stops  # None: as long as is configured
            await self._settlement.stopped(channel, self._manners[channel].stop(now, seconds))
        delay = RETRIES.delay(parcel.tries if parcel.sent else parcel.members[0].tries, random.random())
        if parcel.may_be_rerouted:
            await self._another_way(parcel, error, delay)
            return
        again = now + delay if delay is not None and (error.retryable or error.stops) else None
        _log.warning("send_failed", kind=parcel.members[0].post.kind, channel=channel, reason=reason)
        if isinstance(error, UnknownSendError):
            await self._end(parcel, channel, UNKNOWN, reason)
        elif not parcel.sent:
            state = NEW if again else REFUSED
            await self._settlement.settle(parcel.members, state, reason, next_at=again)
        elif again is None or now - (parcel.began or now) > FINISH_WITHIN:
            await self._end(parcel, channel, UNKNOWN, reason)
        else:
            parcel.tries, parcel.not_before = parcel.tries + 1, again

    async def _another_way(self, parcel: Parcel, error: SendError, delay: timedelta | None) -> None:
        """Let a page go another way at once; one of unknown fate is not repeated, but its person is called besides."""
        now, reason = self._clock.now(), type(error).__name__
        if isinstance(error, UnknownSendError):
            calls = await asyncio.to_thread(self._calls_beside, parcel, now)
            await self._settlement.settle(parcel.members, UNKNOWN, reason, instead=calls)
            return
        if not error.stops:
            self._routes.avoid(parcel.route, now, delay if error.retryable and delay else _REFUSED_FOR)
        await self._settlement.settle(parcel.members, NEW, reason, next_at=now)

    def _calls_beside(self, parcel: Parcel, now: datetime) -> list[Post]:
        if parcel.route.chat is not None:
            return []
        directory = self._directory.get()
        pages = [queued.post for queued in parcel.members if queued.post.urgent and queued.post.kind == "page"]
        ways = [(post, self._routes.call_in_group(post, directory, now)) for post in pages]
        return [call_beside(post, route, now) for post, route in ways if route is not None]

    async def _end(
        self,
        parcel: Parcel,
        channel: str,
        state: str,
        error: str | None = None,
        external_id: str | None = None,
        instead: Sequence[Post] = (),
    ) -> None:
        if self._begun.get(channel) is parcel:
            del self._begun[channel]
        await self._settlement.settle(parcel.members, state, error, external_id=external_id, instead=instead)

    async def _let_finish(self) -> None:
        """Give what is being sent a moment, then leave it: its fate is unknown."""
        under_way = list(self._under_way.values())
        if under_way:
            await asyncio.wait(under_way, timeout=_LAST_WORDS)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
