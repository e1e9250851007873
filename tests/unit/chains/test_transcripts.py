"""Exported transcripts are read row by row; a bad row is named by its number and spoils no other."""

from datetime import date

import pytest

from domain.pastes import read_transcript


@pytest.mark.parametrize(
    "header",
    [
        "时间,发送者,内容",
        "time,sender,content",
        "StrTime,NickName,StrContent",
        "发送时间,群昵称,消息内容",
        "Date,Name,Message",
    ],
)
def test_tables_with_the_usual_column_names(header: str) -> None:
    read = read_transcript(f"\ufeff{header}\n2026-07-03 08:04:31,阿强,都好\n")
    assert [(line.author, line.text, line.said_at.isoformat()) for line in read.lines] == [
        ("阿强", "都好", "2026-07-03T08:04:31+08:00")
    ]
    assert read.errors == ()


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters_and_day_and_clock_in_two_columns(delimiter: str) -> None:
    rows = [["日期", "时间", "昵称", "消息"], ["2026/7/3", "8:04", "阿强", "都好"]]
    read = read_transcript("\n".join(delimiter.join(row) for row in rows))
    assert read.lines[0].said_at.isoformat() == "2026-07-03T08:04:00+08:00"


def test_a_chain_in_one_cell_keeps_its_lines() -> None:
    read = read_transcript('时间,发送者,内容\r\n2026-07-03 08:04,阿强,"#接龙\r\n打卡\r\n\r\n1. ""阿兰"" 501"\r\n')
    assert read.lines[0].text == '#接龙\n打卡\n\n1. "阿兰" 501'


@pytest.mark.parametrize("moment", ["1783037071", "1783037071000", "2026-07-03T00:04:31Z", "2026-07-03 08:04:31.250"])
def test_times_in_other_forms(moment: str) -> None:
    read = read_transcript(f"time,sender,content\n{moment},阿强,都好")
    assert read.lines[0].said_at.timestamp() == 1783037071


def test_account_chat_and_id_are_kept_where_the_table_has_them() -> None:
    read = read_transcript("消息ID,时间,微信号,昵称,群名,内容\n77,2026-07-03 08:04,wx_a,阿强,3栋1单元群,都好")
    line = read.lines[0]
    assert (line.id, line.account, line.author, line.chat) == ("77", "wx_a", "阿强", "3栋1单元群")


def test_pictures_and_voices_are_passed_over() -> None:
    read = read_transcript(
        "Type,StrTime,NickName,StrContent\n3,2026-07-03 08:04,阿强,<img>\n1,2026-07-03 08:05,阿强,早"
    )
    assert [line.row for line in read.lines] == [3]
    assert read.errors == ()


def test_every_bad_row_is_named() -> None:
    table = "时间,发送者,内容\n昨儿,阿强,早\n2026-07-03 08:04,小武\n2026-13-40 08:04,阿兰,早\n2026-07-03 08:05,阿兰,\n"
    read = read_transcript(f"{table}2026-07-03 08:06,老佟,都好")
    assert [error.row for error in read.errors] == [2, 3, 4, 5]
    assert [(line.row, line.author) for line in read.lines] == [(6, "老佟")]


def test_rows_of_one_minute_keep_their_order() -> None:
    read = read_transcript("时间,发送者,内容\n2026-07-03 08:04,甲,一\n2026-07-03 08:04,乙,二")
    assert [line.sequence for line in read.lines] == [0, 1]


def test_a_text_export_gives_messages_of_several_lines() -> None:
    first = "消息记录\n======\n2026-07-03 08:04:31 阿强\n都好\n\n"
    read = read_transcript(f"{first}2026-07-03 08:05:00 小武(123456)\n#接龙\n打卡\n\n1. 阿兰：501\n")
    assert [(line.row, line.author, line.text) for line in read.lines] == [
        (3, "阿强", "都好"), (6, "小武", "#接龙\n打卡\n\n1. 阿兰：501"),
    ]  # fmt: skip
    assert read.errors == ()


def test_in_a_text_export_what_has_no_day_or_no_signature_is_named() -> None:
    read = read_transcript("谁说的\n阿强 08:04\n早\n小武 2026-07-03 08:05\n好")
    assert [error.row for error in read.errors] == [1, 2]
    assert [line.text for line in read.lines] == ["好"]
    assert read_transcript("阿强 08:04\n早\n小武 08:05\n好", date(2026, 7, 3)).errors == ()


@pytest.mark.parametrize("text", ["", "\ufeff", "时间,发送者,内容", '时间,发送者,内容\n"', "\x00"])
def test_nothing_is_an_empty_transcript(text: str) -> None:
    assert read_transcript(text).lines == ()
