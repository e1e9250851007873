"""Cuts glued names of goods (苹果香蕉梨各三斤) where a distributed amount says that they are several.

The lexicon does it as a rule; jieba is asked only where a name is in no lexicon of ours, with an instance of its own
that is made at the first such text.
"""

import logging
from functools import cache
from typing import Protocol

from domain.parsing.articles import all_names, article_of

LONGEST_RUN = 40
LONGEST_NAME = 8


class _Cutter(Protocol):
    def lcut(self, sentence: str, cut_all: bool = False, HMM: bool = True) -> list[str]: ...


def split_glued(text: str) -> tuple[str, ...]:
    """Return the goods that `text` names one after the other; (text,) where it is one name."""
    if len(text) > LONGEST_RUN:
        return (text,)
    covered = _covered(text)
    if covered:
        return covered
    if len(text) < 4:
        return (text,)
    words = tuple(word for word in _cutter().lcut(text, HMM=False) if word.strip())
    return words if all(len(word) > 1 for word in words) else (text,)


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


@cache
def _cutter() -> _Cutter:
    import jieba

    jieba.default_logger.setLevel(logging.WARNING)
    tokenizer: _Cutter = jieba.Tokenizer()
    for name in all_names():
        tokenizer.add_word(name)  # type: ignore[attr-defined]
    return tokenizer
