"""Reads a message as far as that goes without the database: who speaks, what the chat is, what the text says."""

from collections import OrderedDict

from domain.chains.envelope import unwrap
from domain.chains.rereading import ChainReader
from domain.chains.snapshot import Snapshot, read_snapshot
from domain.messages import MessageKind
from domain.parsing import read
from domain.pastes import read_paste
from domain.slots import Timetable
from handlers.commands import command_in
from handlers.speakers import voice_of
from handlers.turn import Prepared, context_for
from models.directory import Directory
from models.log import LoggedMessage

READABLE = frozenset({MessageKind.TEXT, MessageKind.CARD})
_LINES_OF_A_PASTE = 2
_FIRST_LINE = 200
_MOST_READERS = 256


class ChainReaders:
    """Readers of the chains that are being re-posted, one for each chat and first line."""

    def __init__(self) -> None:
        self._readers: OrderedDict[tuple[str | None, str], ChainReader] = OrderedDict()

    def read(self, chat: str | None, text: str) -> Snapshot | None:
        """Return the chain that a text holds, None where it holds none; a re-post costs what is new in it."""
        if "\n" not in text:
            return read_snapshot(text)
        key = (chat, text[:_FIRST_LINE].split("\n", 1)[0])
        reader = self._readers.pop(key, None) or ChainReader()
        snapshot = reader.read(text)
        if snapshot is not None:
            self._readers[key] = reader
            if len(self._readers) > _MOST_READERS:
                self._readers.popitem(last=False)
        return snapshot


def prepare(logged: LoggedMessage, directory: Directory, timetable: Timetable, readers: ChainReaders) -> Prepared:
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
    snapshot = readers.read(message.chat, text)
    if message.chat is None and (snapshot or _is_paste(text)):
        return Prepared(logged, directory.version, voice, context, chat, pasted=True)
    reading = None if snapshot else read(text, context)
    return Prepared(logged, directory.version, voice, context, chat, snapshot, reading)


def _is_paste(text: str) -> bool:
    """Say whether a direct message holds what several people said, or one with the name of who said it."""
    if "\n" not in text:
        return False
    return sum(line.author is not None for line in read_paste(text)) >= _LINES_OF_A_PASTE
