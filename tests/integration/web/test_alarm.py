"""The board's alarm: an urgent matter that reached nobody, or that nobody took, and whom to telephone about it."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete

from bot.importing import plan_import
from domain.areas import Household
from domain.roles import Person, Role
from models import log, roster
from models.directory import load_directory
from models.phones import phones_of_all, save_phones
from tests.integration.web.conftest import Visit
from tests.integration.web.program import LANE, LI, WORKER, Pages

FAR = Person("wx_far", Role.GRID_WORKER, "全部", "周小禾")
FEVER = "我妈烧到39度喘不上气，快来人"


def in_charge(pages: Pages, people: Sequence[Person], phones: dict[str, str], *, work_group: bool = False) -> None:
    """Put these people in charge, and take away the work group unless it may stay."""
    store = pages.store
    store.write(lambda c: roster.save_people(c, store.ring, LANE, people)).result()
    store.write(lambda c: save_phones(c, store.ring, LANE, phones)).result()
    home = Household("3-1-502", "3", "1", "502", ("李秀兰",), 2)
    store.write(lambda c: roster.save_households(c, store.ring, LANE, [(home, "13900000502")])).result()
    if not work_group:
        store.write(lambda c: c.execute(delete(roster.chats).where(roster.chats.c.chat == "g-work")) and None).result()
        store.write(lambda c: roster.touch(c, LANE)).result()


async def board_after(pages: Pages, visit: Visit, **span: float) -> str:
    """Let somebody call for help and return the board some time later."""
    await visit(LI).post("/chat/g-3-1", data={"text": FEVER})

    def handled() -> bool:
        with pages.store.read() as connection:
            return log.pending(connection, LANE) == 0

    await pages.settled(handled)
    pages.clock.advance_to(pages.clock.now() + timedelta(**span))  # type: ignore[attr-defined]
    return await (await visit(None).get("/board")).text()


async def test_matter_that_reached_nobody_raises_an_alarm_with_phones(pages: Pages, visit: Visit) -> None:
    in_charge(pages, [FAR], {"wx_far": "13900000007"})
    page = await board_after(pages, visit, seconds=31)
    assert 'role="alert" data-alarm' in page
    assert "消息没有送到任何负责人" in page
    assert '周小禾（网格员） <a href="tel:13900000007">' in page
    assert '住户 <a href="tel:13900000502">' in page
    assert "<title>！1 看板" in page


async def test_alarm_without_phones_says_how_to_add_them(pages: Pages, visit: Visit) -> None:
    in_charge(pages, [FAR], {})
    page = await board_after(pages, visit, seconds=31)
    assert "周小禾（网格员） 没有登记电话" in page
    assert "加一列“电话”" in page


async def test_page_has_half_a_minute_to_arrive(pages: Pages, visit: Visit) -> None:
    in_charge(pages, [FAR], {"wx_far": "13900000007"})
    page = await board_after(pages, visit, seconds=29)
    assert "data-alarm" not in page
    assert "13900000007" not in page


async def test_worker_who_was_called_in_the_work_group_is_reached(pages: Pages, visit: Visit) -> None:
    in_charge(pages, [FAR], {}, work_group=True)
    await visit(LI).post("/chat/g-3-1", data={"text": FEVER})
    await pages.settled(lambda: any("【紧急】#1" in text for text in pages.bubbles("g-work")))
    assert not any("502" in text or "39" in text for text in pages.bubbles("g-work"))
    assert "data-alarm" not in await (await visit(None).get("/board")).text()


async def test_matter_that_nobody_takes_raises_an_alarm_until_somebody_does(pages: Pages, visit: Visit) -> None:
    in_charge(pages, [Person(WORKER, Role.GRID_WORKER, "全部", "周小禾")], {})
    await visit(LI).post("/chat/g-3-1", data={"text": FEVER})
    await pages.settled(lambda: len(pages.bubbles(f"@{WORKER}")) == 1)
    pages.clock.advance_to(pages.clock.now() + timedelta(minutes=10))  # type: ignore[attr-defined]
    assert "通知过了，还没有人接" in await (await visit(None).get("/board")).text()
    await visit(WORKER).post("/chat/assistant", data={"text": "接 1"})
    await pages.settled(lambda: any("由您处理" in text for text in pages.bubbles(f"@{WORKER}")))
    assert "data-alarm" not in await (await visit(None).get("/board")).text()


async def test_phones_come_with_the_list_of_people_and_stay_when_a_list_has_none(pages: Pages, tmp_path: Path) -> None:
    path, store = tmp_path / "people.csv", pages.store

    def imported(text: str) -> tuple[int, dict[str, str]]:
        path.write_text(text, encoding="utf-8")
        diff, write = plan_import(store, LANE, "people", path)
        if not diff.changes_nothing:
            store.write(write).result()
        with store.read() as connection:
            directory = load_directory(connection, store.ring, LANE)
            return len(diff.changed) + len(diff.added), phones_of_all(connection, store.ring, LANE, directory)

    with_phones = "姓名,账号,角色,范围,电话\n周小禾,wx_far,网格员,全部,139-0000-0007\n"
    assert imported(with_phones) == (1, {"wx_far": "13900000007"})
    assert imported(with_phones) == (0, {"wx_far": "13900000007"})
    assert imported("姓名,账号,角色,范围\n周小禾,wx_far,网格员,全部\n") == (0, {"wx_far": "13900000007"})
    assert imported("姓名,账号,角色,范围,电话\n周小禾,wx_far,网格员,全部,13900000008\n") == (
        1,
        {"wx_far": "13900000008"},
    )
    assert b"13900000008" not in (store.data / "gridbot.db").read_bytes()


async def test_phone_of_somebody_who_lives_here_is_taken_from_the_roster(pages: Pages) -> None:
    in_charge(pages, [Person("wx_li", Role.UNIT_HEAD, "3-1", "李秀兰")], {})
    with pages.store.read() as connection:
        directory = load_directory(connection, pages.store.ring, LANE)
        assert phones_of_all(connection, pages.store.ring, LANE, directory) == {"wx_li": "13900000502"}
