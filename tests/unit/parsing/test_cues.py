"""Lists of cues say each thing once."""

import re
from pathlib import Path

import pytest

from domain.text import vocabulary

CUES = Path(vocabulary.__file__).parents[1] / "parsing" / "lexicon" / "cues"


@pytest.mark.parametrize("path", sorted(CUES.glob("*.txt")), ids=lambda path: path.stem)
def test_no_cue_stands_twice_in_a_rule(path: Path) -> None:
    for rule in re.split(r"(?m)^\[[a-z_]+\]$", path.read_text(encoding="utf-8")):
        cues = [line for line in rule.splitlines() if line and not line.startswith("# ")]
        assert sorted(cues) == sorted(set(cues))
