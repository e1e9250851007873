"""Business time: days, half-days and rounds are Asia/Shanghai's, whatever zone the machine keeps.

China has had no daylight saving since 1991, so the zone is a fixed offset and needs no zone database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When the community asks and buys. Times are of the day in Asia/Shanghai.

    A check-in counts for the prompt of its half-day: `morning` before 12:00, `evening` from then on. An order counts
    for the round of its day until `cutoff`, later ones for the next day's.
    """

    morning: time = time(8)
    evening: time = time(17)
    cutoff: time = time(15)
    second_call_after: timedelta = timedelta(hours=2)
    summary: time = time(20, 30)

    def slot_of(self, moment: datetime) -> datetime:
        """Return the start of the check-in slot that a report at `moment` (aware) counts for."""
        local = moment.astimezone(CHINA)
        start = self.morning if local.time() < NOON else self.evening
        return datetime.combine(local.date(), start, CHINA)

    def slots_of_day(self, day: date) -> tuple[datetime, datetime]:
        return datetime.combine(day, self.morning, CHINA), datetime.combine(day, self.evening, CHINA)

    def round_of(self, moment: datetime, closed: Mapping[date, datetime] | None = None) -> date:
        """Return the day whose round of purchases an order at `moment` belongs to; `closed`: rounds closed early."""
        day = day_of(moment)
        ends = min(self.cutoff_of(day), (closed or {}).get(day, moment + timedelta(days=1)))
        return day + timedelta(days=moment >= ends)

    def cutoff_of(self, day: date) -> datetime:
        """Return the moment at which the day's round usually closes."""
        return combine(day, self.cutoff)

    def is_asking(self, moment: datetime) -> bool:
        """Say whether a check-in prompt is open at `moment`: from its time to the end of its half-day."""
        return self.slot_of(moment) <= moment


def day_of(moment: datetime) -> date:
    """Return the business date of an aware moment."""
    return moment.astimezone(CHINA).date()


def local_iso(moment: datetime) -> str:
    """Return `moment` as ISO 8601 in Asia/Shanghai, to the second."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def clock_time(moment: datetime) -> str:
    """Return the time of the day as people write it: "08:04"."""
    return moment.astimezone(CHINA).strftime("%H:%M")


def parse_time(text: str) -> time:
    """Return a time of the day from "8:00" or "08:00". Raises ValueError with the words of the setting's owner."""
    hours, _, minutes = text.strip().partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError(f"“{text}” is no time of the day; write it like 08:00")
    return time(int(hours), int(minutes))


def combine(day: date, at: time) -> datetime:
    """Return the aware moment of a time on a business day."""
    return datetime.combine(day, at, CHINA)
