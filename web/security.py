"""Manners of every answer and request: strict headers, changes only by POST from our own pages, bounded bodies."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

BODY_LIMIT = 256 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    # same-origin, not no-referrer: with the latter browsers send "Origin: null" with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse changes that did not come from our own pages."""
    if request.method not in ("GET", "HEAD") and not is_same_origin(request):
        raise web.HTTPForbidden(text="cross-site request refused")
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the security headers on every answer; pages are never kept by caches unless they say so themselves."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.pop("Server", None)


def is_same_origin(request: web.Request) -> bool:
    """Say whether a browser vouches that one of our own pages sent this request.

    Sec-Fetch-Site tells it on every current browser; Origin on older ones. A request with neither is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.host


def is_local(request: web.Request) -> bool:
    """Say whether somebody sits at this machine: a loopback peer, a loopback name in the address, and no proxy between.

    The name is asked for besides the peer, or a foreign page could rebind its own name to 127.0.0.1.
    """
    forwarded = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP"))
    name = urlsplit(f"//{request.host}").hostname or ""
    return not forwarded and is_loopback(request.remote or "") and is_loopback(name)


def local_path(text: str, otherwise: str) -> str:
    """Return `text` where it is a path on this site, so that a redirect cannot lead elsewhere."""
    parts = urlsplit(text)
    safe = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc and "\n" not in text
    return text if safe else otherwise


def is_loopback(host: str) -> bool:
    """Say whether an address or name can only mean this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
