"""Reads a message as far as that goes without the database: who speaks, what the chat is, what the text says."""

from domain.chains.envelope import unwrap

from domain.chains.snapshot import read_snapshot
from domain.messages import MessageKind
from domain.parsing import read
from domain.slots import Timetable
from handlers.commands import command_in
from handlers.speakers import voice_of
from handlers.turn import Prepared, context_for
from models.log import LoggedMessage
from models.roster import Directory

READABLE = frozenset({MessageKind.TEXT, MessageKind.CARD})


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
    snapshot = read_snapshot(text) if chat else None
    reading = None if snapshot else read(text, context)
    return Prepared(logged, directory.version, voice, context, chat, snapshot, reading)
