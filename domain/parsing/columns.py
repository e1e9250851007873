"""Rows of a form whose header names the columns (格式：房号/人数/体温/抗原): bare values get their words."""

from functools import lru_cache

from domain.text.normalise import fold
from domain.text.patterns import Rule

_FORM = Rule(r"(?m:^[^\n:：]{0,8}(?:格式|填写|内容|项目|顺序|依次)[^\n:：]{0,4}[:：]\s?(?P<columns>[^\n]{4,80})$)")
_MARKS = Rule(r"\s{0,3}[/+、,，|]\s{0,3}|\s+")
_PARTED = Rule(r"\s{0,3}[/|,，]\s{0,3}|\s+")
_HEADS = Rule(r"人数|几[口人]|人口")
_SWAB = Rule(r"抗原|核酸|自测")
_AILS = Rule(r"症状|不适|发热|发烧|咳嗽")
_NUMBER = Rule(r"[0-9]{1,2}")
_NONE = Rule(r"[无没否]有?")
_UNDONE = Rule(r"[无没否未]有?[测做检]?过?|-+|/")
_LEAST = 3


@lru_cache(maxsize=64)
def columns_of(header: str) -> tuple[str, ...]:
    """Return the columns that a chain's header asks for, none where it names no form."""
    found = _FORM.search(fold(header))
    columns = tuple(_MARKS.split(found["columns"].strip())) if found else ()
    return columns if len(columns) >= _LEAST and any(_meant(c) for c in columns) else ()


def labelled(row: str, columns: tuple[str, ...]) -> str:
    """Return a folded row with its values in words, as it is where it has other values than the form has columns."""
    values = _PARTED.split(row.strip())
    if len(values) != len(columns):
        return row
    return " ".join(_in_words(v, c) for v, c in zip(values, columns, strict=True))


def _meant(column: str) -> bool:
    return any(rule.search(column) for rule in (_HEADS, _SWAB, _AILS))


def _in_words(value: str, column: str) -> str:
    if _HEADS.search(column):
        return f"{value}人" if _NUMBER.fullmatch(value) else value
    swab = _SWAB.search(column)
    if swab and _UNDONE.fullmatch(value):
        return ""
    if swab:
        return value if _SWAB.search(value) else f"{swab[0]}{value}"
    return "无症状" if _AILS.search(column) and _NONE.fullmatch(value) else value
