"""When groups are left in peace: stretches of the day in the residents' own time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

RESIDENTS_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """From `start` until `end` each day, the end excluded; it may run over midnight."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """Say whether the time of day `moment` lies within."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


NIGHT = QuietSpan(time(21), time(8))
NOON = QuietSpan(time(12), time(14))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """All quiet spans of a day; the defaults are those of the project's manners (PLATFORMS, "Manners")."""

    spans: tuple[QuietSpan, ...] = (NIGHT, NOON)
    zone: ZoneInfo = RESIDENTS_ZONE

    def over_at(self, now: datetime) -> datetime:
        """The first moment from `now` on that is not quiet: `now` itself outside of quiet hours."""
        moment = now
        for _ in range(len(self.spans) + 1):  # spans may touch: the end of one may lie in another
            span = self._span_at(moment)
            if span is None:
                return moment
            moment = self._end(moment, span)
        return moment

    def day_of(self, now: datetime) -> datetime:
        """The beginning of the residents' day that holds `now`."""
        return now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def _span_at(self, moment: datetime) -> QuietSpan | None:
        local = moment.astimezone(self.zone).time()
        return next((span for span in self.spans if span.covers(local)), None)

    def _end(self, moment: datetime, span: QuietSpan) -> datetime:
        local = moment.astimezone(self.zone)
        end = datetime.combine(local.date(), span.end, self.zone)
        return end if end > local else end + timedelta(days=1)
