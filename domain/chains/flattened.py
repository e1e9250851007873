"""Chains whose line breaks were lost: `#接龙 鸡蛋 22元/板 1. 团长 2. 301 一板 3. 4. 303 两板`."""

from itertools import pairwise

from domain.text.patterns import Rule

_INLINE = Rule(r"(?:(?<!\S)|(?<=[)）】]))(\d{1,3})(?:[.．、)）:：](?!\d{1,2}(?!\d)(?![-－]\d))|(?=[\s\u3000]*$))")
_LONGEST = 20_000


def unflatten(text: str, *, marked: bool) -> str:
    """Return `text` with a line break before each number that carries a rising sequence on within a line.

    `marked`: the text says that it is a chain; otherwise three rising numbers from 1 are wanted.
    """
    lines = text.split("\n")
    if len(lines) > 12:
        return text
    return "\n".join(_split(line, 2 if marked else 3) if len(line) > 8 else line for line in lines)


def _split(line: str, wanted: int) -> str:
    cuts = _rising(line[:_LONGEST])
    if len(cuts) < wanted:
        return line
    edges = [0, *cuts, len(line)]
    return "\n".join(line[a:b].rstrip() for a, b in pairwise(edges) if line[a:b].strip())


def _rising(line: str) -> list[int]:
    """Return where the numbers stand that count 1, 2, 3 …; a new 1 starts over where a 2 follows it."""
    found = [(m.start(1), int(m[1])) for m in _INLINE.finditer(line)]
    if len(found) < 2:
        return []
    cuts: list[int] = []
    last: int | None = None
    for position, (start, number) in enumerate(found):
        follows = any(later == number + 1 for _, later in found[position + 1 :])
        if last is None:
            accepted = number == 1 or (follows and number < 500)
        else:
            accepted = number == last + 1 or (number == 1 and follows)
        if accepted:
            cuts.append(start)
            last = number
    return cuts
