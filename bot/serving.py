"""Serves the pages, and apart from them the addresses at which platforms call us."""

from collections import defaultdict
from collections.abc import Iterable

from aiohttp import web

from bot.channels.base import Channel, IsCalled
from bot.channels.endpoints import Endpoint

MAX_CALL = 512 * 1024  # bytes of one call


async def serve_pages(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Serve the pages; whoever asks for it cleans up."""
    return await _serve(app, host, port)


async def serve_calls(channels: Iterable[Channel]) -> list[web.AppRunner]:
    """Serve the callbacks of every channel that has one, those of one address together.

    They are no part of the pages' application: the pages refuse what no browser vouches for, and a proxy should have
    to pass on nothing else.
    """
    apps: defaultdict[str, web.Application] = defaultdict(lambda: web.Application(client_max_size=MAX_CALL))
    for channel in channels:
        if isinstance(channel, IsCalled):
            apps[channel.listen].add_routes(channel.routes())
    runners = []
    for listen, app in apps.items():
        endpoint = Endpoint.parse(listen)
        runners.append(await _serve(app, endpoint.host, endpoint.port))
    return runners


async def _serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner
