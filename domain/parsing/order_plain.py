"""The commonest order, known names each with a plain amount (土豆3斤 鸡蛋一板), read without the whole grammar."""

from domain.intents import Good
from domain.parsing.articles import article_of
from domain.parsing.order_draft import Draft
from domain.parsing.order_index import OfferIndex
from domain.parsing.quantities import plain_value
from domain.text.patterns import Rule

PLAIN = Rule(
    r"([一-龥]{0,8}?)([0-9]{1,4}|[一二两三四五六七八九十半])"
    r"([份斤盒袋箱包瓶板提只颗根条桶罐把块个]|公斤|克|kg)(?:[ ,，、]|$)"
)


def read_plain(text: str, index: OfferIndex, product: Good | None, generic: str) -> list[Draft] | None:
    """Return the lines of such a list, or None where anything else stands in `text` or a name needs a second look.

    `generic`: what all goods are. The reader of everything else gives the same lines for the same text.
    """
    found: list[Draft] = []
    at = 0
    while at < len(text):
        match = PLAIN.match(text, at)
        if match is None:
            return None
        name, number, unit = match.groups()
        if not name and match.end() - at < len(text):
            return None
        good = index.keys.get(name) if name else product
        if good is None and (
            not name or generic.endswith(name) or article_of(name) is None or index.match(name) is not None
        ):
            return None
        item = name if good is None else good.name
        found.append(Draft(item, plain_value(number), unit, on_offer=good is not None, known=True, counted=True))
        at = match.end()
    return found if len({draft.item for draft in found}) == len(found) else None
