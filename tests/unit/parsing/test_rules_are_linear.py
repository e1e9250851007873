"""Every rule of the parser stays linear on pumped input."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import domain.chains
import domain.parsing
from domain.text.patterns import Rule

PUMPED = 20_000
LIMIT = 0.020
MOST_REPEATED = 40
ENDS = ("午!", "\n?", "份x")
SEEDS = ("1", "一", " ", "a", "好", "3-1-", "36.5 ", "没有", "我家", "谁有", "需要", "(", "+1", "1.", "天天", "张三家")


def rules() -> Iterator[object]:
    for package in (domain.chains, domain.parsing):
        for module_info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            module = importlib.import_module(module_info.name)
            for name, value in vars(module).items():
                for rule in within(value):
                    yield pytest.param(rule, id=f"{module_info.name}.{name}")


def within(value: object) -> Iterator[Rule | re.Pattern[str]]:
    """Yield the rules that a value is or holds: tables of rules count as well."""
    if isinstance(value, Rule | re.Pattern):
        yield value
    elif isinstance(value, dict | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from within(part)


def seconds(rule: Rule | re.Pattern[str], text: str) -> float:
    """Return the processor time, which other programs on the machine do not lengthen, of the best of three passes."""
    passes = []
    for _ in range(3):
        started = time.process_time()
        for _ in rule.finditer(text):
            pass
        passes.append(time.process_time() - started)
        if passes[-1] <= LIMIT / 4:
            break
    return min(passes)


def matched_in_time(rule: Rule | re.Pattern[str], text: str) -> bool:
    """Tell whether matching a short text stays within the limit at least once in three tries."""
    for _ in range(3):
        started = time.process_time()
        rule.fullmatch(text)
        rule.match(text)
        if time.process_time() - started < LIMIT:
            return True
    return False


@pytest.mark.parametrize("rule", list(rules()))
def test_rule_does_not_explode_on_what_it_cannot_match_whole(rule: Rule | re.Pattern[str]) -> None:
    rule.search("")
    for seed in SEEDS:
        for end in ENDS:
            for count in range(4, MOST_REPEATED, 4):
                text = seed * count + end
                assert matched_in_time(rule, text), f"{seed!r} × {count} before {end!r}"


@pytest.mark.parametrize("rule", list(rules()))
def test_rule_is_linear_on_pumped_input(rule: Rule | re.Pattern[str]) -> None:
    rule.search("")
    for seed in SEEDS:
        whole = seed * (PUMPED // len(seed))
        if seconds(rule, whole) <= LIMIT:
            continue
        # A slow machine is not the rule's fault, quadratic growth is: four times the text, sixteen times the time.
        small, large = seconds(rule, whole[: PUMPED // 8]), seconds(rule, whole[: PUMPED // 2])
        assert large < 9 * small + 0.002, f"{seed!r}: {small:.4f} s grew to {large:.4f} s"
