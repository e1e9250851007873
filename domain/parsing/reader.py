"""Reading one whole message, a chain or free text, out of its carrier into intents. Never raises, whatever the text."""

from domain.chains.envelope import unwrap
from domain.chains.snapshot import Snapshot, read_snapshot
from domain.intents import ChainHead, Intent, Reading
from domain.parsing.chat import read_chat
from domain.parsing.context import Context
from domain.parsing.entries import read_entries
from domain.parsing.lessons import lesson_of
from domain.text.normalise import MAX_CHARACTERS, bounded

MAX_ENTRIES = 1_200


def read(text: str, context: Context) -> Reading:
    """Return everything that one text says to the bot; an empty reading where it says nothing."""
    body, _ = bounded(unwrap(text[:MAX_CHARACTERS]))
    snapshot = read_snapshot(body)
    if snapshot is None:
        return Reading(intents=read_chat(body, context))
    return Reading(chain=_head(snapshot, context), intents=read_chain(snapshot, context))


def read_chain(snapshot: Snapshot, context: Context) -> tuple[Intent, ...]:
    """Return the intents of every entry of a chain, in its order."""
    return read_entries(snapshot.entries[:MAX_ENTRIES], snapshot, context)


def _head(snapshot: Snapshot, context: Context) -> ChainHead:
    lesson = lesson_of(snapshot, context)
    return ChainHead(snapshot.title, lesson.kind, lesson.goods, snapshot.deadline, len(snapshot.entries))
