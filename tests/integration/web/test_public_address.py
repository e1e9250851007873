"""The address at which residents reach the pages stands on what is printed for them, whatever address a worker uses."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.app import serve
from tests.integration.web.program import WORKER, Pages
from web.session import COOKIE, seal


async def sheet_of(folder: Path, public_url: str) -> str:
    """Run the whole program and return the sheet of building 3 as its grid worker sees it."""
    pages, stop = Pages(folder, web={"port": 0, "public_url": public_url}), asyncio.Event()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(serve(pages.program, stop, listening=port.set_result))
    try:
        address = f"http://127.0.0.1:{await port}"
        cookies = {COOKIE: seal(pages.store.ring, WORKER)}
        async with aiohttp.ClientSession(cookies=cookies) as http, http.get(f"{address}/join-sheet/3") as answer:
            return (await answer.text()).replace(address, "http://HERE")
    finally:
        stop.set()
        await running
        await asyncio.get_running_loop().shutdown_default_executor()
        pages.store.close()


@pytest.mark.parametrize("written", ["https://gl.example.cn", "https://gl.example.cn/"])
async def test_sheet_carries_the_public_address(tmp_path: Path, written: str) -> None:
    sheet = await sheet_of(tmp_path, written)
    assert 'href="https://gl.example.cn/join/3.' in sheet
    assert "HERE/join" not in sheet
    assert "只有这台电脑打得开" not in sheet


async def test_sheet_without_one_warns_that_only_this_machine_opens_its_link(tmp_path: Path) -> None:
    sheet = await sheet_of(tmp_path, "")
    assert 'href="http://HERE/join/3.' in sheet
    assert "只有这台电脑打得开" in sheet
    assert "web.public_url" in sheet
