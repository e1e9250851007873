"""Orders in chain entries: the name, the doors, and what the reader of orders makes of the rest."""


from domain.chains.snapshot import Entry
from domain.intents import Good, Intent, Order
from domain.parsing.addresses import Place, find_places
from domain.parsing.context import Context
from domain.parsing.grammar import Offer
from domain.parsing.lessons import Lesson, Slot
from domain.parsing.naming import split_name
from domain.parsing.order_index import index_of
from domain.parsing.orders import read_orders
from domain.parsing.portions import Portion, divide
from domain.parsing.rooms import named, room_numbers, settle, unplaced
from domain.text.normalise import fold
from domain.text.patterns import Rule

_BOXED = Rule(r"[(（][^)）]{0,30}[)）]?")
_SELLER = Rule(r"^\s*(?:团长|团主|群主|店家|店主|老板|商家|发起人?|组织者|主播|代购)")
_FIGURE = Rule("[0-9]")
_LOOSE_UNIT = Rule(r"(?<=[0-9一二两三四五六七八九十半]) +(?=[个份斤盒袋箱包瓶板提件只块根])")


def order_entry(slot: Slot) -> tuple[Intent, ...]:
    """Return the orders of one entry of an order chain, one for each door and action."""
    text, entry, lesson, context = slot.text, slot.entry, slot.lesson, slot.context
    goods = (*lesson.goods, *context.goods)
    places = _leading_places(text, find_places(text, known=room_numbers(context)))
    found: list[Intent] = []
    for portion in divide(text, places):
        found += _order_portion(portion, entry, lesson, context, goods)
    return tuple(found)


def _order_portion(
    portion: Portion, entry: Entry, lesson: Lesson, context: Context, goods: tuple[Good, ...]
) -> list[Intent]:
    index = index_of(goods)
    name, rest = split_name(
        _LOOSE_UNIT.sub("", portion.text),
        lambda piece: index.match(piece) is not None,
        has_room=bool(portion.places),
        choice=bool(goods),
    )
    if not portion.places and not _BOXED.sub("", rest) and (not name or _SELLER.match(portion.text)):
        return []
    finding = read_orders(rest, _offer(entry, lesson, context))
    if finding is None:
        return []
    doors = [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]
    return [
        Order(subject=d.subject, doubts=tuple(dict.fromkeys((*d.doubts, *p.doubts))), action=p.action, lines=p.lines)
        for d in doors
        for p in finding.parts
    ]


def _offer(entry: Entry, lesson: Lesson, context: Context) -> Offer:
    return Offer(
        goods=context.goods,
        in_chain=True,
        chain_kind=lesson.kind,
        expecting=context.expecting,
        section=fold(entry.section),
        header_goods=lesson.goods,
        shopping=context.scope.kind == "shopping",
        role="resident",
        title=fold(lesson.title),
    )


def _leading_places(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the doors of an order entry: bare numbers count before anything is ordered, or alone at the end."""
    kept = [p for p in places if p.room and (not p.bare or not _FIGURE.search(text, 0, p.start))]
    last = places[-1] if places else None
    if not kept and last and last.room and not text[last.end :].strip() and text[last.start - 1 : last.start] in " -,":
        return (last,)
    return tuple(kept)
