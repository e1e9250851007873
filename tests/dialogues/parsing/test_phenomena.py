"""What people write, section by section of the catalogue of phenomena, and what the parser must make of it.

A file is one phenomenon. Each case is a text, what is known besides, and the intents that must come out, one a line:
`checkin 3-1-502 well 36.5`, `order 3-1-502 set 土豆 2 斤`, `need 3-1-502 medicine urgent`, `signup ~小美 join 2`.
`代` in front: spoken for by somebody else; `?room` at the end: to be asked. No intents: `[]`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.intents import CheckIn, Intent, Need, Order, OrderLine, SignUp, Subject
from domain.parsing import read
from domain.parsing.wire import context_from, plain

FOLDER = Path(__file__).parent


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for group in content["cases"]:
            known = {**content.get("known", {}), **group.get("known", {})}
            for text, expected in group["texts"].items():
                yield pytest.param(str(text), known, expected or [], id=f"{file.stem}-{str(text)[:40]!r}")


@pytest.mark.parametrize(("text", "known", "expected"), list(cases()))
def test_text_is_read_as_the_catalogue_says(text: str, known: dict[str, Any], expected: list[str]) -> None:
    reading = read(text, context_from({"text": text, **known}))

    assert [describe(intent) for intent in reading.intents] == expected


def describe(intent: Intent) -> str:
    parts = [type(intent).__name__.lower(), _who(intent.subject), *_content(intent)]
    return " ".join(["代"] * intent.relayed + parts + [f"?{doubt}" for doubt in intent.doubts])


def _who(subject: Subject) -> str:
    if subject.room:
        return "-".join(part for part in (subject.building, subject.unit, subject.room) if part)
    return f"~{subject.name}" if subject.name else "-"


def _line(line: OrderLine) -> str:
    note = f"（{line.note}）" if line.note else ""
    return f"{line.item} {plain(line.quantity) or '-'} {line.unit or '-'}{note}"


def _content(intent: Intent) -> list[str]:
    match intent:
        case CheckIn():
            tests = [f"{test.kind}:{test.result}" for test in intent.tests]
            people = [f"{intent.people}人"] if intent.people else []
            return [str(intent.status), *map(str, intent.temperatures), *intent.symptoms, *tests, *people]
        case Order():
            return [str(intent.action), *["、".join(map(_line, intent.lines))] * bool(intent.lines)]
        case Need():
            return [str(intent.category), *(["urgent"] if intent.urgent else [])]
        case SignUp():
            return [str(intent.action), str(intent.count)]
