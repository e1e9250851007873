"""Who is meant: names beside rooms and numbers, and the person behind a remark or nickname."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.intents import Doubt, Subject
from domain.parsing.addresses import Place, find_places
from domain.parsing.context import Context, Scope
from domain.parsing.rooms import Door, room_numbers, settle
from domain.text.normalise import fold
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, words

MAX_NAME = 24
ROLES = frozenset(words("roles"))
NOT_NAMES = frozenset((*words("kin"), *words("not_names")))
_ROLE = Rule(rf"^{any_of(ROLES)}[:：\-—_/ ]{{0,6}}(?=.)|[:：\-—_/( ]{{0,6}}{any_of(ROLES)}[)]?$")
_PHONE = Rule(
    r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}[- ]?[0-9]{4}|[- ]?[*xX×✱]{2,5}[- ]?[0-9]{3,4}|"
    r"[*xX×]{8})(?![0-9])"
)
_PHONE_END = Rule(r"(?:手机|电话)?(?:尾号|[后末][四4]位)[:： ]{0,2}[0-9]{4}(?![0-9])")
_POST = Rule(r"(?<![0-9\-])[0-9]{1,2}-[0-9]{1,2}(?![0-9\-])")  # 3-1楼长: the unit somebody looks after
_PHONE_HINT = Rule(r"[0-9]{5}|尾号|[后末][四4]位|1[3-9][0-9][- *xX×✱]")
_LONG_NUMBER = Rule(r"[0-9]{5,}+(?!\s?[份斤个盒袋箱瓶包件桶])")  # an absurd amount is to be asked about
_BRACKETED = Rule(r"[(（\[【〔][^)）\]】〕]{0,20}[)）\]】〕]")
_LABEL = Rule(r"^(?:房号|房间号?|姓名|门牌号?|电话|手机)[:： ]*|(?:电话|手机|房号)[:： ]*$")
_DOOR_LABEL = Rule(
    r"(?:房号|房间号?|室号|户号|门牌号?|楼号|家庭(?:住)?址|地址|住址)\s?[:：]?\s?"
    r"(?=[0-9]{1,4}[-栋号幢室#单 ,，]|[0-9]{3,4})"
)
_NAME_LABEL = Rule(
    r"(?:姓名|名字|户主|住户|业主|联系人|称呼|填报人|家庭人数|人数|是否有?|备注|健康状况|身体状况|身体情况|健康情况)\s?[:：]"
)
_SEAT = Rule(r"[-—_ ]?[A-Za-z0-9]座$")
_EDGE = " \t\n-—_–/|｜:：,，.。、;；+＋·•~～*#@!！?？'\"“”‘’=()（）[]【】〔〕<>《》^`\\&"
_WORD = Rule(r"[^\W_]+")
_SURNAME = frozenset(words("surnames"))
_NICK = Rule(
    r"^(?:[老小大阿][\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,3}(?:姐|哥|叔|婶|姨|伯|爷|奶|嫂|妈|爸|太|生|总|师傅|"
    r"阿姨|奶奶|爷爷|大爷|大妈|大叔|婆婆|老师|妈妈|爸爸|先生|女士|小姐|太太|伯伯|叔叔|医生|姥姥|嬷|家))$"
)
_NOT_EMOJI = Rule(r"[^\w\s\-—_·.&'+/]", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks: the subject that remark and nickname give, and what is doubtful about it."""

    subject: Subject
    doubts: tuple[Doubt, ...] = ()


def identify(alias: str | None, name: str, context: Context) -> Subject:
    """Return the room and name that a remark (any order, any separators) or nickname gives.

    The room is None unless it is certain: on the roster where there is one, and not contradicted by the nickname.
    """
    person = introduce(alias, name, context.scope, context.rooms)
    if not person.doubts:
        return person.subject
    return Subject(name=person.subject.name)


@lru_cache(maxsize=4096)
def introduce(alias: str | None, name: str, scope: Scope, rooms: frozenset[str] | None) -> Person:
    """Return who an account is, with doubts where remark and nickname contradict each other or the roster.

    Remembered for the accounts that spoke last: the same few hundred people speak all day.
    """
    context = Context(scope=scope, rooms=rooms)
    remark = fold(alias[:200]) if alias else ""
    nickname = fold(name[:200]) if name else ""
    from_remark, called = _read_tag(remark, context, strict=False)
    from_nickname, nicknamed = _read_tag(nickname, context, strict=True)
    door = from_remark or from_nickname
    doubts = door.doubts if door else ()
    if from_remark and from_nickname and not from_nickname.doubts and _differ(from_remark, from_nickname):
        doubts = (*doubts, Doubt.SUBJECT)
    subject = door.subject if door else Subject(building=context.scope.building, unit=context.scope.unit)
    return Person(replace(subject, name=called or nicknamed), doubts)


def _differ(one: Door, other: Door) -> bool:
    a, b = one.subject, other.subject
    return (a.building, a.unit, a.room) != (b.building, b.unit, b.room)


def _read_tag(tag: str, context: Context, *, strict: bool) -> tuple[Door | None, str | None]:
    """Return door and name of one remark; `strict` takes a bare number only at its start and within a scope."""
    if not tag:
        return None, None
    text = mask_phones(tag)
    text = _POST.sub(lambda m: " " * len(m[0]), text)
    everything = find_places(text, known=room_numbers(context))
    places = [p for p in everything if p.room]
    if strict:
        places = [p for p in places if not p.bare or (p.start == 0 and _scoped(context))]
    distinct = {(p.building, p.unit, p.room) for p in places}
    door = None
    if len(distinct) == 1:
        door = settle(places[0], context)
    elif len(distinct) > 1:
        door = Door(settle(places[0], context).subject, (Doubt.ROOM,))
    return door, clean_name(cut(text, list(everything))) or (clean_name(text) if strict else None)


def _scoped(context: Context) -> bool:
    return context.scope.building is not None or context.rooms is not None


def mask_phones(text: str) -> str:
    """Return `text` with phone numbers, also masked ones, and other long numbers made blank, length kept."""
    if not _PHONE_HINT.search(text):
        return text
    text = _PHONE_END.sub(_blank, _PHONE.sub(_blank, text))
    return _LONG_NUMBER.sub(_blank_unless_reading, text)


def unlabelled(text: str) -> str:
    """Return `text` with the labels of a form before a door (房号：3-2-401, 地址 501) made blank, length kept."""
    if ":" in text or "：" in text:
        text = _NAME_LABEL.sub(_blank, text)
    return _DOOR_LABEL.sub(_blank, text) if "号" in text or "址" in text or "牌" in text or "房间" in text else text


def _blank_unless_reading(found: re.Match[str]) -> str:
    """Blank a long number, but not a room with a reading glued to it (90436.0)."""
    decimal = _DECIMAL_PART.match(found.string, found.end())
    return found[0] if decimal and len(found[0]) <= 6 else " " * len(found[0])


_DECIMAL_PART = Rule(r"\.[0-9](?![0-9])")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def cut(text: str, places: list[Place]) -> str:
    """Return `text` with the places made blank."""
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def clean_name(text: str) -> str | None:
    """Return the name in what is left of a remark, without emoji, separators, brackets and role words; None if none."""
    name = text.strip(_EDGE)
    if len(name) <= 3 and name.isalnum():
        return None if name in ROLES else name
    name = _BRACKETED.sub(" ", text)
    name = _NOT_EMOJI.sub(" ", name).strip(_EDGE)
    for _ in range(2):
        name = _ROLE.sub("", name).strip(_EDGE)
    name = _SEAT.sub("", name).strip(_EDGE)
    name = _LABEL.sub("", name).strip(_EDGE)
    if name in ROLES:
        return None
    name = " ".join(name.split())[:MAX_NAME].strip(_EDGE)
    return name if _WORD.search(name) else None


def looks_like_name(token: str) -> bool:
    """Tell whether a token by itself looks like what a person is called: a family name first, 老王, 李阿姨, Cindy."""
    if not token:
        return False
    if token.isascii():
        return token.isalpha() and token[:1].isalpha() and len(token) <= 15
    if _NICK.match(token):
        return True
    if token[:2] in _SURNAME and 3 <= len(token) <= 4:
        return True
    return token[0] in _SURNAME and 2 <= len(token) <= 3 and all("\u4e00" <= c <= "\u9fff" for c in token)
