"""What a chain teaches about its entries: what they are for, and what is on offer."""

from dataclasses import dataclass
from functools import lru_cache

from domain.chains.kinds import counts, kind_of
from domain.chains.snapshot import Snapshot
from domain.intents import Good
from domain.parsing.articles import known_names
from domain.parsing.columns import columns_of
from domain.parsing.context import Context
from domain.parsing.goods import header_goods
from domain.text.normalise import fold
from domain.text.patterns import Rule

_ROWS_ENOUGH = 20
_MEAL = Rule(r"[早午中晚][餐饭]|盒饭|便当|助餐|老[人年]餐|爱心餐|敬老餐")
_PORTIONS = Rule(r"[0-9一二两三四五六七八九十]\s?[份客]")
_PICKS = Rule(
    r"[0-9]\s?[+*×xX]\s?[0-9]|(?<![0-9])[1-9](?:、[1-9](?![0-9])|[一两二三]\s?[份客])|[1-9]\s?号(?![0-9]{3})|[①-⑳]|各"
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a chain teaches about its entries: its kind, the goods on offer, the columns of its form."""

    kind: str
    goods: tuple[Good, ...] = ()
    title: str = ""
    columns: tuple[str, ...] = ()


def kind_in(snapshot: Snapshot, expecting: str | None) -> str:
    """Return the kind of a chain; what the bot last asked settles what the text leaves open."""
    if expecting is None or expecting == snapshot.kind:
        return snapshot.kind
    return _kind_asked(snapshot.header, tuple(e.text for e in snapshot.entries[:_ROWS_ENOUGH]), expecting)


def lesson_of(snapshot: Snapshot, context: Context) -> Lesson:
    """Return the schema of a chain's entries; a header that leaves it open is read by what the bot last asked."""
    kind = kind_in(snapshot, context.expecting)
    if kind == "other" and not context.expecting and (context.goods or _counts_goods(snapshot)):
        kind = kind_in(snapshot, "order")
    goods = (snapshot.goods or taught_goods(snapshot.header)) if kind == "order" else ()
    if goods and goods[0].code == "1" and (meal := _MEAL.search(snapshot.title)) and _is_menu(goods, snapshot):
        goods = () if context.goods else (Good(meal[0], "份"),)
    return Lesson(kind, goods, snapshot.title, columns_of(snapshot.header) if kind == "checkin" else ())


def _is_menu(goods: tuple[Good, ...], snapshot: Snapshot) -> bool:
    """Tell whether a numbered list without prices is the dishes of one meal, as no row picks from it."""
    if any(char in snapshot.header for char in "元¥￥") or any(good.unit for good in goods):
        return False
    rows = [fold(e.text) for e in snapshot.entries[:_ROWS_ENOUGH]]
    picked = any(good.name in row for row in rows for good in goods) or any(map(_PICKS.search, rows))
    return not picked and sum(1 for row in rows if _PORTIONS.search(row)) * 2 > len(rows)


def _counts_goods(snapshot: Snapshot) -> bool:
    """Tell whether names with bare numbers stand under a header that names an article."""
    if not counts(tuple(e.text for e in snapshot.entries[:_ROWS_ENOUGH])):
        return False
    return next(known_names().find(fold(snapshot.header).lower()), None) is not None


@lru_cache(maxsize=64)
def _kind_asked(header: str, rows: tuple[str, ...], asked: str) -> str:
    """Return the kind of a chain after a question; remembered for the last chains, as every entry asks."""
    return kind_of(header, rows, asked)


@lru_cache(maxsize=64)
def taught_goods(header: str) -> tuple[Good, ...]:
    """Return the goods that a header lists; remembered for the last chains, as every entry asks."""
    return header_goods(fold(header))
