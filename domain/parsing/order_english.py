"""Orders written in English: 2 boxes of milk and one dozen eggs please; a bag of rice, 3 bananas."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from domain.intents import Doubt
from domain.parsing.order_draft import Draft
from domain.parsing.order_index import OfferIndex
from domain.text.patterns import Rule

LONGEST = 200
_ENGLISH = Path(__file__).parent / "lexicon" / "english.txt"
_COUNTING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1, **{word: number for number, word in enumerate(_COUNTING, 1)}}
_VAGUE = ("some", "a few", "several", "a little", "a couple of")
_UNITS = {"boxes": "box", "loaves": "loaf", "bunches": "bunch", "kilos": "kg", "kilo": "kg", "kgs": "kg"}
_WORD = rf"(?!(?:{'|'.join(_COUNTING)}|an)\b|a (?!pl|th|and\b)[a-z]|x[0-9 ])[a-z]{{1,15}}"
_END = r"(?!and\b|please\b|pls\b|thanks?\b|thx\b|plus\b|for\b|to\b)"
_NUMBER = (
    rf"(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|{'|'.join(_VAGUE)}"
    rf"|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
)
_UNIT = (
    r"(?P<unit>box(?:es)?|bottles?|bags?|packs?|packets?|cartons?|cans?|loaf|loaves|kgs?|kilos?|jin|dozen|trays?"
    r"|bunch(?:es)?|pieces?|pcs?|pounds?|lbs?|lit(?:re|er)s?|cups?|heads?|jars?|tubes?|rolls?|sets?|portions?)"
)
_ITEM = Rule(
    rf"{_NUMBER}\s{{1,3}}(?:{_UNIT}\s{{1,3}}(?:of\s{{1,3}})?)?"
    rf"(?P<item>(?!(?:box(?:es)?|bags?|bottles?|packs?|cups?|cans?|cartons?|trays?|portions?|pieces?)\b"
    rf"|of\b|and\b|please\b|pls\b|thanks?\b|thx\b|people\b|friends?\b|more\b|person){_WORD}(?:\s{_END}{_WORD}){{0,2}})"
)
# The goods first: milk 2 boxes, eggs x3.
_BEHIND = Rule(
    rf"(?P<item>{_END}(?=[a-z]{{3}}){_WORD}(?:\s{_END}(?=[a-z]{{2}}){_WORD}){{0,2}})\s{{0,2}}(?:x|\*)?\s{{0,2}}{_NUMBER}"
    rf"(?:\s{{0,2}}{_UNIT}\b)?(?![a-z0-9])"
)
_ASIDE = Rule(r"\s{0,2}\((?P<note>[^()0-9]{1,40})\)")
_LEAD = Rule(
    r"\s*(?:(?:hi|hello)(?: all| everyone)?|me too|same here)?[,!\s]{0,3}(?P<asks>(?:(?:can|could|may) (?:i|we|you)"
    r"(?: please)? (?:have|get|order|buy|bring)|i'?d like|i would like|i want|i need|we need|we want|need"
    r"|(?:my )?orders? ?:"
    r"|please (?:get|bring|buy|add|order)|get|bring|buy|order)(?: (?:me|us))?(?: to order)?\s{1,3})?"
)
_JOINT = Rule(
    r"\s{0,3}(?:,|;|&|\+|plus|and)(?:\s{0,3}and)?\s{1,3}|\s{0,3},\s{0,3}"
    r"|\s{1,3}(?=(?:[0-9]|one|two|three|four|five|six)\b|[a-z]{3,15} ?x?[0-9])"
)
_TAIL = Rule(r"[\s,]{0,3}(?P<please>please|pls|thanks?(?: you)?|thx)?[\s,.!?]{0,5}(?:thanks?(?: you)?)?[\s.!?]{0,3}")


def read_english(text: str, index: OfferIndex, *, asked: bool) -> list[Draft] | None:
    """Return the lines if all of `text` is an order in English, else None.

    `asked`: orders are being taken here; otherwise a request in words (can I get, please) is wanted.
    """
    if len(text) > LONGEST or not text.isascii():
        return None
    plain = text.lower()
    if index.codes and all(word in index.codes for word in plain.split()):
        return None  # A A: codes of the list, not the article of a noun
    lead = _LEAD.match(plain)
    at = lead.end() if lead else 0
    drafts: list[Draft] = []
    while match := _ITEM.match(plain, at) or _BEHIND.match(plain, at):
        if index.goods and match.start("item") == match.start() and not _is_sold(match["item"], index):
            return None
        aside = _ASIDE.match(plain, match.end())
        drafts.append(_draft(match, index, text[aside.start("note") : aside.end("note")] if aside else ""))
        end = aside.end() if aside else match.end()
        joint = _JOINT.match(plain, end)
        at = joint.end() if joint else end
        if joint is None:
            break
    tail = _TAIL.fullmatch(plain, at)
    wished = asked or (lead is not None and lead["asks"]) or (tail is not None and tail["please"])
    return drafts if drafts and tail is not None and wished else None


def _draft(match: re.Match[str], index: OfferIndex, note: str) -> Draft:
    item, number, unit = match["item"], match["number"], match["unit"]
    names = (item, item.rstrip("s"), item.removesuffix("es"))
    chinese = next((_chinese()[name] for name in names if name in _chinese()), None) if index.goods else None
    good = next((m.good for name in (*names, chinese) if name and (m := index.match(name))), None)
    quantity = None if number in _VAGUE else Decimal(_NUMBERS.get(number, 0) or number)
    return Draft(
        good.name if good else item,
        quantity,
        _UNITS.get(unit, unit.rstrip("s")) if unit else None,
        note=note,
        doubt=Doubt.QUANTITY if quantity is None else None,
        on_offer=good is not None,
        known=True,
        counted=True,
    )


def _is_sold(item: str, index: OfferIndex) -> bool:
    chinese = _chinese().get(item) or _chinese().get(item.rstrip("s"))
    return index.match(item) is not None or (chinese is not None and index.match(chinese) is not None)


@cache
def _chinese() -> dict[str, str]:
    """Return the Chinese names of everyday goods by their English ones."""
    lines = _ENGLISH.read_text(encoding="utf-8").splitlines()
    pairs = (line.rpartition(" ") for line in lines if line and not line.startswith("#"))
    return {english: chinese for english, _, chinese in pairs}
