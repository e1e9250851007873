"""The chat page through its addresses: who sees what, saying something, unread counts, chains, the open line."""

from aiohttp import web

from models import log
from tests.integration.web.conftest import Visit
from tests.integration.web.program import HEAD, LANE, LI, WORKER, ZHENG, ZHOU, Pages

CHAIN = "#接龙\n7月3日早间健康打卡\n例 3-1-502 王秀英 36.5 无\n1. 3-1-501 何敏 36.4\n2. 3-1-601 周国强 都好"


async def test_whoever_is_not_known_is_told_how_to_join(visit: Visit) -> None:
    answer = await visit(None).get("/")
    assert answer.status == 200
    assert "扫楼道里的二维码" in await answer.text()


async def test_a_resident_sees_the_own_groups_and_the_assistant_only(visit: Visit) -> None:
    page = await (await visit(LI).get("/")).text()
    assert "3栋1单元群" in page
    assert "邻里代购群" in page
    assert "小助手" in page
    assert "3栋2单元群" not in page
    assert "网格工作群" not in page


async def test_a_worker_sees_every_group_and_a_head_the_work_group(visit: Visit) -> None:
    worker = await (await visit(WORKER).get("/")).text()
    assert all(name in worker for name in ("3栋1单元群", "3栋2单元群", "网格工作群"))
    head = await (await visit(HEAD).get("/")).text()
    assert "网格工作群" in head
    assert "3栋2单元群" not in head


async def test_the_title_tells_how_many_are_in_the_group(visit: Visit) -> None:
    page = await (await visit(LI).get("/chat/g-3-1")).text()
    assert "3栋1单元群" in page
    assert "(5<" in page  # three residents, the worker, the bot


async def test_another_units_group_is_not_there_for_a_resident(visit: Visit) -> None:
    client = visit(LI)
    assert (await client.get("/chat/g-3-2")).status == 404
    assert (await client.post("/chat/g-3-2", data={"text": "在吗"})).status == 404


async def test_what_is_said_is_in_the_log_and_on_the_page_when_the_answer_comes(pages: Pages, visit: Visit) -> None:
    answer = await visit(LI).post("/chat/g-3-1", data={"text": "土豆两斤"}, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/chat/g-3-1#end"
    assert pages.bubbles("g-3-1") == ["土豆两斤"]
    logged = _logged(pages)
    assert [(m.chat, m.sender, m.sender_alias, m.text) for m in logged] == [("g-3-1", LI, "3-1-502 李秀兰", "土豆两斤")]


async def test_a_repeated_click_says_nothing_twice(pages: Pages, visit: Visit) -> None:
    client = visit(LI)
    for _ in range(3):
        await client.post("/chat/g-3-1", data={"text": "都好", "nonce": "abc"}, headers={"X-Talk": "1"})
    assert pages.bubbles("g-3-1") == ["都好"]
    assert len(_logged(pages)) == 1


async def test_a_message_to_the_assistant_is_private_and_answered(pages: Pages, visit: Visit) -> None:
    await visit(LI).post("/chat/assistant", data={"text": "帮助"})
    await pages.settled(lambda: len(pages.bubbles(f"@{LI}")) == 2)
    assert _logged(pages)[0].chat is None
    assert "社区小助手" in pages.bubbles(f"@{LI}")[1]
    assert "社区小助手" in await (await visit(LI).get("/chat/assistant")).text()
    assert "社区小助手" not in await (await visit(ZHOU).get("/chat/assistant")).text()


async def test_unread_messages_are_counted_until_the_room_is_opened(visit: Visit) -> None:
    for text in ("早上好", "@李秀兰 在家吗"):
        await visit(ZHOU).post("/chat/g-3-1", data={"text": text})
    li = visit(LI)
    page = await (await li.get("/")).text()
    assert '<span class="count">2</span>' in page
    assert "[有人@我]" in page
    await li.get("/chat/g-3-1")
    assert '<span class="count">2</span>' not in await (await li.get("/")).text()


async def test_the_search_finds_groups_by_name(visit: Visit) -> None:
    page = await (await visit(WORKER).get("/rooms", params={"q": "代购"})).text()
    assert "邻里代购群" in page
    assert "3栋1单元群" not in page


async def test_a_chain_is_shown_as_a_card_with_its_count(visit: Visit) -> None:
    await visit(ZHOU).post("/chat/g-3-1", data={"text": CHAIN})
    page = await (await visit(LI).get("/chat/g-3-1")).text()
    assert "7月3日早间健康打卡" in page
    assert "已接龙 2" in page
    assert "参与接龙" in page


async def test_joining_a_chain_posts_the_newest_text_with_one_more_line(pages: Pages, visit: Visit) -> None:
    await visit(ZHOU).post("/chat/g-3-1", data={"text": CHAIN})
    li = visit(LI)
    form = await (await li.get("/chat/g-3-1/chain", params={"title": "7月3日早间健康打卡"})).text()
    assert 'value="3-1-502 李秀兰 36.5 无"' in form
    await li.post("/chat/g-3-1/chain", data={"title": "7月3日早间健康打卡", "line": "3-1-502 李秀兰 36.6 都好"})
    assert pages.bubbles("g-3-1")[-1] == f"{CHAIN}\n3. 3-1-502 李秀兰 36.6 都好"


async def test_changing_the_own_line_leaves_the_others_alone(pages: Pages, visit: Visit) -> None:
    await visit(ZHOU).post("/chat/g-3-1", data={"text": CHAIN})
    change = {"title": "7月3日早间健康打卡", "line": "3-1-601 周国强 36.9", "replace": "1"}
    await visit(ZHOU).post("/chat/g-3-1/chain", data=change)
    assert pages.bubbles("g-3-1")[-1] == CHAIN.replace("2. 3-1-601 周国强 都好", "2. 3-1-601 周国强 36.9")


async def test_the_bare_word_opens_the_form_for_a_new_chain(pages: Pages, visit: Visit) -> None:
    answer = await visit(LI).post("/chat/g-3-1", data={"text": "#接龙"}, allow_redirects=False)
    assert answer.headers["Location"] == "/chat/g-3-1/chain/new"
    form = {"title": "志愿者报名", "note": "", "line": "3-1-502 李秀兰"}
    await visit(LI).post("/chat/g-3-1/chain/new", data=form)
    assert pages.bubbles("g-3-1") == ["#接龙\n志愿者报名\n1. 3-1-502 李秀兰"]


async def test_an_unknown_chain_and_an_empty_line_get_a_clear_page(visit: Visit) -> None:
    li = visit(LI)
    assert (await li.get("/chat/g-3-1/chain", params={"title": "没有的"})).status == 404
    await li.post("/chat/g-3-1", data={"text": CHAIN})
    answer = await li.post("/chat/g-3-1/chain", data={"title": "7月3日早间健康打卡", "line": "  "})
    assert answer.status == 400


async def test_names_cannot_smuggle_markup_into_the_page(visit: Visit) -> None:
    await visit(ZHOU).post("/chat/g-3-1", data={"text": "<script>alert(1)</script><img src=x>"})
    page = await (await visit(LI).get("/chat/g-3-1")).text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


async def test_the_open_line_brings_what_others_say(visit: Visit) -> None:
    li = visit(LI)
    origin = str(li.make_url("/")).rstrip("/")
    socket = await li.ws_connect("/live?room=g-3-1", headers={"Origin": origin})
    await visit(ZHOU).post("/chat/g-3-1", data={"text": "@李秀兰 有你的快递"})
    news = await socket.receive_json(timeout=10)
    assert news["room"] == "g-3-1"
    assert news["called"] is True
    assert "有你的快递" in news["html"]
    await visit(ZHENG).post("/chat/g-3-2", data={"text": "别的群"})
    await visit(ZHOU).post("/chat/g-shop", data={"text": "菜到了"})
    following = await socket.receive_json(timeout=10)
    assert following["room"] == "g-shop"
    assert "html" not in following
    await socket.close()


async def test_the_open_line_brings_what_was_said_while_it_was_broken(visit: Visit) -> None:
    li = visit(LI)
    await visit(ZHOU).post("/chat/g-3-1", data={"text": "错过的一句"})
    origin = str(li.make_url("/")).rstrip("/")
    socket = await li.ws_connect("/live?room=g-3-1&after=0", headers={"Origin": origin})
    assert "错过的一句" in (await socket.receive_json(timeout=10))["html"]
    await socket.close()


async def test_a_room_of_another_cannot_be_listened_to(visit: Visit) -> None:
    await visit(ZHENG).post("/chat/g-3-2", data={"text": "只给二单元"})
    li = visit(LI)
    origin = str(li.make_url("/")).rstrip("/")
    socket = await li.ws_connect("/live?room=g-3-2&after=0", headers={"Origin": origin})
    await visit(ZHOU).post("/chat/g-3-1", data={"text": "一单元"})
    assert (await socket.receive_json(timeout=10))["room"] == "g-3-1"
    await socket.close()


async def test_large_text_is_remembered(visit: Visit) -> None:
    client = visit(LI)
    assert 'class="large"' not in await (await client.get("/me")).text()
    page = await (await client.post("/me/text", data={"size": "large", "back": "/me"})).text()
    assert 'class="large"' in page


async def test_leaving_forgets_the_visitor(visit: Visit) -> None:
    client = visit(LI)
    await client.post("/me/leave")
    assert "扫楼道里的二维码" in await (await client.get("/")).text()


async def test_older_messages_come_in_pieces(pages: Pages, visit: Visit) -> None:
    li = visit(LI)
    for number in range(70):
        await pages.program.webchat.say("g-3-1", ZHOU, "周国强", None, f"第{number}句")
    page = await (await li.get("/chat/g-3-1")).text()
    assert "第69句" in page
    assert "第9句" not in page
    assert "第9句" in await (await li.get("/chat/g-3-1/older?before=11")).text()


def _logged(pages: Pages) -> list:  # type: ignore[type-arg]
    with pages.store.read() as connection:
        return [m.message for m in log.read_after(connection, pages.store.ring, LANE, 0, 100)]


def test_the_application_is_built_without_touching_anything(pages: Pages) -> None:
    assert isinstance(pages.app, web.Application)  # type: ignore[attr-defined]
