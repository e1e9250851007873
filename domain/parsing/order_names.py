"""Where names of goods stand in a text: on offer, codes of the list, sizes, product numbers, the lexicon."""

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.parsing.articles import known_names
from domain.parsing.goods import blotted
from domain.parsing.order_index import HAN_CODES, PRODUCT_NUMBER, SIZED, OfferIndex, size_of
from domain.parsing.order_words import CODES, HAN_CODE, HAN_NUMBER, LETTERS, PADDED, SINGLE_NEXT
from domain.parsing.quantity_words import UNIT
from domain.text.patterns import Rule

# 950一瓶 where 950ml and 250ml are sold.
BARE_SIZE = Rule(r"(?<![0-9.])[0-9]{2,4}(?=\s?(?:的|各|[一二两三四五六七八九十]|[*×xX]\s?[0-9]|\s[0-9]))")


# 84两瓶, 84 2瓶, 84x3 where 84消毒液 is on offer.
SHORT_NUMBER = 2
BEFORE_AMOUNT = Rule(
    rf"(?<![0-9.])[0-9]{{2}}(?=\s?[xX*×]\s?[0-9]|\s[0-9]{{1,3}}\s?{UNIT}|\s?(?:各|[一二两三四五六七八九十半]{{1,3}}\s?{UNIT}))"
)


def find_names(text: str, index: OfferIndex) -> list[tuple[int, int]]:
    """Return where names of goods stand, in order: on offer, codes of the list, in the lexicon; the longest each."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    found: list[tuple[int, int]] = []
    if index.goods:
        found = [
            *index.names.find(lower),
            *_codes(text, index),
            *_single_names(lower, index),
            *_sizes(lower, index),
            *_numbers(text, index),
        ]
    lexical: list[tuple[int, int]] = []
    for start, end in known_names().find(lower):
        overlapping = [span for span in found if span[0] < end and start < span[1]] if found else found
        if not overlapping:
            lexical.append((start, end))
        elif all(start <= s and e <= end and e - s < end - start for s, e in overlapping):
            found = [span for span in found if span not in overlapping] + [(start, end)]
    return sorted([*_apart(found), *lexical])


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans that do not overlap; at each place the longest."""
    free = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free:
            free = end
            yield start, end


def _codes(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Codes of a list stand as names: letters (also unknown capitals), 2号, ③."""
    if not index.codes:
        return
    lettered = any(code.isalpha() for code in index.codes)
    for match in CODES.finditer(text):
        letter, end = match["letter"], match.end()
        if letter is None:
            yield match.span()
        elif lettered and (letter.lower() in index.codes or letter.isupper()):
            measure = (
                letter in "gGlL"
                and match.start() > 0
                and text[match.start() - 1].isdigit()
                and not text[end : end + 1].isdigit()
            )
            if not measure:
                yield match.span()
    if any(code.isdigit() for code in index.codes):
        yield from (match.span() for match in HAN_NUMBER.finditer(text))
        yield from (match.span() for match in PADDED.finditer(text) if match[0].lstrip("0") in index.codes)
    for code in index.codes if lettered else ():
        if len(code) > 1 and code.isalpha():
            yield from (match.span() for match in re.finditer(rf"(?<![a-z]){code}(?![a-z])", text.lower()))
    if not index.codes.keys().isdisjoint(HAN_CODES):
        yield from (match.span() for match in HAN_CODE.finditer(text) if match[0].removesuffix("号") in index.codes)
    for match in LETTERS.finditer(text) if lettered else ():
        if len(set(match[0])) == len(match[0]) and all(letter.lower() in index.codes for letter in match[0]):
            yield from ((at, at + 1) for at in range(*match.span()))


def _numbers(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Where articles on offer carry product numbers, three to five digits are one: 8424, 8434西瓜."""
    for number in index.numbered:
        if len(number) == SHORT_NUMBER and number in text:
            yield from (match.span() for match in BEFORE_AMOUNT.finditer(text) if match[0] == number)
    for match in PRODUCT_NUMBER.finditer(text) if index.numbered else ():
        end = match.end()
        for good in index.numbered.values():
            rest = PRODUCT_NUMBER.sub("", good.name, count=1)
            if rest and text.startswith(rest, end):
                yield match.start(), end + len(rest)
                break
        else:
            if index.match(match[0]) is not None and (match.start() == 0 or not text[match.start() - 1].isalnum()):
                yield match.span()


def _sizes(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Where articles on offer differ by size only (大米 10kg装, 5kg装), a size is a name."""
    if index.sizes:
        yield from (match.span() for match in SIZED.finditer(text) if size_of(match) in index.sizes)
        bare = {size[1]: good for size, good in index.sizes.items()}
        yield from (match.span() for match in BARE_SIZE.finditer(text) if Decimal(match[0]) in bare)


def _single_names(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Articles with a name of one character (面), where they stand alone, behind a verb or before what is said."""
    for at, char in enumerate(text if index.names.has_singles else ""):
        if index.names.is_single(char) and SINGLE_NEXT.match(text, at + 1):
            before = text[at - 1] if at else " "
            if not before.isalnum() or before in "换改转加要来订买退把":
                yield at, at + 1


def mask(text: str, names: list[tuple[int, int]]) -> str:
    """Return `text` with every name blotted out, of the same length."""
    return blotted(text, names)
