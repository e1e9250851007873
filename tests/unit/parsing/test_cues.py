"""Lists of cues say each thing once, and each line is a pattern of its own."""

import re
from pathlib import Path

import pytest

from domain.text import vocabulary

CUES = Path(vocabulary.__file__).parents[1] / "parsing" / "lexicon" / "cues"


ALL = pytest.mark.parametrize("path", sorted(CUES.glob("*.txt")), ids=lambda path: path.stem)


def rules_of(path: Path) -> list[list[str]]:
    rules = re.split(r"(?m)^\[[a-z_]+\]$", path.read_text(encoding="utf-8"))
    return [[line for line in rule.splitlines() if line and not line.startswith("# ")] for rule in rules]


@ALL
def test_no_cue_stands_twice_in_a_rule(path: Path) -> None:
    for cues in rules_of(path):
        assert sorted(cues) == sorted(set(cues))


@ALL
def test_each_cue_is_a_pattern_by_itself(path: Path) -> None:
    for cue in (cue for cues in rules_of(path) for cue in cues):
        assert re.compile(cue)
