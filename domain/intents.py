"""What a message can mean: the typed intents that the parser returns and the handlers act on.

The shapes follow the parser's contract (`gridbot parse`): one intent a kind and subject, `doubts` naming what must be
asked before anything is booked. Quantities are exact `Decimal`s, temperatures degrees Celsius.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Doubt(StrEnum):
    """What must be asked; a doubt is always better than a wrong guess."""

    SUBJECT = "subject"
    ROOM = "room"
    QUANTITY = "quantity"
    ITEM = "item"
    UNIT = "unit"
    TEMPERATURE = "temperature"
    KIND = "kind"


class Status(StrEnum):
    WELL = "well"
    UNWELL = "unwell"
    UNKNOWN = "unknown"


class Action(StrEnum):
    """What an order or a sign-up does to what stood before."""

    SET = "set"
    ADD = "add"
    CANCEL = "cancel"
    JOIN = "join"
    LEAVE = "leave"


class Category(StrEnum):
    """What kind of help a need asks for."""

    MEDICINE = "medicine"
    MEDICAL = "medical"
    FOOD = "food"
    REPAIR = "repair"
    RUBBISH = "rubbish"
    DELIVERY = "delivery"
    WELFARE = "welfare"
    DISTRESS = "distress"
    COMPLAINT = "complaint"
    INFORMATION = "information"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an intent is about. Digits are Arabic text; a part that is unknown is None.

    In lanes `building` is the house number, `unit` is None and `lane` holds the lane ("一路二巷").
    """

    building: str | None = None
    unit: str | None = None
    room: str | None = None
    name: str | None = None
    lane: str | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """One antigen or PCR test: kind `antigen` or `pcr`; result `positive`, `negative` or `pending`."""

    kind: str
    result: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One article wanted: simplified script without quantity; unit as written, None where unknown."""

    item: str
    quantity: Decimal | None
    unit: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Intent:
    subject: Subject = field(default_factory=Subject)
    relayed: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(_Intent):
    status: Status = Status.WELL
    people: int | None = None
    temperatures: tuple[Decimal, ...] = ()
    symptoms: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(_Intent):
    """`cancel` without lines cancels the whole order of the subject."""

    action: Action = Action.SET
    lines: tuple[OrderLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(_Intent):
    category: Category
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp(_Intent):
    action: Action = Action.JOIN
    count: int = 1


Intent = CheckIn | Order | Need | SignUp


@dataclass(frozen=True, slots=True)
class Good:
    """An article on offer: its code in the list ("A", "1", None), name, unit, and other names people use."""

    name: str
    unit: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainHead:
    """What a reading says of the chain it found; the entries themselves are in the snapshot."""

    title: str
    kind: str
    goods: tuple[Good, ...]
    deadline: str | None
    entries: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one text says to the bot. No intents: nothing here for the bot."""

    chain: ChainHead | None = None
    intents: tuple[Intent, ...] = ()
