"""Names in reports and lists of needs: what is left beside doors, readings and words, and where a name ends."""

import re
from collections.abc import Iterable

from domain.parsing.checkins import PRESENT
from domain.parsing.people import NOT_NAMES, clean_name, looks_like_name
from domain.parsing.workplaces import FLOOR, TEAM, without_trade
from domain.text.patterns import Rule
from domain.text.vocabulary import cues

_CUES = cues("report_names")

GAP = "\ue000"
_SPLIT = Rule(r"[\s,.。、;:!?，；：|/\\\ue000\ue001()（）]+")
_CONTENT_WORD = Rule(r"[了着过吗呢吧的在不没有要想能会去来吃买刚还就已又都家抗核]")
_CLAUSE = Rule(_CUES["clause"])  # 在外地, 没出门, 全家都, 求退烧药: told, not called
_NICKNAME = Rule(_CUES["nickname"])  # 不吃香菜, 今天也不想上班: called, though it tells
_OF_BODIES = Rule("[烧咳疼痛晕吐泻症温测退阳阴]|隔离|无热|抗原|核酸")
_TRADE = Rule(r"[\u4e00-\u9fff]{2,4}|[A-Z]")
_DIGITS = Rule("[0-9]")
_MEASURED = Rule(  # dates, times and what else is measured name nobody
    r"[0-9]{1,2}月[0-9]{1,2}[日号]?|(?<![0-9])[0-9]{1,2}[:/][0-9]{1,2}(?![0-9])|第[0-9]{1,2}[天日次]"
    r"|(?:血氧|心率|脉搏|血压|血糖|身高|体重|呼吸|年龄)(?:只有|[为是:])?\s?[0-9][0-9./]{0,6}"
)
_WITH_OTHERS = Rule(r"(?<=[\u4e00-\u9fff]{2})(?:一家|全家|等|夫妇|夫妻|两口子)$")
_INSTEAD_OF = Rule(r"^[代替帮给](?=[\u4e00-\u9fff]{2})")
_SIGN = Rule(r"[-—_·&+/|]+")
_ENGLISH_NAME = Rule(r"[A-Z][A-Za-z.']{0,14}")
_SMALL = Rule(r"[a-z]{2,15}")
_HAN = Rule(r"[\u4e00-\u9fff]{1,2}")
_ILL = f"{GAP}\ue001"
_OF_ILLNESS = frozenset({"symptom", "no symptom", "test", "unknown"})
_APART = r"\s,.。、;:!?，；：|/\\()（）"
_GLUED = Rule(rf"(?<=[{_ILL}])[^{_APART}{_ILL}]{{1,12}}|[^{_APART}{_ILL}]{{1,12}}(?={_ILL})")
_DOUBLED = Rule(r"([\u4e00-\u9fff])\1[妈爸]?$")
_MARKUP = Rule(r"<[^<>]{0,60}>?|[\"'][<>]*")
_FEELS = Rule("[疼痛晕咳烧冒安康病福]")
_HEAD = Rule(r"\s{0,3}(?P<name>[^\s,.。、;:，；：|/()（）0-9]{2,10})(?=[\s0-9]|$)")
_FEELING = Rule(_CUES["feeling"])
_COUNTED = Rule(  # all of a row; heads, homes, days and whatever is told of them are no name
    r"\s{0,3}(?P<name>[一二三四五六七八九十两百][度口个颗只杯碗里勺人](?![大小老孩娃宝人家成男女月半多气之子]|[^,]{0,9}[没有在去了发咳阳阴不都是好常全健安出外上住回请休学生友客工病烧疼])[\u4e00-\u9fff]{1,7})"
    r"[^\w,。;!?]{0,6}"
)
_LONGEST = 16
_LONGEST_TOKEN = 12


def called_by_feeling(text: str) -> re.Match[str] | None:
    """Find what somebody is called though it sounds like health or a count: 头疼的猫 603; 一口两个蛋挞."""
    if counted := _COUNTED.fullmatch(text):
        return counted
    found = _HEAD.match(text) if _FEELS.search(text) else None
    return found if found and _FEELING.fullmatch(found["name"]) else None


def leftover(text: str, said: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with what was understood cut out; cuts stay visible as gaps, and which told of illness."""
    out, last = [], 0
    for start, end, rule in sorted(said):
        if start >= last:
            out.append(text[last:start])
            out.append(_ILL if rule in _OF_ILLNESS else GAP)
        last = max(last, end)
    out.append(text[last:])
    return "".join(out)


def name_beside_report(rest: str, *, has_room: bool) -> str | None:
    """Return the name in what a report leaves (room, readings and words cut out as gaps), or None.

    Beside a room only what looks like a name is one; without a room the first word is all there is.
    """
    if "<" in rest:
        rest = _MARKUP.sub(GAP, rest)
    blotted = False
    if has_room and GAP in rest:
        lead = len(rest) - len(rest.lstrip(f" {_ILL}+"))
        rest = _GLUED.sub(_unless_name, rest)
        blotted = rest[lead : lead + 1] == GAP
    if _DIGITS.search(rest):
        rest = _MEASURED.sub(GAP, rest)
    rest = FLOOR.sub("", TEAM.sub("", rest.strip(f" {_ILL}+"))).replace("+", " ").strip()
    behind = None if has_room else _behind_a_trade(rest)
    if behind:
        return behind
    if GAP not in rest and not blotted:
        whole = clean_name(_naming_part(rest))
        if whole and len(whole) <= _LONGEST and not _speaks(whole, has_room=has_room):
            return _person(whole)
    tokens = [t for t in _SPLIT.split(rest) if t]
    for position, token in enumerate(tokens):
        name = clean_name(token)
        name = _person(name) if name else None
        if not name or len(name) > _LONGEST_TOKEN or _speaks(name, has_room=has_room):
            continue
        if looks_like_name(name) or (position == 0 and not blotted and _leads(rest, token)):
            return name
    return None


def _unless_name(found: re.Match[str]) -> str:
    """Blot out words glued to what was understood (浑身没劲, 没人应, 外婆也咳) unless they have the look of a name."""
    word = found[0]
    return word if looks_like_name(word) or _DOUBLED.match(word) else GAP


def _person(name: str) -> str:
    """Return a name without a trade before it and those who are meant with it: 水电工老李, 何大山一家, 代何奶奶."""
    alone = _WITH_OTHERS.sub("", name)
    if alone != name and looks_like_name(alone):
        return alone
    other = _INSTEAD_OF.sub("", name)
    if other != name and looks_like_name(other) and other not in NOT_NAMES:
        return other
    return without_trade(name)


def _behind_a_trade(rest: str) -> str | None:
    """Return the second word where it has the look of a name and the first has not: 塔吊 老鲁, 放料 大刚."""
    words_before = rest.split(GAP, 1)[0].split()[:2]
    if len(words_before) < 2 or not _TRADE.fullmatch(words_before[0]) or looks_like_name(words_before[0]):
        return None
    name = clean_name(words_before[1])
    return name if name and looks_like_name(name) and not _speaks(name, has_room=True) else None


def _naming_part(rest: str) -> str:
    """Return the words that make up the name in front: 海豚 阳台漏水 → 海豚; 欧阳 - Jack and Anna Li as they are."""
    pieces = rest.split()
    end = 1
    while end < len(pieces) and _goes_on(pieces[end - 1], pieces[end]):
        end += 1
    return " ".join(pieces[:end])


def _goes_on(before: str, piece: str) -> bool:
    """Tell whether a name goes on with `piece`: behind a sign, in an English word, parted by a blank."""
    if _SIGN.fullmatch(before[-1:]) or _SIGN.fullmatch(piece[:1]):
        return True
    if _ENGLISH_NAME.fullmatch(piece):
        return True
    if _SMALL.fullmatch(before) and _SMALL.fullmatch(piece):
        return True  # wang fang
    return len(before) == 1 and _HAN.fullmatch(before) is not None and _HAN.fullmatch(piece) is not None


def _leads(rest: str, token: str) -> bool:
    """Tell whether a token that looks like nothing special stands where names stand: first, not behind a reading."""
    return rest.find(token) <= rest.find(GAP) or GAP not in rest


def _speaks(name: str, *, has_room: bool) -> bool:
    """Tell whether words say something rather than name somebody.

    Beside a room nobody needs a name, so that a word of bodies is taken for one only where it has the look of a name.
    """
    if not has_room and _NICKNAME.search(name):
        return False
    if any(part in NOT_NAMES or part.lower() in PRESENT for part in name.split()) or _CLAUSE.search(name):
        return True
    if has_room and _OF_BODIES.search(name) and not looks_like_name(name):
        return True
    if has_room and name.isdigit():
        return True
    functions = len(_CONTENT_WORD.findall(name))
    return functions > (0 if has_room else 1) and not looks_like_name(name)
