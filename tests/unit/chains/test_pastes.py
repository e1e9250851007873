"""A pasted stretch of chat falls apart into who said what, and chains inside stay whole."""

from datetime import date

import pytest

from domain.pastes import read_paste

TODAY = date(2026, 7, 3)
CHAIN = "#接龙\n今日打卡\n格式：姓名 体温\n\n1. 501 阿兰：36.5\n2. 502: 36.6\n3. 备注：家里没人"


def _read(text: str) -> list[tuple[str | None, str]]:
    return [(line.author, line.text) for line in read_paste(text, TODAY)]


@pytest.mark.parametrize("colon", [": ", "：", ":", "： "])
def test_names_before_a_colon_begin_messages(colon: str) -> None:
    text = f"花开富贵{colon}502 都好\n阿强{colon}3-1-301 要3斤土豆，一袋盐\n🌻{colon}收到"
    assert _read(text) == [("花开富贵", "502 都好"), ("阿强", "3-1-301 要3斤土豆，一袋盐"), ("🌻", "收到")]


def test_a_colon_inside_a_message_begins_none() -> None:
    text = "Leo: 备注：不要辣\n房号：501\n老兵: 时间: 下午三点\n小武: 12:30 到"
    assert _read(text) == [("Leo", "备注：不要辣\n房号：501"), ("老兵", "时间: 下午三点"), ("小武", "12:30 到")]


def test_a_remark_that_is_only_a_room_is_a_name_among_names() -> None:
    assert _read("3-1-502 李秀兰: 36.5\n3-1-503: 都好") == [("3-1-502 李秀兰", "36.5"), ("3-1-503", "都好")]


def test_rooms_alone_are_no_names() -> None:
    assert _read("501：36.5\n502：36.7") == [(None, "501：36.5"), (None, "502：36.7")]


def test_a_chain_under_a_name_is_one_message() -> None:
    assert _read(f"阿强: 早\n小武: {CHAIN}\n阿兰: 收到") == [("阿强", "早"), ("小武", CHAIN), ("阿兰", "收到")]


def test_a_chain_without_a_name_is_one_message_and_two_are_two() -> None:
    other = "#接龙\n买菜\n1. 501 土豆2斤"
    assert _read(f"请看一下\n{CHAIN}\n\n{other}") == [(None, "请看一下"), (None, CHAIN), (None, other)]


@pytest.mark.parametrize(
    "head",
    [
        "阿强 2026/7/3 08:04", "阿强  2026-07-03 08:04:00", "阿强 7月3日 08:04", "阿强 2026年7月3日 上午8:04",
        "2026-07-03 08:04:00 阿强", "阿强(wxid_ab12) 2026-07-03 08:04", "2026-07-03 08:04 阿强(12345678)",
        "阿强 今天 08:04", "阿强 2026/7/3 08:04:",
    ],
)  # fmt: skip
def test_a_line_of_name_and_time_begins_a_message(head: str) -> None:
    [line] = read_paste(f"{head}\n502 都好\n再来一袋盐", TODAY)
    assert (line.author, line.text) == ("阿强", "502 都好\n再来一袋盐")
    assert line.said_at is not None
    assert line.said_at.isoformat() == "2026-07-03T08:04:00+08:00"


def test_a_chain_and_a_colon_under_a_line_of_name_and_time_stay_whole() -> None:
    assert _read(f"阿强 2026/7/3 08:04\n早\n小武 2026/7/3 08:05\n{CHAIN}") == [("阿强", "早"), ("小武", CHAIN)]


def test_a_day_between_dashes_dates_what_follows() -> None:
    text = "—————  2026-07-02  —————\n\n阿强  08:04\n\n都好\n\n—————  2026-07-03  —————\n\n小武  下午2:05\n\n收到"
    said = [line.said_at.isoformat() for line in read_paste(text) if line.said_at]
    assert said == ["2026-07-02T08:04:00+08:00", "2026-07-03T14:05:00+08:00"]


def test_time_name_and_text_on_one_line() -> None:
    assert _read("[2026-07-03 08:04] 阿强: 都好\n[2026-07-03 08:05] 小武: 36.5") == [("阿强", "都好"), ("小武", "36.5")]


def test_the_title_of_a_forwarded_record_is_no_message() -> None:
    assert _read("群聊的聊天记录\n\n阿强: 都好") == [("阿强", "都好")]


def test_a_forwarded_record_in_xml_gives_its_messages() -> None:
    item = "<recordinfo><dataitem><sourcename>阿兰</sourcename><datadesc>501 36.5</datadesc></dataitem></recordinfo>"
    xml = f"<msg><appmsg><title>记录</title><type>19</type><recorditem><![CDATA[{item}]]></recorditem></appmsg></msg>"
    assert _read(xml) == [("阿兰", "501 36.5")]


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_nothing_is_no_message(text: str) -> None:
    assert _read(text) == []


def test_a_time_in_a_sentence_is_no_signature() -> None:
    assert _read("明天 08:04\n东门集合") == [(None, "明天 08:04"), (None, "东门集合")]


def test_a_chain_behind_a_name_begins_a_message_whatever_its_colon() -> None:
    chain = "#接龙\n打卡\n1. 501 阿兰 36.5"
    assert _read(f"阿兰: 都好\n小武：{chain}\n老佟: 收到") == [("阿兰", "都好"), ("小武", chain), ("老佟", "收到")]
