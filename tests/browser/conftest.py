"""A real browser on the real pages. Without Chromium these tests are skipped, and say so."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.integration.web.program import Served

CHROMIUM = Path(os.environ.get("GRIDBOT_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
_REPORT = """document.addEventListener("securitypolicyviolation",
  (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""
OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(
                    pytest.mark.skip(
                        reason=f"NO BROWSER: {CHROMIUM} is missing; apt-get install -y chromium fonts-noto-cjk"
                    )
                )


@pytest.fixture(scope="module")  # not longer: while Playwright runs, no other test can have an event loop
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Served]:
    """The demo on a port of its own."""
    with Served(tmp_path) as served:
        yield served


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens a page of a size and colour scheme; at the end none may have complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 1280, height: int = 800, *, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            has_touch=width < 760,
            is_mobile=width < 760,
        )
        contexts.append(context)
        context.add_init_script(_REPORT)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
