"""Where a name ends and an order begins, and which words of a report are a name."""

import pytest

from domain.parsing.naming import split_name
from domain.parsing.report_names import GAP, name_beside_report


def offered(piece: str) -> bool:
    return piece in ("白菜", "土豆", "A", "B")


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("小王 2份", "小王", "2份"),
        ("老袁+1", "老袁", "+1"),
        ("李四2板", "李四", "2板"),
        ("小王白菜2斤土豆1斤", "小王", "白菜2斤土豆1斤"),
        ("半斤八两 两根", "半斤八两", "两根"),
        ("不吃香菜 1根", "不吃香菜", "1根"),
        ("1888 4+2", "1888", "4+2"),
        ("卷卷-B座", "卷卷", ""),
        ("白菜2斤", None, "白菜2斤"),
        ("A1B1", None, "A1B1"),
        ("AB", None, "AB"),
        ("团长", None, ""),
    ],
)
def test_name_is_cut_from_an_order_without_a_room(text: str, name: str | None, rest: str) -> None:
    assert split_name(text, offered, has_room=False, choice=True) == (name, rest)


def test_beside_a_room_goods_are_not_taken_for_a_name() -> None:
    assert split_name("油一桶", offered, has_room=True, choice=False) == (None, "油一桶")
    assert split_name("丁建业 两提", offered, has_room=True, choice=False) == ("丁建业", "两提")


@pytest.mark.parametrize(
    ("rest", "has_room", "name"),
    [
        ("何敏", True, "何敏"),
        (f"{GAP} 丁建业", True, "丁建业"),
        (f"{GAP}刚跑完步", True, None),
        ("欧阳 - Jack", False, "欧阳 - Jack"),
        ("赵六 在家呢", False, "赵六"),
        (f"二组 佟刚 {GAP}", False, "佟刚"),
        ("我家", False, None),
        ("🌈", False, None),
    ],
)
def test_name_is_what_a_report_leaves(rest: str, has_room: bool, name: str | None) -> None:
    assert name_beside_report(rest, has_room=has_room) == name
