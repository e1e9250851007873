"""What a message says to the bot, in one short text for tables of tests."""

from domain.intents import CheckIn, Good, Intent, Need, Order, SignUp
from domain.parsing import read
from domain.parsing.context import Context, Scope, Speaker

HOME = Scope(kind="unit", building="3", unit="1")
RESIDENT = Speaker(name="柳梢", alias="3-1-602 柳梢")
SHOP = (Good("蔬菜包", "份", "A"), Good("水果包", "份", "B"), Good("肉类包", "份", "C"))


def said(
    text: str, *, expecting: str | None = None, goods: tuple[Good, ...] = (), role: str = "resident", kind: str = "unit"
) -> str:
    """Return the intents of one text, "; " between them: whose, what, and doubts behind "?".

    The sender lives in 3-1-602; his own intents carry no "whose". `kind` is the chat's.
    """
    scope = HOME if kind == "unit" else Scope(kind=kind)
    speaker = Speaker(RESIDENT.name, RESIDENT.alias, role)
    reading = read(text, Context(speaker=speaker, scope=scope, expecting=expecting, goods=goods))
    return "; ".join(_written(intent) for intent in reading.intents)


def chain(header: str, *entries: str, expecting: str | None = None, goods: tuple[Good, ...] = ()) -> str:
    """Return the intents of a chain with these entries."""
    lines = [f"{number}. {entry}" for number, entry in enumerate(entries, 1)]
    return said("\n".join(("#接龙", header, "", *lines)), expecting=expecting, goods=goods)


def _written(intent: Intent) -> str:
    door = intent.subject.room or intent.subject.name or "?"
    whose = "" if door == "602" else f"{door} "
    doubts = f" ?{','.join(intent.doubts)}" if intent.doubts else ""
    return f"{whose}{what(intent)}{doubts}"


def what(intent: Intent) -> str:
    """Return what one intent says, without whose it is and what is doubtful."""
    match intent:
        case Order():
            lines = " ".join(f"{x.item}:{'' if x.quantity is None else x.quantity}{x.unit or ''}" for x in intent.lines)
            return " ".join(x for x in (intent.action if intent.action != "set" else "", lines) if x) or "set"
        case CheckIn():
            readings = [
                *map(str, intent.temperatures),
                *intent.symptoms,
                *(f"{t.kind} {t.result}" for t in intent.tests),
            ]
            return " ".join((intent.status, *readings))
        case Need():
            return f"need {intent.category}{' urgent' if intent.urgent else ''}"
        case SignUp():
            return f"{intent.action} {intent.count}"
