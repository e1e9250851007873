"""The parser's contract as JSON: what `gridbot parse` is given and what it answers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.intents import ChainHead, CheckIn, Good, Intent, Need, Order, Reading, SignUp, Subject
from domain.parsing.context import Context, Scope, Speaker

KINDS = frozenset({"unit", "building", "compound", "shopping", "work", "direct"})
ROLES = frozenset({"resident", "unit_head", "building_head", "worker", "organiser"})
PROMPTS = frozenset({"checkin", "order", "signup"})


def context_from(obj: Mapping[str, Any]) -> Context:
    """Return the context that one input line gives. Raises ValueError, naming the field, where it is malformed."""
    if not isinstance(obj, Mapping):
        raise ValueError("line: an object is wanted")
    _text(obj, "text", "text")
    sender, chat = _mapping(obj, "sender"), _mapping(obj, "chat")
    return Context(
        speaker=Speaker(
            name=_text(sender, "name", "sender.name") or "",
            alias=_text(sender, "alias", "sender.alias"),
            role=_one_of(sender, "role", "sender.role", ROLES) or "resident",
        ),
        scope=Scope(
            kind=_one_of(chat, "kind", "chat.kind", KINDS),
            building=_text(chat, "building", "chat.building"),
            unit=_text(chat, "unit", "chat.unit"),
        ),
        expecting=_one_of(obj, "expecting", "expecting", PROMPTS),
        rooms=_rooms(obj.get("rooms")),
        goods=_goods(obj.get("goods")),
    )


def reading_to(reading: Reading) -> dict[str, Any]:
    """Return a reading in the form of an output line without its id."""
    return {"chain": _chain(reading.chain), "intents": [intent_to(i) for i in reading.intents]}


def intent_to(intent: Intent) -> dict[str, Any]:
    """Return one intent in the contract's form; quantities as text, temperatures as numbers."""
    common = {"subject": _subject(intent.subject), "relayed": intent.relayed, "doubts": [str(d) for d in intent.doubts]}
    match intent:
        case CheckIn():
            return {"kind": "checkin", **common, **_checkin(intent)}
        case Order():
            return {"kind": "order", **common, "action": str(intent.action), "lines": _lines(intent)}
        case Need():
            return {"kind": "need", **common, "category": str(intent.category), "urgent": intent.urgent}
        case SignUp():
            return {"kind": "signup", **common, "action": str(intent.action), "count": intent.count}


def _checkin(intent: CheckIn) -> dict[str, Any]:
    return {
        "status": str(intent.status),
        "people": intent.people,
        "temperatures": [float(t) for t in intent.temperatures],
        "symptoms": list(intent.symptoms),
        "tests": [{"kind": t.kind, "result": t.result} for t in intent.tests],
    }


def _lines(intent: Order) -> list[dict[str, Any]]:
    return [{"item": x.item, "quantity": plain(x.quantity), "unit": x.unit, "note": x.note} for x in intent.lines]


def plain(quantity: Decimal | None) -> str | None:
    """Return a decimal as people write it: 2, 2.5, 20; never 2E+1."""
    if quantity is None:
        return None
    text = format(quantity, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _chain(head: ChainHead | None) -> dict[str, Any] | None:
    if head is None:
        return None
    goods = [{"code": g.code, "name": g.name, "unit": g.unit} for g in head.goods]
    return {"title": head.title, "kind": head.kind, "goods": goods, "deadline": head.deadline, "entries": head.entries}


def _subject(subject: Subject) -> dict[str, Any]:
    found = {"building": subject.building, "unit": subject.unit, "room": subject.room, "name": subject.name}
    return found | {"lane": subject.lane} if subject.lane else found


def _mapping(obj: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = obj.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{key}: an object is wanted")
    return value


def _text(obj: Mapping[str, Any], key: str, field: str) -> str | None:
    value = obj.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{field}: text is wanted")
    return value


def _one_of(obj: Mapping[str, Any], key: str, field: str, allowed: frozenset[str]) -> str | None:
    value = _text(obj, key, field)
    if value is not None and value not in allowed:
        raise ValueError(f"{field}: one of {', '.join(sorted(allowed))} is wanted")
    return value


def _rooms(value: object) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(room, str) for room in value):
        raise ValueError("rooms: a list of texts is wanted")
    return frozenset(value)


def _goods(value: object) -> tuple[Good, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError("goods: a list is wanted")
    return tuple(_good(good, i) for i, good in enumerate(value))


def _good(value: object, position: int) -> Good:
    field = f"goods[{position}]"
    if not isinstance(value, Mapping):
        raise ValueError(f"{field}: an object is wanted")
    name = _text(value, "name", f"{field}.name")
    if not name:
        raise ValueError(f"{field}.name: text is wanted")
    aliases = value.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
        raise ValueError(f"{field}.aliases: a list of texts is wanted")
    return Good(name, _text(value, "unit", f"{field}.unit"), _text(value, "code", f"{field}.code"), tuple(aliases))
