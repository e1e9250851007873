"""Intents as compact JSON, for the sealed column of a fact. The tag `k` names the type."""

import json
from decimal import Decimal
from typing import Any

from domain.intents import (
    Action,
    Category,
    CheckIn,
    Doubt,
    Intent,
    Need,
    Order,
    OrderLine,
    SignUp,
    Status,
    Subject,
    Test,
)
from models.base import dump, plain_decimal

_KINDS = {CheckIn: "checkin", Order: "order", Need: "need", SignUp: "signup"}


def kind_of(intent: Intent) -> str:
    return _KINDS[type(intent)]


def encode(intent: Intent) -> str:
    s = intent.subject
    common: dict[str, Any] = {
        "k": kind_of(intent),
        "s": [s.building, s.unit, s.room, s.name, s.lane],
        "r": intent.relayed,
        "d": [d.value for d in intent.doubts],
    }
    return dump(common | _own_fields(intent))


def decode(text: str) -> Intent:
    raw = json.loads(text)
    common: dict[str, Any] = {
        "subject": Subject(*raw["s"]),
        "relayed": raw["r"],
        "doubts": tuple(Doubt(d) for d in raw["d"]),
    }
    match raw["k"]:
        case "checkin":
            return CheckIn(
                **common,
                status=Status(raw["status"]),
                people=raw["people"],
                temperatures=tuple(Decimal(t) for t in raw["t"]),
                symptoms=tuple(raw["symptoms"]),
                tests=tuple(Test(*t) for t in raw["tests"]),
            )
        case "order":
            lines = tuple(OrderLine(i, None if q is None else Decimal(q), u, n) for i, q, u, n in raw["lines"])
            return Order(**common, action=Action(raw["action"]), lines=lines)
        case "need":
            return Need(**common, category=Category(raw["category"]), urgent=raw["urgent"])
        case _:
            return SignUp(**common, action=Action(raw["action"]), count=raw["count"])


def _own_fields(intent: Intent) -> dict[str, Any]:
    match intent:
        case CheckIn():
            return {
                "status": intent.status.value,
                "people": intent.people,
                "t": [plain_decimal(t) for t in intent.temperatures],
                "symptoms": list(intent.symptoms),
                "tests": [[t.kind, t.result] for t in intent.tests],
            }
        case Order():
            return {"action": intent.action.value, "lines": [_line(line) for line in intent.lines]}
        case Need():
            return {"category": intent.category.value, "urgent": intent.urgent}
        case SignUp():
            return {"action": intent.action.value, "count": intent.count}


def _line(line: OrderLine) -> list[str | None]:
    return [line.item, None if line.quantity is None else plain_decimal(line.quantity), line.unit, line.note]
