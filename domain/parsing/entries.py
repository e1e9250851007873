"""One chain entry under the schema that its chain teaches: whose it is, and what it says."""

from collections.abc import Iterable
from dataclasses import replace

from domain.chains.snapshot import Entry, Snapshot
from domain.intents import Category, CheckIn, Doubt, Intent, Need, SignUp, Status
from domain.parsing.addresses import Place, find_places
from domain.parsing.checkins import Health, check_in, read_health
from domain.parsing.context import Context
from domain.parsing.entry_orders import order_entry
from domain.parsing.lessons import Lesson, lesson_of
from domain.parsing.limits import unfinished
from domain.parsing.needs import Want, find_needs, lacked
from domain.parsing.people import looks_like_name
from domain.parsing.portions import Portion, divide
from domain.parsing.report_names import GAP, called_by_feeling, leftover, name_beside_report
from domain.parsing.report_plain import read_plain
from domain.parsing.rooms import Door, named, settle, unplaced
from domain.parsing.sheets import Slot, slots_of
from domain.parsing.signups import joining, only_a_slot
from domain.parsing.stance import stance_of
from domain.parsing.temperatures import FEVER
from domain.text.patterns import Rule

_WITHDRAWN = Rule(r"取消|退出|作废|删除?$|不算")


def read_entry(entry: Entry, snapshot: Snapshot, context: Context) -> tuple[Intent, ...]:
    """Return what one entry of a chain says. Each entry speaks for its own subject, not for who posted the chain."""
    return read_entries((entry,), lesson_of(snapshot, context), context)


def read_entries(entries: Iterable[Entry], lesson: Lesson, context: Context) -> tuple[Intent, ...]:
    """Return what entries of one chain say, in their order; `lesson` is what that chain teaches."""
    reader = _READERS.get(lesson.kind)
    if reader is None:
        return ()
    found: list[Intent] = []
    for slot in slots_of(entries, lesson, context):
        found += reader(slot) if slot.whole else unfinished(reader(slot))
    return tuple(found)


def _checkin(slot: Slot) -> tuple[Intent, ...]:
    text, sheet = slot.text, slot.sheet
    context = sheet.context
    plain = read_plain(text, context) if sheet.test is None else None
    if plain:
        return (plain,)
    if _WITHDRAWN.search(text):
        return ()
    called = called_by_feeling(text)
    if called:
        text = " " * called.end() + text[called.end() :]
    places = find_places(text, known=sheet.rooms, lettered=True)
    rooms = _with_unit(places)
    houses = tuple(p for p in places if p.building or p.unit)
    if not rooms and houses:
        return _whole(text, houses, context)
    name = called["name"] if called else None
    return tuple(i for portion in divide(text, rooms) for i in _checkin_portion(portion, sheet.test, context, name))


def _with_unit(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the rooms of a row, the only one with the unit that stands apart from it (6#402 阿凤 二单元)."""
    rooms = tuple(p for p in places if p.room)
    apart = [p.unit for p in places if p.unit and not (p.room or p.building)]
    if len(rooms) == 1 == len(apart) and rooms[0].unit is None:
        return (rooms[0]._replace(unit=apart[0]),)
    return rooms


def _whole(text: str, houses: tuple[Place, ...], context: Context) -> tuple[Intent, ...]:
    """Read a row that speaks for a whole house or unit (2号楼 40户 正常): it names no room and no person."""
    portions = divide(text, houses)
    return tuple(
        replace(_present(read_health(p.text, expected=True), settle(h, context), relayed=True), people=None)
        for p in portions
        for h in p.places
    )


def _checkin_portion(portion: Portion, test: str | None, context: Context, called: str | None) -> list[Intent]:
    """Read the health that a piece of a row tells of its doors, and what they ask for in the same breath.

    `called`: the name where the head of the row is known to be one.
    """
    health = read_health(portion.text, expected=True, trailing=True, test=test)
    if health.vacant:
        return []
    rest = leftover(portion.text, health.said)
    beside = called or name_beside_report(rest, has_room=bool(portion.places))
    name = beside if len(portion.places) < 2 else None
    doors = [named(settle(p, context), name) for p in portion.places]
    relayed = context.speaker.role == "worker" or (health.people is not None and not doors)
    unread = rest.replace(name or GAP, GAP)
    asking = bool(health.symptoms) or _WORDS.search(unread) is not None
    wants = _asked_beside(portion.text, health) if asking else ()
    found: list[Intent] = []
    for door in doors or [unplaced(name, context)]:
        found.append(_present(health, door, relayed=relayed, unread=unread))
        found += [_need_of(door, want) for want in wants]
    return found


def _asked_beside(text: str, health: Health) -> tuple[Want, ...]:
    """Return what a row of a report asks for besides (510 烧到39，求退烧药); damage that is only told is no need."""
    untested = [(*m.span(), "untested") for m in _UNTESTED.finditer(text)] if "没" in text else []
    plain = leftover(text, [s for s in health.said if s[2] in _TOLD] + untested)
    plain = _REQUIRES.sub("缺", plain) if "需" in plain else plain
    sick = bool(health.symptoms) or any(t >= FEVER for t in health.temperatures)
    symptoms = health.symptoms if _CALLS.search(text) else ()
    wants = find_needs(plain, stance_of(text, Context()), symptoms, sick=sick)
    return tuple(w for w in wants if w.urgent or w.category in _ASKED_IN_REPORTS)


_WORDS = Rule(r"[^\W\d_]{2}")  # less than two letters on end ask for nothing
_AILING = Rule(r"[疼痛晕吐泻喘闷肿痒胀血摔病伤]|不(?:太|大|怎么|是很|对|适)|难[受过]|密接")
_UNTESTED = Rule(r"[^,。;!?\s]{0,8}(?:抗原|试剂|试纸|体温[计枪])[^,。;!?求借]{0,4}没法?[测量做]了?")  # 买不到试剂没测
_TOLD = frozenset({"temperature", "no symptom", "test", "unknown"})  # 敲门没人应 is the report itself
_REQUIRES = Rule(r"(?<![不无没])需要?(?=[^\s,。;要])")  # 需要 points to whoever reports, where nothing is offered
_CALLS = Rule(r"快来|救命|救救|救急|急救|来人|怎么办|咋办|帮帮|快帮|求助")
_ASKED_IN_REPORTS = frozenset({Category.MEDICINE, Category.FOOD, Category.MEDICAL, Category.WELFARE, Category.DISTRESS})


def _present(health: Health, door: Door, *, relayed: bool, unread: str = "") -> CheckIn:
    """Return the check-in of one slot: presence is the report, so nothing said is `well`.

    `unread` are the words that were not understood: where they sound like an ailment, somebody must be asked.
    """
    intent = check_in(health, door.subject, relayed=relayed, doubts=door.doubts)
    if intent.status is Status.UNKNOWN and not health.unknown and not health.doubtful:
        if _AILING.search(unread):
            return replace(intent, doubts=(*intent.doubts, Doubt.KIND))
        return replace(intent, status=Status.WELL)
    return intent


def _signup(slot: Slot) -> tuple[Intent, ...]:
    text, context = slot.text, slot.sheet.context
    places = [p for p in find_places(text, known=slot.sheet.rooms, lettered=True) if p.room]
    found: list[Intent] = []
    for portion in divide(text, tuple(places)):
        if not portion.places and only_a_slot(portion.text):
            continue
        name, action, count, doubts = joining(portion.text)
        doors = [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]
        found += [
            SignUp(subject=d.subject, doubts=tuple(dict.fromkeys((*d.doubts, *doubts))), action=action, count=count)
            for d in doors
        ]
    return tuple(found)


def _need(slot: Slot) -> tuple[Intent, ...]:
    """Read one slot of a list of what is lacking: what it names is needed, whatever the words; illness is told too."""
    text, context = slot.text, slot.sheet.context
    places = tuple(p for p in find_places(text, known=slot.sheet.rooms, lettered=True) if p.room)
    found: list[Intent] = []
    for portion in divide(text, places):
        wants = lacked(portion.text)
        health = read_health(portion.text, expected=False)
        name = name_beside_report(_BEFORE_LACK.split(portion.text, maxsplit=1)[0], has_room=bool(places))
        name = next((n for n in (name or "").split() if looks_like_name(n)), None if places else name)
        for door in [named(settle(p, context), name) for p in portion.places] or [unplaced(name, context)]:
            if health.symptoms or health.temperatures or health.positive:
                found.append(check_in(health, door.subject, relayed=False, doubts=door.doubts))
            found += [_need_of(door, want) for want in wants]
    return tuple(found)


def _need_of(door: Door, want: Want) -> Need:
    return Need(subject=door.subject, doubts=door.doubts, category=want.category, urgent=want.urgent)


_BEFORE_LACK = Rule(r"缺|没|无|需|要|求|断|急|想|快|差|[0-9一二两三四五六七八九十]|[:：,，]")
_READERS = {"checkin": _checkin, "need": _need, "order": order_entry, "signup": _signup}
