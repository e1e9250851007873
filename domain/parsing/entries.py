"""One chain entry under the schema that its chain teaches: whose it is, and what it says."""

import re
from dataclasses import replace

from domain.chains.snapshot import Entry, Snapshot
from domain.intents import CheckIn, Intent, Need, SignUp, Status
from domain.parsing.addresses import find_places
from domain.parsing.checkins import Health, check_in, read_health
from domain.parsing.context import Context
from domain.parsing.entry_orders import order_entry
from domain.parsing.lessons import Lesson, lesson_of
from domain.parsing.naming import leftover, name_beside_report
from domain.parsing.needs import lacked
from domain.parsing.people import mask_phones
from domain.parsing.portions import Portion, divide
from domain.parsing.rooms import Door, named, room_numbers, settle, unplaced
from domain.parsing.signups import joining
from domain.text.normalise import fold

_WITHDRAWN = re.compile(r"取消|退出|作废|删除?$|不算")


def read_entry(entry: Entry, snapshot: Snapshot, context: Context) -> tuple[Intent, ...]:
    """Return what one entry of a chain says. Each entry speaks for its own subject, not for who posted the chain."""
    lesson = lesson_of(snapshot, context)
    text = mask_phones(fold(entry.text).replace("\n", " ")[:1000])
    reader = _READERS.get(lesson.kind)
    return () if reader is None else reader(text, entry, lesson, context)


def _checkin(text: str, entry: Entry, lesson: Lesson, context: Context) -> tuple[Intent, ...]:
    if _WITHDRAWN.search(text):
        return ()
    places = find_places(text, known=room_numbers(context))
    found: list[Intent] = []
    for portion in divide(text, tuple(p for p in places if p.room)):
        found += _checkin_portion(portion, context)
    return tuple(found)


def _checkin_portion(portion: Portion, context: Context) -> list[Intent]:
    health = read_health(portion.text, expected=True, trailing=True)
    if health.vacant:
        return []
    rest = leftover(portion.text, [(a, b) for a, b, _ in health.said])
    name = name_beside_report(rest, has_room=bool(portion.places)) if len(portion.places) < 2 else None
    doors = [named(settle(p, context), name) for p in portion.places]
    relayed = context.speaker.role == "worker" or (health.people is not None and not doors)
    return [_present(health, door, relayed=relayed) for door in doors or [unplaced(name, context)]]


def _present(health: Health, door: Door, *, relayed: bool) -> CheckIn:
    """Return the check-in of one slot: presence is the report, so nothing said is `well`."""
    intent = check_in(health, door.subject, relayed=relayed, doubts=door.doubts)
    if intent.status is Status.UNKNOWN and not health.unknown and not health.doubtful:
        return replace(intent, status=Status.WELL)
    return intent


def _signup(text: str, entry: Entry, lesson: Lesson, context: Context) -> tuple[Intent, ...]:
    places = [p for p in find_places(text, known=room_numbers(context)) if p.room]
    found: list[Intent] = []
    for portion in divide(text, tuple(places)):
        name, action, count, doubts = joining(portion.text, has_room=bool(portion.places))
        doors = [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]
        found += [
            SignUp(subject=d.subject, doubts=tuple(dict.fromkeys((*d.doubts, *doubts))), action=action, count=count)
            for d in doors
        ]
    return tuple(found)


def _need(text: str, entry: Entry, lesson: Lesson, context: Context) -> tuple[Intent, ...]:
    """Read one slot of a list of what is lacking: what it names is needed, whatever the words."""
    places = tuple(p for p in find_places(text, known=room_numbers(context)) if p.room)
    found: list[Intent] = []
    for portion in divide(text, places):
        wants = lacked(portion.text)
        name = name_beside_report(_BEFORE_LACK.split(portion.text, maxsplit=1)[0], has_room=bool(places))
        doors = [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]
        found += [
            Need(subject=d.subject, doubts=d.doubts, category=w.category, urgent=w.urgent) for d in doors for w in wants
        ]
    return tuple(found)


_BEFORE_LACK = re.compile(r"缺|没|无|需|要|求|断|急|想|快|差|[0-9一二两三四五六七八九十]|[:：,，]")
_READERS = {"checkin": _checkin, "need": _need, "order": order_entry, "signup": _signup}
