"""The recorded day, compared with what its maker knows: figures that only go up."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.replay import import_day, play, read_transcript
from bot.state import print_state
from domain.slots import Timetable
from models.store import Store
from tests.world import LANE

DAY = Path(__file__).parents[1] / "data/day"
RECALL = {
    "chains": 0.995,
    "checkins": 0.99,
    "coverage": 0.98,
    "orders": 0.99,
    "shopping": 1.0,
    "incidents": 1.0,
    "doubts": 0.85,
}
PRECISION = {
    "chains": 0.995,
    "checkins": 0.99,
    "coverage": 0.98,
    "orders": 0.99,
    "shopping": 1.0,
    "incidents": 1.0,
    "doubts": 0.99,
}
NEVER = {
    "chains": ("lost", "resurrected", "duplicated", "phantom"),
    "coverage": ("not_adding_up", "missing"),
    "orders": ("lost", "resurrected", "never_ordered", "guessed"),
    "incidents": ("missing", "urgent_missing", "surplus_urgent"),
}


def compare_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compare", Path(__file__).with_name("compare.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    store = Store.open(tmp_path_factory.mktemp("day") / "data")
    problems = import_day(store, LANE, DAY, Timetable())
    play(store, LANE, Timetable(), read_transcript(DAY / "transcript.jsonl"))
    with store.read() as connection:
        state = json.loads(print_state(connection, store.ring, LANE))
    store.close()
    assert problems == []
    expected = json.loads((DAY / "expected.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = compare_module().compare(state, expected)[0]
    return found


@pytest.mark.parametrize("section", RECALL)
def test_what_was_said_is_found(figures: dict[str, dict[str, Any]], section: str) -> None:
    assert figures[section]["recall"] >= RECALL[section], figures[section]


@pytest.mark.parametrize("section", PRECISION)
def test_what_is_given_was_said(figures: dict[str, dict[str, Any]], section: str) -> None:
    assert figures[section]["precision"] >= PRECISION[section], figures[section]


@pytest.mark.parametrize("section", NEVER)
def test_what_must_never_happen_does_not(figures: dict[str, dict[str, Any]], section: str) -> None:
    assert {fault: figures[section][fault] for fault in NEVER[section]} == dict.fromkeys(NEVER[section], 0)
