"""Orders that consist of nothing but numbers of a list: 1+3, 2➕4, 3芋泥+4*3, 1、3各两份."""

import re

from domain.intents import Doubt
from domain.parsing.numerals import HAN_PATTERN, read_number
from domain.parsing.order_draft import Draft
from domain.parsing.order_index import OfferIndex
from domain.parsing.quantity_words import ARABIC, UNIT
from domain.text.patterns import Rule

_COUNT = rf"(?:{ARABIC}|{HAN_PATTERN})"
ONE = Rule(
    rf"(?<![0-9])\s{{0,3}}+(?:no\.?\s?)?(?P<code>[0-9]{{1,2}})(?P<numbered>\s?号)?(?P<variant>(?!{UNIT}(?:[^一-龥]"
    rf"|$))(?!各)[一-龥]{{1,6}}?)??"
    rf"(?:\s?[*×xX✖]\s?(?P<times>{_COUNT})\s?(?P<times_unit>{UNIT})?"
    rf"|(?P<blank>\s{{0,3}})(?P<count>{_COUNT})\s?(?P<unit>{UNIT}))?(?=\s{{0,3}}(?:$"
    r"|[+＋➕、,，;；&/和各~\-]|\s[0-9]))",
    re.IGNORECASE,
)
JOINT = Rule(r"\s{0,3}[+＋➕、,，;；&/和~\-]\s{0,3}|\s{1,3}|$")
EACH = Rule(rf"\s{{0,3}}各(?:来|要)?\s?(?P<count>{_COUNT})\s?(?P<unit>{UNIT})?\s{{0,3}}$")
MOST = 40


def read_codes(text: str, index: OfferIndex) -> list[Draft] | None:
    """Return the lines if all of `text` is numbers of the list on offer, else None. An unknown number is a doubt."""
    if len(index.goods) < 2 or not any(code.isdigit() for code in index.codes):
        return None
    drafts: list[Draft] = []
    at = 0
    while at < len(text) and len(drafts) < MOST:
        each = EACH.match(text, at)
        if each and drafts:
            return [_counted(draft, each["count"], each["unit"]) for draft in drafts]
        match = ONE.match(text, at)
        if match is None or _runs_on(match):
            return None
        drafts.append(_draft(match, index))
        joint = JOINT.match(text, match.end())
        if joint is None and not EACH.match(text, match.end()):
            return None
        at = joint.end() if joint else match.end()
    return drafts if drafts and at >= len(text) else None


def _runs_on(match: re.Match[str]) -> bool:
    """Return whether digits run on, so that code and amount cannot be told apart (12份); 3两份 can."""
    count = match["count"]
    return bool(count) and count.isascii() and not (match["blank"] or match["numbered"] or match["variant"])


def _draft(match: re.Match[str], index: OfferIndex) -> Draft:
    good = index.codes.get(match["code"].lstrip("0"))
    place = (match.start(), match.end())
    if good is None:
        return Draft(match["code"], doubt=Doubt.ITEM, on_offer=True, known=True, start=place[0], end=place[1])
    draft = Draft(good.name, note=match["variant"] or "", on_offer=True, known=True, start=place[0], end=place[1])
    count = match["times"] or match["count"]
    return _counted(draft, count, match["times_unit"] or match["unit"]) if count else draft


def _counted(draft: Draft, count: str, unit: str | None) -> Draft:
    number = read_number(count)
    value = number[0] if number is not None and number[1] == len(count) else None
    doubt = draft.doubt or (None if value is not None else Doubt.QUANTITY)
    return draft._replace(quantity=value, unit=unit, doubt=doubt, counted=True)
