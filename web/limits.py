"""How much one sender may say: a flood is refused with a friendly line before it costs anybody else time."""

from collections import OrderedDict, deque

_SENDERS = 10_000


class Flood:
    """At most `limit` in any stretch of `span` seconds for each sender. The time is an argument, in seconds."""

    def __init__(self, limit: int, span: float = 60.0) -> None:
        self._limit, self._span = limit, span
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, sender: str, now: float) -> bool:
        """Count one and say whether it may go; what is refused is not counted."""
        times = self._times.setdefault(sender, deque())
        self._times.move_to_end(sender)
        while times and times[0] <= now - self._span:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(now)
        if len(self._times) > _SENDERS:
            self._times.popitem(last=False)
        return True
