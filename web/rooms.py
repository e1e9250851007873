"""The list of groups: newest first, with what was said last, unread counts, and whether somebody was called by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.messages import Bubble
from domain.roles import Chat
from domain.wording import pages as words
from models import settings, webchat
from models.directory import Directory
from web.bubbles import calls, chain_in
from web.services import Services
from web.session import Visitor, member_count, rooms_of

ASSISTANT = "assistant"
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class RoomView:
    """One line of the list. `path` is the room in addresses: a chat id, or `assistant` for the talk with the bot."""

    path: str
    room: str
    name: str
    short: str
    kind: str
    members: int
    newest: int
    preview: str
    said_at: datetime | None
    unread: int
    called: bool


def room_of(path: str, visitor: Visitor) -> str:
    """Return the room that an address names."""
    return visitor.own_room if path == ASSISTANT else path


def path_of(room: str) -> str:
    return ASSISTANT if room.startswith("@") else room


def list_rooms(
    connection: Connection, services: Services, directory: Directory, visitor: Visitor, search: str = ""
) -> list[RoomView]:
    """Return the rooms of somebody that match a search in their name, those with the newest word first."""
    newest = webchat.newest_ids(connection, services.lane)
    marks = read_marks(connection, services, visitor)
    found = [_assistant(connection, services, visitor, newest, marks)]
    for chat in rooms_of(directory, visitor):
        found.append(_room(connection, services, visitor, chat, member_count(directory, chat), newest, marks))
    wanted = search.strip().lower()
    return sorted((r for r in found if wanted in r.name.lower()), key=lambda r: -r.newest)


def preview(bubble: Bubble, group: bool) -> str:
    """Return one line of what was said."""
    snapshot = chain_in(bubble.text)
    said = words.chain_preview(snapshot.title) if snapshot else " ".join(bubble.text[:120].split())
    return f"{bubble.name}：{said}" if group else said


def read_marks(connection: Connection, services: Services, visitor: Visitor) -> dict[str, int]:
    """Return up to which bubble somebody has read each room."""
    return dict(settings.load(connection, services.lane, f"read:{visitor.account}") or {})


async def mark_read(services: Services, visitor: Visitor, room: str, number: int) -> None:
    """Note that somebody has read a room up to a bubble; it never goes back."""

    def work(connection: Connection) -> None:
        marks = read_marks(connection, services, visitor)
        if marks.get(room, 0) < number:
            settings.save(connection, services.lane, f"read:{visitor.account}", {**marks, room: number})

    await services.write(work)


def _assistant(
    connection: Connection, services: Services, visitor: Visitor, newest: dict[str, int], marks: dict[str, int]
) -> RoomView:
    chat = Chat(visitor.own_room, words.ASSISTANT, "direct", "")
    return _room(connection, services, visitor, chat, 0, newest, marks)


def _room(
    connection: Connection,
    services: Services,
    visitor: Visitor,
    chat: Chat,
    members: int,
    newest: dict[str, int],
    marks: dict[str, int],
) -> RoomView:
    room, read = chat.chat, marks.get(chat.chat, 0)
    lane, ring = services.lane, services.store.ring
    last = webchat.history(connection, ring, lane, room, limit=1) if room in newest else []
    unread = webchat.count_after(connection, lane, room, read) if newest.get(room, 0) > read else 0
    fresh: Sequence[Bubble] = (
        webchat.history(connection, ring, lane, room, limit=min(unread, _LOOKED_AT)) if unread else ()
    )
    return RoomView(
        path=path_of(room),
        room=room,
        name=chat.name,
        short=chat.scope if chat.kind in ("unit", "building") else chat.name[:2],
        kind=chat.kind,
        members=members,
        newest=newest.get(room, 0),
        preview=preview(last[0], chat.kind != "direct") if last else "",
        said_at=last[0].said_at if last else None,
        unread=unread,
        called=any(calls(b.text, visitor) for b in fresh if b.account != visitor.account),
    )
