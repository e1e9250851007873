"""Orders in chain entries: the name, the doors, and what the reader of orders makes of the rest."""

import re

from domain.intents import Action, Doubt, Intent, Order
from domain.parsing.addresses import Place, find_places, plausible
from domain.parsing.context import Context
from domain.parsing.goods import mask_goods
from domain.parsing.grammar import OrderPart
from domain.parsing.naming import split_name
from domain.parsing.order_dialect import without_measure
from domain.parsing.orders import ELL, body_start, read_orders
from domain.parsing.portions import Portion, divide
from domain.parsing.quantity_words import UNIT
from domain.parsing.rooms import named, settle, unplaced
from domain.parsing.sheets import Sheet, Slot
from domain.text.patterns import Rule

_BOXED = Rule(r"[(（][^)）]{0,30}[)）]?")
_ONLY_MARKED = Rule(r"[(（]?(?:已?取消|作废|撤[销单]|停订|删除?|退出|照旧|照常|不变|老样子)[了掉]?[)）]?")
_SELLER = Rule(r"^\s*(?:团长|团主|群主|店家|店主|老板|商家|发起人?|组织者|主播|代购)")
_TWO_WORDS = Rule(r" {0,3}([A-Z][A-Za-z]{1,14}) ([A-Z][A-Za-z]{1,14}) {2,40}")  # before the door that was blanked
_DECLINES = Rule(
    r"(?:我们?家?|家里|今天|这次|本次|暂时|先|都|也){0,3}(?:不(?:需要|要|买|订|用|参加|团)|无需|无|没有?(?:啥|什么)?(?:要买|需要|要订|要)的?)"
    r"(?:了|的|哈|啊|,|，| |谢谢|团长|多谢|买|订){0,4}"
)
_SHOP = Rule(r"[一-龥]{1,8}(?:超市|便利店|水果店|菜店|粮油店|面包房|蛋糕店|农场|果园|合作社|菜摊|菜场|专卖店?|供应商)")
_FIGURE = Rule("[0-9]")
# 1个，帮502带1个; 代我妈5-3-101一板: the row speaks for another door besides its own, or only for that one.
_RELAYS = Rule(r"[\s,，;；(（]{0,3}(?:另外?|再|还|顺便)?[代帮替给](?:我?[一-龥]{0,3})[ ]{0,12}$")
_ONLY_RELAYS = Rule(r"[,，(（:：]?(?:我|另外?|[一-龥]{2,4})?[代帮替给](?:我?[一-龥]{0,3})[)）]?")
_NUMERAL = Rule(r"[0-9一二两三四五六七八九十半]")
_AND_ROOM = Rule(rf"\s?[+/]\s?(?P<room>[0-9]{{3,4}})(?![0-9.]|\s?{UNIT})")
_EACH = Rule(r"各|每|分别|都|均")
_SHARED = (Doubt.QUANTITY,)
_SIDE_BY_SIDE = Rule(r"\s{0,2}(?:[,、和跟与及&/|+]|以及|还有|\s)\s{0,2}")
_FOR_OTHERS = Rule(
    r"^\s{0,3}(?:[一-龥]{2,4}|[A-Za-z]{2,12})?[代帮替给]\s{3,}|^\s{0,3}[一-龥A-Za-z]{1,8}\s?[(（][代帮替](?:[买订购]|接龙)?[)）]\s{3,}"
    r"|^\s{0,3}[一-龥]{1,6}(?:[苑园城府湾邸庭]|小区|花园|公寓|大厦)\s{4,}"
)
_ESTATE = Rule(r"(?:[苑园城府湾邸庭]|小区|花园|公寓|大厦)$")
_WORD = Rule(r"[一-龥]{2,8}")
_OLD_OR_YOUNG = Rule(r"([老小阿][一-龥])[ ,，:：]{1,3}(.+)")
_NICKNAME = Rule(
    rf"[ ,，:：]{{1,3}}(?P<name>[小老阿大][一-龥]|(?P<twice>[一-龥])(?P=twice))[ ,，:：]{{1,3}}"
    rf"(?P<rest>(?:[0-9]{{1,3}}|[一二两三四五六七八九十半]{{1,2}})\s?(?P<unit>{UNIT})\s*)$"
)
_CALLED = (  # a person who has nothing else of a name needs a title, or 老, 小 or 阿
    r"(?:[老小阿][一-龥]|[一-龥]{1,3}(?:太太|先生|女士|阿姨|师傅|老师|奶奶|爷爷|大[爷妈叔姐哥]"
    r"|叔叔|伯伯|阿[婆公]|妈妈|爸爸|[叔姨婶伯哥姐嫂妈爸]))"
)
_BUYER = Rule(rf"(?P<name>{_CALLED})[:： ]?(?=[0-9一二两三四五六七八九十半]{{1,3}}\s?(?:{UNIT}|$))")
_COMMAS = Rule(r"\s{0,3}[,，、;；]\s{0,3}")
_SIGNED = Rule(
    rf"(?P<order>[^(（]{{0,60}}[0-9一二两三四五六七八九十半]\s?{UNIT}[^(（]{{0,20}}?)(?:[\s,，]{{1,3}}|[(（])"
    rf"(?P<name>(?![谢给帮替代送放辛请找交留叫]|老[妈爸公婆]){_CALLED})[)）]?"
)
# The last digits of a phone beside an amount, without a word that says so: 方女士 0927 两箱, 2箱 7788.
_PHONE_END = Rule(
    rf"(?<![0-9.\-])[0-9]{{4}}(?=\s{{1,3}}(?:[0-9]{{1,3}}|[一二两三四五六七八九十半]{{1,3}})\s?{UNIT})"
    rf"|(?<=[份斤个盒袋箱包瓶板提只件本张条把桶罐块支根颗])\s{{1,3}}[0-9]{{4}}(?=\s*$)"
)
_FOUR_DIGITS = Rule("[0-9]{4}")
_LOOSE_UNIT = Rule(r"(?<=[0-9一二两三四五六七八九十半]) +(?=[个份斤盒袋箱包瓶板提件只块根])")


def order_entry(slot: Slot) -> tuple[Intent, ...]:
    """Return the orders of one entry of an order chain, one for each door and action."""
    places = _leading_places(slot.text, find_places(slot.text, known=slot.sheet.rooms))
    portions = divide(slot.text, places)
    if len(portions) > 1:
        portions = tuple(
            p._replace(text=_RELAYS.sub("", p.text)) for p in portions if not _ONLY_RELAYS.fullmatch(p.text.strip())
        )
    return tuple(order for portion in portions for order in _order_portion(portion, slot.sheet))


def _order_portion(portion: Portion, sheet: Sheet) -> list[Intent]:
    index, context = sheet.index, sheet.context
    text = _LOOSE_UNIT.sub("", _FOR_OTHERS.sub("", without_measure(portion.text)))
    if ("l" in text or "I" in text) and "l" not in index.codes:
        text = ELL.sub("1", text)
    if not index.numbered and _FOUR_DIGITS.search(text):
        text = _without_phone_end(text, has_door=bool(portion.places))
    if not portion.places and len(buyers := _buyers(text)) > 1:
        return [order for row in buyers for order in _order_portion(Portion((), row), sheet)]
    beside = _beside_door(portion, sheet)
    name, rest = beside or split_name(
        text, lambda piece: index.match(piece) is not None, has_room=bool(portion.places), choice=bool(index.goods)
    )
    if rest.count("(") > rest.count(")"):
        rest += ")"  # what closes a remark was taken for an ornament
    if _ONLY_MARKED.fullmatch(portion.text.strip()):
        name, rest = None, portion.text.strip()  # 取消, 照旧: nobody is called so
    if not name and (signed := _SIGNED.fullmatch(rest)) and mask_goods(signed["name"]) == signed["name"]:
        name, rest = signed["name"], signed["order"]
    if portion.places and _may_decline(portion.text) and _DECLINES.fullmatch(portion.text.strip(" ,，。.:：!！~")):
        return []
    if not portion.places and not _BOXED.sub("", rest) and (not name or _SELLER.match(portion.text)):
        return []
    if not portion.places and _is_seller(portion.text.strip(), context):
        return []
    if portion.places and name and (latin := _TWO_WORDS.match(portion.text)) and rest.startswith(latin[2]):
        name, rest = f"{latin[1]} {latin[2]}", rest[len(latin[2]) :]
    if rest not in sheet.findings:
        sheet.findings[rest] = read_orders(rest, sheet.offer)
    finding = sheet.findings[rest]
    if finding is None:
        return []
    doors = [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]
    shared = len(doors) > 1 and _EACH.search(portion.text) is None
    return [
        Order(
            subject=d.subject,
            doubts=tuple(dict.fromkeys((*d.doubts, *p.doubts, *(_SHARED if shared and _is_more(p) else ())))),
            action=p.action,
            lines=p.lines,
        )
        for d in doors
        for p in finding.parts
    ]


def _without_phone_end(text: str, *, has_door: bool) -> str:
    """Return `text` with the last digits of a phone blanked; before any name or door they are a nickname: 1888 两根."""
    return _PHONE_END.sub(lambda m: " " * len(m[0]) if has_door or text[: m.start()].strip() else m[0], text)


def _buyers(text: str) -> list[str]:
    """Return the rows of several buyers in one (胡老师2盒，小棠3盒), each a name and an amount; else [text]."""
    if "," not in text and "，" not in text and "、" not in text and ";" not in text:
        return [text]
    rows = [row for row in _COMMAS.split(text.strip()) if row]
    named = [row for row in rows if (found := _BUYER.match(row)) and mask_goods(found["name"]) == found["name"]]
    return rows if len(named) == len(rows) else [text]


def _beside_door(portion: Portion, sheet: Sheet) -> tuple[str, str] | None:
    """Return a nickname that sounds like goods, by its place at the door, and the order.

    菠萝蜜 501 梨一份, 501老姜 梨一份: what is ordered stands behind it.
    """
    if len(portion.places) != 1 or portion.start or not portion.places[0].room:
        return None
    place = portion.places[0]
    before, behind = portion.text[: place.start].strip(" ,，:：-"), portion.text[place.end :]
    if before and not _ESTATE.search(before) and _WORD.fullmatch(before) and mask_goods(before) != before:
        return (before, behind.strip()) if _names_goods(behind, sheet) else None
    if not before and (nicked := _NICKNAME.match(behind)) and _is_called(nicked, sheet):
        return nicked["name"], nicked["rest"]
    glued = _OLD_OR_YOUNG.match(behind)
    if before or glued is None or mask_goods(glued[1]) == glued[1] or not _names_goods(glued[2], sheet):
        return None
    return glued[1], glued[2]


def _is_called(nicked: re.Match[str], sheet: Sheet) -> bool:
    """Return whether a word at a door that also names goods is a nickname: the one product is counted right behind it.

    小米 1袋 where chicken is sold by the 袋; 小葱 2把 there is another good.
    """
    goods = sheet.index.goods  # the header's and the round's
    if len({good.name for good in goods}) != 1 or sheet.index.match(nicked["name"]) is not None:
        return False
    return any(nicked["unit"] == good.unit for good in goods) or nicked["unit"] in sheet.offer.title


def _names_goods(text: str, sheet: Sheet) -> bool:
    """Return whether an order begins with a name of goods or a code."""
    start = body_start(text, sheet.index.goods)
    return start is not None and text[:start].strip() == "" and _NUMERAL.match(text.strip()) is None


def _may_decline(text: str) -> bool:
    return "不" in text or "没" in text or "无" in text


def _is_seller(text: str, context: Context) -> bool:
    """Return whether a row is nothing but the name of the organiser who posts the chain, or of a shop."""
    speaker = context.speaker
    return (speaker.role == "organiser" and text in (speaker.name, speaker.alias)) or _SHOP.fullmatch(text) is not None


def _is_more(part: OrderPart) -> bool:
    """Tell whether several doors may share an amount that was said once (501和502 3份)."""
    return part.action is not Action.CANCEL and any(x.quantity is not None and x.quantity > 1 for x in part.lines)


def _leading_places(text: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the doors of an order entry: bare numbers count before anything is ordered, or alone at the end.

    A bare number side by side with the door before it (501和502, 701+702, 403 404) is a door too.
    """
    kept: list[Place] = []
    for place in (q for p in places for q in (p, *_added(text, p))):
        beside = bool(kept) and _SIDE_BY_SIDE.fullmatch(text, kept[-1].end, place.start) is not None
        if place.room and (
            not place.bare or beside or not _FIGURE.search(text, 0, place.start) or _is_relayed(text, place)
        ):
            kept.append(place)
    last = places[-1] if places else None
    if not kept and last and last.room and not text[last.end :].strip() and text[last.start - 1 : last.start] in " -,":
        return (last,)
    return tuple(kept)


def _is_relayed(text: str, place: Place) -> bool:
    """Return whether an amount of its own follows a room that the row speaks for besides (1个，帮502带1个)."""
    said = _RELAYS.search(text, max(0, place.start - 6), place.start) is not None
    return said and _NUMERAL.search(text, place.end) is not None


def _added(text: str, place: Place) -> list[Place]:
    """Return the rooms that signs of addition tie to a door (701+702, 505/506/507)."""
    found: list[Place] = []
    while place.room and (more := _AND_ROOM.match(text, place.end)) and _fits(more["room"], place.room):
        place = place._replace(start=more.start("room"), end=more.end(), room=more["room"], bare=True, name=None)
        found.append(place)
    return found


def _fits(room: str, beside: str) -> bool:
    return plausible(room) and len(room) == len(beside)
