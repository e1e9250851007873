"""The page about oneself: who one is here, the size of the text, leaving; and what the page keeps."""

from aiohttp import web

from domain.wording import pages as words
from web.chat import fields
from web.pages import notice, page, see_other
from web.security import local_path
from web.services import SERVICES
from web.session import COOKIE, LARGE_TEXT, visitor_of

_YEAR = 365 * 24 * 3600


async def me(request: web.Request) -> web.Response:
    """Who the visitor is, and the switches."""
    visitor = await visitor_of(request)
    if visitor is None:
        return see_other("/")
    return page(request, "me.html", {"visitor": visitor, "operator": request.app[SERVICES].operator})


async def text_size(request: web.Request) -> web.Response:
    """Switch between the usual and the large text."""
    form = await fields(request)
    answer = see_other(local_path(form.get("back", "/"), "/"))
    value = "large" if form.get("size") == "large" else "usual"
    answer.set_cookie(LARGE_TEXT, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.secure, path="/")
    return answer


async def leave(request: web.Request) -> web.Response:
    """Forget on this browser who the visitor is."""
    answer = notice(request, words.LEFT, words.LEFT_HINT, 200)
    answer.del_cookie(COOKIE, path="/")
    return answer
