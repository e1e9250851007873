"""Incidents: what somebody must act on, folded from the needs and fevers of one household."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.facts import Fact, Standing
from domain.intents import Category, CheckIn, Need
from domain.wellbeing import is_urgent, needs_help

SAME_MATTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Incident:
    """One matter of one household: opened when first told, urgent if any message of it is."""

    household: str
    category: Category
    opened: datetime
    urgent: bool
    sources: tuple[str, ...]
    newest: datetime


def fold_incidents(facts: Iterable[Fact]) -> tuple[Incident, ...]:
    """Return the incidents of one household, oldest first.

    What is told again within 12 hours of the last word is the same matter. An edited entry keeps the incident that
    its first text opened: a page that went out is not undone.
    """
    found: list[Incident] = []
    for fact in sorted((f for f in facts if f.standing is not Standing.VOID), key=lambda f: f.order):
        matter = _matter(fact)
        if matter is None:
            continue
        category, urgent = matter
        said_at = fact.order.said_at
        same = next(
            (i for i, x in enumerate(found) if x.category is category and said_at - x.newest <= SAME_MATTER), None
        )
        if same is None:
            found.append(Incident(fact.household, category, said_at, urgent, (fact.source,), said_at))
        else:
            old = found[same]
            sources = tuple(dict.fromkeys((*old.sources, fact.source)))
            found[same] = replace(old, urgent=old.urgent or urgent, sources=sources, newest=said_at)
    return tuple(found)


def opens_incident(fact: Fact) -> bool:
    return _matter(fact) is not None


def _matter(fact: Fact) -> tuple[Category, bool] | None:
    match fact.intent:
        case Need(category=category, urgent=urgent):
            return category, urgent
        case CheckIn() as report if needs_help(report):
            return Category.MEDICAL, is_urgent(report)
    return None
