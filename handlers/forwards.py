"""A forward: somebody pastes to the bot what a group said. Each line counts for its author, never for the forwarder.

What was heard live already is recognised by nickname and text and adds nothing; what is booked from a paste gives way
when its live message arrives after all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.areas import covers
from domain.chains.envelope import read_carrier, unwrap
from domain.chains.snapshot import read_snapshot
from domain.facts import Order as FactOrder
from domain.messages import IncomingMessage, MessageKind
from domain.parsing import read
from domain.parsing.addresses import find_places
from domain.parsing.context import Context
from domain.parsing.rooms import settle
from domain.pastes import PastedLine, read_paste
from domain.roles import HEADS, IN_CHARGE, Chat
from domain.slots import day_of
from domain.text.normalise import fold
from domain.wording import chains as chain_wording
from domain.wording import forwards as wording
from handlers import chains
from handlers.books import LiveChain
from handlers.speakers import door_of, identified
from handlers.told import Told
from handlers.turn import Prepared, Turn, Voice, context_for
from models import forwards, log, voices
from models.ledger import slot_book

Dispatch = Callable[[Turn, Told], None]
_SEEN_WITHIN = timedelta(hours=48)
_MOST_LINES = 500
_HEAD = 40


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
    lines = _lines(turn)
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


def _lines(turn: Turn) -> tuple[PastedLine, ...]:
    carried = read_carrier(turn.message.carrier or turn.message.text)
    if carried.record:
        return tuple(PastedLine(m.author, m.text, m.said_at) for m in carried.record)[:_MOST_LINES]
    return read_paste(carried.text, day_of(turn.message.said_at))[:_MOST_LINES]


def _was_heard(turn: Turn, chat: Chat, number: int, line: PastedLine) -> bool:
    digest = log.said_hash(turn.ring, chat.chat, line.author or "", line.text)
    said_at = turn.message.said_at
    live = forwards.unmatched_live(turn.connection, turn.lane, digest, said_at - _SEEN_WITHIN, said_at)
    forwards.note_line(turn.connection, turn.lane, turn.position, number, digest, said_at, live)
    return live is not None


def _read_line(turn: Turn, chat: Chat, number: int, line: PastedLine, dispatch: Dispatch, outcome: _Outcome) -> None:
    voice = _voice_of_line(turn, chat, line)
    message = _message_of(turn, chat, line, voice)
    logged = replace(turn.prepared.logged, message=message)
    context = context_for(turn.directory, turn.timetable, chat, voice, message)
    snapshot = read_snapshot(unwrap(line.text))
    if snapshot:
        prepared = Prepared(logged, turn.directory.version, voice, context, chat, snapshot)
        inner = replace(turn, prepared=prepared, has_flushed=True)
        chain = chains.handle(inner, snapshot, chat, dispatch)
        outcome.chains += [chain] if chain else []
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


def _message_of(turn: Turn, chat: Chat, line: PastedLine, voice: Voice) -> IncomingMessage:
    own = turn.message
    said_at = min(line.said_at, own.said_at) if line.said_at else own.said_at
    return IncomingMessage(
        channel=own.channel,
        external_id=own.external_id,
        chat=chat.chat,
        sender=voice.account,
        said_at=said_at,
        text=line.text,
        kind=MessageKind.TEXT,
        sender_name=line.author or "",
    )


def _voice_of_line(turn: Turn, chat: Chat, line: PastedLine) -> Voice:
    """Return the author of a pasted line where nickname and group tell exactly one; nobody otherwise."""
    name = line.author or ""
    known = voices.accounts_named(turn.connection, turn.ring, turn.lane, chat.chat, name) if name else []
    if len(known) == 1:
        account, alias = known[0]
        voice = identified(account, name, alias, chat, turn.directory)
        if not _begins_with_other_door(line.text, voice, chat, turn):
            return voice
    if not name:
        return Voice("")
    stands_for = f"~{turn.ring.blind('nickname', chat.chat, name)[:16]}"  # accounts are no secret, names are
    return replace(identified(stands_for, name, None, chat, turn.directory), roles=())


def _begins_with_other_door(text: str, voice: Voice, chat: Chat, turn: Turn) -> bool:
    """Say whether a line begins with a door that is not its speaker's: then another bears the same nickname."""
    places = find_places(fold(text[:_HEAD]))
    if voice.household is None or voice.roles or not places or places[0].start > 0 or places[0].room is None:
        return False
    context = Context(scope=chat.reads_as, rooms=turn.directory.rooms_in(chat.scope))
    door = door_of(settle(places[0], context).subject, turn.directory, chat.scope)
    return door is not None and door != voice.household


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
        merged = chain_wording.merged_list(chain.title, chain.kind, [e.text for e in chain.state.in_force])
        turn.answer(f"forward:{chain.id}", merged)
