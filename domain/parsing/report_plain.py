"""The commonest row of a report, a door, a name, a reading, a word (502 王兰 36.4 正常), without the whole grammar."""

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

_SURNAMES = "".join(sorted(w for w in words("surnames") if len(w) == 1))
_TELLING = "阳性水温油人没"  # 卢阳性, 奶温 36.5, 缺水: a second look
_PLAIN = Rule(
    r"(?:(?P<building>[1-9][0-9]?)-(?P<unit>[1-9])-)?(?P<room>[1-9][0-9]{2,3})"
    rf"(?: (?P<name>[{_SURNAMES}](?:(?![{_TELLING}])[\u4e00-\u9fff]){{1,2}}))?"
    r"(?: (?P<reading>3[5-9]\.[0-9]))?(?: (?P<well>一切正常|正常|都好))?"
)


def read_plain(text: str, context: Context) -> CheckIn | None:
    """Return the check-in of such a row, or None where anything else stands in `text` or a word needs a second look.

    The reader of everything else gives the same check-in for the same text.
    """
    found = _PLAIN.fullmatch(text)
    if found is None or not (found["reading"] or found["well"]):
        return None
    if not plausible(found["room"]) or found["room"] in EMERGENCY:
        return None
    name = found["name"]
    if name and (says_health(name) or name_beside_report(f"{GAP} {name} {GAP}", has_room=True) != name):
        return None
    place = Place(0, 0, found["building"], found["unit"], found["room"], bare=found["building"] is None)
    door = named(settle(place, context), name)
    reading = Decimal(found["reading"]) if found["reading"] else None
    return CheckIn(
        subject=door.subject,
        relayed=context.speaker.role == "worker",
        doubts=door.doubts,
        status=Status.UNWELL if reading is not None and reading >= FEVER else Status.WELL,
        temperatures=(reading,) if reading is not None else (),
    )
