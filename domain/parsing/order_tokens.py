"""Cuts the body of an order into tokens: amounts, names of goods, remarks, joints and breaks.

Names are claimed first (the longest of what is on offer and of the lexicon), so that numbers and verbs inside them
(三黄鸡, 带鱼, 8424西瓜) count as nothing else; then amounts; what remains is stripped of the words around an order
(帮我带, 给我来) and is either an unknown name or a remark.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from domain.parsing.articles import article_of
from domain.parsing.numerals import read_number
from domain.parsing.order_index import CIRCLED, OfferIndex
from domain.parsing.order_names import find_names, mask
from domain.parsing.order_words import (
    BRACKET,
    BREAKS,
    CLOSERS,
    ENDING,
    FOOD,
    HEADED,
    HOW_IT_IS,
    JOINTS,
    KIND_OF,
    LEAD,
    LONGEST_TAIL,
    MAKES_DISH,
    OF_A_KIND,
    PARTICLES,
    REMARK,
    REMARK_BEGINS,
    TAIL,
    TASTE,
    TREATED,
    VERBS,
    WHICH_ONE,
)
from domain.parsing.quantities import Quantity, find_numbers
from domain.parsing.quantity_words import NUMBER, UNIT
from domain.text.patterns import Rule

PARTED = Rule(rf"(?P<whole>{NUMBER})\s?(?:{UNIT})?\s?[(（](?P<parts>[^()（）]{{3,30}})[)）]")
PARTS = Rule(NUMBER)


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
    told = [m.span("parts") for m in PARTED.finditer(text) if _adds_up(m)] if "(" in text or "（" in text else []
    for start, end in told:
        masked = masked[:start] + "," * (end - start) + masked[end:]
    amounts, others = find_numbers(masked)
    claimed = [Token(Part.NAME, s, e, text[s:e], known=True) for s, e in names]
    claimed += [Token(Part.AMOUNT, q.start, q.end, text[q.start : q.end], q) for q in amounts]
    # 奶粉2段两罐: the stage of a formula tells which, no amount.
    claimed += [Token(Part.NOTE if text[e - 1] == "段" else Part.GAP, s, e, text[s:e]) for s, e in others]
    if told:
        claimed = [t for t in claimed if not any(start <= t.start < end for start, end in told)]
    tokens: list[Token] = []
    at = 0
    for token in sorted(claimed, key=lambda t: t.start):
        if token.start < at:
            continue
        tokens += _between(text, at, token.start, tokens, before=None if token.part is Part.GAP else token.part)
        if tokens and token.part is Part.NAME and _runs_into(text, tokens[-1], token):
            tokens[-1] = Token(Part.NOTE, tokens[-1].start, token.end, text[tokens[-1].start : token.end])
        else:
            tokens.append(token)
        at = token.end
    tokens += _between(text, at, len(text), tokens, before=None)
    return tokens


def _runs_into(text: str, note: Token, name: Token) -> bool:
    """Return whether a name carries on the remark before it (不要|辣椒), which one in brackets ends."""
    return note.part is Part.NOTE and note.end == name.start and text[note.end - 1] not in ")）]】」"


def _adds_up(parted: re.Match[str]) -> bool:
    """Return whether what stands in brackets parts the amount before it: 包子5个（3肉2菜）."""
    numbers = [read_number(part) for part in PARTS.findall(parted["parts"])]
    whole = read_number(parted["whole"])
    return len(numbers) > 1 and whole is not None and sum(n[0] for n in numbers if n is not None) == whole[0]


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
    told = _told_whole(text[start:end], start, after, before)
    if told:
        yield from told
        return
    if after is Part.AMOUNT:
        closer = CLOSERS.match(text[start:end])
        if closer and not (before is Part.NAME and closer[0] in ("装", "先")):
            start += closer.end()
    if before is Part.NAME and (head := TASTE.search(text[start:end])):
        if head.start() > 0:
            yield from _rest(text, start, start + head.start(), after, None)
        yield Token(Part.NOTE, start + head.start(), end, head[0])
        return
    if after is Part.NAME and PARTICLES.fullmatch(text, start, end):
        return
    if (
        after is Part.NAME
        and (dish := MAKES_DISH.match(text, start, end))
        and REMARK_BEGINS.match(text, dish.end(), end)
    ):
        yield Token(Part.NAME, start, dish.end(), dish[0])  # 酸菜鱼不要辣
        yield Token(Part.NOTE, dish.end(), end, text[dish.end() : end])
        return
    if before is None and start < end and (REMARK.fullmatch(text[start:end]) or HOW_IT_IS.fullmatch(text[start:end])):
        yield Token(Part.NOTE, start, end, text[start:end])
        return
    yield from _stripped(text, start, end, before)


def _told_whole(whole: str, start: int, after: Part | None, before: Part | None) -> list[Token]:
    """Return the tokens of words between two parts that are one remark or one kind of a good as they stand."""
    end = start + len(whole)
    if before is Part.NAME and KIND_OF.fullmatch(whole):
        return [Token(Part.NOTE, start, end, whole), Token(Part.GAP, end, end, "")]  # it belongs to the next name
    if after is Part.AMOUNT and before is Part.AMOUNT and TREATED.fullmatch(whole):
        return [Token(Part.NOTE, start, end, whole)]
    if after is Part.NAME and before in (Part.AMOUNT, None) and (which := WHICH_ONE.fullmatch(whole)):
        return [Token(Part.NOTE, start, end, which[1])]
    named = OF_A_KIND.fullmatch(whole) if "的" in whole else None
    if named and article_of(named["good"] or named["thing"]) is not None:
        return list(_of_a_kind(named, start))
    return []


def _stripped(text: str, start: int, end: int, before: Part | None) -> Iterator[Token]:
    """Yield what is left without the verbs, courtesies and particles around it: a remark, a name, a gap or nothing."""
    while lead := LEAD.match(text, start, end):
        start = lead.end()
    if before is Part.AMOUNT and text[start:end] in VERBS:
        return
    said = text[start:end]
    if before is Part.NAME and said.endswith("的") and KIND_OF.fullmatch(said):
        yield Token(Part.NOTE, start, end, said)  # 我要大个的南瓜两个
        yield Token(Part.GAP, end, end, "")
        return
    if said and before is None and (HEADED.fullmatch(said) or HOW_IT_IS.fullmatch(said)):
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
