"""Serves the pages, and apart from them the addresses at which platforms call us."""

import asyncio
import errno
import socket
from collections import defaultdict
from collections.abc import Iterable

from aiohttp import web

from bot.channels.base import Channel, IsCalled, Listens
from bot.channels.endpoints import Endpoint
from bot.platforms import setting_of

MAX_CALL = 512 * 1024  # bytes of one call
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_LOWEST_FREE = 1024  # below it ports belong to the system


class AddressError(Exception):
    """An address cannot be listened on; the message names it, why, and the setting that says otherwise.

    `is_busy`: somebody else listens there.
    """

    def __init__(self, host: str, port: int, setting: str, cause: Exception) -> None:
        super().__init__(_why(host, port, setting, cause))
        self.is_busy = isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE


async def serve_pages(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Serve the pages; whoever asks for it cleans up. Raises AddressError."""
    name = "web.port" if host in ("127.0.0.1", "localhost", "::1") else "web.host and web.port"
    return await _serve(app, host, port, f"{name} in config.yaml, or the port by gridbot run --port")


async def serve_calls(channels: Iterable[Channel]) -> list[web.AppRunner]:
    """Serve the callbacks of every channel that has one, those of one address together. Raises AddressError.

    They are no part of the pages' application: the pages refuse what no browser vouches for, and a proxy should have
    to pass on nothing else.
    """
    apps: defaultdict[str, web.Application] = defaultdict(lambda: web.Application(client_max_size=MAX_CALL))
    settings: dict[str, str] = {}
    for channel in channels:
        if isinstance(channel, IsCalled):
            apps[channel.listen].add_routes(channel.routes())
            settings.setdefault(channel.listen, _setting(channel))
    runners: list[web.AppRunner] = []
    for listen, app in apps.items():
        endpoint = Endpoint.parse(listen)
        try:
            runners.append(await _serve(app, endpoint.host, endpoint.port, settings[listen]))
        except AddressError:
            await stop_serving(runners)
            raise
    return runners


async def try_own_addresses(channels: Iterable[Channel]) -> None:
    """Listen for a moment where channels will open a port of their own. Raises AddressError.

    Later they wait for such a port by themselves; at the start it is a mistake that somebody should be told of.
    """
    for channel in channels:
        if isinstance(channel, IsCalled) or not isinstance(channel, Listens):
            continue
        endpoint, loop = Endpoint.parse(channel.listen), asyncio.get_running_loop()
        try:
            server = await loop.create_server(asyncio.Protocol, endpoint.host, endpoint.port)
        except (OSError, UnicodeError) as error:
            raise AddressError(endpoint.host, endpoint.port, _setting(channel), error) from None
        server.close()
        await server.wait_closed()


async def stop_serving(runners: Iterable[web.AppRunner]) -> None:
    """Close what was opened here."""
    for runner in runners:
        await runner.cleanup()


async def _serve(app: web.Application, host: str, port: int, setting: str) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, UnicodeError) as error:
        await runner.cleanup()
        raise AddressError(host, port, setting, error) from None
    return runner


def _setting(channel: Channel) -> str:
    return f"{setting_of(channel.name)}.listen in config.yaml"


def _why(host: str, port: int, setting: str, cause: Exception) -> str:
    number = cause.errno if isinstance(cause, OSError) else None
    if isinstance(cause, socket.gaierror | UnicodeError):
        return f"there is no host called {host!r} here: name an address of this machine by {setting}"
    if number == errno.EADDRINUSE:
        return f"port {port} on {host} is taken by another program (another gridbot?): stop that, or change {setting}"
    if number == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: name one that is by {setting}"
    if number in _FORBIDDEN and port < _LOWEST_FREE:
        return f"port {port} on {host} is only for the system: choose one from {_LOWEST_FREE} on by {setting}"
    return f"cannot listen on port {port} of {host} ({cause}): change {setting}"
