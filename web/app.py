"""The web application: every address with what answers it."""

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from domain.wording import pages as words
from models.directory import version_of
from web import board, board_messages, chat, demo, join, live, me
from web.assets import Assets
from web.limits import Flood
from web.pages import ENVIRONMENT, environment, notice
from web.security import BODY_LIMIT, Handler, add_headers, guarded
from web.services import SERVICES, SHELF, DirectoryShelf, Services

MESSAGES_A_MINUTE = 120
JOIN_TRIES_A_MINUTE = 10


def create_app(services: Services) -> web.Application:
    """Return the application; whoever runs it closes it. It starts nothing and touches the store only when asked."""
    app = web.Application(middlewares=[friendly, guarded], client_max_size=BODY_LIMIT)
    assets = Assets()
    app[SERVICES] = services
    app[SHELF] = DirectoryShelf(services)
    app[ENVIRONMENT] = environment(assets, services.community)
    app[chat.FLOOD] = Flood(MESSAGES_A_MINUTE)
    app[join.TRIES] = Flood(JOIN_TRIES_A_MINUTE)
    app[live.SOCKETS] = live.Sockets()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(live.close_all)
    app.router.add_get("/static/{name}", assets.serve)
    app.router.add_get("/healthz", healthz)
    app.add_routes(_CHAT)
    app.add_routes(_DEMO)
    app.add_routes(_OTHERS)
    return app


async def healthz(request: web.Request) -> web.Response:
    """Say whether the store can be read; 503 where not. Tells nothing else."""
    try:
        await request.app[SERVICES].read(lambda c: version_of(c, request.app[SERVICES].lane))
    except DBAPIError:
        return web.json_response({"ok": False}, status=503)
    return web.json_response({"ok": True})


@web.middleware
async def friendly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals into pages that a resident can read."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400 or request.headers.get("X-Talk"):
            raise
        title, text = words.TROUBLES.get(error.status, words.TROUBLE)
        return notice(request, title, text, error.status)


_CHAT = (
    web.get("/", chat.index),
    web.get("/rooms", chat.rooms),
    web.get("/live", live.live),
    web.get("/chat/{room}", chat.room),
    web.post("/chat/{room}", chat.say),
    web.get("/chat/{room}/older", chat.older),
    web.get("/chat/{room}/chain", chat.chain),
    web.post("/chat/{room}/chain", chat.join_chain),
    web.get("/chat/{room}/chain/new", chat.new_chain),
    web.post("/chat/{room}/chain/new", chat.open_chain),
)
_DEMO = (
    web.get("/who", demo.choose),
    web.post("/who", demo.become),
    web.get("/demo", demo.controls),
    web.post("/demo/play", demo.play),
    web.post("/demo/pause", demo.pause),
    web.post("/demo/reset", demo.reset),
    web.post("/demo/speed", demo.speed),
)
_OTHERS = (
    web.get("/me", me.me),
    web.post("/me/text", me.text_size),
    web.post("/me/leave", me.leave),
    web.get("/join/{token}", join.form),
    web.post("/join/{token}", join.join),
    web.get("/join-sheet/{building}", join.sheet),
    web.get("/board", board.board),
    web.get("/board/messages", board_messages.messages),
)
