"""Pages of a small community, a client of theirs, and browsers signed in as its people."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SimulatedClock
from tests.integration.web.program import Pages
from web.session import COOKIE, seal

MORNING = datetime.fromisoformat("2026-07-03T08:05:00+08:00")
Visit = Callable[[str | None], "TestClient"]


@pytest.fixture
async def pages(tmp_path: Path) -> AsyncIterator[Pages]:
    """The program behind the pages, at 08:05 of the test day."""
    made = Pages(tmp_path, SimulatedClock(MORNING))
    made.app = await made.start()  # type: ignore[attr-defined]
    yield made
    await made.stop()


@pytest.fixture
async def visit(pages: Pages) -> AsyncIterator[Visit]:
    """Returns a browser of an account (None: of nobody known)."""
    server = TestServer(pages.app)  # type: ignore[attr-defined]
    await server.start_server()
    opened: list[TestClient] = []

    def browser(account: str | None) -> TestClient:
        client = TestClient(server)
        client.session.headers["Sec-Fetch-Site"] = "same-origin"
        if account:
            client.session.cookie_jar.update_cookies({COOKIE: seal(pages.store.ring, account)}, server.make_url("/"))
        opened.append(client)
        return client

    yield browser
    for client in opened:
        await client.session.close()
    await server.close()
