"""What the entries under one heading of a chain have in common: their schema, the house meant, and what is on offer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from domain.chains.snapshot import Entry
from domain.parsing.columns import labelled
from domain.parsing.context import Context
from domain.parsing.grammar import Offer, OrderFinding
from domain.parsing.lessons import Lesson
from domain.parsing.limits import WHOLE_ENTRY
from domain.parsing.order_index import OfferIndex, index_of
from domain.parsing.people import mask_phones, unlabelled
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.parsing.rooms import room_numbers
from domain.parsing.swabs import kind_in
from domain.parsing.workplaces import house_of, without_post
from domain.text.dialect import in_common_words
from domain.text.normalise import MAX_LINE, fold
from domain.text.numbers import door_number
from domain.text.patterns import Rule

_SECTION = Rule(
    r"(?:(?P<b>[0-9一二三四五六七八九十]{1,3})(?:号楼|栋|幢|#楼?))?(?:(?P<u>[0-9一二三四五六七八九十]{1,2})(?:单元|门))?"
)
_HOUSE = Rule(r"(?<![0-9])(?P<b>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢)(?!楼?(?:的)?(?:东|西|南|北)门)")

_UNIT = Rule(r"(?<![0-9一二三四五六七八九十、,和至到-])(?P<u>[0-9]{1,2}|[一二三四五六七八九十]{1,2})单元(?!楼?长)")
_NUMBER_AS_NAME = Rule(  # nothing else in the row could name anybody
    r"[1-9][0-9]{4,5}(?:[\s+×*xX,:：]{1,3}"
    rf"(?:[A-Za-z]?{NUMBER}\s?(?:{UNIT}|[人口位度℃])?|[A-Za-z]|正常|平安|都好|健康|参加|打卡))?\s{{0,3}}"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What entries share. `context` is narrowed to the house that the title or their heading names.

    `rooms`: the room numbers that the roster knows. `test`: the test that the title asks for. `offer` and `index`: what
    may be ordered, with the goods of the header and of the round by name; empty where the chain is for something else.
    `findings`: what bodies of orders were read as, by their text: the rows of a chain say the same again and again.
    """

    context: Context
    rooms: frozenset[str]
    test: str | None
    offer: Offer
    index: OfferIndex
    findings: dict[str, OrderFinding | None] = field(default_factory=dict, compare=False, repr=False)


class Slot(NamedTuple):
    """One entry ready to be read: its text folded, in one line and without phones, and what it shares with others.

    `whole`: nothing of it was cut off.
    """

    text: str
    sheet: Sheet
    whole: bool = True


def slots_of(entries: Iterable[Entry], lesson: Lesson, context: Context) -> Iterator[Slot]:
    """Yield the entries of one chain ready to be read; what they share is worked out once for each heading."""
    sheets: dict[str, Sheet] = {}
    for entry in entries:
        sheet = sheets.get(entry.section)
        if sheet is None:
            sheet = sheets[entry.section] = _sheet(entry.section, lesson, context)
        line = in_common_words(unlabelled(_without_phones(fold(entry.text).replace("\n", " ")[:MAX_LINE])))
        line = labelled(line, lesson.columns) if lesson.columns else line
        goods = lesson.kind == "order"
        building, unit, text = house_of(
            without_post(line, goods=goods), goods=goods, at_work=context.scope.kind == "work"
        )
        own = replace(sheet, context=_placed(building, unit, sheet.context)) if building or unit else sheet
        yield Slot(text, own, whole=len(entry.text) <= WHOLE_ENTRY)


def _without_phones(line: str) -> str:
    """Return a row with phones and other long numbers blank, but not the number that somebody is called (24601 2份)."""
    return line if "0" <= line[:1] <= "9" and _NUMBER_AS_NAME.fullmatch(line) else mask_phones(line)


def _sheet(section: str, lesson: Lesson, context: Context) -> Sheet:
    narrowed = _within(section, _headed(lesson.title, context))
    goods = (*lesson.goods, *context.goods) if lesson.kind == "order" else ()
    return Sheet(
        narrowed, room_numbers(context), kind_in(lesson.title), _offer(section, lesson, narrowed), index_of(goods)
    )


def _offer(section: str, lesson: Lesson, context: Context) -> Offer:
    return Offer(
        goods=context.goods,
        in_chain=True,
        chain_kind=lesson.kind,
        expecting=context.expecting,
        section=fold(section),
        header_goods=lesson.goods,
        shopping=context.scope.kind == "shopping",
        role="resident",
        title=fold(lesson.title),
    )


def _headed(title: str, context: Context) -> Context:
    """Return the context as a chain's title narrows it: 五号楼代购 is about that house, whatever the chat."""
    (building, unit), scope = _house_in(title), context.scope
    if building is None and unit is None:
        return context
    building = building or scope.building
    unit = unit or (scope.unit if building == scope.building else None)
    return replace(context, scope=replace(scope, kind="building", building=building, unit=unit))


def _within(section: str, context: Context) -> Context:
    """Return the context narrowed to the house or unit that a list's heading names (二单元)."""
    building, unit = _part_in(section) if section else (None, None)
    return _placed(building, unit, context)


def _placed(building: str | None, unit: str | None, context: Context) -> Context:
    if building is None and unit is None:
        return context
    return replace(context, scope=replace(context.scope, building=building or context.scope.building, unit=unit))


@lru_cache(maxsize=128)
def _house_in(title: str) -> tuple[str | None, str | None]:
    plain = fold(title)
    house = _HOUSE.search(plain)
    unit = _UNIT.search(plain) if "单元" in plain else None
    return (door_number(house["b"]) if house else None, door_number(unit["u"]) if unit else None)


@lru_cache(maxsize=128)
def _part_in(section: str) -> tuple[str | None, str | None]:
    found = _SECTION.fullmatch(fold(section).strip())
    return (door_number(found["b"]), door_number(found["u"])) if found else (None, None)
