"""A forward: somebody pastes to the bot what a group said. Each line counts for its author, never for the forwarder.

What was heard live already is recognised by nickname and text and adds nothing; what is booked from a paste gives way
when its live message arrives after all.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.chains.envelope import unwrap
from domain.pastes import PastedLine, read_paste

from domain.areas import covers
from domain.chains.snapshot import read_snapshot
from domain.facts import Order as FactOrder
from domain.messages import IncomingMessage, MessageKind
from domain.parsing import read
from domain.roles import HEADS, Chat
from domain.wording import forwards as wording
from handlers import chains
from handlers.speakers import identified
from handlers.told import Told
from handlers.turn import Prepared, Turn, Voice, context_for
from models import forwards, log, voices

Dispatch = Callable[[Turn, Told], None]
_SEEN_WITHIN = timedelta(hours=48)


def handle(turn: Turn, dispatch: Dispatch) -> None:
    """Book what is new in the paste and tell the forwarder, in private, what came of it."""
    chat = chat_meant(turn)
    turn.deliveries.forwards_wait = True
    lines = read_paste(unwrap(turn.message.text))
    turn.keep = True
    if chat is None:
        turn.answer("forward", wording.which_group())
        return
    fresh = 0
    for number, line in enumerate(lines):
        if not _was_heard(turn, chat, number, line):
            fresh += _read_line(turn, chat, number, line, dispatch)
    turn.answer("forward", wording.received(len(lines), fresh))


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


def _read_line(turn: Turn, chat: Chat, number: int, line: PastedLine, dispatch: Dispatch) -> bool:
    voice = _voice_of_line(turn, chat, line)
    message = IncomingMessage(
        channel=turn.message.channel,
        external_id=turn.message.external_id,
        chat=chat.chat,
        sender=voice.account,
        said_at=line.said_at or turn.message.said_at,
        text=line.text,
        kind=MessageKind.TEXT,
        sender_name=line.author or "",
    )
    logged = replace(turn.prepared.logged, message=message)
    snapshot = read_snapshot(unwrap(line.text))
    context = context_for(turn.directory, turn.timetable, chat, voice, message)
    if snapshot:
        inner = replace_prepared(turn, Prepared(logged, turn.directory.version, voice, context, chat, snapshot))
        chains.handle(inner, snapshot, chat, dispatch)
        return bool(inner.bookings)
    before = len(turn.bookings)
    for intent in read(line.text, context).intents:
        dispatch(
            turn,
            Told(
                intent=intent,
                voice=voice,
                order=FactOrder(message.said_at, logged.sequence, number),
                position=turn.position,
                source=message.external_id,
                chat=chat,
                entry=f"line-{number}",
                words=line.text,
            ),
        )
    return len(turn.bookings) > before


def replace_prepared(turn: Turn, prepared: Prepared) -> Turn:
    """Return a turn for one chain inside the paste; it leaves its facts and posts with the paste's own turn."""
    return replace(turn, prepared=prepared)


def _voice_of_line(turn: Turn, chat: Chat, line: PastedLine) -> Voice:
    """Return the author of a pasted line where nickname and group tell exactly one; nobody otherwise."""
    name = line.author or ""
    known = voices.accounts_named(turn.connection, turn.ring, turn.lane, chat.chat, name) if name else []
    if len(known) == 1:
        account, alias = known[0]
        return identified(account, name, alias, chat, turn.directory)
    if not name:
        return Voice("")
    found = identified(f"~{name}", name, None, chat, turn.directory)
    return replace(found, roles=())
