"""Orders written in English: 2 boxes of milk and one dozen eggs please; a bag of rice, 3 bananas."""

import re
from decimal import Decimal

from domain.intents import Doubt
from domain.parsing.order_draft import Draft
from domain.parsing.order_index import OfferIndex
from domain.text.patterns import Rule

LONGEST = 200
_COUNTING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1, **{word: number for number, word in enumerate(_COUNTING, 1)}}
_VAGUE = ("some", "a few", "several", "a little", "a couple of")
_UNITS = {"boxes": "box", "loaves": "loaf", "bunches": "bunch", "kilos": "kg", "kilo": "kg", "kgs": "kg", "pcs": "pc"}
_WORD = r"[a-z]{1,15}"
_ITEM = Rule(
    rf"(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|{'|'.join(_VAGUE)}"
    rf"|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"\s{1,3}(?:(?P<unit>box(?:es)?|bottles?|bags?|packs?|packets?|cartons?|cans?|loaf|loaves|kgs?|kilos?|jin|dozen|trays?"
    r"|bunch(?:es)?|pieces?|pcs?|pounds?|lbs?|lit(?:re|er)s?|cups?|heads?|jars?|tubes?|rolls?|sets?|portions?)\s{1,3}"
    rf"(?:of\s{{1,3}})?)?(?P<item>(?!of\b|and\b|people\b|friends?\b|more\b|person){_WORD}"
    rf"(?:\s(?!and\b|please\b|pls\b|thanks?\b|plus\b|for\b|to\b){_WORD}){{0,2}})"
)
_LEAD = Rule(
    r"\s*(?:hi|hello)?[,!\s]{0,3}(?P<asks>(?:(?:can|could|may) (?:i|we|you)(?: please)? (?:have|get|order|buy|bring)"
    r"|i'?d like|i would like|i want|i need|we need|we want|please (?:get|bring|buy|add|order)|get|bring|buy|order)"
    r"(?: (?:me|us))?(?: to order)?\s{1,3})?"
)
_JOINT = Rule(r"\s{0,3}(?:,|;|&|\+|plus|and)(?:\s{0,3}and)?\s{1,3}|\s{0,3},\s{0,3}")
_TAIL = Rule(r"[\s,]{0,3}(?P<please>please|pls|thanks?(?: you)?|thx)?[\s,.!?]{0,5}(?:thanks?(?: you)?)?[\s.!?]{0,3}")


def read_english(text: str, index: OfferIndex, *, asked: bool) -> list[Draft] | None:
    """Return the lines if all of `text` is an order in English, else None.

    `asked`: orders are being taken here; otherwise a request in words (can I get, please) is wanted.
    """
    if len(text) > LONGEST or not text.isascii():
        return None
    plain = text.lower()
    lead = _LEAD.match(plain)
    at = lead.end() if lead else 0
    drafts: list[Draft] = []
    while match := _ITEM.match(plain, at):
        drafts.append(_draft(match, index))
        joint = _JOINT.match(plain, match.end())
        at = joint.end() if joint else match.end()
        if joint is None:
            break
    tail = _TAIL.fullmatch(plain, at)
    wished = asked or (lead is not None and lead["asks"]) or (tail is not None and tail["please"])
    return drafts if drafts and tail is not None and wished else None


def _draft(match: re.Match[str], index: OfferIndex) -> Draft:
    item, number, unit = match["item"], match["number"], match["unit"]
    good = next(
        (m.good for name in (item, item.rstrip("s"), item.removesuffix("es")) if (m := index.match(name))), None
    )
    quantity = None if number in _VAGUE else Decimal(_NUMBERS.get(number, 0) or number)
    return Draft(
        good.name if good else item,
        quantity,
        _UNITS.get(unit, unit.rstrip("s")) if unit else None,
        doubt=Doubt.QUANTITY if quantity is None else None,
        on_offer=good is not None,
        known=True,
        counted=True,
    )
