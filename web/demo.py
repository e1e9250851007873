"""The demo's pages: choosing whom to be, and the controls of the day that is played. 404 where there is no demo."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Connection

from domain.areas import place_name
from domain.roles import HEADS, IN_CHARGE, Role
from domain.wording import pages as words
from models.directory import Directory
from web.chat import fields
from web.pages import notice, page, see_other, wants_fragment
from web.security import local_path
from web.services import SERVICES, SHELF, DemoDesk
from web.session import let_in, visitor_of

_SHOWN = 30
SPEEDS = (30.0, 12.0, 4.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be in the demo; `door` is empty for workers."""

    account: str
    name: str
    door: str
    role: str


async def choose(request: web.Request) -> web.Response:
    """Everybody one can be, found by door, name or role."""
    desk(request)
    search = request.query.get("q", "").strip()[:40]
    found = await request.app[SERVICES].read(lambda c: candidates(c, request.app[SHELF].get(c), search))
    values = {"people": found, "search": search, "visitor": await visitor_of(request)}
    return page(request, "_people.html" if wants_fragment(request) else "who.html", values)


async def become(request: web.Request) -> web.Response:
    """Take somebody's place."""
    desk(request)
    account = (await fields(request)).get("account", "")
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    if account not in directory.bound and not directory.roles_of(account):
        return notice(request, words.NOBODY_THERE, words.CHOOSE_AGAIN, 404)
    answer = see_other("/")
    let_in(answer, request, account)
    return answer


async def controls(request: web.Request) -> web.Response:
    """The controls as they stand now."""
    desk(request)
    return page(request, "_demo.html", {})


async def play(request: web.Request) -> web.Response:
    await desk(request).play()
    return await _back(request)


async def pause(request: web.Request) -> web.Response:
    await desk(request).pause()
    return await _back(request)


async def reset(request: web.Request) -> web.Response:
    await desk(request).reset()
    return await _back(request)


async def speed(request: web.Request) -> web.Response:
    wanted = (await fields(request)).get("speed", "")
    known = {f"{s:g}": s for s in SPEEDS}
    if wanted in known:
        await desk(request).set_speed(known[wanted])
    return await _back(request)


def desk(request: web.Request) -> DemoDesk:
    """Return the demo's controls. Raises 404 where there is no demo."""
    found = request.app[SERVICES].demo
    if found is None:
        raise web.HTTPNotFound()
    return found


def candidates(_connection: Connection, directory: Directory, search: str) -> list[Candidate]:
    """Return whom one can be: workers and heads first, then residents, those that match a search."""
    people = {p.account: p for p in reversed(directory.people)}
    found = [
        Candidate(a, p.name or directory.bound_names.get(a, ""), directory.bound.get(a, ""), _role(p.role, p.scope))
        for a, p in sorted(people.items(), key=lambda item: (item[1].role not in IN_CHARGE, item[1].role in HEADS))
    ]
    found += [
        Candidate(account, directory.bound_names.get(account, ""), door, "")
        for account, door in directory.bound.items()
        if account not in people
    ]
    if search:
        fits = [c for c in found if any(search in text for text in (c.name, c.door, c.role))]
        return sorted(fits, key=lambda c: not c.door.startswith(search))[:_SHOWN]
    return _mixed(found)


def _mixed(found: list[Candidate]) -> list[Candidate]:
    """Return some of each kind, so that the first look shows what there is."""
    workers = [c for c in found if c.role and not c.door]
    heads = [c for c in found if c.role and c.door]
    heads = [*heads[:2], *heads[-2:]]
    residents = [c for c in found if not c.role]
    step = max(1, len(residents) // 12)
    return [*workers[:4], *heads, *residents[::step][:12]]


def _role(role: Role, scope: str) -> str:
    return words.head_of(place_name(scope), role.value) if role in HEADS else role.value


async def _back(request: web.Request) -> web.Response:
    """Answer with the controls as they stand now, or lead back to the page they were used on."""
    if wants_fragment(request):
        return page(request, "_demo.html", {})
    return see_other(local_path((await fields(request)).get("back", "/"), "/"))
