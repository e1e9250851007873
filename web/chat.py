"""The chat page: the list of groups, one group's talk, saying something, and the chain forms."""

import asyncio
import secrets
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from domain.messages import Bubble
from domain.roles import Chat
from domain.wording import pages as words
from models import webchat
from web import chain_form
from web.bubbles import views
from web.limits import Flood
from web.pages import notice, page, see_other
from web.rooms import ASSISTANT, list_rooms, mark_read
from web.services import SERVICES, SHELF
from web.session import Visitor, is_member, member_count, visitor_of

FLOOD = web.AppKey("flood", Flood)
_LONGEST = 20_000
_SHOWN = 60
_CHAIN_LOOK_BACK = 300
_CONTROLS = {n: None for n in range(32) if n not in (9, 10)} | {0x7F: None}


async def index(request: web.Request) -> web.Response:
    """The list of groups; who is not known yet is asked."""
    visitor = await visitor_of(request)
    if visitor is None:
        return _ask_who(request)
    return page(request, "chat.html", {**await _side(request, visitor), "chat": None})


async def rooms(request: web.Request) -> web.Response:
    """The list alone, for the search field and after the line was broken."""
    visitor = await _known(request)
    return page(request, "_rooms.html", await _side(request, visitor))


async def room(request: web.Request) -> web.Response:
    """One group's talk."""
    visitor = await visitor_of(request)
    if visitor is None:
        return _ask_who(request)
    chat = await _chat(request, visitor)
    bubbles = await _history(request, chat.chat, None, _SHOWN)
    if bubbles:
        await mark_read(request.app[SERVICES], visitor, chat.chat, bubbles[-1].id)
    values = {**await _side(request, visitor), **_talk(request, visitor, chat, bubbles), "error": ""}
    return page(request, "chat.html", values | {"members": await _members(request, chat)})


async def older(request: web.Request) -> web.Response:
    """What was said before the oldest bubble shown."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    before = request.query.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 16 else None
    bubbles = await _history(request, chat.chat, number, _SHOWN)
    return page(request, "_bubbles.html", _talk(request, visitor, chat, bubbles))


async def say(request: web.Request) -> web.Response:
    """Say something. Answers only after the message is safe; a repeated click adds nothing."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    form = await fields(request)
    text = clean(form.get("text", ""))
    if text.replace("＃", "#") in words.OPENS_CHAIN and chat.kind != "direct":
        return see_other(f"/chat/{request.match_info['room']}/chain/new")
    return await _post(request, visitor, chat, text, form.get("nonce", ""))


async def chain(request: web.Request) -> web.Response:
    """The form that adds one line to the newest post of a chain."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    title = request.query.get("title", "")
    found = chain_form.newest_of(await _history(request, chat.chat, None, _CHAIN_LOOK_BACK), title)
    if found is None:
        return notice(request, words.CHAIN_GONE, words.CHAIN_GONE_HINT, 404)
    _, snapshot = found
    values = {
        **_form(request, chat),
        "title": title,
        "kind": snapshot.kind,
        "count": len(snapshot.entries),
        "last": [e.text for e in snapshot.entries[-3:]],
        "line": chain_form.suggestion(snapshot, visitor),
        "mine": chain_form.own_line(snapshot, visitor),
        "choices": words.CHOICES.get(snapshot.kind, ()),
    }
    return page(request, "chain.html", values)


async def join_chain(request: web.Request) -> web.Response:
    """Post the newest text of a chain with one more line, or with the own line changed."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    form = await fields(request)
    line = chain_form.clean_line(clean(form.get("line", "")))
    found = chain_form.newest_of(await _history(request, chat.chat, None, _CHAIN_LOOK_BACK), form.get("title", ""))
    if found is None:
        return notice(request, words.CHAIN_GONE, words.CHAIN_GONE_HINT, 404)
    if not line:
        return notice(request, words.EMPTY_LINE, words.EMPTY_LINE_HINT, 400)
    text, snapshot = found
    replacing = chain_form.own_line(snapshot, visitor) if form.get("replace") else None
    return await _post(request, visitor, chat, chain_form.with_line(text, line, replacing), form.get("nonce", ""))


async def new_chain(request: web.Request) -> web.Response:
    """The form that opens a chain."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    door = f"{visitor.household or ''} {visitor.name}".strip()
    values = {**_form(request, chat), "templates": words.chain_templates(request.app[SERVICES].now()), "door": door}
    return page(request, "chain_new.html", values)


async def open_chain(request: web.Request) -> web.Response:
    """Post the first text of a chain."""
    visitor = await _known(request)
    chat = await _chat(request, visitor)
    form = await fields(request)
    title = chain_form.clean_line(clean(form.get("title", "")))
    if not title:
        return notice(request, words.EMPTY_TITLE, words.EMPTY_LINE_HINT, 400)
    line = chain_form.clean_line(clean(form.get("line", "")))
    text = chain_form.new_chain(title, clean(form.get("note", ""))[:500], line)
    return await _post(request, visitor, chat, text, form.get("nonce", ""))


async def fields(request: web.Request) -> dict[str, str]:
    """Return the fields of a form. Raises 400 for a body that is no form of text."""
    try:
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    except (UnicodeDecodeError, ValueError):
        raise web.HTTPBadRequest(text=words.UNREADABLE) from None


def clean(text: str) -> str:
    """Return a text without control characters and broken halves of characters, line ends as \\n."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return plain.encode("utf-8", "replace").decode().strip()


async def _post(request: web.Request, visitor: Visitor, chat: Chat, text: str, nonce: str) -> web.Response:
    back = f"/chat/{request.match_info['room']}"
    if not text:
        return see_other(back)
    if len(text) > _LONGEST:
        return _refused(request, words.TOO_LONG, 413)
    if not request.app[FLOOD].allows(visitor.account, asyncio.get_running_loop().time()):
        return _refused(request, words.TOO_FAST, 429)
    hub = request.app[SERVICES].hub
    await hub.say(chat.chat, visitor.account, visitor.name, visitor.alias, text, nonce[:64] or None)
    return web.Response(status=204) if request.headers.get("X-Talk") else see_other(f"{back}#end")


def _refused(request: web.Request, why: str, status: int) -> web.Response:
    if request.headers.get("X-Talk"):
        return web.Response(text=why, status=status)
    return notice(request, words.NOT_SENT, why, status)


async def _known(request: web.Request) -> Visitor:
    visitor = await visitor_of(request)
    if visitor is None:
        raise web.HTTPForbidden(text=words.WHO_ARE_YOU)
    return visitor


def _ask_who(request: web.Request) -> web.Response:
    if request.app[SERVICES].demo is not None:
        return see_other("/who")
    return notice(request, words.WELCOME, words.JOIN_BY_LINK, 200)


async def _chat(request: web.Request, visitor: Visitor) -> Chat:
    """Return the room of the address; 404 for one that does not exist or that the visitor is not in."""
    path = request.match_info["room"]
    if path == ASSISTANT:
        return Chat(visitor.own_room, words.ASSISTANT, "direct", "")
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    chat = directory.chats.get(path)
    if chat is None or not is_member(visitor, chat):
        raise web.HTTPNotFound()
    return chat


async def _members(request: web.Request, chat: Chat) -> int:
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    return member_count(directory, chat) if chat.kind != "direct" else 0


async def _history(request: web.Request, room: str, before: int | None, limit: int) -> list[Bubble]:
    services = request.app[SERVICES]
    return await services.read(
        lambda c: webchat.history(c, services.store.ring, services.lane, room, before=before, limit=limit)
    )


async def _side(request: web.Request, visitor: Visitor) -> dict[str, Any]:
    services, search = request.app[SERVICES], request.query.get("q", "")[:40]

    def work(connection: Connection) -> Any:
        return list_rooms(connection, services, request.app[SHELF].get(connection), visitor, search)

    current = request.match_info.get("room") or request.query.get("room", "")
    return {
        "rooms": await services.read(work),
        "visitor": visitor,
        "search": search,
        "room_path": current,
        "now": services.now(),
    }


def _talk(request: web.Request, visitor: Visitor, chat: Chat, bubbles: list[Bubble]) -> dict[str, Any]:
    return {
        "chat": chat,
        "group": chat.kind != "direct",
        "bubbles": views(bubbles, visitor),
        "more": len(bubbles) == _SHOWN,
        "nonce": secrets.token_hex(8),
        "room_path": request.match_info["room"],
        "now": request.app[SERVICES].now(),
    }


def _form(request: web.Request, chat: Chat) -> dict[str, Any]:
    return {"chat": chat, "room_path": request.match_info["room"], "nonce": secrets.token_hex(8)}
