"""The values that pass between the parts of the parser: spans, what an order reader is told, what it finds.

Like the other values of the parser they are named tuples: thousands are made a second, at a third of the cost of a
frozen dataclass.
"""

from typing import NamedTuple

from domain.intents import Action, Doubt, Good, OrderLine


class Span(NamedTuple):
    """One piece of a text that a rule claimed: `text[start:end]`, and the rule's name for whoever mends it."""

    start: int
    end: int
    rule: str
    text: str = ""


class Offer(NamedTuple):
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


class OrderPart(NamedTuple):
    """One action with its lines; `cancel` without lines: the whole order. Doubtful lines are a part of their own."""

    action: Action = Action.SET
    lines: tuple[OrderLine, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class OrderFinding(NamedTuple):
    """What one line says of orders, in the order written; `spans` are offsets into the text that was given."""

    parts: tuple[OrderPart, ...]
    spans: tuple[Span, ...] = ()
