"""Plain rows of a report, door, name, readings, a word in any order (502 王兰 36.4 正常), without the whole grammar."""

from decimal import Decimal

from domain.intents import CheckIn, Status
from domain.parsing.addresses import EMERGENCY, Place, plausible
from domain.parsing.checkins import says_health
from domain.parsing.context import Context
from domain.parsing.report_names import GAP, name_beside_report
from domain.parsing.rooms import named, settle
from domain.parsing.temperatures import FEVER
from domain.text.patterns import Rule
from domain.text.vocabulary import words

LONGEST = 40
_WORDS_TOO = frozenset("平水米汤路皮万花支元年左章")  # surnames that begin other words or follow numbers: 平安, 5元
_SURNAMES = "".join(sorted(w for w in words("surnames") if len(w) == 1 and w not in _WORDS_TOO))
_TELLING = "阴阳性水温油人没口多少花菜复门咳痛烧"  # 卢阳性, 三口, 缺水: a second look
_WORD = Rule(
    r"(?:(?P<building>[1-9][0-9]?)(?:-|号楼|栋)(?P<unit>[1-9])(?:-|单元)(?=[0-9]{3}))?(?P<room>[1-9][0-9]{2,3})室?"
    r"|(?P<reading>3[5-9]\.[0-9])[℃度]?"
    r"|(?P<well>一切正常|都?正常|都好|无异常)"
    rf"|(?P<name>[{_SURNAMES}](?:(?![{_TELLING}])[\u4e00-\u9fff]){{1,2}})"
)


def read_plain(text: str, context: Context) -> CheckIn | None:
    """Return the check-in of such a row, or None where anything else stands in `text` or a word needs a second look.

    The reader of everything else gives the same check-in for the same text.
    """
    if len(text) > LONGEST:
        return None
    place: Place | None = None
    name: str | None = None
    readings: list[Decimal] = []
    is_well = False
    for word in text.split(" "):
        found = _WORD.fullmatch(word)
        if found is None:
            return None
        if found["room"]:
            if place or not plausible(found["room"]) or found["room"] in EMERGENCY:
                return None
            place = Place(0, 0, found["building"], found["unit"], found["room"], bare=found["unit"] is None)
        elif found["reading"]:
            readings.append(Decimal(found["reading"]))
        elif found["name"] and name is None:
            name = word
        elif found["well"] and not is_well:
            is_well = True
        else:
            return None
    if place is None or not (readings or is_well) or (name and not _is_name(name)):
        return None
    door = named(settle(place, context), name)
    return CheckIn(
        subject=door.subject,
        relayed=context.speaker.role == "worker",
        doubts=door.doubts,
        status=Status.UNWELL if any(t >= FEVER for t in readings) else Status.WELL,
        temperatures=tuple(readings),
    )


def _is_name(word: str) -> bool:
    return not says_health(word) and name_beside_report(f"{GAP} {word} {GAP}", has_room=True) == word
