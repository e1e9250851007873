"""A guard makes a rule faster and changes nothing of what it matches."""

import json
import re
from pathlib import Path

import pytest

from domain.text.guards import compiled
from domain.text.patterns import Rule
from tests.unit.parsing.test_rules_are_linear import rules

CONTRACT = Path(__file__).parents[2] / "contract"
TEXTS = [json.loads(line)["text"] for line in (CONTRACT / "dev.jsonl").read_text(encoding="utf-8").splitlines() if line]


def found(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str | None]]:
    return [(match.span(), match.lastgroup) for match in pattern.finditer(text)]


@pytest.mark.parametrize("rule", [param for param in rules() if isinstance(param.values[0], Rule)])
def test_guarded_rule_matches_what_the_plain_one_matches(rule: Rule) -> None:
    guarded, plain = compiled(rule.source, rule.flags), re.compile(rule.source, rule.flags)
    for text in TEXTS:
        assert found(guarded, text) == found(plain, text)


@pytest.mark.parametrize(
    ("source", "flags"),
    [
        (r"(?:^|(?<=,))好|[ab]c", 0),
        (r"(?m)^x|(?:yes|no)", 0),
        (r"(?:straSSe|[k]m)", re.IGNORECASE),
        (r"(?:a|b?)c|d", 0),
        (r"(?:a|b)*", 0),
        (r"(?:(?i:q)|z)u", 0),
        (r"(?i:kM|好\n|ig)|(?<=a)b|z", 0),
        (r"(?:Sz|im|k)m?", re.IGNORECASE),
        (r"[^a]b|c", 0),
        (r"(?:\d{0,2}|-)x", 0),
        (r"(?P<one>(?:a|[bc]))(?P=one)", 0),
        (r"ab|ac|a|(?:b|ba|bb)+|abba", 0),
        (r"(?P<one>ab)|a(?P<two>b|c)|(?<=a)b|ac", 0),
        (r"(?:a|b|c|d|e|ab)(?!a)", 0),
        (r"Q|q|s|S|m|M|qu", re.IGNORECASE),
        (r"^.?c|(?<!a)[bc]+", 0),
        (r"", 0),
    ],
)
def test_guard_holds_for_odd_rules(source: str, flags: int) -> None:
    guarded, plain = compiled(source, flags), re.compile(source, flags)
    for text in (
        "",
        "好",
        ",好bc",
        "a\nx no\nx",
        "STRASSE \u212am km",
        "ac bc c d",
        "abba",
        "Qu qu zu",
        "ab bb c",
        "1x -x x",
        "aa bb",
        "\u017fz \u0130m \u0131m \u0131G IG \u212aM",
    ):
        assert found(guarded, text) == found(plain, text)
        assert [guarded.match(text, 1), guarded.fullmatch(text)].count(None) == [
            plain.match(text, 1),
            plain.fullmatch(text),
        ].count(None)
