"""How the bot asks back, in private: the sender's own words, then what it must know."""

from collections.abc import Iterable

from domain.intents import Intent
from domain.wording.doubts import question_for
from domain.wording.incidents import shorten

_MOST = 2


def questions(doubtful: Iterable[Intent], words: str) -> str:
    """Return one message that asks what is unclear about `words`; at most two questions at a time."""
    asked = list(dict.fromkeys(q for intent in doubtful if (q := question_for(intent))))
    return f"您说的“{shorten(words, 60)}”，" + "\n".join(asked[:_MOST])
