"""Word lists: one word or one group a line, `# ` starts a comment."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_HEADING = re.compile(r"\[[a-z_]+\]")
_FOLDER = Path(__file__).parents[1] / "parsing" / "lexicon"


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("# "))


def words(name: str) -> tuple[str, ...]:
    """Return every word of the list `name`; several on one line are parted by blanks."""
    return tuple(word for line in _lines(name) for word in line.split())


def groups(name: str) -> dict[str, tuple[str, ...]]:
    """Return the groups of the list `name`: the first word of a line names its group, the rest belong to it."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _lines(name):
        head, *rest = line.split()
        found[head] = found.get(head, ()) + tuple(rest)
    return found


def cues(name: str) -> dict[str, str]:
    """Return the patterns of `cues/name.txt` by rule: `[rule]` starts one, each line after it is an alternative."""
    found: dict[str, list[str]] = {}
    rule = ""
    for line in _lines(f"cues/{name}"):
        if _HEADING.fullmatch(line):
            rule = line[1:-1]
        else:
            found.setdefault(rule, []).append(line)
    return {rule: "|".join(alternatives) for rule, alternatives in found.items()}


def any_of(choices: Iterable[str]) -> str:
    """Return a pattern that matches any of `choices`, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(choices), key=lambda w: (-len(w), w)))) + ")"
