"""Joining by the link or QR code of a building: name and door are checked against the roster, then bound."""

import asyncio
import hmac
import io
import secrets
from datetime import date, timedelta
from urllib.parse import urlsplit

import segno
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from domain.areas import Household, covers, household_key
from domain.slots import day_of
from domain.wording import pages as words
from models import roster
from models.crypto import KeyRing
from models.directory import Directory
from web.board import admit
from web.chat import clean, fields
from web.limits import Flood
from web.pages import notice, page, see_other
from web.security import is_loopback
from web.services import SERVICES, SHELF
from web.session import let_in, visitor_of

VALID = timedelta(days=30)
TRIES = web.AppKey("tries", Flood)
_EPOCH = date(2020, 1, 1)
_ACCOUNT_BYTES = 9


def token_for(ring: KeyRing, building: str, last_day: date) -> str:
    """Return the secret part of a building's join link, good up to and with `last_day`."""
    days = str((last_day - _EPOCH).days)
    return f"{building}.{days}.{ring.blind('join', building, days)[:20]}"


def building_of(ring: KeyRing, token: str, today: date) -> tuple[str | None, bool]:
    """Return the building a token opens (None: we never gave it out) and whether it is still good."""
    building, _, rest = token.partition(".")
    days, _, mark = rest.partition(".")
    if not days.isdecimal() or len(days) > 6:
        return None, False
    if not hmac.compare_digest(mark.encode(), ring.blind("join", building, days)[:20].encode()):
        return None, False
    return building, _EPOCH + timedelta(days=int(days)) >= today


async def form(request: web.Request) -> web.Response:
    """Ask for name and door."""
    building = _opened(request)
    if isinstance(building, web.Response):
        return building
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    values = {"building": building, "units": units_of(directory, building), "error": "", "given": {}}
    return page(request, "join.html", values)


async def join(request: web.Request) -> web.Response:
    """Bind a new account to the door, where the roster knows the name behind it."""
    building = _opened(request)
    if isinstance(building, web.Response):
        return building
    if not request.app[TRIES].allows(request.remote or "", asyncio.get_running_loop().time()):
        return notice(request, words.TOO_MANY_TRIES, words.TOO_MANY_TRIES_HINT, 429)
    given = {name: clean(value)[:40] for name, value in (await fields(request)).items()}
    directory = await request.app[SERVICES].read(request.app[SHELF].get)
    home, problem = check(directory, building, given)
    if home is None:
        values = {"building": building, "units": units_of(directory, building), "error": problem, "given": given}
        return page(request, "join.html", values, 422)
    account = await _account(request, home.key, given["name"])
    answer = see_other("/")
    let_in(answer, request, account)
    return answer


async def sheet(request: web.Request) -> web.Response:
    """A sheet to hang up in the stairwell: the link as a QR code with the date until which it is good."""
    await admit(request)
    services, building = request.app[SERVICES], request.match_info["building"]
    directory = await services.read(request.app[SHELF].get)
    if not any(h.building == building for h in directory.households.values()):
        raise web.HTTPNotFound()
    last_day = day_of(services.now()) + VALID
    base = services.public_url or f"{request.scheme}://{request.host}"
    link = f"{base}/join/{token_for(services.store.ring, building, last_day)}"
    only_here = is_loopback(urlsplit(link).hostname or "")
    values = {"building": building, "link": link, "last_day": last_day, "code": qr_code(link), "only_here": only_here}
    return page(request, "sheet.html", values)


def qr_code(link: str) -> Markup:
    """Return a link as an inline SVG."""
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True)
    return Markup(out.getvalue().decode())  # noqa: S704 - made by segno from our own link


def units_of(directory: Directory, building: str) -> list[str]:
    """Return the units of a building in their order."""
    return list(dict.fromkeys(h.unit for h in directory.in_area(building) if h.unit))


def check(directory: Directory, building: str, given: dict[str, str]) -> tuple[Household | None, str]:
    """Return the household that somebody names, or None and what to say.

    The name must stand behind that door on the roster; a door without names believes what it is told.
    """
    name, room = given.get("name", ""), given.get("room", "").rstrip("室号")
    unit = given.get("unit") or None
    if not name or not room:
        return None, words.JOIN_INCOMPLETE
    home = directory.households.get(household_key(building, unit, room))
    if home is None or not covers(building, home.key):
        return None, words.no_such_room(building, unit, room)
    if home.names and name not in home.names:
        return None, words.NAME_NOT_THERE
    return home, ""


async def _account(request: web.Request, door: str, name: str) -> str:
    """Bind the browser's account, or a new one, to the door."""
    services, known = request.app[SERVICES], await visitor_of(request)
    is_demo = services.demo is not None
    account = known.account if known and not is_demo else f"web-{secrets.token_urlsafe(_ACCOUNT_BYTES)}"

    def work(connection: Connection) -> None:
        roster.bind(connection, services.store.ring, services.lane, account, door, name, services.now())

    await services.write(work)
    return account


def _opened(request: web.Request) -> str | web.Response:
    """Return the building of the link, or the page that says why it opens nothing."""
    services = request.app[SERVICES]
    building, good = building_of(services.store.ring, request.match_info["token"], day_of(services.now()))
    if building is None:
        return notice(request, words.WRONG_LINK, words.WRONG_LINK_HINT, 404)
    return building if good else notice(request, words.OLD_LINK, words.WRONG_LINK_HINT, 410)
