"""What the pages refuse and what they send with every answer."""

import asyncio
import gzip
import re

import pytest

from tests.integration.web.conftest import Visit
from tests.integration.web.program import LI, ZHOU, Pages, link_of
from web.limits import Flood
from web.security import local_path


async def test_every_answer_carries_a_strict_policy(visit: Visit) -> None:
    client = visit(LI)
    for path in ("/", "/chat/g-3-1", "/me", "/healthz", "/nowhere", "/join/wrong"):
        answer = await client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_pages_hold_no_inline_script_and_no_inline_style(visit: Visit) -> None:
    client = visit(LI)
    await client.post("/chat/g-3-1", data={"text": "#接龙\n报平安\n1. 502 都好"})
    for path in ("/", "/chat/g-3-1", "/me", "/chat/g-3-1/chain/new", "/board"):
        page = await (await client.get(path)).text()
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", page)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


async def test_the_first_page_weighs_less_than_sixty_kilobytes(visit: Visit) -> None:
    client = visit(LI)
    page = await (await client.get("/")).text()
    weight = len(gzip.compress(page.encode()))
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = await client.get(path)
        assert "immutable" in answer.headers["Cache-Control"]
        weight += int(answer.headers["Content-Length"])
    assert weight < 60 * 1024


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
    ],
)
async def test_a_form_of_another_site_changes_nothing(pages: Pages, visit: Visit, headers: dict[str, str]) -> None:
    answer = await visit(LI).post("/chat/g-3-1", data={"text": "不是我说的"}, headers=headers)
    assert answer.status == 403
    assert pages.bubbles("g-3-1") == []


async def test_a_forged_session_is_nobody(visit: Visit, pages: Pages) -> None:
    client = visit(None)
    client.session.cookie_jar.update_cookies({"gridbot": f"{LI}.{'0' * 32}"}, client.make_url("/"))
    assert (await client.get("/chat/g-3-1", allow_redirects=False)).status == 200
    assert (await client.post("/chat/g-3-1", data={"text": "x"})).status == 403


async def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit, pages: Pages) -> None:
    answer = await visit(None).post(
        link_of(pages, "3"), data={"unit": "1", "room": "502", "name": "李秀兰"}, allow_redirects=False
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_a_message_of_twenty_thousand_characters_goes_through_and_a_longer_one_is_told_so(
    pages: Pages, visit: Visit
) -> None:
    client = visit(LI)
    assert (await client.post("/chat/g-3-1", data={"text": "好" * 20_000}, headers={"X-Talk": "1"})).status == 204
    answer = await client.post("/chat/g-3-1", data={"text": "好" * 20_001}, headers={"X-Talk": "1"})
    assert answer.status == 413
    assert "太长" in await answer.text()
    assert (await client.post("/chat/g-3-1", data={"text": "x" * 300_000})).status == 413
    assert len(pages.bubbles("g-3-1")) == 1


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"text=%E5%A5%BD%00%01", "好"),
        (b"text=a%ED%A0%80b", "a???b"),
        (b"text=%0D%0A%E5%9C%9F%E8%B1%86%0D%0A2%E6%96%A4", "土豆\n2斤"),
    ],
)
async def test_broken_characters_get_a_clean_form(pages: Pages, visit: Visit, sent: bytes, shown: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Talk": "1"}
    answer = await visit(LI).post("/chat/g-3-1", data=sent, headers=form)
    assert answer.status == 204
    assert [text.replace("\ufffd", "?") for text in pages.bubbles("g-3-1")] == [shown]


async def test_bytes_that_are_no_text_are_refused_and_said_so(visit: Visit) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    assert (await visit(LI).post("/chat/g-3-1", data=b"text=\xff\xfe", headers=form)).status == 400


async def test_a_flood_of_one_sender_is_refused_and_delays_nobody_else(pages: Pages, visit: Visit) -> None:
    flooder, neighbour = visit(ZHOU), visit(LI)

    async def one(number: int) -> int:
        answer = await flooder.post("/chat/g-3-1", data={"text": f"刷屏{number}"}, headers={"X-Talk": "1"})
        await answer.release()
        return answer.status

    flood = asyncio.gather(*(one(number) for number in range(600)))
    answer = await neighbour.post("/chat/g-3-1", data={"text": "我家都好"}, headers={"X-Talk": "1"})
    answered_first = not flood.done()
    statuses = await flood
    assert answer.status == 204
    assert (statuses.count(204), statuses.count(429)) == (120, 480)
    assert len(pages.bubbles("g-3-1")) == 121
    assert answered_first


def test_flood_counts_a_stretch_and_not_the_clock_minute() -> None:
    flood = Flood(2, 60)
    assert [flood.allows("a", at) for at in (0, 50, 59, 61, 62, 111)] == [True, True, False, True, False, True]
    assert flood.allows("b", 59)


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:x", ""])
def test_a_redirect_never_leads_to_another_site(path: str) -> None:
    assert local_path(path, "/") == "/"


async def test_healthz_says_whether_the_store_answers(visit: Visit) -> None:
    answer = await visit(None).get("/healthz")
    assert await answer.json() == {"ok": True}
