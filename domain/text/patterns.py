"""Rules as regular expressions that are compiled when they are first needed.

The parser holds some two hundred of them; compiling all costs more than reading a thousand messages, and one message
needs a third. After its first use a rule costs what a compiled pattern costs: its methods are the pattern's own.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

if sys.version_info[:2] in ((3, 11), (3, 12), (3, 13)):  # on any other Python rules are compiled plainly
    from domain.text.guards import compiled
else:

    def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
        """Return the plain pattern."""
        return re.compile(source, flags)


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class Rule:
    """One regular expression by its source. Looks and works like `re.Pattern[str]`."""

    __slots__ = ("flags", "source", *_METHODS)

    source: str
    flags: int
    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile at the first use of any method; from then on every method is found without coming here."""
        if name not in _METHODS:
            raise AttributeError(name)
        pattern = compiled(self.source, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)

    def __repr__(self) -> str:
        return f"Rule({self.source!r})"
