"""How much of one message is read, and what becomes of what stands next to the part that is not.

Nobody writes a chat line of a thousand characters about one household; who pastes a book gets a question, not a wait.
"""

from collections.abc import Iterable
from dataclasses import replace

from domain.intents import Doubt, Intent
from domain.text.normalise import MAX_LINE

MAX_ENTRIES = 1_200
MAX_DOORS = 1_200
MAX_PIECE = MAX_LINE
MAX_STANCE = 10_000
# An entry this long may have lost its end when its line was cut: its number stood in front.
WHOLE_ENTRY = MAX_LINE - 20


def unfinished(intents: Iterable[Intent]) -> tuple[Intent, ...]:
    """Return intents of a text whose rest was not read: whether they hold is asked, as the rest may take them back."""
    return tuple(replace(i, doubts=tuple(dict.fromkeys((*i.doubts, Doubt.KIND)))) for i in intents)
