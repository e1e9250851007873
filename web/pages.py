"""Turns templates into answers: one environment, escaping always on, the words from domain.wording.pages."""

import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.areas import place_name
from domain.slots import clock_time
from domain.wording import pages as words
from web.assets import Assets
from web.services import SERVICES
from web.session import LARGE_TEXT

ENVIRONMENT = web.AppKey("environment", Environment)
_HUES = 8


def environment(assets: Assets, community: str) -> Environment:
    """Return the template environment of one app."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=assets.path, t=words, community=community)
    made.filters.update(clock=clock_time, hue=hue, initial=initial, place=place_name, stamp=stamp)
    return made


def fragment(request: web.Request, template: str, values: Mapping[str, Any]) -> str:
    """Return a template as text."""
    common = {
        "large": request.cookies.get(LARGE_TEXT) == "large",
        "path": request.rel_url.path_qs,
        "demo": _demo(request),
    }
    return request.app[ENVIRONMENT].get_template(template).render({**common, **values})


def page(request: web.Request, template: str, values: Mapping[str, Any], status: int = 200) -> web.Response:
    """Answer with a page, compressed where the browser takes that."""
    answer = web.Response(text=fragment(request, template, values), content_type="text/html", status=status)
    answer.enable_compression()
    return answer


def notice(request: web.Request, title: str, text: str, status: int) -> web.Response:
    """Answer with a page that says one thing and leads back."""
    return page(request, "notice.html", {"title": title, "text": text}, status)


def wants_fragment(request: web.Request) -> bool:
    """Say whether htmx asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"


def see_other(path: str) -> web.Response:
    """Send the browser on after a change."""
    return web.Response(status=303, headers={"Location": path})


def hue(account: str) -> int:
    """Return the number of an account's avatar colour."""
    return zlib.crc32(account.encode("utf-8", "replace")) % _HUES


def initial(shown: str) -> str:
    """Return the first character of the name in a remark: "3-1-502 王秀英" and "网格员 王秀英" give 王."""
    named = [part for part in shown.split() if not any(c.isdigit() for c in part)]
    letters = [c for c in (named or [shown])[-1] if c.isalpha()]
    return (letters or list(shown.strip()) or ["·"])[0]


def stamp(moment: datetime, now: datetime) -> str:
    """Return a time as the chat centres it: today's by the clock, older ones with their date."""
    return words.time_stamp(moment, now)


def _demo(request: web.Request) -> Any:
    desk = request.app[SERVICES].demo
    return desk.state if desk else None
