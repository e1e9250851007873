"""Reading one whole message, a chain or free text, out of its carrier into intents. Never raises, whatever the text."""

from domain.chains.envelope import unwrap
from domain.chains.snapshot import Entry, Snapshot, read_snapshot
from domain.intents import ChainHead, Intent, Reading
from domain.parsing.chat import read_chat
from domain.parsing.context import Context
from domain.parsing.entries import read_entries
from domain.parsing.lessons import Lesson, lesson_of
from domain.parsing.limits import MAX_ENTRIES, unfinished
from domain.text.normalise import MAX_CHARACTERS, MAX_LINES, bounded


def read(text: str, context: Context) -> Reading:
    """Return everything that one text says to the bot; an empty reading where it says nothing.

    What lies beyond the limits of a message is not read; what stands next to it is asked about.
    """
    body, over = bounded(unwrap(text[:MAX_CHARACTERS]))
    goes_on = len(text) > MAX_CHARACTERS or (over and body.count("\n") + 1 >= MAX_LINES)
    snapshot = read_snapshot(body)
    if snapshot is None:
        said = read_chat(body, context)
        return Reading(intents=unfinished(said) if over or goes_on else said)
    lesson = lesson_of(snapshot, context)
    intents = _read_chain(snapshot.entries[:MAX_ENTRIES], lesson, context, goes_on=goes_on)
    return Reading(chain=_head(snapshot, lesson), intents=intents)


def _read_chain(entries: tuple[Entry, ...], lesson: Lesson, context: Context, *, goes_on: bool) -> tuple[Intent, ...]:
    """Return the intents of every entry of a chain, in its order. `goes_on`: more was written than was read."""
    if not goes_on:
        return read_entries(entries, lesson, context)
    known, last = entries[:-1], entries[-1:]
    return (*read_entries(known, lesson, context), *unfinished(read_entries(last, lesson, context)))


def _head(snapshot: Snapshot, lesson: Lesson) -> ChainHead:
    return ChainHead(snapshot.title, lesson.kind, lesson.goods, snapshot.deadline, len(snapshot.entries))
