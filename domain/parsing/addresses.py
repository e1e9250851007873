"""Finding doors in a folded line: 3-1-501, 3栋501, 三号楼一单元五零一, 一路二巷12号3房, bare 501, 三楼.

What is found is only a form; `domain.parsing.rooms` decides with scope and roster which door it means.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from domain.text.numbers import door_number
from domain.text.patterns import Rule
from domain.text.vocabulary import cues, words

_CUES = cues("addresses")

MAX_FLOOR = 50
MAX_ON_FLOOR = 40


class Place(NamedTuple):
    """A door or household as written, `text[start:end]`: digits as text, None for parts not written.

    `floor`: a floor alone, which is no room. `bare`: a number without anything that marks it as a room. `name`: people
    named without a door (谢英家); `relation`: others called by where they live (隔壁).
    """

    start: int
    end: int
    building: str | None = None
    unit: str | None = None
    room: str | None = None
    lane: str | None = None
    floor: bool = False
    bare: bool = False
    name: str | None = None
    relation: str | None = None


_N = r"[0-9一二三四五六七八九十百零〇两]"
_BUILDING = r"(?:号楼|栋楼?|幢楼?|#楼|#|座|号院|楼栋|(?<=[0-9])楼(?=[0-9]{3}))"
_UNIT = r"(?:单元|门(?![口外前卫铃锁禁板框缝诊店])|#)"
_ROOM_END = r"(?:室|房间|房(?![子租东屋产])|户(?![人口]))?"
_NO_MORE = r"(?![0-9])(?!\.[0-9])(?!-[0-9])"
_ROOM_OVER = rf"(?:室|房间|房(?![子租东屋产])|户(?![人口])|{_NO_MORE})"  # 501室2份: behind 室 a number is another one
_FULL = Rule(
    rf"(?<![0-9.])(?<![0-9][-/:])(?P<b>[0-9]{{1,3}})[栋幢座]? ?(?P<sep>[-#/_·]) ?"
    rf"(?P<u>[0-9]{{1,2}})(?:单元)? ?[-#/_·] ?(?P<r>[0-9]{{3,4}}){_ROOM_OVER}"
)
_WORDED = Rule(
    rf"(?<![0-9.])(?<![0-9]-)(?:(?P<b>{_N}{{1,4}}) ?{_BUILDING}[ ,的-]{{0,2}}(?:(?P<u>{_N}{{1,3}}) ?(?:{_UNIT}|"
    rf"-)[ ,的-]{{0,2}})?"
    rf"|(?P<u2>{_N}{{1,3}}) ?{_UNIT}[ ,的-]{{0,2}})(?P<r>[0-9]{{3,4}}(?![0-9.])|"
    rf"[零〇一二三四五六七八九十两]{{3,4}}(?![份斤个盒袋只]))?(?:号(?!楼)|{_ROOM_END})"
)
_LANE = Rule(
    rf"(?P<lane>{_N}{{1,3}}路(?:{_N}{{1,3}}[巷弄里])?|{_N}{{1,3}}[巷弄里])? ?(?P<b>{_N}{{1,4}})号(?!楼)(?:院)? ?"
    rf"(?:(?P<r>{_N}{{1,4}})(?:号?房(?![子租东屋产])|室)|(?P<r2>[0-9]{{3,4}}(?![0-9.])"
    rf"|[一二三四五六七八九十][零〇一二三四五六七八九]{{2,3}}(?![十百份斤个盒袋只箱人月日点元块两半])))"
)
_PAIR = Rule(rf"(?<![0-9.+*×])(?<![0-9][-/:])(?P<b>[0-9]{{1,3}}) ?[-#] ?(?P<r>[0-9]{{3,4}}){_ROOM_OVER}")
# What may not stand before a number is looked at behind its first digit: a rule that begins with characters is found
# three times as fast as one that begins by looking back.
_BARE = Rule(
    r"(?P<r>[0-9](?<![0-9.+*×¥$~#].)(?<![0-9][-/:].)[0-9]{2,3})(?:(?P<mark>室|房间?(?![子租东屋产])|号房)|(?![0-9]|\.[0-9]|"
    r"-(?!(?:3[4-9]|4[0-2])[.度])[0-9]))"
)
_GLUED = Rule(r"(?<![0-9.])(?<![0-9]-)(?P<r>[0-9]{3,4})(?=(?:3[4-9]|4[0-2])\.[0-9](?![0-9]))")  # 90436.0: room, reading
_BARE_WORDS = Rule(
    rf"(?P<r>[一二三四五六七八九十](?<![{_N[1:-1]}第].)[零〇一二三四五六七八九十]{{2,3}})"
    rf"(?:(?P<mark>室|房间?)|(?![{_N[1:-1]}]))"
)
_FLOOR = Rule(
    r"(?<![0-9.])(?<![0-9]-)(?P<f>[0-9一二三四五六七八九十]{1,3})(?:楼|层)(?![下道梯栋长主管])(?P<r>[0-9]{1,2}(?:室|号|"
    r"房)|[A-H](?![A-Za-z]))?"
)
_NOT_AFTER = Rule(_CUES["not_after"])
_NOT_BEFORE = Rule(
    r"(?:打|拨|叫|呼|电话|手机|联系|单号|编号|尾号|取件码|验证码|密码|价格?|共|(?<!汇)总|收|花了?|￥|满|约|近|超|第|"
    r"号码|型号|公交|车|路|群|身高|血压|高压|低压|血糖|心率|体温|温度|班|读数|表)\s?[:：]?\s?$"
)
_SURNAMES = "".join(sorted({w for w in words("surnames") if len(w) == 1} - {"水", "花"}))
# 吕超 403, 王群 502: these names end like cues.
_NAMED_BEFORE = Rule(rf"(?:^|[\s,.、:])[{_SURNAMES}][\u4e00-\u9fff]?[超满约近共总路车群班收打]\s$")
_NAME_NEXT = Rule(  # 502张姐
    r" ?[张包毛支双单万米路车时年](?!一)[\u4e00-\u9fff]{1,2}(?![\u4e00-\u9fff])| (?!(?:元|块|斤|克|个|份|ml|户|"
    r"人)(?![\u4e00-\u9fff]))"
)
EMERGENCY = frozenset({"110", "114", "119", "120", "122", "315", "911"})


_LETTERED = Rule(  # 12A, 15C室, 3-1-12A, 3栋12A: the floor and a letter
    r"(?<![0-9A-Za-z.])(?<![0-9][-/])"
    r"(?:(?P<b>[0-9]{1,3}) ?(?P<house>号楼|栋|幢|座|[-#]) ?(?:(?P<u>[0-9]{1,2}) ?(?:单元|门|[-#]) ?)?)?"
    r"(?P<r>[1-4]?[0-9][A-Ha-h])(?P<mark>室|房间?)?(?![0-9A-Za-z班级座+*×])"
)
_LETTER = Rule("[0-9][A-Ha-h](?![0-9A-Za-z])")


def find_places(
    text: str, *, bare: bool = True, known: frozenset[str] = frozenset(), lettered: bool = False
) -> tuple[Place, ...]:
    """Return the doors of one folded line in order.

    `bare` allows room numbers alone; `known` are believed room numbers. `lettered`: where no goods have codes, 12A at
    the head of a line is a room.
    """
    if not _SIGN.search(text):
        return ()
    found: list[Place] = []
    taken = bytearray(len(text) + 1)
    candidates = _candidates(text, bare, known)
    if _LETTER.search(text):
        candidates = chain(_lettered(text, known, lettered=lettered), candidates)
    for place in candidates:
        if 1 not in taken[place.start : place.end]:
            taken[place.start : place.end] = b"\x01" * (place.end - place.start)
            found.append(place)
    found.sort(key=lambda p: p.start)
    return tuple(_inherited(found, text))


# One of these stands in every door: digits of a room, a floor and a letter, what a house, unit or floor is called.
_SIGN = Rule(r"[0-9]{3}|[0-9][A-Ha-h]|[一二三四五六七八九十][零〇一二三四五六七八九十]{2}|[楼层栋幢座#门号弄]|单元")
_JOINER = Rule(r"[0-9] ?[-#/_·]")
_MARK = Rule(r"[楼栋幢座#门号弄]|单元")


_SLASHED = Rule(r"(?<![0-9./-])(?P<a>[0-9]{3,4})/(?P<b>[0-9]{3,4})(?![0-9./-])")  # 601/602 are two doors


def _slashed(text: str) -> Iterator[Place]:
    for m in _SLASHED.finditer(text):
        if plausible(m["a"]) and plausible(m["b"]):
            yield Place(m.start("a"), m.end("a"), room=m["a"], bare=True)
            yield Place(m.start("b"), m.end("b"), room=m["b"], bare=True)


def _candidates(text: str, bare: bool, known: frozenset[str]) -> Iterator[Place]:
    """Yield possible doors, the most explicit forms first."""
    joined = _JOINER.search(text) is not None
    if joined:
        yield from _full(text)
    if _MARK.search(text):
        yield from _lanes(text)
        yield from _worded(text)
    if joined:
        yield from _pairs(text)
    if bare and "/" in text:
        yield from _slashed(text)
    yield from _bare(text, bare, known)
    if "楼" in text or "层" in text:
        yield from _floors(text)


def _inherited(places: list[Place], text: str) -> Iterator[Place]:
    """Yield the doors, a number alone taking house and unit from the door before it: 3-1-501、502.

    A house or unit that heads them (二单元今晚：301、302, 2门代报 301) is theirs and no household of its own.
    """
    last: Place | None = None
    for position, place in enumerate(places):
        if place.room and place.building is None and place.unit is None and last is not None:
            place = place._replace(building=last.building, unit=last.unit)
        if place.building or place.unit:
            headed = places[position + 1] if place.room is None and position + 1 < len(places) else None
            if headed and headed.bare and _HEADING.fullmatch(text, place.end, headed.start):
                last = place
                continue
            last = place if place.room else last
        yield place


_HEADING = Rule(r"[^0-9,。;!?\n]{1,10}")


def _lettered(text: str, known: frozenset[str], *, lettered: bool) -> Iterator[Place]:
    for m in _LETTERED.finditer(text):
        room = m["r"].upper()
        worded = m["b"] is not None and (m["u"] is not None or m["house"] not in "-#")
        if worded or m["mark"] or room in known or (lettered and not text[: m.start()].strip()):
            yield Place(m.start(), m.end(), door_number(m["b"]), door_number(m["u"]), room)


def _full(text: str) -> Iterator[Place]:
    for m in _FULL.finditer(text):
        if m["sep"] != "/" or m.group(0).count("/") == 2:
            yield Place(m.start(), m.end(), door_number(m["b"]), door_number(m["u"]), m["r"])


def _worded(text: str) -> Iterator[Place]:
    for m in _WORDED.finditer(text):
        building, unit, room = door_number(m["b"]), door_number(m["u"] or m["u2"]), door_number(m["r"])
        if building is None and unit is None:
            continue
        yield Place(m.start(), m.end(), building, unit, room)


def _lanes(text: str) -> Iterator[Place]:
    for m in _LANE.finditer(text):
        room = door_number(m["r"] or m["r2"])
        building = door_number(m["b"])
        if m["r2"] and _NOT_AFTER.match(text, m.end()):
            continue
        if building and room:
            yield Place(m.start(), m.end(), building, None, room, m["lane"])


def _pairs(text: str) -> Iterator[Place]:
    for m in _PAIR.finditer(text):
        if _is_range(m["b"], m["r"]):
            yield Place(m.start("b"), m.end("b"), room=m["b"], bare=True)
            yield Place(m.start("r"), m.end("r"), room=m["r"], bare=True)
        elif plausible(m["r"]) and not _NOT_AFTER.match(text, m.end()):
            yield Place(m.start(), m.end(), door_number(m["b"]), None, m["r"])


def _bare(text: str, bare: bool, known: frozenset[str]) -> Iterator[Place]:
    if "." in text:
        for m in _GLUED.finditer(text):
            if plausible(m["r"]):
                yield Place(m.start(), m.end(), room=m["r"], bare=True)
    for pattern in (_BARE, _BARE_WORDS):
        for m in pattern.finditer(text):
            room = door_number(m["r"])
            if room is None or (not bare and not m["mark"]):
                continue
            likely = room in known or plausible(room) or (known and _heads(text, m, known))
            if m["mark"] or (likely and _stands_alone(text, m.start(), m.end(), room)):
                end = m.end() + (_NUMBERED.match(text, m.end()) is not None)
                yield Place(m.start(), end, room=room, bare=not m["mark"])


def _heads(text: str, match: re.Match[str], known: frozenset[str]) -> bool:
    """Return whether a number heads a line where doors of the roster have as many digits: a door, to be asked about."""
    alone = match.start() == 0 and text[match.end() : match.end() + 1] == " "
    return alone and any(len(room) == len(match["r"]) for room in known)


_ASKS_FOR_NUMBER = Rule(r"(?:谁|哪位|有没有|求|知道|发一?下|要个|告诉)[^,。;!?0-9]{0,12}(?:电话|手机|号码)\s$")
_NUMBERED = Rule(r"号(?=[\s,，。:：、;+要订来家\u4e00-\u9fff0-9]|$)(?![楼院车线馆厅店桌位码房球桩门线])")


def _stands_alone(text: str, start: int, end: int, room: str) -> bool:
    if room in EMERGENCY:
        return False
    if start == 0 and plausible(room) and _NAME_NEXT.match(text, end):
        return True
    if _NOT_AFTER.match(text, end):
        return False
    if not _NOT_BEFORE.search(text, max(0, start - 6), start):
        return True
    if _ASKS_FOR_NUMBER.search(text, max(0, start - 20), start) and not text[end:].strip(" 。!~"):
        return True  # 谁有物业值班电话 1302: signed
    return _NAMED_BEFORE.search(text[max(0, start - 5) : start]) is not None


def _floors(text: str) -> Iterator[Place]:
    for m in _FLOOR.finditer(text):
        floor = door_number(m["f"])
        if floor is None or int(floor) > MAX_FLOOR:
            continue
        if m["r"]:
            door = m["r"].rstrip("室号房")
            door = door if door.isalpha() else door.zfill(2)
            yield Place(m.start(), m.end(), room=f"{floor}{door}")
        else:
            yield Place(m.start(), m.end(), floor=True)


def _is_range(first: str, last: str) -> bool:
    """Tell whether 501-504 counts doors of one floor rather than naming house 501."""
    return plausible(first) and len(first) == len(last) and first[:-2] == last[:-2] and first < last


def between(first: Place, last: Place) -> list[Place]:
    """Return the doors between two on one floor (501到504: 502, 503); none where they are not on one floor."""
    if not (first.room and last.room and _is_range(first.room, last.room)):
        return []
    numbers = range(int(first.room) + 1, int(last.room))
    return [last._replace(room=str(number)) for number in numbers[:MAX_ON_FLOOR]]


def plausible(room: str) -> bool:
    """Tell whether digits can be a room by themselves: a floor, then a door on it (501, 1206), not 500 or 2026."""
    if not 3 <= len(room) <= 4 or room[0] == "0":
        return False
    return 1 <= int(room[:-2]) <= MAX_FLOOR and 1 <= int(room[-2:]) <= MAX_ON_FLOOR
