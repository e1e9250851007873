"""What an explanation shows to whoever mends a rule, and the questions that doubts ask."""

from decimal import Decimal

from domain.intents import CheckIn, Doubt, Order, OrderLine, Subject
from domain.parsing.context import Context, Scope
from domain.parsing.explain import explain
from domain.wording.doubts import question_for


def test_spans_point_into_the_text_as_written() -> None:
    explanation = explain("３－１－５０１ 發燒38度6", Context(scope=Scope("unit", "3", "1")))

    claimed = {span.rule: explanation.text[span.start : span.end] for span in explanation.spans}

    assert claimed["room"] == "３－１－５０１"
    assert claimed["health:symptom"] == "發燒"
    assert claimed["health:temperature"] == "38度6"


def test_stance_and_questions_are_shown() -> None:
    offer = explain("需要美林的找我", Context())
    doubt = explain("体温365", Context(expecting="checkin"))

    assert "offering" in offer.stance
    assert len(doubt.questions) == 1


def test_who_is_asked_before_what() -> None:
    order = Order(lines=(OrderLine("豆腐", None, "斤"),), doubts=(Doubt.QUANTITY, Doubt.SUBJECT))
    known = Order(subject=Subject("3", "1", "501"), lines=(OrderLine("豆腐", None, "斤"),), doubts=(Doubt.QUANTITY,))
    reading = CheckIn(temperatures=(Decimal("36.5"),), doubts=(Doubt.TEMPERATURE,))

    assert "哪一户" in (question_for(order) or "")
    assert (question_for(known) or "").startswith("3-1-501：「豆腐」")
    assert "36.5" in (question_for(reading) or "")
    assert question_for(CheckIn()) is None
