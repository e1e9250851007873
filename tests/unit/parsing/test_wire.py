"""The parser's contract as JSON."""

from decimal import Decimal
from typing import Any

import pytest

from domain.intents import Action, CheckIn, Order, OrderLine, Reading, Subject
from domain.parsing.wire import context_from, reading_to


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"text": 5}, "text"),
        ({"sender": "李四"}, "sender"),
        ({"sender": {"alias": 3}}, "sender.alias"),
        ({"sender": {"role": "king"}}, "sender.role"),
        ({"chat": {"kind": "tower"}}, "chat.kind"),
        ({"expecting": "money"}, "expecting"),
        ({"rooms": "3-1-501"}, "rooms"),
        ({"rooms": [501]}, "rooms"),
        ({"goods": [{}]}, "goods[0].name"),
        ({"goods": ["土豆"]}, "goods[0]"),
    ],
)
def test_malformed_line_is_refused_by_the_field_name(line: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=field.replace("[", r"\[").replace("]", r"\]")):
        context_from(line)


def test_only_the_text_is_needed() -> None:
    context = context_from({"id": "x", "text": "36.5"})

    assert (context.expecting, context.rooms, context.goods) == (None, None, ())


def test_reading_is_written_as_the_contract_says() -> None:
    subject = Subject("3", "1", "501", "何敏")
    line = OrderLine("大米", Decimal("20.0"), "斤")
    report = CheckIn(subject=subject, temperatures=(Decimal("36.5"),))
    reading = Reading(intents=(report, Order(subject=subject, action=Action.ADD, lines=(line,))))

    written = reading_to(reading)

    assert written["chain"] is None
    assert written["intents"][0]["temperatures"] == [36.5]
    assert written["intents"][1]["lines"] == [{"item": "大米", "quantity": "20", "unit": "斤", "note": None}]
    assert written["intents"][1]["subject"] == {"building": "3", "unit": "1", "room": "501", "name": "何敏"}
