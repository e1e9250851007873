"""How fast things may be done: values that hold no clock; the time and the chance are arguments."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class TokenBucket:
    """At most `capacity` at once and `capacity` per `period` in the long run.

    A value: `taken` returns the bucket after the taking. A clock that goes back adds nothing and takes nothing.
    """

    capacity: float
    period: timedelta
    tokens: float
    at: datetime

    @classmethod
    def full(cls, capacity: float, period: timedelta, now: datetime) -> "TokenBucket":
        """A bucket from which nothing has been taken."""
        return cls(capacity, period, capacity, now)

    def refilled(self, now: datetime) -> "TokenBucket":
        """The same bucket as it stands at `now`."""
        elapsed = max(timedelta(), now - self.at)
        tokens = min(self.capacity, self.tokens + self.capacity * (elapsed / self.period))
        return replace(self, tokens=tokens, at=max(now, self.at))

    def wait(self, now: datetime, count: float = 1) -> timedelta:
        """How long until `count` tokens are there; zero when they are there now."""
        missing = min(count, self.capacity) - self.refilled(now).tokens
        return self.period * (missing / self.capacity) if missing > 0 else timedelta()

    def taken(self, now: datetime, count: float = 1) -> "TokenBucket":
        """The bucket after `count` tokens went; it may go below zero, which lengthens the next wait."""
        bucket = self.refilled(now)
        return replace(bucket, tokens=bucket.tokens - count)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Seconds to wait before each further try, spread by `jitter` so that many clients do not return at once.

    `endless` repeats the last delay for ever; otherwise the policy gives up after the last one.
    """

    delays: tuple[float, ...]
    jitter: float = 0.3
    endless: bool = False

    def delay(self, attempt: int, chance: float) -> timedelta | None:
        """The wait after the failed try number `attempt` (from 0), `chance` in 0..1; None says to give up."""
        if attempt >= len(self.delays) and not self.endless:
            return None
        base = self.delays[min(attempt, len(self.delays) - 1)]
        return timedelta(seconds=base * (1 + self.jitter * (2 * chance - 1)))


@dataclass(frozen=True, slots=True)
class Window:
    """At most `limit` in any stretch of `span`, of which `reserved` are kept for what is urgent."""

    limit: int
    span: timedelta
    reserved: int = 0

    def capped(self, limit: int) -> "Window":
        """The window with at most `limit`; at least one message and the same share stay reserved."""
        if limit >= self.limit:
            return self
        return replace(self, limit=limit, reserved=min(self.reserved, max(0, limit - 1)))


class MessageBudget:
    """What has been sent lately, counted in sliding windows: no stretch of a window's length ever holds more."""

    def __init__(self, times: Iterable[datetime] = ()) -> None:
        self._times: list[datetime] = sorted(times)

    def record(self, at: datetime) -> None:
        """Count one message sent at `at`; late reports find their place."""
        insort(self._times, at)

    def used(self, now: datetime, span: timedelta) -> int:
        """How many were sent in the `span` before `now`."""
        return sum(1 for at in self._times if at > now - span)

    def free_at(self, now: datetime, limit: int, span: timedelta) -> datetime:
        """The first moment from `now` on at which one more keeps at most `limit` in every `span`."""
        if len(self._times) < max(1, limit):
            return now
        return max(now, self._times[-max(1, limit)] + span)

    def last(self) -> datetime | None:
        """When the latest message was sent."""
        return self._times[-1] if self._times else None

    def forget(self, before: datetime) -> None:
        """Drop what no window reaches any more."""
        self._times = [at for at in self._times if at > before]
