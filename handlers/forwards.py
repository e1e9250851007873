"""A forward: somebody pastes to the bot what a group said. Each line counts for its author, never for the forwarder.

What was heard live already is recognised by nickname and text and adds nothing; what is booked from a paste gives way
when its live message arrives after all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.areas import covers
from domain.chains.envelope import unwrap
from domain.chains.snapshot import read_snapshot
from domain.facts import Order as FactOrder
from domain.parsing import read
from domain.pastes import PastedLine
from domain.roles import HEADS, IN_CHARGE, Chat
from domain.wording import forwards as wording
from handlers import chains
from handlers.live_chains import LiveChain, Place
from handlers.pasted import lines_of, message_of, voice_of_line
from handlers.told import Told
from handlers.turn import Prepared, Turn, context_for
from models import forwards, log
from models.ledger import slot_book

Dispatch = Callable[[Turn, Told], None]
_SEEN_WITHIN = timedelta(hours=48)


@dataclass(slots=True)
class _Outcome:
    """What a paste came to: the texts that were new, those that must be asked about, and the chains it continued."""

    fresh: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    chains: list[LiveChain] = field(default_factory=list)


def handle(turn: Turn, dispatch: Dispatch) -> None:
    """Book what is new in the paste and tell the forwarder, in private, what came of it."""
    chat = chat_meant(turn)
    turn.deliveries.forwards_wait = True
    turn.keep = True
    if chat is None:
        turn.answer("forward", wording.which_group())
        return
    lines = lines_of(turn.message)
    outcome = _Outcome()
    for number, line in enumerate(lines):
        if not _was_heard(turn, chat, number, line):
            _read_line(turn, chat, number, line, dispatch, outcome)
    _report(turn, chat, len(lines), outcome)


def chat_meant(turn: Turn) -> Chat | None:
    """Return the group a forward speaks of: the one it names, else the one its forwarder looks after or lives in."""
    about = (turn.message.about or "").strip()
    known = turn.directory.chats.values()
    named = [c for c in known if about and about in (c.name, c.chat)]
    if named:
        return named[0]
    scopes = [p.scope for p in turn.voice.roles if p.role in HEADS]
    mine = [c for c in known if c.scope in scopes and c.kind in ("unit", "building")]
    home = turn.voice.household
    near = mine or [c for c in known if home and c.kind == "unit" and covers(c.scope, home)]
    return near[0] if len(near) == 1 else None


def _was_heard(turn: Turn, chat: Chat, number: int, line: PastedLine) -> bool:
    digest = log.said_hash(turn.ring, chat.chat, line.author or "", line.text)
    said_at = turn.message.said_at
    live = forwards.unmatched_live(turn.connection, turn.lane, digest, said_at - _SEEN_WITHIN, said_at)
    forwards.note_line(turn.connection, turn.lane, turn.position, number, digest, said_at, live)
    return live is not None


def _read_line(turn: Turn, chat: Chat, number: int, line: PastedLine, dispatch: Dispatch, outcome: _Outcome) -> None:
    voice = voice_of_line(turn, chat, line)
    message = message_of(turn.message, chat, line, voice)
    logged = replace(turn.prepared.logged, message=message)
    context = context_for(turn.directory, turn.timetable, chat, voice, message)
    snapshot = read_snapshot(unwrap(line.text))
    if snapshot:
        prepared = Prepared(logged, turn.directory.version, voice, context, chat, snapshot)
        inner = replace(turn, prepared=prepared, has_flushed=True)
        chain = chains.handle(inner, snapshot, chat, dispatch, Place(number, dated=line.said_at is not None))
        if chain is not None:
            forwards.note_chain(turn.connection, turn.lane, turn.position, number, chain.id)
            outcome.chains.append(chain)
        return
    before = len(turn.bookings)
    for intent in read(line.text, context).intents:
        told = Told(
            intent=intent,
            voice=voice,
            order=FactOrder(message.said_at, logged.sequence, number),
            position=turn.position,
            source=message.external_id,
            chat=chat,
            entry=f"line-{number}",
            words=line.text,
        )
        dispatch(turn, told)
    booked = turn.bookings[before:]
    if any(b.fact.intent.doubts for b in booked):
        outcome.doubtful.append(line.text)
    elif booked:
        outcome.fresh.append(line.text)


def _report(turn: Turn, chat: Chat, lines: int, outcome: _Outcome) -> None:
    """Tell the forwarder what came of it; a head or worker also gets the merged lists and who was not heard from."""
    is_head = any(p.role in HEADS | IN_CHARGE and covers(p.scope, chat.scope) for p in turn.voice.roles)
    turn.flush()
    missing: tuple[str, ...] = ()
    if is_head and chat.kind in ("unit", "building"):
        book = slot_book(turn.connection, turn.ring, turn.lane, turn.timetable.slot_of(turn.message.said_at))
        missing = book.in_column(turn.directory, chat.scope, "not_heard")
    turn.answer("forward", wording.received(lines, outcome.fresh, outcome.doubtful, missing))
    for chain in outcome.chains if is_head else ():
        turn.answer(f"forward:{chain.id}", chain.merged_list)
