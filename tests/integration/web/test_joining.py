"""Joining by a building's link: who is let in as whom, and what a wrong link or name gets."""

import pytest

from models.directory import load_directory
from tests.integration.web.conftest import Visit
from tests.integration.web.program import LANE, LI, WORKER, Pages, link_of

FORM = {"unit": "1", "room": "502", "name": "李秀兰"}


async def test_name_and_room_of_the_roster_let_somebody_in(pages: Pages, visit: Visit) -> None:
    newcomer = visit(None)
    assert "加入群聊" in await (await newcomer.get(link_of(pages, "3"))).text()
    page = await (await newcomer.post(link_of(pages, "3"), data=FORM)).text()
    assert "3栋1单元群" in page
    with pages.store.read() as connection:
        bound = load_directory(connection, pages.store.ring, LANE).bound
    fresh = [account for account, door in bound.items() if door == "3-1-502" and account != LI]
    assert len(fresh) == 1
    assert fresh[0].startswith("web-")


async def test_whoever_joined_speaks_under_name_and_door(pages: Pages, visit: Visit) -> None:
    newcomer = visit(None)
    await newcomer.post(link_of(pages, "3"), data=FORM)
    await newcomer.post("/chat/g-3-1", data={"text": "大家好"})
    assert "3-1-502 李秀兰" in await (await visit(LI).get("/chat/g-3-1")).text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "张陌生"}, "名册上这一户没有这个名字"),
        ({"room": "909"}, "名册上没有3栋1单元909室"),
        ({"name": ""}, "请把姓名和房号都填上"),
        ({"unit": "9"}, "名册上没有"),
    ],
)
async def test_what_the_roster_does_not_know_is_refused_in_words(
    pages: Pages, visit: Visit, change: dict[str, str], said: str
) -> None:
    newcomer = visit(None)
    answer = await newcomer.post(link_of(pages, "3"), data=FORM | change)
    assert answer.status == 422
    assert said in await answer.text()
    assert "扫楼道里的二维码" in await (await newcomer.get("/")).text()


async def test_another_buildings_link_does_not_open_this_door(pages: Pages, visit: Visit) -> None:
    assert (await visit(None).post(link_of(pages, "4"), data=FORM)).status == 422


@pytest.mark.parametrize("token", ["3.9999.00000000000000000000", "x", "3..", "3.99999999999.0", "../etc"])
async def test_a_wrong_link_gets_a_clear_page(visit: Visit, token: str) -> None:
    answer = await visit(None).get(f"/join/{token}")
    assert answer.status == 404


async def test_an_old_link_says_that_it_is_old(pages: Pages, visit: Visit) -> None:
    answer = await visit(None).get(link_of(pages, "3", days=-1))
    assert answer.status == 410
    assert "链接已过期" in await answer.text()


async def test_guessing_names_is_slowed_down(pages: Pages, visit: Visit) -> None:
    client = visit(None)
    statuses = [(await client.post(link_of(pages, "3"), data=FORM | {"name": f"猜{n}"})).status for n in range(12)]
    assert statuses == [422] * 10 + [429] * 2


async def test_the_sheet_shows_the_buildings_link_as_a_code(pages: Pages, visit: Visit) -> None:
    page = await (await visit(WORKER).get("/join-sheet/3")).text()
    assert "<svg" in page
    assert "/join/3." in page
    assert (await visit(WORKER).get("/join-sheet/99")).status == 404
