"""Whose fact it is: from the subject a text names to a door on the roster, and who speaks for whom."""

from domain.areas import covers, household_key
from domain.facts import By
from domain.intents import CheckIn, Doubt, Intent, Subject
from domain.roles import Chat
from handlers.speakers import door_of
from handlers.turn import Voice
from models.directory import Directory


def household_of(
    intent: Intent, voice: Voice, chat: Chat | None, directory: Directory
) -> tuple[str | None, Doubt | None]:
    """Return the door an intent is about, or None with what must be asked.

    "#3-1" stands for an area as a whole ("2门全部正常"): it is noted and never spread over doors.
    """
    subject = intent.subject
    area = chat.scope if chat else None
    if subject.room:
        key = door_of(subject, directory, area) or door_of(subject, directory, None)
        return key, None if key else Doubt.ROOM
    if subject.name and subject.name != voice.name:
        return _by_name(subject, voice, area, directory)
    if isinstance(intent, CheckIn) and _speaks_of_area(subject, intent, voice):
        return f"#{household_key(subject.building or '', subject.unit, '')}", None
    return voice.household, None if voice.household else Doubt.SUBJECT


def by_whom(intent: Intent, household: str | None, voice: Voice) -> By:
    """Return who speaks: the household itself, a worker, or somebody for it."""
    if household and household == voice.household and not intent.relayed:
        return By.SELF
    if voice.is_worker:
        return By.WORKER
    if household == voice.household and household:
        return By.SELF
    return By.RELAY if intent.relayed or voice.household != household else By.SELF


def _by_name(subject: Subject, voice: Voice, area: str | None, directory: Directory) -> tuple[str | None, Doubt | None]:
    doors = [d for d in directory.doors_by_name.get(subject.name or "", ()) if area is None or covers(area, d)]
    if subject.building:
        prefix = household_key(subject.building, subject.unit, "")
        doors = [d for d in doors if covers(prefix, d)] or doors
    if len(doors) == 1:
        return doors[0], None
    if voice.household and not doors:
        return voice.household, None
    return None, Doubt.SUBJECT


def _speaks_of_area(subject: Subject, intent: CheckIn, voice: Voice) -> bool:
    return bool(subject.building) and not subject.name and intent.relayed and bool(voice.roles)
