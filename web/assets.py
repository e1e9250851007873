"""Static files, read once: compressed, named by their content, and kept by browsers for a year."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from aiohttp import web

_OWN = Path(__file__).parent / "static"
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with its path on the site ("/static/chat.1a2b3c4d.js")."""

    path: str
    kind: str
    body: bytes
    squeezed: bytes


class Assets:
    """Every static file by its plain name ("chat.js"). htmx comes from its package, nothing of it is copied here."""

    def __init__(self) -> None:
        htmx = files("js_lib_htmx").joinpath("static/htmx/htmx.min.js").read_bytes()
        bodies = {path.name: path.read_bytes() for path in sorted(_OWN.iterdir()) if path.is_file()}
        self._by_name: Mapping[str, Asset] = {n: _asset(n, b) for n, b in {**bodies, "htmx.js": htmx}.items()}
        self._by_path = {asset.path: asset for asset in self._by_name.values()}

    def path(self, name: str) -> str:
        """Return the path of a file for use in a page."""
        return self._by_name[name].path

    async def serve(self, request: web.Request) -> web.Response:
        """Answer with the file; 404 for an unknown or outdated name."""
        asset = self._by_path.get(request.path)
        if asset is None:
            raise web.HTTPNotFound()
        squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
        headers = {"Cache-Control": _YEAR, "Vary": "Accept-Encoding", "Content-Type": asset.kind}
        if squeeze:
            headers["Content-Encoding"] = "gzip"
        return web.Response(body=asset.squeezed if squeeze else asset.body, headers=headers)


def _asset(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    mark = hashlib.sha256(body).hexdigest()[:10]
    kind = {"js": "text/javascript", "webmanifest": "application/manifest+json"}.get(ending)
    guessed = kind or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if guessed.startswith("text/"):
        guessed += "; charset=utf-8"
    return Asset(f"/static/{stem}.{mark}.{ending}", guessed, body, gzip.compress(body, 9, mtime=0))
