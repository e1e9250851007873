"""What the reader of a message may know besides its text: who speaks, where, and what is on offer."""

from dataclasses import dataclass, field

from domain.intents import Good


@dataclass(frozen=True, slots=True)
class Speaker:
    """The sender: nickname, remark in this group (room, name, phone in any order), role as in the contract."""

    name: str = ""
    alias: str | None = None
    role: str = "resident"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the chat stands for: kind unit, building, compound, shopping, work or direct, and its building and unit."""

    kind: str | None = None
    building: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Everything but the text. `rooms`: None where no roster is known; `expecting`: what the bot last asked here."""

    speaker: Speaker = field(default_factory=Speaker)
    scope: Scope = field(default_factory=Scope)
    expecting: str | None = None
    rooms: frozenset[str] | None = None
    goods: tuple[Good, ...] = ()
