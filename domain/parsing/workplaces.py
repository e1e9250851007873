"""What stands before the name in a chain entry: the place of work, team or class, and the house without a room."""

import re

from domain.parsing.checkins import says_health
from domain.parsing.goods import mask_goods
from domain.parsing.people import ROLES, looks_like_name
from domain.text.numbers import door_number
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, words

_N = "[0-9一二三四五六七八九十]{1,3}"
_GAP = r"[ :：\-—_/|,，、]"
STOREY = rf"{_N}[楼层](?:之[0-9一二三])?(?:[东西南北中左右](?:边|户|头|侧|手)(?:那?[家户])?)?"
TEAM = Rule(rf"^第?{_N}(?:组|队|班|排|车间|科|部)[:：\- ]*")
FLOOR = Rule(rf"^住?{STOREY}[:：\- ]*")
_POST = Rule(
    rf"\s{{0,3}}(?:{any_of(words('workplaces'))}(?:[一二三四五六七八九十1-9]?[部处科组班室队间房站点店亭])?(?:小[哥妹]|师傅|大[哥姐])?|第?{_N}(?:号?车间|工区|项目部)|(?![全都一大内外头胸腹背腰喉面眼手脚到好坏])[\u4e00-\u9fff]{{2,3}}(?:车间|部门|部|处|科室|班组|组|队|间)"
    rf"|[小初高大]?{_N} ?[(（] ?{_N} ?[)）] ?班|[小初高大]{_N}(?:年级)?{_N}?班|{_N}年级(?:{_N}班)?)"
    rf"{_GAP}{{0,4}}(?P<next>[^\s,，、;；:：|/()（）0-9+*]{{1,8}})"
)
_HOUSE = Rule(
    rf"\s{{0,3}}(?:(?:(?P<b>{_N})(?:号楼|栋|幢|#楼|(?P<seat>座))(?: ?(?P<u>{_N})(?:单元|门))?"
    rf"|(?P<door>{_N})(?:单元|门))"
    rf"(?:{_GAP}{{0,2}}{STOREY})?"
    rf"|(?:(?:{_N}路)?{_N}[巷弄里])?(?P<no>{_N})号(?:院)? ?{STOREY}|{STOREY})"
    rf"{_GAP}{{0,4}}"
    r"(?P<next>[^\s,，、;；:：|/()（）0-9+*]{1,8})"
)


def without_post(text: str, *, goods: bool) -> str:
    """Return an entry's text without the place of work or class where a name follows: 财务小屈 +1 → 小屈 +1.

    A place that no name follows speaks for itself: 保安室 晚餐4份. `goods`: what has not the look of a name may be
    goods (财务部 莲蓉3盒).
    """
    found = _POST.match(text)
    if found is None:
        return text
    return text[found.start("next") :] if _is_called(found, goods=goods) else text


def _is_called(found: re.Match[str], *, goods: bool) -> bool:
    """Tell whether the word behind a place of work, seat or house is somebody's name."""
    word, text = found["next"], found.string
    if _names(word) or (_DOUBLED.fullmatch(word) and word not in ROLES):
        return True
    parted = text[found.start("next") - 1].isspace() and _stands_alone(text, found.end("next"))
    return parted and not goods and _calls(word)


def without_trade(name: str) -> str:
    """Return a name without the trade glued to its front (水电工老李 → 老李), where what is left looks like a name."""
    found = _POST.match(name)
    return name[found.start("next") :] if found and _names(found["next"]) else name


def house_of(text: str, *, goods: bool, at_work: bool = False) -> tuple[str | None, str | None, str]:
    """Return house and unit before a name that lives there (3栋 王芳, 5号2楼 林姐 …) and the rest.

    None and `text` where no name follows. A floor is no room and goes. `at_work`: 8座 is a seat.
    """
    found = _HOUSE.match(text)
    if found is None or not _is_called(found, goods=goods):
        return None, None, text
    building = None if found["seat"] and at_work else door_number(found["b"] or found["no"])
    return building, door_number(found["u"] or found["door"]), text[found.start("next") :]


def _stands_alone(text: str, end: int) -> bool:
    """Tell whether a word ends where a number, a sign or nothing follows, as a name in a list does."""
    return not text[end:].strip() or _AFTER_NAME.match(text, end) is not None


def _calls(word: str) -> bool:
    """Tell whether two or three characters behind a place of work can be what somebody is called (巧云, 晓霞)."""
    return _GIVEN.fullmatch(word) is not None and not says_health(word) and mask_goods(word) == word


_AFTER_NAME = Rule(r"\s{0,3}(?:[0-9【〔(（\[,，+一二两三四五六七八九十]|(?:都|均|全|一切|正常|平安|健康|体温|无|没))")
_DOUBLED = Rule(r"([\u4e00-\u9fff])\1")  # 露露
_GIVEN = Rule(
    r"(?![全都已没无不未要有在共合各每今明昨早晚中午上下加取送订])[\u4e00-\u9fff]{2,3}(?<![人班岗餐份休假组队员位个了吗])"
)


def _names(word: str) -> bool:
    return looks_like_name(word) and not says_health(word)
