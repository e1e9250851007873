"""Cuts the body of an order into tokens: amounts, names of goods, remarks, joints and breaks.

Names are claimed first (the longest of what is on offer and of the lexicon), so that numbers and verbs inside them
(三黄鸡, 带鱼, 8424西瓜) count as nothing else; then amounts; what remains is stripped of the words around an order
(帮我带, 给我来) and is either an unknown name or a remark.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from domain.parsing.articles import article_of, known_names
from domain.parsing.goods import blotted
from domain.parsing.order_index import CIRCLED, HAN_CODES, PRODUCT_NUMBER, SIZED, OfferIndex, size_of
from domain.parsing.order_words import (
    BRACKET,
    BREAKS,
    CLOSERS,
    CODES,
    ENDING,
    FOOD,
    HAN_CODE,
    HAN_NUMBER,
    HEADED,
    HOW_IT_IS,
    JOINTS,
    KIND_OF,
    LEAD,
    LETTERS,
    LONGEST_TAIL,
    OF_A_KIND,
    PARTICLES,
    REMARK,
    SINGLE_NEXT,
    TAIL,
    TASTE,
    TREATED,
    VERBS,
    WHICH_ONE,
)
from domain.parsing.quantities import Quantity, find_numbers


class Part(Enum):
    """What a token is. `NAME`: a name of goods, known or not. `BREAK`: a comma or line end; `GAP`: a blank."""

    AMOUNT = auto()
    NAME = auto()
    NOTE = auto()
    JOINT = auto()
    GAP = auto()
    BREAK = auto()


class Token(NamedTuple):
    """One token of `text[start:end]`; `known` says that offer or lexicon have the name."""

    part: Part
    start: int
    end: int
    text: str
    quantity: Quantity | None = None
    known: bool = False


def cut(text: str, index: OfferIndex, names: list[tuple[int, int]] | None = None) -> list[Token]:
    """Return the tokens of `text` in order. `text` is at most a line long; `names` where they are already known."""
    if names is None:
        names = find_names(text, index)
    masked = mask(text, names)
    amounts, others = find_numbers(masked)
    claimed = [Token(Part.NAME, s, e, text[s:e], known=True) for s, e in names]
    claimed += [Token(Part.AMOUNT, q.start, q.end, text[q.start : q.end], q) for q in amounts]
    claimed += [Token(Part.GAP, s, e, text[s:e]) for s, e in others]
    tokens: list[Token] = []
    at = 0
    for token in sorted(claimed, key=lambda t: t.start):
        if token.start < at:
            continue
        tokens += _between(text, at, token.start, tokens, before=None if token.part is Part.GAP else token.part)
        if tokens and token.part is Part.NAME and tokens[-1].part is Part.NOTE and tokens[-1].end == token.start:
            tokens[-1] = Token(Part.NOTE, tokens[-1].start, token.end, text[tokens[-1].start : token.end])
        else:
            tokens.append(token)
        at = token.end
    tokens += _between(text, at, len(text), tokens, before=None)
    return tokens


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


def _single_names(text: str, index: OfferIndex) -> Iterator[tuple[int, int]]:
    """Articles with a name of one character (面), where they stand alone or before what is said of them."""
    for at, char in enumerate(text if index.names.has_singles else ""):
        if index.names.is_single(char) and (at == 0 or not text[at - 1].isalnum()) and SINGLE_NEXT.match(text, at + 1):
            yield at, at + 1


def mask(text: str, names: list[tuple[int, int]]) -> str:
    """Return `text` with every name blotted out, of the same length."""
    return blotted(text, names)


def _between(text: str, start: int, end: int, sofar: list[Token], before: Part | None) -> Iterator[Token]:
    """Cut what lies between two claimed pieces: breaks, blanks, brackets, joints and the rest."""
    at = start
    while at < end:
        char = text[at]
        bracket = BRACKET.match(text, at, end)
        if bracket:
            yield Token(Part.NOTE, at, bracket.end(), bracket[1])
            at = bracket.end()
        elif char in BREAKS:
            yield Token(Part.BREAK, at, at + 1, char)
            at += 1
        elif char.isspace():
            yield Token(Part.GAP, at, at + 1, char)
            at += 1
        elif (joint := JOINTS.match(text, at, end)) is not None:
            yield Token(Part.JOINT, at, joint.end(), joint[0])
            at = joint.end()
        else:
            stop = _stop(text, at, end)
            yield from _rest(
                text, at, stop, after=_last(sofar) if at == start else None, before=before if stop == end else None
            )
            at = stop


def _last(tokens: list[Token]) -> Part | None:
    return tokens[-1].part if tokens else None


def _stop(text: str, at: int, end: int) -> int:
    for position in range(at + 1, end):
        char = text[position]
        if (
            char in BREAKS
            or char.isspace()
            or char in "(（[【「、+＋➕&＆/／"
            or (char in "和跟与还" and JOINTS.match(text, position, end))
        ):
            return position
    return end


def _of_a_kind(named: re.Match[str], start: int) -> Iterator[Token]:
    """Yield the tokens of 新鲜的虾 and 鱼要活的, whose good no list of longer names finds."""
    group = "good" if named["good"] else "thing"
    note = (named["before"] or named["behind"]).removeprefix("要")
    name = Token(Part.NAME, start + named.start(group), start + named.end(group), named[group], known=True)
    if group == "good":
        yield Token(Part.NOTE, start, name.start, note)
        yield Token(Part.GAP, name.start, name.start, "")
        yield name
    else:
        yield name
        yield Token(Part.NOTE, name.end, start + named.end(), note)


def _rest(text: str, start: int, end: int, after: Part | None, before: Part | None) -> Iterator[Token]:
    """Strip the words around an order from `text[start:end]`; a remark or an unknown name is left, or nothing."""
    whole = text[start:end]
    if before is Part.NAME and KIND_OF.fullmatch(whole):
        yield Token(Part.NOTE, start, end, whole)
        yield Token(Part.GAP, end, end, "")  # it belongs to the name that follows
        return
    if after is Part.AMOUNT and before is Part.AMOUNT and TREATED.fullmatch(whole):
        yield Token(Part.NOTE, start, end, whole)
        return
    if after is Part.NAME and before is Part.AMOUNT and (which := WHICH_ONE.fullmatch(whole)):
        yield Token(Part.NOTE, start, end, which[1])
        return
    if (
        "的" in whole
        and (named := OF_A_KIND.fullmatch(whole))
        and article_of(named["good"] or named["thing"]) is not None
    ):
        yield from _of_a_kind(named, start)
        return
    if after is Part.AMOUNT:
        closer = CLOSERS.match(whole)
        if closer and not (before is Part.NAME and closer[0] in ("装", "先")):
            start += closer.end()
    if before is Part.NAME and (head := TASTE.search(text[start:end])):
        if head.start() > 0:
            yield from _rest(text, start, start + head.start(), after, None)
        yield Token(Part.NOTE, start + head.start(), end, head[0])
        return
    if after is Part.NAME and PARTICLES.fullmatch(text, start, end):
        return
    if before is None and start < end and (REMARK.fullmatch(text[start:end]) or HOW_IT_IS.fullmatch(text[start:end])):
        yield Token(Part.NOTE, start, end, text[start:end])
        return
    while lead := LEAD.match(text, start, end):
        start = lead.end()
    if before is Part.AMOUNT and text[start:end] in VERBS:
        return
    if start < end and HEADED.fullmatch(text[start:end]) and before is None:
        yield Token(Part.NOTE, start, end, text[start:end])
        return
    while start < end and (tail := TAIL.search(text, max(start, end - LONGEST_TAIL), end)):
        end = tail.start()
    if (particle := ENDING.search(text, max(start, end - LONGEST_TAIL), end)) and particle.start() > start:
        end = particle.start()
    piece = text[start:end].strip(".·。*-—:：=~'\"“”#")
    if not piece:
        return
    if before is Part.AMOUNT and FOOD.fullmatch(piece):
        yield Token(Part.NAME, start, end, piece)
        return
    yield Token(Part.NAME if any(c.isalnum() or c in CIRCLED for c in piece) else Part.GAP, start, end, piece)
