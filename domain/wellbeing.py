"""How a household is: the fold of its check-ins in one slot, and when a report opens an incident."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.facts import By, Fact, Standing
from domain.intents import CheckIn, Status

FEVER = Decimal("37.3")
HIGH_FEVER = Decimal("39.0")
DANGER_SIGNS = frozenset({"气促", "胸痛", "意识不清"})
_RANK = {By.SELF: 0, By.RELAY: 1, By.WORKER: 2}


@dataclass(frozen=True, slots=True)
class Condition:
    """What is known of a household in one slot. Temperatures in °C; `sources` in the order they were said."""

    status: Status
    by: By
    temperatures: tuple[Decimal, ...]
    symptoms: tuple[str, ...]
    people: int | None
    sources: tuple[str, ...]


def fold_condition(facts: Iterable[Fact]) -> Condition | None:
    """Return the household's condition from its check-ins of one slot, None where nobody reported.

    Self goes before relay before worker; of the best, each person's newest report counts; every source is kept. The
    household is unwell while one of its persons is: a second person's 都好 does not undo a fever.
    """
    facts = sorted((f for f in facts if f.standing is not Standing.VOID), key=lambda f: f.order)
    reports = [f for f in facts if _reports(f)]
    if not reports:
        return None
    best = min((f.by for f in reports), key=_RANK.__getitem__)
    newest = _newest_by_person([f for f in reports if f.by == best])
    worst = [c for c in newest if c.status is Status.UNWELL] or newest[-1:]
    return Condition(
        status=worst[-1].status,
        by=best,
        temperatures=tuple(dict.fromkeys(t for c in worst for t in c.temperatures)),
        symptoms=tuple(dict.fromkeys(s for c in worst for s in c.symptoms)),
        people=worst[-1].people,
        sources=sources_of(facts),
    )


def fold_attempts(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of vain attempts to reach the household (nobody opened, nobody answered) in one slot."""
    vain = sorted((f for f in facts if f.standing is Standing.CURRENT and _is_vain(f)), key=lambda f: f.order)
    return sources_of(vain)


def sources_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the messages the facts came from, each once, in the given order; edits keep what they replaced."""
    return tuple(dict.fromkeys(f.source for f in facts))


def needs_help(report: CheckIn) -> bool:
    """Say whether the report opens a medical incident: a reading of 37.3 or more, 发热, or a danger sign."""
    return any(t >= FEVER for t in report.temperatures) or bool({"发热", *DANGER_SIGNS} & set(report.symptoms))


def is_urgent(report: CheckIn) -> bool:
    """Say whether somebody must come at once: 39.0 or more, 气促, 胸痛 or 意识不清."""
    return any(t >= HIGH_FEVER for t in report.temperatures) or bool(DANGER_SIGNS & set(report.symptoms))


def _reports(fact: Fact) -> bool:
    return fact.standing is Standing.CURRENT and isinstance(fact.intent, CheckIn) and not _is_vain(fact)


def _is_vain(fact: Fact) -> bool:
    intent = fact.intent
    return isinstance(intent, CheckIn) and intent.status is Status.UNKNOWN and fact.by is not By.SELF


def _newest_by_person(facts: list[Fact]) -> list[CheckIn]:
    newest: dict[str, CheckIn] = {}
    for fact in facts:
        assert isinstance(fact.intent, CheckIn)  # noqa: S101 - narrowed by _reports
        person = fact.intent.subject.name or fact.account
        newest.pop(person, None)
        newest[person] = fact.intent
    return list(newest.values())
