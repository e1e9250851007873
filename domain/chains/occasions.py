"""When and for what turn a chain is, read from its title: date, weekday, part of the day, round."""

import unicodedata
from functools import lru_cache

from domain.text.patterns import Rule

_DATES = Rule(
    r"(?<![0-9.])(?:[0-9]{4}[年./-])?(?P<month>1[0-2]|0?[1-9])(?:月|[./-])(?P<day>3[01]|[12][0-9]|0?[1-9])"
    r"(?![0-9.]|元|块|折|斤|公里|km|米|度|℃|份|[:点])"
)
_WEEKDAY = Rule(r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])")
_FEW = "[0-9]{1,3}|[一二三四五六七八九十]{1,3}"
_ROUND = Rule(rf"第?(?P<number>{_FEW})(?P<what>轮|批|期|场|车|拨|波|次)(?!核酸|性)")
_CLOCK = Rule(rf"(?:上午|下午|中午|晚上|早上|傍晚|今晚|早|晚)\s*(?:{_FEW})\s*(?:点|:|时)")
_PARTS = {
    "早": "morning", "晨": "morning", "上午": "morning", "中午": "noon", "午餐": "noon", "午饭": "noon",
    "下午": "afternoon", "晚": "evening", "傍晚": "evening", "夜宵": "night", "宵夜": "night",
}  # fmt: skip
_PART = Rule("|".join(sorted(_PARTS, key=len, reverse=True)))
_DAY_WORD = Rule(r"今[天日早晚]|明[天日早晚]|后天|大后天")
_HAN = {mark: number for number, mark in enumerate("一二三四五六七八九", 1)} | {"天": 7, "日": 7, "末": 8}

Occasion = dict[str, frozenset[str]]


@lru_cache(maxsize=2_000)
def _read(title: str) -> tuple[tuple[str, frozenset[str]], ...]:
    plain = unicodedata.normalize("NFKC", title[:400])
    timeless = _CLOCK.sub(" ", plain)
    found = {
        "date": {f"{int(m['month'])}.{int(m['day'])}" for m in _DATES.finditer(plain)},
        "weekday": {str(_HAN.get(m["day"], m["day"])) for m in _WEEKDAY.finditer(plain)},
        "round": {f"{_number(m['number'])}{m['what']}" for m in _ROUND.finditer(plain)},
        "part": {_PARTS[m.group()] for m in _PART.finditer(timeless)},
        "day": {m.group()[0] for m in _DAY_WORD.finditer(plain)},
    }
    return tuple((name, frozenset(marks)) for name, marks in found.items() if marks)


def occasion(title: str) -> Occasion:
    """Return the marks of time and turn in a title by kind; a clock time ("下午3点截单") is a deadline and none."""
    return dict(_read(title))


def are_apart(one: Occasion, other: Occasion) -> bool:
    """Return whether two titles speak of different times or turns: both tell one, and not the same."""
    return any(name in other and not marks & other[name] for name, marks in one.items())


def _number(text: str) -> str:
    if text.isdigit():
        return str(int(text))
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return str(_HAN.get(text, text))
    return str(_HAN.get(tens, 1) * 10 + _HAN.get(ones, 0))
