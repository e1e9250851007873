"""Reads a message as far as that goes without the database: who speaks, what the chat is, what the text says."""

from domain.chains.envelope import unwrap
from domain.chains.snapshot import read_snapshot
from domain.messages import MessageKind
from domain.parsing import read
from domain.pastes import read_paste
from domain.slots import Timetable
from handlers.commands import command_in
from handlers.speakers import voice_of
from handlers.turn import Prepared, context_for
from models.log import LoggedMessage
from models.roster import Directory

READABLE = frozenset({MessageKind.TEXT, MessageKind.CARD})
_LINES_OF_A_PASTE = 2


def prepare(logged: LoggedMessage, directory: Directory, timetable: Timetable) -> Prepared:
    """Read a message as far as it can be read without the database: this runs before any transaction."""
    message = logged.message
    chat = directory.chats.get(message.chat) if message.chat else None
    voice = voice_of(message, chat, directory)
    context = context_for(directory, timetable, chat, voice, message)
    prepared = Prepared(logged, directory.version, voice, context, chat)
    if message.kind not in READABLE:
        return prepared
    command = command_in(message, chat)
    if command or (message.chat and chat is None):
        return Prepared(logged, directory.version, voice, context, chat, command=command)
    text = unwrap(message.text)
    snapshot = read_snapshot(text)
    if message.chat is None and (snapshot or _is_paste(text)):
        return Prepared(logged, directory.version, voice, context, chat, pasted=True)
    reading = None if snapshot else read(text, context)
    return Prepared(logged, directory.version, voice, context, chat, snapshot, reading)


def _is_paste(text: str) -> bool:
    """Say whether a direct message holds what several people said, or one with the name of who said it."""
    if "\n" not in text:
        return False
    return sum(line.author is not None for line in read_paste(text)) >= _LINES_OF_A_PASTE
