"""Times as chat clients and exports write them, to the minute or to the second; no zone means Asia/Shanghai."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

SHANGHAI = timezone(timedelta(hours=8))
DATE = (
    r"(?:(?P<year>20[0-9]{2})\s?[-/.年]\s?)?(?P<month>1[0-2]|0?[1-9])\s?[-/.月]\s?"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])\s?[日号]?"
)
_PART = r"(?:(?P<part>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|AM|PM|am|pm)\s?)?"
CLOCK = (
    rf"{_PART}(?P<hour>[01]?[0-9]|2[0-3])[:：](?P<minute>[0-5][0-9])(?:[:：](?P<second>[0-5][0-9])(?:[.,][0-9]{{1,9}})?)?"
    r"(?:\s?(?P<after>AM|PM|am|pm))?(?P<zone>Z|[+-][01][0-9]:?[0-5][0-9])?"
)
DAY_WORD = r"(?P<word>今天|昨天|前天)"
_MOMENT = re.compile(
    rf"\A(?:(?:{DATE}|{DAY_WORD})[\sT,，]{{0,4}}(?:(?:星期|周)[一二三四五六日天]\s{{0,3}})?)?{CLOCK}\Z"
)
_DAY = re.compile(rf"\A{DATE}(?:\s?(?:星期|周)[一二三四五六日天])?\Z")
_BACK = {"今天": 0, "昨天": 1, "前天": 2}
_LATE = frozenset({"下午", "傍晚", "晚上", "PM", "pm"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text says of a time: the day may be unknown, then only the clock counts."""

    clock: time
    day: date | None
    zone: tzinfo = SHANGHAI

    def on(self, day: date | None) -> datetime | None:
        """Return the aware moment, on `day` where the text named none; None where no day is known."""
        known = self.day or day
        return datetime.combine(known, self.clock, self.zone) if known else None


def read_moment(text: str, today: date | None = None) -> Moment | None:
    """Return the time that `text` is as a whole ("2026/7/3 08:04", "7月3日 下午2:05", "昨天 08:04", unix seconds).

    `today` completes a date without a year and 昨天; where it is missing, so is the day. None: no time.
    """
    plain = text.strip()[:40]
    if plain.isascii() and plain.isdigit() and len(plain) in (10, 13):
        at = datetime.fromtimestamp(int(plain) / (1000 if len(plain) == 13 else 1), SHANGHAI)
        return Moment(at.timetz().replace(tzinfo=None), at.date())
    found = _MOMENT.match(plain)
    if not found:
        return None
    clock = _clock(found)
    return Moment(clock, _day(found, today, found["word"]), _zone(found["zone"])) if clock else None


def read_day(text: str, today: date | None = None) -> date | None:
    """Return the day that `text` is as a whole ("2026-07-03", "7月3日 星期五"), None for anything else."""
    found = _DAY.match(text.strip()[:40])
    return _day(found, today, None) if found else None


def _clock(found: re.Match[str]) -> time | None:
    hour, part = int(found["hour"]), found["part"] or found["after"]
    if hour < (12 if part in _LATE else 10 if part == "中午" else 0):
        hour += 12
    elif part in ("凌晨", "AM", "am") and hour == 12:
        hour = 0
    return time(hour, int(found["minute"]), int(found["second"] or 0))


def _day(found: re.Match[str], today: date | None, word: str | None) -> date | None:
    if word:
        return today - timedelta(days=_BACK[word]) if today else None
    if not found["month"]:
        return None
    year = int(found["year"]) if found["year"] else today.year if today else None
    if year is None:
        return None
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if not found["year"] and today and day > today + timedelta(days=1):
        return day.replace(year=year - 1) if (day.month, day.day) != (2, 29) else None
    return day


def _zone(text: str | None) -> tzinfo:
    if not text:
        return SHANGHAI
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
