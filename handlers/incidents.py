"""Opens incidents and pages the worker in charge: within the same transaction as the message that told of it."""

from domain.facts import Fact
from domain.incidents import Incident, fold_incidents
from domain.intents import Category, Need
from domain.roles import Role
from domain.wording import checkins as checkin_wording
from domain.wording import incidents as wording
from handlers.told import Told
from handlers.turn import Turn
from models import facts, incidents
from models.incidents import IncidentRow

_LADDER = (Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY)


def open_or_add(turn: Turn, told: Told, household: str) -> None:
    """Fold the household's matters anew; page for each that is new or has become urgent, and answer who told it.

    The facts of this turn are written when it ends, so they are added to what the books hold.
    """
    told_before = facts.of_household(turn.connection, turn.ring, turn.lane, household)
    fresh = [b.fact for b in turn.bookings if b.fact.household == household and counts(b.fact)]
    known = incidents.of_household(turn.connection, turn.lane, household)
    for incident in fold_incidents([*told_before, *fresh]):
        old = next((k for k in known if _is_same(k, incident)), None)
        if old is None:
            number = incidents.open_new(turn.connection, turn.lane, incident)
            page(turn, number, incident, told.words)
        elif old.incident != incident:
            incidents.revise(turn.connection, turn.lane, old.id, incident)
            if incident.urgent and not old.incident.urgent:
                page(turn, old.id, incident, told.words)
    _answer(turn, told)


def counts(fact: Fact) -> bool:
    """Say whether a fact may open an incident: a need does even where its door is in doubt, a check-in does not."""
    return not fact.intent.doubts or isinstance(fact.intent, Need)


def page(turn: Turn, number: int, incident: Incident, words: str) -> None:
    """Page the worker whose scope is the narrowest around the door; an urgent matter pages the lead as well."""
    in_charge = turn.directory.in_charge_of(incident.household, *_LADDER) or turn.directory.in_charge_of(
        "全部", *_LADDER
    )
    workers = [p for p in in_charge if p.role is Role.GRID_WORKER] or list(in_charge)
    for person in dict.fromkeys(p.account for p in (in_charge if incident.urgent else workers[:1])):
        turn.say(
            f"page:{number}{':urgent' if incident.urgent else ''}",
            wording.page(number, incident.household, incident.category, incident.urgent, words),
            kind="page",
            account=person,
            urgent=incident.urgent or incident.category is Category.MEDICAL,
            incident=number,
        )


def _is_same(row: IncidentRow, incident: Incident) -> bool:
    same_kind = row.incident.category is incident.category
    return same_kind and bool(set(row.incident.sources) & set(incident.sources))


def _answer(turn: Turn, told: Told) -> None:
    if told.voice.is_worker:
        return
    match told.intent:
        case Need(category=Category.DISTRESS):
            turn.answer("received", wording.distress())
        case Need(category=category, urgent=urgent):
            turn.answer("received", wording.received(category, urgent))
        case _:
            turn.answer("received", checkin_wording.concern_received())
