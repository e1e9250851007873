"""The community's tables: which headers mean which column, and every row checked with its number and column.

Columns as `replay/CONTRACT.md` names them, with the variants that street offices use. A bad row is named and left out;
the others are read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.areas import WHOLE, Household, household_key
from domain.roles import Chat, Person, Role, chat_kind
from domain.units import read_pack

T = TypeVar("T")
Row = Mapping[str, str]

_VARIANTS = {
    "楼栋": ("楼", "栋", "楼号", "幢", "栋号", "楼栋号", "building", "弄", "门牌"),
    "单元": ("单元号", "门", "unit"),
    "房号": ("室", "房间号", "房间", "室号", "门牌号", "户号", "room"),
    "姓名": ("户主", "户主姓名", "名字", "住户", "联系人", "name"),
    "电话": ("手机", "手机号", "联系电话", "联系方式", "电话号码", "phone"),
    "人数": ("人口", "家庭人数", "居住人数", "人口数", "persons"),
    "标签": ("备注", "特殊情况", "类别标签", "tags"),
    "账号": ("微信号", "微信", "account", "wxid"),
    "角色": ("职务", "身份", "role"),
    "范围": ("负责范围", "负责区域", "区域", "scope"),
    "群号": ("群id", "群ID", "chat"),
    "群名": ("群名称", "群", "名称"),
    "类型": ("群类型", "kind"),
    "名称": ("品名", "商品", "商品名称", "货品", "item"),
    "单位": ("计量单位",),
    "别名": ("又名", "俗称"),
    "类别": ("分类", "品类"),
    "店铺": ("商店", "采购点", "供应商", "shop"),
    "规格": ("包装规格", "包装"),
}
_TAG = re.compile(r"[、,，;；/\s]+")
_NAMES = re.compile(r"[、,，;；/]+")


class ColumnsMissing(Exception):
    """The header lacks columns that the table needs; the message names them and what was found."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row: its number in the file, the column, and the remedy in words."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which tables exist: the columns each needs and those it may have."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


ROSTER = Columns(("楼栋", "房号"), ("单元", "姓名", "电话", "人数", "标签"))
PEOPLE = Columns(("姓名", "账号", "角色", "范围"), ("电话",))
CHATS = Columns(("群号", "群名", "类型", "范围"))
GOODS = Columns(("名称",), ("单位", "别名", "类别", "店铺", "规格"))


def rows_by_column(header: Sequence[str], rows: Iterable[Sequence[str]], columns: Columns) -> Iterator[Row]:
    """Yield each row as column → text, with "" where a cell is missing. Raises ColumnsMissing."""
    places: dict[str, int] = {}
    for column in (*columns.needed, *columns.optional):
        wanted = {column.lower(), *(v.lower() for v in _VARIANTS.get(column, ()))}
        exact = [i for i, h in enumerate(header) if h.strip().lower() == column.lower()]
        near = [i for i, h in enumerate(header) if h.strip().lower() in wanted and i not in places.values()]
        if exact or near:
            places[column] = (exact or near)[0]
    missing = [c for c in columns.needed if c not in places]
    if missing:
        raise ColumnsMissing(f"no column {'、'.join(missing)}; found: {'、'.join(h for h in header if h) or 'nothing'}")
    for row in rows:
        yield {c: (row[i].strip() if i < len(row) else "") for c, i in places.items()}


def read_rows(
    rows: Iterable[Row], first_row: int, read: Callable[[Row], T], key: Callable[[T], str], column: str
) -> tuple[list[T], list[Problem]]:
    """Read every row; one that is wrong or comes twice is named and left out. Empty rows are nothing.

    `column`: where the reader of the file finds what `key` returns.
    """
    values: dict[str, T] = {}
    problems = []
    for number, row in enumerate(rows, first_row):
        if not any(row.values()):
            continue
        try:
            value = read(row)
        except _Wrong as wrong:
            problems.append(Problem(number, wrong.column, wrong.what))
            continue
        if key(value) in values:
            problems.append(Problem(number, column, f"{key(value)} stands in the file already; the first one counts"))
            continue
        values[key(value)] = value
    return list(values.values()), problems


def read_household(row: Row) -> tuple[Household, str]:
    """Return a household and its phone ("" where none)."""
    building = _number(row, "楼栋", "栋号楼幢")
    unit = _number(row, "单元", "单元门", optional=True)
    room = _number(row, "房号", "室房")
    names = tuple(n.strip() for n in _NAMES.split(row.get("姓名", "")) if n.strip())
    tags = frozenset(t for t in _TAG.split(row.get("标签", "")) if t)
    key = household_key(building, unit or None, room)
    return Household(key, building, unit or None, room, names, _persons(row), tags), _phone(row)


def read_person(row: Row) -> tuple[Person, str]:
    """Return somebody with a role, and the phone ("" where none)."""
    _need(row, "账号")
    role = row["角色"]
    if role not in {r.value for r in Role}:
        raise _Wrong("角色", f"“{role}” is no role; one of {'、'.join(r.value for r in Role)}")
    return Person(row["账号"], Role(role), _scope(row), row["姓名"]), _phone(row)


def read_chat(row: Row) -> Chat:
    _need(row, "群号")
    kind = chat_kind(row["类型"])
    if kind is None:
        raise _Wrong("类型", f"“{row['类型']}” is no kind of group; one of 单元群、楼栋群、小区群、代购群、工作群")
    return Chat(row["群号"], row["群名"] or row["群号"], kind, _scope(row))


def read_good(row: Row) -> dict[str, object]:
    """Return an article as the goods table keeps it."""
    _need(row, "名称")
    spec = row.get("规格", "")
    if spec and read_pack(spec) is None:
        raise _Wrong("规格", f"“{spec}” is no pack size; write it like 30个/板")
    aliases = [a.strip() for a in _NAMES.split(row.get("别名", "")) if a.strip()]
    return {
        "name": row["名称"],
        "unit": row.get("单位") or None,
        "aliases": aliases,
        "kind": row.get("类别") or None,
        "shop": row.get("店铺") or None,
        "spec": spec or None,
    }


class _Wrong(Exception):
    def __init__(self, column: str, what: str) -> None:
        super().__init__(what)
        self.column, self.what = column, what


def _need(row: Row, column: str) -> None:
    if not row.get(column):
        raise _Wrong(column, "must not be empty")


def _number(row: Row, column: str, suffixes: str, *, optional: bool = False) -> str:
    text = row.get(column, "").strip().rstrip(suffixes + "号#")
    if not text and optional:
        return ""
    if not text:
        raise _Wrong(column, "must not be empty")
    if not re.fullmatch(r"[A-Za-z]?\d{1,5}[A-Za-z]?", text):
        raise _Wrong(
            column, f"“{row.get(column, '')}” is no number; write it like {'502' if column == '房号' else '3'}"
        )
    return text


def _persons(row: Row) -> int | None:
    text = row.get("人数", "").rstrip("人口")
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= 50:
        raise _Wrong("人数", f"“{row['人数']}” is no number of persons between 1 and 50")
    return int(text)


def _phone(row: Row) -> str:
    text = re.sub(r"[\s\-()（）+]", "", row.get("电话", ""))
    if text and not re.fullmatch(r"(86)?1\d{10}|0\d{9,11}|\d{7,8}", text):
        raise _Wrong("电话", "this is no phone number; 11 digits, or a line number with area code")
    return text


def _scope(row: Row) -> str:
    text = row["范围"].replace("号楼", "-").replace("栋", "-").replace("单元", "").strip("- ") or WHOLE
    if text in (WHOLE, "全社区", "所有"):
        return WHOLE
    if not re.fullmatch(r"\d{1,4}(-\d{1,3})?(-\d{1,5})?", text):
        raise _Wrong("范围", f"“{row['范围']}” is no area; write it like 3-1, 3 or 全部")
    return text
