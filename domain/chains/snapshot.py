"""A chain post as text: header, goods, entries and tail, read without knowing any earlier version."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.chains import flattened, headers
from domain.chains.kinds import kind_of
from domain.chains.layout import Numbered, lists_of, numbered_lines
from domain.intents import Good
from domain.text.normalise import bounded, fold
from domain.text.patterns import Rule


@dataclass(frozen=True, slots=True)
class Entry:
    """One slot with content. `number`: as written, None where missing; `text`: without it, lines joined by "\\n".

    `section` is the heading of the list it stands in where a chain holds several ("晚餐"), else "".
    """

    number: int | None
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One posted version of a chain. Blank slots and example lines are no entries.

    `kind`: checkin, order, signup, need or other. `header`: every line before the first entry, the title's included.
    `goods` is filled by whoever knows goods (`domain.parsing.taught`); reading the text leaves it empty.
    """

    title: str
    kind: str
    entries: tuple[Entry, ...]
    header: str = ""
    goods: tuple[Good, ...] = ()
    examples: tuple[str, ...] = ()
    tail: str = ""
    deadline: str | None = None


_WORD = Rule(
    r"接[龙龍]|打卡|报名|報名|登记|登記|统计|統計|报数|報數|拼单|团购|團購|预订|订餐|代购|值班|健康|体温|體溫|平安|[要来去]的(?:请|就|都|快)?[接報报排填写登]|往下接"
)
_INVISIBLE = Rule("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000e-\u001f\ud800-\udfff]")
_PERSONAL = Rule(
    r"[0-9]{1,3}[-#][0-9]{1,2}-[0-9]|[0-9]{1,3}[-#][0-9]{3}|(?<![0-9.])[0-9]{3,4}(?![0-9元块gGmM克毫.])|"
    r"1[3-9][0-9]{9}|[0-9]{3}\*{2,4}[0-9]{4}"
    r"|[0-9一两二三四五六七八九十半](?:份|斤)(?!装)|[+*×] ?[0-9]|3[4-9]\.[0-9]|[号栋楼]"
)
_PRICE = Rule(r"[0-9] ?(?:元|块|/ ?[^\s0-9]|rmb)|[¥￥] ?[0-9]|(?<![/0-9])[0-9.]+ ?$")
_ROOM_OR_REPORT = Rule(
    r"(?<![0-9.])[0-9]{3,4}(?![0-9元克g])|^[\u4e00-\u9fff]{2,4}[ :,]+(?:一切|都|全家|身体|体温)?(?:正常|平安|"
    r"健康|无异常|3[4-9]\.[0-9])"
)
_DOOR = Rule(r"\s{0,9}(?:[0-9]{1,3}[-#栋幢号][0-9]|[0-9]{3,4}(?:室|\s|$|[^0-9.元月年]))")
_SELLS = Rule(r"接[龙龍]|[团團][购購]|[开開拼][团團单單]|[订訂][购購餐]|[预預][订訂定]")
_DOOR_ROW = Rule(
    r"\s{0,9}(?:[0-9]{1,3}(?:[-#]|[栋幢号]楼?)[0-9]|[0-9]{3,4}(?![0-9.元块月年日]|\s?(?:[克斤升毫人户号]|kg|g|m?l\b|[抽枚片张]))(?:室|\s|$|[^0-9]))"
)
_OVER = Rule(
    r"[货菜品]到[了啦]|已到|到[货齐][了啦]|已送|[领发]放|领取|来[拿取领]|请[^,，。\n]{0,3}[取领]|名单|漏|[未没][来拿取领付交转接登]"
)
_FEWEST_DOORS = 2
_LONGEST_BARE = 4_000
_TAGGED = Rule(r"[0-9] ?(?:元|块|/ ?[^\s0-9])|[¥￥] ?[0-9]")
_AT_A_DOOR = Rule(
    r"[0-9]{1,3}[-#][0-9]{1,2}-[0-9]|[0-9]{1,3}[-#][0-9]{3}|^ ?[0-9]{3,4}[ 室/]"
)  # 豆腐3块 is no price there
_RULED = Rule(
    r"请(?!假)|须|务必|不要|不得|勿|[如若]有|以上|以下|前(?:完成|填|报|接|上报|打卡|交)|每[天日户人]|格式|按照|注意|统一|一律|截止"
)
_COLUMN = Rule(  # what a form asks for, one to a line
    r"(?:房间?|门牌|楼[栋幢层]?|单元|电话|手机|身份证)号?码?|(?:您的)?(?:姓名|名字|称呼)|(?:在家|居住|家庭)?(?:人数|人口)|(?:最高|今日|今天)?(?:体温|温度)"
    r"|(?:有无|是否有?)?(?:症状|不适|发[热烧]|咳嗽|异常)|(?:身体|健康)(?:状况|情况)|(?:抗原|核酸)(?:结果)?|备注|数量|品名|日期|时间|地址"
)
_LONG = 45


def read_snapshot(text: str) -> Snapshot | None:
    """Return the chain that `text` (already taken out of its carrier) holds, or None where it holds none."""
    marked = headers.marker(text) is not None
    if not marked and not _may_be_list(text):
        return _doors_below(text)
    body, _ = bounded(_INVISIBLE.sub("", text) if _INVISIBLE.search(text) else text)
    lines = flattened.unflatten(body, marked=marked or "接龙" in body).split("\n")
    lists = _people(lines, lists_of(numbered_lines(lines)))
    if not lists:
        return _without_numbers(lines) if marked else _doors_below(text)
    snapshot = _assemble(lines, lists)
    return snapshot if marked or _convincing(snapshot, lists) else _doors_below(text)


_LIST = Rule(r"(?:^|\n|[ \u3000])[ \u3000(（【\[]{0,8}(?:[①-⑳]|\d{1,3}[ \u3000.．、,，:：)）】\]~\-\ufe0f\u20e3])")


def _may_be_list(text: str) -> bool:
    """Tell cheaply whether an unmarked text can hold a list: two numbered pieces."""
    first = _LIST.search(text)
    return first is not None and ("\n" in text or "接" in text) and _LIST.search(text, first.end()) is not None


def _people(lines: Sequence[str], lists: list[list[Numbered]]) -> list[list[Numbered]]:
    """Return the lists of people; leading menus and rules belong to the header."""
    remaining = list(lists)
    while len(remaining) > 1 and _is_menu(lines, remaining[0], remaining[1]):
        remaining.pop(0)
    if len(remaining) == 1 and _only_goods(lines, remaining[0]):
        return []
    return remaining


def _is_menu(lines: Sequence[str], first: list[Numbered], second: list[Numbered]) -> bool:
    texts = [t for t in (fold(lines[n.line][n.start :]) for n in first) if t.strip()]
    if not texts:
        return False
    if (len(first) == 1 and not first[0].strong) or all(_COLUMN.fullmatch(t.strip()) for t in texts):
        return True
    if sum(1 for t in texts if _RULED.search(t)) * 2 > len(texts) and not any(_DOOR.match(t) for t in texts):
        return True  # 1.发热37.3以上请写明
    priced = sum(1 for t in texts if _PRICE.search(t))
    personal = sum(1 for t in texts if _PERSONAL.search(t) and not _PRICE.search(t))
    if priced * 2 >= len(texts) and personal * 2 < len(texts):
        return True
    if personal or _are_parallel(lines, first, second):
        return False
    others = [fold(lines[n.line][n.start :]) for n in second]
    return any(_PERSONAL.search(t) for t in others) or any(len(t) > 12 for t in texts)


def _are_parallel(lines: Sequence[str], first: list[Numbered], second: list[Numbered]) -> bool:
    """Tell whether both lists count amounts under headings of one look (粥： … 面： …), so people stand in both."""
    above = [_line_above(lines, numbered[0].line) for numbered in (first, second)]
    if not all(_HEADING.fullmatch(line) for line in above) or _MENU_HEADING.search(above[0]):
        return False
    counted = sum(_COUNTED.search(fold(lines[n.line][n.start :])) is not None for n in first)
    return counted * 2 > len(first)


def _line_above(lines: Sequence[str], at: int) -> str:
    return next((line.strip() for line in reversed(lines[:at]) if line.strip()), "")


_HEADING = Rule(r"[^\s:：【】\[\]]{1,12}[:：]|[【\[][^】\]]{1,12}[】\]]")
_MENU_HEADING = Rule(r"菜单|菜品|清单|明细|内容|套餐|品种|品类|商品|包含|内含|价")
_COUNTED = Rule(r"[0-9一二两三四五六七八九十半] ?(?:[份碗盒袋个瓶箱只条包桶杯套板提块罐把根支位斤]|人)(?![装/])")


def _only_goods(lines: Sequence[str], only: list[Numbered]) -> bool:
    texts = (fold(lines[n.line][n.start :]) for n in only)
    tagged = (_TAGGED.search(t) is not None and not _AT_A_DOOR.search(t) for t in texts if t.strip())
    return next(tagged, False) and all(tagged)


def _assemble(lines: Sequence[str], lists: list[list[Numbered]]) -> Snapshot:
    starts = [n for people in lists for n in people]
    first = starts[0].line
    heads = {people[0].line: _heading(lines, people[0].line, first if i else 0) for i, people in enumerate(lists)}
    entries: list[Entry] = []
    section, tail = "", ""
    for position, slot in enumerate(starts):
        if slot.line in heads and len(lists) > 1:
            section = heads[slot.line]
        last = position + 1 == len(starts)
        end = len(lines) if last else starts[position + 1].line
        body, rest = _body(lines, slot, end, last=last, skip=not last and starts[position + 1].line in heads)
        if last:
            tail = rest
        if body and not headers.is_example(body):
            entries.append(Entry(slot.number, body, section))
    header = "\n".join(lines[:first]).strip()
    return _snapshot(header, tuple(entries), tail)


def _snapshot(header: str, entries: tuple[Entry, ...], tail: str) -> Snapshot:
    lines = header.split("\n")
    examples = tuple(line.strip() for line in lines if headers.is_example(line))
    return Snapshot(
        title=headers.title_of(header),
        kind=kind_of(header, tuple(e.text for e in entries)),
        entries=entries,
        header=header,
        examples=examples,
        tail=tail,
        deadline=headers.deadline_of(header + "\n" + tail),
    )


def _body(lines: Sequence[str], slot: Numbered, end: int, *, last: bool, skip: bool) -> tuple[str, str]:
    """Return the text of one slot with its continuation lines, and for the last slot what follows it as tail."""
    kept = [lines[slot.line][slot.start :].strip()]
    for index in range(slot.line + 1, end):
        line = lines[index].strip()
        blank_before = not lines[index - 1].strip()
        if last and line and (blank_before or headers.is_tail(line)):
            return "\n".join(k for k in kept if k), "\n".join(lines[index:end]).strip()
        if skip and line and index == end - 1 - _blanks_before(lines, end):
            break  # the heading of the next list
        if line and not headers.is_example(line):
            kept.append(line)
    return "\n".join(k for k in kept if k), ""


def _blanks_before(lines: Sequence[str], end: int) -> int:
    count = 0
    while end - 1 - count >= 0 and not lines[end - 1 - count].strip():
        count += 1
    return count


def _heading(lines: Sequence[str], start: int, after: int) -> str:
    """Return the heading right above the list that begins at line `start`, without its colon."""
    for index in range(start - 1, after - 1, -1):
        line = lines[index].strip()
        if line:
            return line.strip(" :：【】[]()（）-—=*#") if len(line) <= 15 and not headers.is_example(line) else ""
    return ""


def _without_numbers(lines: Sequence[str]) -> Snapshot:
    """Return a marked chain whose numbers are gone: lines that start with a door are entries, the rest is header."""
    door = _DOOR
    first = next((i for i, line in enumerate(lines) if i and door.match(fold(line))), len(lines))
    entries = tuple(Entry(None, line.strip()) for line in lines[first:] if line.strip() and door.match(fold(line)))
    return _snapshot("\n".join(lines[:first]).strip(), entries, "")


def _doors_below(text: str) -> Snapshot | None:
    """Return the list of orders that doors without numbers make below a heading: 接龙：鸡蛋 26元, then 301两板."""
    head, _, rest = text.partition("\n")
    if not rest or _SELLS.search(head) is None or len(text) > _LONGEST_BARE:
        return None
    lines = [_INVISIBLE.sub("", line).strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    first = next((at for at, line in enumerate(lines) if _DOOR_ROW.match(fold(line))), 0)
    rows = lines[first:]
    if not first or len(rows) < _FEWEST_DOORS or not all(_DOOR_ROW.match(fold(row)) for row in rows):
        return None
    header = "\n".join(lines[:first])
    if _OVER.search(header):
        return None
    snapshot = _snapshot(header, tuple(Entry(None, row) for row in rows), "")
    return snapshot if snapshot.kind == "order" else None


def _convincing(snapshot: Snapshot, lists: list[list[Numbered]]) -> bool:
    """Tell whether an unmarked list is a chain: its header says so, or most of its lines are short and personal."""
    if sum(map(len, lists)) < 2 and "接龙" not in fold(snapshot.header):
        return False
    entries = [fold(e.text) for e in snapshot.entries]
    if any(len(e) > _LONG for e in entries) and sum(len(e) > _LONG for e in entries) * 2 > len(entries):
        return False
    if _WORD.search(snapshot.header):
        return True
    personal = sum(1 for e in entries if _ROOM_OR_REPORT.search(e))
    return bool(entries) and personal * 2 > len(entries) and len(entries) > 1
