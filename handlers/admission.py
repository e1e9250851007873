"""Who speaks, and what the chat stands for: the questions before any reading."""

from domain.areas import covers, key_of
from domain.chains.envelope import unwrap
from domain.chains.snapshot import read_snapshot
from domain.intents import Subject
from domain.messages import IncomingMessage, MessageKind
from domain.parsing import identify, read
from domain.parsing.context import Context, Scope, Speaker
from domain.roles import Chat
from domain.slots import Timetable
from handlers.commands import command_in
from handlers.turn import Prepared, Voice, context_for
from models.log import LoggedMessage
from models.roster import Directory

READABLE = frozenset({MessageKind.TEXT, MessageKind.CARD})


def prepare(logged: LoggedMessage, directory: Directory, timetable: Timetable) -> Prepared:
    """Read a message as far as it can be read without the database: this runs before any transaction."""
    message = logged.message
    chat = directory.chats.get(message.chat) if message.chat else None
    voice = voice_of(message, chat, directory)
    context = context_for(directory, timetable, chat, voice, message)
    prepared = Prepared(logged, voice, context, chat)
    if message.kind not in READABLE:
        return prepared
    command = command_in(message, chat)
    if command or (message.chat and chat is None):
        return Prepared(logged, voice, context, chat, command=command)
    text = unwrap(message.text)
    snapshot = read_snapshot(text) if chat else None
    reading = None if snapshot else read(text, context)
    return Prepared(logged, voice, context, chat, snapshot, reading)


def voice_of(message: IncomingMessage, chat: Chat | None, directory: Directory) -> Voice:
    """Return who speaks: a binding goes before the remark in the group, the remark before the nickname."""
    roles = directory.roles_of(message.sender)
    bound = directory.bound.get(message.sender)
    if bound:
        return Voice(message.sender, bound, directory.bound_names.get(message.sender, ""), roles)
    scope = chat.reads_as if chat else Scope("direct")
    area = chat.scope if chat else None
    told = identify(
        message.sender_alias,
        message.sender_name,
        Context(Speaker(message.sender_name, message.sender_alias), scope, rooms=directory.rooms_in(area or "全部")),
    )
    key = door_of(told, directory, area)
    if key and told.name and is_misplaced(told.name, key, directory):
        return Voice(message.sender, None, told.name, roles, misplaced=True)
    return Voice(message.sender, key, told.name or "", roles)


def door_of(subject: Subject, directory: Directory, area: str | None) -> str | None:
    """Return the door on the roster that a subject means, None where it is none or could be several.

    Without a roster a fully spelt door is believed.
    """
    key = key_of(subject)
    if not directory.households:
        return key
    if key in directory.households:
        return key
    if not subject.room:
        return None
    fits = [
        h.key
        for h in directory.households.values()
        if h.room == subject.room
        and subject.building in (None, h.building)
        and subject.unit in (None, h.unit)
        and (area is None or covers(area, h.key))
    ]
    return fits[0] if len(fits) == 1 else None


def is_misplaced(name: str, key: str, directory: Directory) -> bool:
    """Say whether the roster knows this name, but behind other doors only."""
    home = directory.households.get(key)
    return home is not None and name not in home.names and bool(directory.doors_by_name.get(name))
