"""The board: who may see it, its figures, and the messages behind each of them."""

import re

from models import log
from tests.integration.web.conftest import Visit
from tests.integration.web.program import LANE, LI, WORKER, ZHOU, Pages

AWAY = {"Host": "board.example.cn"}


async def test_only_people_in_charge_see_the_board_from_elsewhere(visit: Visit) -> None:
    assert (await visit(WORKER).get("/board", headers=AWAY)).status == 200
    assert (await visit(LI).get("/board", headers=AWAY)).status == 404
    assert (await visit(None).get("/board", headers=AWAY)).status == 404
    assert (await visit(LI).get("/board/messages?what=doubts", headers=AWAY)).status == 404
    assert (await visit(LI).get("/join-sheet/3", headers=AWAY)).status == 404


async def test_whoever_sits_at_the_machine_sees_the_board_but_nobody_behind_a_proxy(visit: Visit) -> None:
    assert (await visit(None).get("/board")).status == 200
    assert (await visit(None).get("/board", headers={"X-Forwarded-For": "203.0.113.9"})).status == 404


async def test_a_report_is_counted_and_its_number_leads_to_the_message(pages: Pages, visit: Visit) -> None:
    await _say(pages, visit, LI, "g-3-1", "3-1-502 36.5 都好")
    board = visit(WORKER)
    page = await (await board.get("/board")).text()
    assert re.search(r"已报</span><a[^>]*>1</a>", page)
    link = re.search(r'href="(/board/messages\?what=column&amp;[^"]*column=heard)"', page)
    assert link
    behind = await (await board.get(link[1].replace("&amp;", "&"))).text()
    assert "3-1-502 36.5 都好" in behind
    assert "李*兰" in behind
    assert "李秀兰" not in behind


async def test_a_need_is_an_open_matter_with_whom_it_was_brought_to(pages: Pages, visit: Visit) -> None:
    await _say(pages, visit, ZHOU, "g-3-1", "我家水管爆了，快来人修一下")
    await pages.settled(lambda: len(pages.bubbles(f"@{WORKER}")) == 1)
    page = await (await visit(WORKER).get("/board")).text()
    assert "#1" in page
    assert "3-1-601" in page
    assert "已通知 周小禾（网格员）" in page
    behind = await (await visit(WORKER).get("/board/messages?what=incident&number=1")).text()
    assert "水管爆了" in behind


async def test_an_order_stands_on_the_shopping_list_with_its_source(pages: Pages, visit: Visit) -> None:
    await _say(pages, visit, LI, "g-3-1", "502 帮我带两斤土豆")
    page = await (await visit(WORKER).get("/board")).text()
    assert "<td>土豆</td>" in page
    behind = await (await visit(WORKER).get("/board/messages?what=item&item=土豆&day=2026-07-03")).text()
    assert "帮我带两斤土豆" in behind


async def test_questions_that_make_no_sense_are_not_found(visit: Visit) -> None:
    board = visit(WORKER)
    for query in (
        "",
        "what=column&slot=x",
        "what=column&slot=2026-07-03T08:00:00%2B08:00&column=phone",
        "what=incident&number=9",
        "what=incident&number=x",
        "what=item&day=x",
        "what=outbox&state=sent",
        "what=__class__",
    ):
        assert (await board.get(f"/board/messages?{query}")).status == 404, query


async def test_every_figure_has_a_page_behind_it(visit: Visit) -> None:
    board = visit(WORKER)
    for what in (
        "doubts",
        "disputed",
        "aside",
        "outbox&state=unknown",
        "outbox&state=refused",
        "orders&day=2026-07-03",
    ):
        assert (await board.get(f"/board/messages?what={what}")).status == 200, what


async def _say(pages: Pages, visit: Visit, account: str, room: str, text: str) -> None:
    """Let somebody say something and wait until it has been handled."""
    await visit(account).post(f"/chat/{room}", data={"text": text})

    def handled() -> bool:
        with pages.store.read() as connection:
            return log.pending(connection, LANE) == 0

    await pages.settled(handled)
