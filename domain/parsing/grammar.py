"""The values that pass between the parts of the parser: spans, what an order reader is told, what it finds."""

from dataclasses import dataclass, field

from domain.intents import Action, Doubt, Good, OrderLine


@dataclass(frozen=True, slots=True)
class Span:
    """One piece of a text that a rule claimed: `text[start:end]`, and the rule's name for whoever mends it."""

    start: int
    end: int
    rule: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reader of orders may know besides the text of one line or entry.

    `goods`: on offer in the open round. `header_goods`: those the chain's own header lists, with its codes; they come
    first where both are given. `in_chain`: the text is the body of a chain entry of `chain_kind`. `expecting`: what the
    bot last asked here. `section`: heading of the list the entry stands in ("晚餐"). `shopping`: a group for purchases.
    `role`: who speaks (`resident`, `organiser`, …). `title`: the chain's title, for one-product chains without a list.
    """

    goods: tuple[Good, ...] = ()
    in_chain: bool = False
    chain_kind: str | None = None
    expecting: str | None = None
    section: str = ""
    header_goods: tuple[Good, ...] = ()
    shopping: bool = False
    role: str = "resident"
    title: str = ""


@dataclass(frozen=True, slots=True)
class OrderPart:
    """One action with its lines; `cancel` without lines: the whole order. Doubtful lines are a part of their own."""

    action: Action = Action.SET
    lines: tuple[OrderLine, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFinding:
    """What one line says of orders, in the order written; `spans` are offsets into the text that was given."""

    parts: tuple[OrderPart, ...]
    spans: tuple[Span, ...] = field(default=())
