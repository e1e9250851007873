"""What the sender says of his own home before he speaks for another door: 36.5，502 36.7; 要一份，帮502带两份."""

from domain.parsing.checkins import says_health
from domain.parsing.context import Context
from domain.parsing.headcount import whole_house
from domain.parsing.people import introduce
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule

_LEADS_OVER = Rule(  # all that may stand between the clause before and the other door
    r"(?:也|再|还|另外?|顺便|同时|请|麻烦|我|就是|但是?|不过|只是|可是|倒是){0,3}[帮代替给和跟]?[她他我]?(?:隔壁|对门|对面|楼上|楼下)?"
)
_PLACE = ("门口", "门前", "楼下")
_HEALTH = Rule(r"(?<![0-9.])(?:3[4-9]|4[0-2])(?:\.[0-9]|度)|[阴阳](?:了|性)")
_AMOUNT = Rule(rf"{NUMBER}\s?{UNIT}")
_LONGEST = 60
_MARKS = ",;。!"


def speaks_first(text: str, start: int, end: int, context: Context) -> bool:
    """Return whether a resident whose door is known says something of it before he speaks for others.

    `start`, `end`: where the first of the others is named and where the last. What is said before must report or order
    as much as what is said behind.
    """
    before, behind, speaker = text[:start], text[end:], context.speaker
    if speaker.role != "resident" or not behind or behind[0] in _MARKS or behind.startswith(_PLACE):
        return False
    own = before[: max(0, *map(before.rfind, _MARKS))] if len(before) <= _LONGEST else ""
    if not own or not _LEADS_OVER.fullmatch(before[len(own) + 1 :].strip()):
        return False
    if not _alike(own, behind) or whole_house(before):
        return False
    return introduce(speaker.alias, speaker.name, context.scope, context.rooms).subject.room is not None


def _alike(one: str, other: str) -> bool:
    ordering = _AMOUNT.search(one) is not None and _AMOUNT.search(other) is not None
    return ordering or (_reports(one) and _reports(other))


def _reports(text: str) -> bool:
    return _HEALTH.search(text) is not None or says_health(text)
