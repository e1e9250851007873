"""Cuts glued names of goods (苹果香蕉梨各三斤) where a distributed amount says that they are several.

The lexicon cuts them; what stands between two known names is a name too. A word cutter would have to be loaded for a
second and would guess where asking is right, so none is used.
"""

from domain.parsing.articles import article_of, known_names

LONGEST_RUN = 40
LONGEST_NAME = 8


def split_glued(text: str) -> tuple[str, ...]:
    """Return the goods that `text` names one after the other; (text,) where it cannot be told."""
    if len(text) > LONGEST_RUN:
        return (text,)
    return _covered(text) or _between(text)


def _covered(text: str) -> tuple[str, ...]:
    """Return the fewest names of the lexicon that make up all of `text`, or ()."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_NAME), end):
            before, name = best[start], text[start:end]
            if before is None or article_of(name) is None:
                continue
            shortest = best[end]
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = (*before, name)
    return best[-1] or ()


def _between(text: str) -> tuple[str, ...]:
    """Return the known names and what stands between them, if each piece can be a name; else all of it."""
    pieces, at = [], 0
    for start, end in known_names().find(text):
        pieces += [text[at:start], text[start:end]]
        at = end
    pieces = [piece for piece in (*pieces, text[at:]) if piece]
    return tuple(pieces) if all(len(piece) > 1 for piece in pieces) else (text,)
