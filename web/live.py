"""The open line of a chat page: new bubbles, the list's previews, and the demo's clock, pushed as they come."""

import asyncio
import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiohttp import WSMsgType, web

from domain.messages import Bubble
from domain.slots import clock_time
from models import webchat
from web.bubbles import calls, view
from web.pages import fragment
from web.rooms import mark_read, path_of, preview, room_of
from web.security import is_same_origin
from web.services import SERVICES, SHELF, Listening
from web.session import Visitor, rooms_of, visitor_of

_HEARTBEAT = 25.0
_TICK = 1.0
_CAUGHT_UP = 60


async def live(request: web.Request) -> web.WebSocketResponse:
    """Serve one page until it goes away. The page says which room it shows; everything else only changes the list."""
    visitor = await visitor_of(request)
    if visitor is None or not is_same_origin(request):
        raise web.HTTPForbidden()
    socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=4096)
    await socket.prepare(request)
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    rooms = {visitor.own_room, *(c.chat for c in rooms_of(directory, visitor))}
    line = _Line(request, socket, visitor, room_of(request.query.get("room", ""), visitor))
    listening = request.app[SERVICES].hub.subscribe(rooms.__contains__)
    talking = asyncio.create_task(line.talk(listening, line.room in rooms))
    request.app[SOCKETS].open.add(socket)
    try:
        await line.listen()
    finally:
        request.app[SOCKETS].open.discard(socket)
        listening.close()
        talking.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await talking
    return socket


async def close_all(app: web.Application) -> None:
    """End the open lines when the server stops."""
    for socket in tuple(app[SOCKETS].open):
        await socket.close(code=1001, message=b"going away")


class Sockets:
    """The lines that are open now."""

    def __init__(self) -> None:
        self.open: set[web.WebSocketResponse] = set()


SOCKETS = web.AppKey("sockets", Sockets)


class _Line:
    """One page's line: what it shows now and what it was told last."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, visitor: Visitor, room: str) -> None:
        self._request, self._socket, self._visitor, self.room = request, socket, visitor, room
        self._services = request.app[SERVICES]
        self._above: datetime | None = None
        self._clock = ""

    async def listen(self) -> None:
        """Note what the page says it has read, until it goes."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            seen = _number(message.data)
            if seen and self.room:
                await mark_read(self._services, self._visitor, self.room, seen)

    async def talk(self, listening: Listening, may_see: bool) -> None:
        """Tell the page what it missed and what is new, and at most once a second the demo's clock."""
        if may_see:
            await self._catch_up()
        while True:
            try:
                async with asyncio.timeout(_TICK):
                    bubble = await listening.next()
            except TimeoutError:
                await self._tell_clock()
                continue
            await self._socket.send_json({"lost": True} if bubble is None else self._news(bubble))
            await self._tell_clock()

    async def _catch_up(self) -> None:
        """Send what was said between the page's rendering (or the line's breaking) and now; the page drops doubles."""
        after = _whole(self._request.query.get("after", ""))
        lane, ring, room = self._services.lane, self._services.store.ring, self.room
        newest = await self._services.read(lambda c: webchat.history(c, ring, lane, room, limit=_CAUGHT_UP))
        if newest and newest[0].id > after + 1 and len(newest) == _CAUGHT_UP:
            await self._socket.send_json({"lost": True})
        for bubble in newest:
            if bubble.id > after:
                await self._socket.send_json(self._news(bubble))
            self._above = bubble.said_at

    def _news(self, bubble: Bubble) -> dict[str, Any]:
        group = not bubble.room.startswith("@")
        news: dict[str, Any] = {
            "room": path_of(bubble.room),
            "id": bubble.id,
            "preview": preview(bubble, group),
            "time": clock_time(bubble.said_at),
            "own": bubble.account == self._visitor.account,
            "called": calls(bubble.text, self._visitor) and bubble.account != self._visitor.account,
        }
        if bubble.room == self.room:
            shown = view(bubble, self._visitor, self._above)
            self._above = bubble.said_at
            values = {"bubble": shown, "room_path": path_of(bubble.room), "now": self._services.now(), "group": group}
            news["html"] = fragment(self._request, "_bubble.html", values)
        return news

    async def _tell_clock(self) -> None:
        desk = self._services.demo
        if desk is None:
            return
        state = desk.state
        shown = f"{state.phase} {clock_time(state.now)}"
        if shown != self._clock:
            self._clock = shown
            clock = {"phase": state.phase, "time": clock_time(state.now), "done": round(state.done, 3)}
            await self._socket.send_json({"clock": {**clock, "headline": state.headline}})


def _number(text: str) -> int:
    """Return the bubble up to which the page says it has read; 0 for anything else."""
    try:
        seen = json.loads(text).get("seen")
    except (ValueError, AttributeError):
        return 0
    return seen if isinstance(seen, int) and 0 < seen < 2**53 else 0


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0
