"""What the parser answers on the labelled messages: figures that only go up."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from domain.parsing import read
from domain.parsing.wire import context_from, reading_to
from tests.contract import score

LABELS = Path(__file__).parent / "dev.jsonl"
AT_LEAST = {"f1": 0.97, "doubts met": 0.90, "chains right": 0.97, "fevers met": 1.0}
AT_MOST = {"wrong": 0.01, "asked": 0.04, "false alarms": 0.01}


def counted() -> Counter[str]:
    total: Counter[str] = Counter()
    for label in score.read(LABELS):
        total += score.compare(label, answer_to(label))[0]
    return total


def answer_to(label: dict[str, Any]) -> dict[str, Any]:
    given = {key: value for key, value in label.items() if key not in ("expect", "tags")}
    return json.loads(json.dumps(reading_to(read(given["text"], context_from(given)))))  # type: ignore[no-any-return]


def test_the_labelled_messages_are_read_as_well_as_ever() -> None:
    n = counted()
    figures = {
        "f1": score.figures(n)["f1"],
        "doubts met": score.ratio(n["doubts met"], n["doubts expected"]),
        "chains right": score.ratio(n["chains right"], n["chains"]),
        "fevers met": score.ratio(n["fevers met"], n["fevers"]),
    }
    errors = {
        "wrong": score.figures(n)["wrong"],
        "asked": score.figures(n)["asked"],
        "false alarms": score.ratio(n["false alarms"], n["calm"]),
    }
    assert {k: v for k, v in figures.items() if v < AT_LEAST[k]} == {}
    assert {k: v for k, v in errors.items() if v > AT_MOST[k]} == {}


def test_what_is_no_matter_of_the_bot_gives_no_fact() -> None:
    silent = [x for x in score.read(LABELS) if not score.scored(x["expect"].get("intents"))]
    assert len(silent) > 50
    heard = {x["text"]: a for x in silent if (a := score.scored(answer_to(x)["intents"]))}
    assert heard == {}
