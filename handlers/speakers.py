"""Who speaks: from a binding, the remark in the group or the nickname to a door on the roster."""

from domain.areas import WHOLE, covers, key_of
from domain.intents import Subject
from domain.messages import IncomingMessage
from domain.parsing import identify
from domain.parsing.context import Context, Scope, Speaker
from domain.roles import Chat
from handlers.turn import Turn, Voice
from models import voices
from models.directory import Directory

_REMEMBERED = 50_000


def voice_of(message: IncomingMessage, chat: Chat | None, directory: Directory) -> Voice:
    """Return who speaks: a binding goes before the remark in the group, the remark before the nickname."""
    return identified(message.sender, message.sender_name, message.sender_alias, chat, directory)


def identified(account: str, name: str, alias: str | None, chat: Chat | None, directory: Directory) -> Voice:
    """Return the voice that an account has in a chat under this nickname and remark; looked up once a directory."""
    known = directory.cache.get(key := (account, name, alias, chat))
    if known is None:
        if len(directory.cache) > _REMEMBERED:
            directory.cache.clear()
        known = directory.cache[key] = _look_up(account, name, alias, chat, directory)
    assert isinstance(known, Voice)  # noqa: S101 - nothing else is put there
    return known


def _look_up(account: str, name: str, alias: str | None, chat: Chat | None, directory: Directory) -> Voice:
    roles = directory.roles_of(account)
    bound = directory.bound.get(account)
    if bound:
        return Voice(account, bound, directory.bound_names.get(account, ""), roles)
    scope = chat.reads_as if chat else Scope("direct")
    area = chat.scope if chat else None
    context = Context(Speaker(name, alias), scope, rooms=directory.rooms_in(area or WHOLE))
    told = identify(alias, name, context)
    key = door_of(told, directory, area)
    if key and told.name and is_misplaced(told.name, key, directory):
        return Voice(account, None, told.name, roles, misplaced=True)
    return Voice(account, key, told.name or "", roles)


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


def voice_of_account(turn: Turn, chat: Chat, account: str) -> Voice:
    """Return who an account is that did not write the message at hand, from the remark it was last heard with."""
    remark = voices.remark_of(turn.connection, turn.ring, turn.lane, chat.chat, account)
    roles = turn.directory.roles_of(account)
    if remark is None:
        return Voice(account, turn.directory.bound.get(account), turn.directory.bound_names.get(account, ""), roles)
    return identified(account, *remark, chat, turn.directory)
