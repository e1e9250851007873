"""A stretch of chat pasted or forwarded as one text: who said what, chains inside kept whole.

Two forms are told apart: every message on a line of its own behind `昵称:`, and messages under a line that holds name
and time ("昵称 2026/7/3 08:04"). Which of them a paste has is decided once, by the look of all its lines, because a
colon alone means nothing ("备注：不要辣").
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.chains.envelope import read_carrier
from domain.pastes.moments import CLOCK, DATE, DAY_WORD, read_day, read_moment

MAX_LINES = 5_000
MAX_NAME = 40
_TIME = re.sub(
    r"\?P<\w+>", "?:", rf"(?:(?:{DATE}|{DAY_WORD})\s{{0,3}}(?:(?:星期|周)[一二三四五六日天]\s{{0,3}})?)?{CLOCK}"
)
_NAME_TIME = re.compile(rf"\A(?P<name>\S[^\n]{{0,{MAX_NAME}}}?)\s{{1,4}}(?P<time>{_TIME})[:：]?\Z")
_TIME_NAME = re.compile(
    rf"\A[\[【(（]?(?P<time>{_TIME})[\]】)）]?\s{{1,4}}(?P<name>[^\s:：][^\n:：]{{0,{MAX_NAME}}})\Z"
)
_TIME_NAME_TEXT = re.compile(
    rf"\A[\[【(（]?(?P<time>{_TIME})[\]】)）]?\s{{0,4}}(?P<name>[^\s:：][^\n:：]{{0,{MAX_NAME}}})[:：]\s{{0,3}}(?P<text>.+)\Z"
)
_NAME_TEXT = re.compile(
    rf"\A(?P<name>[^\s:：][^\n:：]{{0,{MAX_NAME}}})(?P<colon>[:：])(?P<blank>[ \u3000]{{0,3}})(?P<text>.*)\Z"
)
_SEPARATOR = re.compile(
    r"\A[-—=─_*\s]{2,40}(?P<day>[^-—=─_*\n]{0,30}(?:[-/.][^-—=─_*\n]{1,12}){0,2})[-—=─_*\s]{2,40}\Z"
)
_ACCOUNT = re.compile(r"\s?(?:[(（<](?:wxid_[\w-]{1,60}|[0-9]{5,12}|[\w.-]{1,40}@[\w.-]{1,40})[)）>])\Z")
_MARKER = re.compile(r"#\s?(?:接[龙龍]|Group Note)", re.IGNORECASE)
_NUMBERED = re.compile(r"\A\s{0,3}[(（]?[0-9０-９]{1,3}\s?[.．、,，:：)）]")
_FIRST = re.compile(r"\A\s{0,3}[(（]?[1１一]\s?[.．、)）]")
_ROOM = re.compile(r"\A(?:[0-9]{1,3}[-—－]){0,2}[0-9]{3,4}\Z")
_CLOCK_COLON = re.compile(r"[0-9][:：][0-9]{2}\Z")
_NO_NAME = re.compile(
    r"\A(?:例如?|格式.{0,4}|如|时间|日期|地点|地址|备注|说明|要求|注意.{0,4}|通知|提醒|温馨提示|电话|联系.{0,4}|价格|规格|单价|数量|品种|"
    r"截止.{0,6}|截单.{0,4}|集合.{0,4}|取货.{0,4}|自提.{0,4}|主食|口味|链接|网址|https?|总计|合计|共计|今日.{0,6}|[早中午晚]餐|套餐.{0,3}|"
    r"姓名|房号|楼号|门牌.{0,2}|体温|[A-Za-z]|[\d\s.\-—－/#、栋幢号楼单元室]+|\[.*|【.*|#.*|.*[,，。！!？?；;].*)\Z"
)
_TITLE = re.compile(
    r"\A\s*(?:消息(?:记录|分组|对象).{0,60}|[=*#\-—]{3,60}|.{0,40}的?聊天记录|以下(?:是|为).{0,20}|转发[:：]?|-{2,20}[^-]{0,60}(?:Forwarded|转发)[^-]{0,60}-{2,20})\s*\Z"
)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One message of a paste. `author` is the name it stood under, None where none did; a chain is one message."""

    author: str | None
    text: str
    said_at: datetime | None = None


def read_paste(text: str, today: date | None = None) -> tuple[PastedLine, ...]:
    """Return the messages in a pasted text in their order; `today` dates what is written without day or year."""
    carried = read_carrier(text)
    if carried.record:
        return tuple(PastedLine(one.author, one.text, one.said_at) for one in carried.record)
    lines = carried.text.split("\n")[:MAX_LINES]
    form = _form_of(lines)
    if form is None:
        return tuple(_unsigned(lines))
    return tuple(message for _, message in _signed(lines, form, today) if message.text.strip())


@dataclass(frozen=True, slots=True)
class _Start:
    """The first line of a message: who, when, and what of the message stands on that line."""

    name: str
    text: str
    moment: str | None = None


class _Form:
    """How this paste signs its messages: under a line of name and time, or behind a name and this colon."""

    def __init__(self, colon: tuple[str, str] | None) -> None:
        self._colon = colon

    def start(self, line: str) -> _Start | None:
        """Return the start of a message if the line is one in this form; here a room alone may be a name too."""
        if self._colon is None:
            return _timed(line)
        found = _named(line, rooms=True)
        begins = found is not None and (found[0] == self._colon or _MARKER.match(found[1].text) is not None)
        return found[1] if found and begins else None


def _form_of(lines: Iterable[str]) -> _Form | None:
    kept = [line for line in lines if line.strip()]
    timed = sum(_timed(line) is not None for line in kept)
    if timed and (timed > 1 or any(_has_day(line) for line in kept[:3])):
        return _Form(None)
    styles = [found[0] for found in map(_named, kept) if found]
    if not styles:
        return None
    first = next((found[0] for found in map(_named, kept[:2]) if found), None)
    return _Form(first or Counter(styles).most_common(1)[0][0])


def _timed(line: str) -> _Start | None:
    plain = line.strip()[:200]
    if _NUMBERED.match(plain) and not plain.startswith("20"):
        return None
    whole = line.strip()
    found = _TIME_NAME_TEXT.match(whole)
    if found:
        return _Start(_name(found["name"]), found["text"], found["time"])
    found = _NAME_TIME.match(plain) or _TIME_NAME.match(plain)
    return _Start(_name(found["name"]), "", found["time"]) if found and len(whole) < 200 else None


def _has_day(line: str) -> bool:
    start = _timed(line)
    return start is not None and start.moment is not None and re.search(r"[-/年月天]", start.moment) is not None


def _named(line: str, *, rooms: bool = False) -> tuple[tuple[str, str], _Start] | None:
    found = _NAME_TEXT.match(line.strip())
    if not found or found["text"].startswith("//") or _CLOCK_COLON.search(f"{found['name'][-2:]}:{found['text'][:2]}"):
        return None
    is_room = _ROOM.match(found["name"].strip()) is not None
    if not (is_room and rooms) and (_NUMBERED.match(line) or _NO_NAME.match(found["name"].strip())):
        return None
    return (found["colon"], found["blank"][:1]), _Start(_name(found["name"]), found["text"])


def _name(text: str) -> str:
    return _ACCOUNT.sub("", text.strip()).strip() or text.strip()


def signed_messages(lines: Iterable[str], today: date | None = None) -> Iterator[tuple[int, PastedLine]]:
    """Yield what stands under lines of name and time, each with the number of its first line (from 1).

    What stands under no such line has no author; a message without text is yielded too.
    """
    yield from _signed(lines, _Form(None), today)


def _signed(lines: Iterable[str], form: _Form, today: date | None) -> Iterator[tuple[int, PastedLine]]:
    current: PastedLine | None = None
    held: list[str] = []
    day, began = today, 1
    for number, line in enumerate(lines, 1):
        separator = _separator_day(line, today)
        start = None if separator else form.start(line)
        if separator is None and start is None:
            began = number if current is None and not held else began
            held += [line] if current is not None or (line.strip() and not _TITLE.match(line[:100])) else []
            continue
        yield from _closed(began, current, held)
        current, held, began = None, [], number
        if separator:
            day = separator
        elif start:
            moment = read_moment(start.moment, day) if start.moment else None
            day = moment.day if moment and moment.day else day
            current = PastedLine(start.name, "", moment.on(day) if moment else None)
            held = [start.text] if start.text else []
    yield from _closed(began, current, held)


def _separator_day(line: str, today: date | None) -> date | None:
    found = _SEPARATOR.match(line.strip()[:120])
    return read_day(found["day"], today) if found else None


def _closed(began: int, current: PastedLine | None, held: list[str]) -> Iterator[tuple[int, PastedLine]]:
    if current is not None:
        yield began, replace(current, text="\n".join(held).strip("\n").rstrip())
    else:
        yield from ((began, line) for line in _unsigned(held))


def _unsigned(lines: list[str]) -> Iterator[PastedLine]:
    """Lines without a name: each is a message, but a chain runs from its marker (or number 1) to the next."""
    chain: list[str] = []
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines) > 1
    for line in lines:
        begins = _MARKER.search(line[:200]) is not None
        if begins or (numbered and not chain and _FIRST.match(line)):
            yield from _chain(chain)
            chain = [line]
        elif chain:
            chain.append(line)
        elif line.strip() and not _TITLE.match(line[:100]):
            yield PastedLine(None, line.strip())
    yield from _chain(chain)


def _chain(lines: list[str]) -> Iterator[PastedLine]:
    text = "\n".join(lines).strip("\n").rstrip()
    if text:
        yield PastedLine(None, text)
