"""Takes the pictures in docs/screenshots: the demo's day, on a phone and a desktop, light and dark.

    .venv/bin/python docs/make_screenshots.py

Starts its own program on a free port with its own data folder, plays a day, and ends it again. Needs Chromium and the
fonts fonts-noto-cjk and fonts-noto-color-emoji.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
CHROMIUM = os.environ.get("GRIDBOT_CHROMIUM", "/usr/bin/chromium")
PHONE, DESKTOP = (390, 844), (1280, 800)
_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def main() -> None:
    """Play a day and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder for the pictures")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data) / "data") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        take(browser, url, options.to)
        browser.close()


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Run the program on a free port and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot.cli", "run", "--data", str(data)]
    environment = {**os.environ, "GRIDBOT_WEB__PORT": str(port)}
    program = subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent)  # noqa: S603 - our own program
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.wait(20)


def take(browser: Browser, url: str, folder: Path) -> None:
    """Go through the day as a resident and as a grid worker, and take the pictures on the way."""
    resident, worker = person(browser, url, "3-1-401", PHONE), person(browser, url, "网格员", DESKTOP)
    dark_resident = person(browser, url, "3-1-401", PHONE, dark=True)
    dark_worker = person(browser, url, "网格员", DESKTOP, dark=True)
    resident.goto(f"{url}/who", wait_until="domcontentloaded")
    shot(resident, folder, "who-phone")
    worker.goto(url, wait_until="domcontentloaded")
    worker.get_by_role("button", name="播放一天").click()
    at(worker, "08:30")
    room(resident, url, "g-3-1")
    shot(resident, folder, "chat-phone")
    resident.locator(".join").last.click()
    resident.locator("#line").wait_for()
    shot(resident, folder, "chain-phone")
    resident.locator("main .go").click()
    resident.locator(".bubble.own").first.wait_for()
    room(worker, url, "g-3-1")
    at(worker, "08:55")
    shot(worker, folder, "chat-desktop")
    at(worker, "10:40")
    room(dark_resident, url, "g-shop")
    shot(dark_resident, folder, "orders-phone-dark")
    room(resident, url, "g-3-1")
    resident.fill("#text", "401 帮我带3斤土豆，一板鸡蛋")
    resident.get_by_role("button", name="发送").click()
    at(worker, "15:25")
    room(dark_worker, url, "g-shop")
    shot(dark_worker, folder, "list-desktop-dark")
    worker.goto(f"{url}/board", wait_until="domcontentloaded")
    shot(worker, folder, "board-desktop")
    phone_board = person(browser, url, "网格员", PHONE, dark=True)
    phone_board.goto(f"{url}/board", wait_until="domcontentloaded")
    shot(phone_board, folder, "board-phone-dark")
    room(worker, url, "assistant")
    at(worker, "20:45")
    shot(worker, folder, "summary-desktop")
    resident.goto(f"{url}/me", wait_until="domcontentloaded")
    shot(resident, folder, "me-phone")


def person(browser: Browser, url: str, search: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    """Return a page on which somebody of the demo is signed in."""
    phone = size == PHONE
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    for _ in range(100):
        if answers(page, f"{url}/who?q={search}"):
            break
        page.wait_for_timeout(200)
    page.locator(".person").first.click()
    return page


def answers(page: Page, address: str) -> bool:
    """Open an address; False while nobody listens there yet."""
    try:
        page.goto(address, wait_until="domcontentloaded")
    except Error as error:
        if "ERR_CONNECTION_REFUSED" not in str(error):
            raise
        return False
    return True


def room(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/chat/{name}", wait_until="domcontentloaded")
    page.locator("#composer").wait_for()


def at(page: Page, time: str) -> None:
    """Wait until the demo's clock shows a time."""
    page.wait_for_function(
        "(time) => (document.querySelector('#demo-time')?.textContent || '') >= time", arg=time, timeout=300_000
    )


def shot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(600)
    page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main()
