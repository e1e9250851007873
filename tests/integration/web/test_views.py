"""How names, chains and texts are turned into what stands on the page."""

from datetime import datetime

import pytest

from domain.wording.pages import masked, time_stamp
from web.bubbles import chain_in, is_own_line, pieces
from web.chain_form import suggestion, with_line
from web.pages import initial
from web.session import Visitor

LI = Visitor("web-li", "李秀兰", "3-1-502 李秀兰", "3-1-502")
NOW = datetime.fromisoformat("2026-07-03T08:05:00+08:00")


@pytest.mark.parametrize(
    ("shown", "letter"),
    [
        ("3-1-502 王秀英", "王"),
        ("王秀英 3-1-502", "王"),
        ("502王秀英", "王"),
        ("网格员 林晓禾", "林"),
        ("Ruby", "R"),
        ("🌻", "🌻"),
    ],
)
def test_an_avatar_bears_the_first_character_of_the_name(shown: str, letter: str) -> None:
    assert initial(shown) == letter


@pytest.mark.parametrize(
    ("remark", "hidden"),
    [("3-1-502 王秀英", "3-1-502 王*英"), ("王秀", "王*"), ("502王秀英", "502王*英"), ("Ruby", "Ruby"), ("", "")],
)
def test_names_are_masked_on_the_board(remark: str, hidden: str) -> None:
    assert masked(remark) == hidden


@pytest.mark.parametrize(
    ("chain", "grown"),
    [
        ("#接龙\n报平安\n1. 501 都好", "#接龙\n报平安\n1. 501 都好\n2. 502 好"),
        ("#接龙\n报平安\n1、501 都好\n2、601 都好", "#接龙\n报平安\n1、501 都好\n2、601 都好\n3、502 好"),
        ("#接龙\n报平安", "#接龙\n报平安\n1. 502 好"),
        ("#接龙\n报平安\n1. 501 都好\n2. \n3. ", "#接龙\n报平安\n1. 501 都好\n2. 502 好\n3. "),
        ("#接龙\n报平安\n1. 501 都好\n\n谢谢大家", "#接龙\n报平安\n1. 501 都好\n2. 502 好\n\n谢谢大家"),
    ],
)
def test_a_line_is_added_in_the_chains_own_look(chain: str, grown: str) -> None:
    added = with_line(chain, "502 好")
    assert added.rstrip() == grown.rstrip()
    snapshot = chain_in(added)
    assert snapshot is not None
    assert snapshot.entries[-1].text == "502 好"


@pytest.mark.parametrize("menu", ["", "\nA 大的 30枚/板\nB 小的 20枚/板"])
def test_rows_without_numbers_get_them_when_somebody_joins(menu: str) -> None:
    rows = f"接龙：鸡蛋 26元一板{menu}\n301两板\n302一板"
    joined, changed = chain_in(with_line(rows, "502 好")), chain_in(with_line(rows, "301三板", "301两板"))
    assert joined is not None
    assert changed is not None
    assert [entry.text for entry in joined.entries] == ["301两板", "302一板", "502 好"]
    assert [entry.text for entry in changed.entries] == ["301三板", "302一板"]


def test_the_line_to_start_from_names_door_and_person() -> None:
    checkin, order = chain_in("#接龙\n今日健康打卡\n1. 501 36.4"), chain_in("#接龙\n代购接龙\n1. 501 土豆2斤")
    assert checkin is not None
    assert order is not None
    assert suggestion(checkin, LI) == "3-1-502 李秀兰 36.5 无"
    assert suggestion(order, LI) == "3-1-502 李秀兰"


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("3-1-502 李秀兰 36.5", True),
        ("502李秀兰 都好", True),
        ("502 张三", False),
        ("13-1-502 李秀兰", False),
        ("1502 都好", False),
    ],
)
def test_the_own_line_is_recognised(line: str, own: bool) -> None:
    assert is_own_line(line, LI) is own


def test_mentions_are_marked_and_the_lookers_own_most() -> None:
    found = pieces("@周国强 @李秀兰 来一下", LI)
    assert [(p.text, p.kind) for p in found] == [("@周国强", "mention"), (" ", ""), ("@李秀兰", "me"), (" 来一下", "")]


def test_time_stamps_say_what_day_it_was() -> None:
    moments = ("2026-07-03T07:59:00+08:00", "2026-07-02T21:00:00+08:00", "2026-06-30T08:00:00+08:00")
    assert [time_stamp(datetime.fromisoformat(m), NOW) for m in moments] == ["07:59", "昨天 21:00", "6月30日 08:00"]
