"""The messages of a paste: who wrote each of them, as far as nickname and group tell, and when."""

from dataclasses import replace

from domain.chains.envelope import read_carrier
from domain.messages import IncomingMessage, MessageKind
from domain.parsing.addresses import find_places
from domain.parsing.context import Context
from domain.parsing.rooms import settle
from domain.pastes import PastedLine, read_paste
from domain.roles import Chat
from domain.slots import day_of
from domain.text.normalise import fold
from handlers.speakers import door_of, identified
from handlers.turn import Turn, Voice
from models import voices

_MOST_LINES = 500
_HEAD = 40


def lines_of(message: IncomingMessage) -> tuple[PastedLine, ...]:
    """Return the messages that somebody forwarded or pasted in one."""
    carried = read_carrier(message.carrier or message.text)
    if carried.record:
        return tuple(PastedLine(m.author, m.text, m.said_at) for m in carried.record)[:_MOST_LINES]
    return read_paste(carried.text, day_of(message.said_at))[:_MOST_LINES]


def message_of(forward: IncomingMessage, chat: Chat, line: PastedLine, voice: Voice) -> IncomingMessage:
    """Return one line of a forward as the message that it was."""
    return IncomingMessage(
        channel=forward.channel,
        external_id=forward.external_id,
        chat=chat.chat,
        sender=voice.account,
        said_at=min(line.said_at, forward.said_at) if line.said_at else forward.said_at,
        text=line.text,
        kind=MessageKind.TEXT,
        sender_name=line.author or "",
    )


def voice_of_line(turn: Turn, chat: Chat, line: PastedLine) -> Voice:
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
