"""What people do on the pages, in a real browser: who to be, talking, chains, orders, the played day."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.integration.web.program import Served

SIZES = [(390, 844, False), (390, 844, True), (1280, 800, False), (1280, 800, True)]


def become(page: Page, served: Served, search: str) -> None:
    """Take the place of the first person found."""
    page.goto(f"{served.url}/who?q={search}", wait_until="domcontentloaded")
    page.locator(".person").first.click()
    expect(page.locator("#rooms")).to_be_visible()


def enter(page: Page, served: Served, room: str) -> None:
    page.goto(f"{served.url}/chat/{room}", wait_until="domcontentloaded")
    expect(page.locator("#composer")).to_be_visible()


@pytest.mark.parametrize(("width", "height", "dark"), SIZES)
def test_a_message_appears_at_once_and_stays(
    demo: Served, open_page: OpenPage, width: int, height: int, dark: bool
) -> None:
    page = open_page(width, height, dark=dark)
    become(page, demo, "3-1-401")
    page.locator('.room[data-room="g-3-1"]').click()
    page.fill("#text", "3-1-401 36.5 都好")
    page.get_by_role("button", name="发送").click()
    own = page.locator(".bubble.own .text")
    expect(own).to_have_text("3-1-401 36.5 都好")
    assert own.evaluate("e => getComputedStyle(e).backgroundColor") == (
        "rgb(62, 181, 117)" if dark else "rgb(149, 236, 105)"
    )
    page.reload(wait_until="domcontentloaded")
    expect(own).to_have_text("3-1-401 36.5 都好")


def test_neighbours_see_each_other_and_unread_counts(demo: Served, open_page: OpenPage) -> None:
    one, other = open_page(), open_page(390, 844)
    become(one, demo, "3-1-401")
    become(other, demo, "3-1-101")
    enter(one, demo, "g-3-1")
    one.fill("#text", "有人在吗")
    one.keyboard.press("Enter")
    expect(other.locator('.room[data-room="g-3-1"] .count')).to_have_text("1")
    expect(other.locator('.room[data-room="g-3-1"] .preview')).to_contain_text("有人在吗")
    other.locator('.room[data-room="g-3-1"]').click()
    expect(other.locator(".bubble .text")).to_have_text("有人在吗")
    other.locator(".back").click()
    expect(other.locator('.room[data-room="g-3-1"] .unread')).to_be_hidden()


def test_typing_the_chain_word_leads_to_a_chain_that_others_join(demo: Served, open_page: OpenPage) -> None:
    one, other = open_page(), open_page(390, 844)
    become(one, demo, "3-1-401")
    become(other, demo, "3-1-101")
    enter(other, demo, "g-3-1")
    enter(one, demo, "g-3-1")
    one.fill("#text", "#接龙")
    one.keyboard.press("Enter")
    one.fill("#title", "周六大扫除报名")
    one.fill("#note", "")
    one.fill("#line", "401 参加")
    one.get_by_role("button", name="发到群里").click()
    expect(one.locator(".card h3")).to_contain_text("周六大扫除报名")
    other.locator(".join").click()
    other.get_by_role("button", name="参加", exact=True).click()
    other.locator("main").get_by_role("button", name="参与接龙").click()
    expect(other.locator(".bubble.own .card-foot")).to_contain_text("已接龙 2")
    expect(one.locator(".bubble:not(.own) .card li").last).to_contain_text("参加")


def test_the_played_day_brings_prompt_digest_list_and_summary(demo: Served, open_page: OpenPage) -> None:
    """The journey of the first run: play the day, write an order oneself, see what the bot makes of it."""
    worker, resident = open_page(), open_page(390, 844)
    become(worker, demo, "网格员")
    become(resident, demo, "3-1-401")
    worker.get_by_role("button", name="快", exact=True).click()
    worker.get_by_role("button", name="播放一天").click()
    enter(resident, demo, "g-3-1")
    bot = resident.locator(".bubble.bot .text")
    expect(bot.first).to_contain_text("家里都好吗", timeout=60_000)
    resident.fill("#text", "401 帮我带3斤土豆")
    resident.get_by_role("button", name="发送").click()
    expect(resident.locator(".bubble.own .text")).to_have_text("401 帮我带3斤土豆")
    enter(worker, demo, "g-shop")
    expect(worker.locator(".bubble.bot .text", has_text="代购清单").first).to_contain_text("土豆", timeout=120_000)
    enter(worker, demo, "assistant")
    expect(worker.locator(".bubble.bot .text", has_text="小结").first).to_contain_text("报平安", timeout=120_000)
    worker.goto(f"{demo.url}/board", wait_until="domcontentloaded")
    expect(worker.locator(".tile.good .n")).not_to_have_text("0")
    worker.get_by_role("row", name=re.compile("土豆")).get_by_role("link").click()
    expect(worker.locator(".source").first).to_be_visible()


def test_what_is_typed_while_a_message_is_on_its_way_is_not_lost(demo: Served, open_page: OpenPage) -> None:
    page = open_page()
    become(page, demo, "3-1-401")
    enter(page, demo, "g-3-1")
    page.evaluate("() => { real = fetch; fetch = (...a) => new Promise((go) => { release = () => go(real(...a)); }); }")
    page.fill("#text", "第一句")
    page.keyboard.press("Enter")
    page.fill("#text", "第二句还没写")
    page.evaluate("() => { release(); }")
    expect(page.locator(".bubble.own .text")).to_have_text("第一句")
    expect(page.locator("#text")).to_have_value("第二句还没写")


def test_a_message_that_did_not_go_comes_back_to_the_field(demo: Served, open_page: OpenPage) -> None:
    page = open_page()
    become(page, demo, "3-1-401")
    enter(page, demo, "g-3-1")
    page.evaluate("() => { real = fetch; fetch = () => Promise.reject(new TypeError('offline')); }")
    page.fill("#text", "断网时说的")
    page.keyboard.press("Enter")
    expect(page.locator("#trouble")).to_contain_text("没发出去")
    expect(page.locator("#text")).to_have_value("断网时说的")
    page.evaluate("() => { fetch = real; }")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.own .text")).to_have_text("断网时说的")
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_draft_outlives_a_look_into_another_group(demo: Served, open_page: OpenPage) -> None:
    page = open_page()
    become(page, demo, "3-1-401")
    enter(page, demo, "g-3-1")
    page.fill("#text", "还没写完")
    page.locator('.room[data-room="g-shop"]').click()
    expect(page.locator("#text")).to_have_value("")
    page.locator('.room[data-room="g-3-1"]').click()
    expect(page.locator("#text")).to_have_value("还没写完")


def test_everything_works_without_javascript(demo: Served, open_page: OpenPage) -> None:
    page = open_page(390, 844, script=False)
    become(page, demo, "3-1-401")
    page.locator('.room[data-room="g-3-1"]').click()
    page.fill("#text", "没有脚本也能说话")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".bubble.own .text")).to_have_text("没有脚本也能说话")
    page.get_by_role("link", name="接龙").click()
    page.fill("#line", "401 都好")
    page.get_by_role("button", name="发到群里").click()
    expect(page.locator(".bubble.own .card li")).to_contain_text("401 都好")
    page.goto(f"{demo.url}/")
    page.get_by_role("button", name="播放一天").click()
    expect(page.locator("#demo-phase")).to_have_text("播放中")
    page.get_by_role("button", name="暂停").click()
    expect(page.locator("#demo-phase")).to_have_text("已暂停")


@pytest.mark.parametrize("path", ["/", "/chat/g-3-1", "/me", "/who", "/chat/g-3-1/chain/new", "/board"])
def test_touch_targets_are_large_enough_and_nothing_runs_off_the_phone(
    demo: Served, open_page: OpenPage, path: str
) -> None:
    page = open_page(390, 844)
    become(page, demo, "网格员")
    page.goto(f"{demo.url}{path}", wait_until="domcontentloaded")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), textarea, nav a, .back, .button")]
          .filter((e) => e.offsetParent && !e.closest("td, th") && !e.classList.contains("face"))
          .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
          .filter(([, height]) => height < 48)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_large_text_makes_everything_larger(demo: Served, open_page: OpenPage) -> None:
    page = open_page(390, 844)
    become(page, demo, "3-1-401")
    page.goto(f"{demo.url}/me", wait_until="domcontentloaded")
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23.8px"
    enter(page, demo, "g-3-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_broken_line_is_told_and_mended(demo: Served, open_page: OpenPage) -> None:
    page = open_page()
    become(page, demo, "3-1-401")
    enter(page, demo, "g-3-1")
    page.wait_for_function("socket && socket.readyState === 1")
    page.evaluate("socket.close()")
    expect(page.locator("#broken")).to_be_visible()
    expect(page.locator("#broken")).to_be_hidden()
    page.fill("#text", "又连上了")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.own .text")).to_have_text("又连上了")
