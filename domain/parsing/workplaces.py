"""What stands before the name in a chain entry: the place of work, team or class, and the house without a room."""

from domain.parsing.checkins import says_health
from domain.parsing.people import looks_like_name
from domain.text.numbers import door_number
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, words

_N = "[0-9一二三四五六七八九十]{1,3}"
_GAP = r"[ :：\-—_/|,，、]"
_POST = Rule(
    rf"\s{{0,3}}(?:{any_of(words('workplaces'))}[部处科组班室队]?|第?{_N}(?:号?车间|工区|项目部)|(?![全都一大内外头胸腹背腰喉面眼手脚到好坏])[\u4e00-\u9fff]{{2,3}}(?:车间|部门|部|处|科室|班组)"
    rf"|[小初高大]?{_N} ?[(（] ?{_N} ?[)）] ?班|[小初高大]{_N}(?:年级)?{_N}?班|{_N}年级(?:{_N}班)?)"
    rf"{_GAP}{{0,4}}(?P<next>[^\s,，、;；:：|/()（）0-9+*]{{1,8}})"
)
_HOUSE = Rule(
    rf"\s{{0,3}}(?P<b>{_N})(?:号楼|栋|幢|#楼)(?: ?(?P<u>{_N})(?:单元|门))?{_GAP}{{1,4}}"
    r"(?P<next>[^\s,，、;；:：|/()（）0-9+*]{1,8})"
)


def without_post(text: str) -> str:
    """Return an entry's text without the place of work or class where a name follows: 财务小屈 +1 → 小屈 +1.

    A place that no name follows speaks for itself: 保安室 晚餐4份.
    """
    found = _POST.match(text)
    if found is None or not _names(found["next"]):
        return text
    return text[found.start("next") :]


def house_of(text: str) -> tuple[str | None, str | None, str]:
    """Return house and unit before a name that lives there (3栋 王芳 …) and the rest; None and `text` where none is."""
    found = _HOUSE.match(text)
    if found is None or not _names(found["next"]):
        return None, None, text
    return door_number(found["b"]), door_number(found["u"]), text[found.start("next") :]


def _names(word: str) -> bool:
    return looks_like_name(word) and not says_health(word)
