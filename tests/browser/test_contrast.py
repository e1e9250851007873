"""Every word on the pages can be read: contrast of at least 4.5 to 1 (WCAG AA), light and dark."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.test_journeys import become
from tests.integration.web.program import Served

_TOO_FAINT = """() => {
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.textContent.trim() || !e.offsetParent || e.closest(".skip, .sr")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${node.textContent.trim().slice(0, 20)} ${e.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(faint)];
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_can_be_read(demo: Served, open_page: OpenPage, dark: bool) -> None:
    page, other = open_page(dark=dark), open_page()
    become(page, demo, "网格员")
    become(other, demo, "3-1-401")
    other.goto(f"{demo.url}/chat/g-3-1", wait_until="domcontentloaded")
    for text in ("#接龙\n健康打卡\n例 502 36.5\n1. 401 都好", "@陶立冬 您好", "401 水管爆了，快来人"):
        other.fill("#text", text)
        other.get_by_role("button", name="发送").click()
    page.locator('.room[data-room="assistant"] .unread').wait_for()
    faint = {}
    for path in ("/", "/chat/g-3-1", "/chat/assistant", "/me", "/who", "/board", "/chat/g-3-1/chain/new"):
        page.goto(f"{demo.url}{path}", wait_until="domcontentloaded")
        faint[path] = page.evaluate(_TOO_FAINT)
    assert {path: found for path, found in faint.items() if found} == {}
