"""A chain's text: title, kind, entries, sections, tail and deadline."""

import pytest

from domain.chains.snapshot import read_snapshot


@pytest.mark.parametrize(
    ("text", "title", "kind", "entries"),
    [
        ("#接龙\n8.12健康打卡\n例 房号 姓名\n\n1. 501 何敏 36.5\n2. 502", "8.12健康打卡", "checkin", 2),
        ("#接龙 今日体温 早晚各一次\n1.801 早36.1", "今日体温 早晚各一次", "checkin", 1),
        ("@所有人 健康打卡#接龙\n1: 203\n2: 204", "健康打卡", "checkin", 2),
        ("水果接龙：\n1 小汪 苹果2斤\n2 小佘 橙子3斤", "水果接龙：", "order", 2),
        ("#接龙\n周六球局 8.3号场 12人\n\n1.【4.2】阿辉\n2. 老袁+1", "周六球局 8.3号场 12人", "signup", 2),
        ("#接龙\n急缺物资登记\n1. 501 缺奶粉", "急缺物资登记", "need", 1),
        ("#接龙\n9.2跑步打卡 5公里起\n\n1. 阿宽 6.5公里\n2. 小孟 37.5分钟", "9.2跑步打卡 5公里起", "other", 2),
        ("#接龍\n水餃團 50顆一包220元\n1. 小蘭 2包\n2. 阿財 +1", "水餃團 50顆一包220元", "order", 2),
        ("#接龙\n1. 张三 36.5\n2. 李四 36.6", "", "checkin", 2),
        ("健康打卡：\n1）\n2）", "健康打卡：", "checkin", 0),
    ],
)
def test_header_and_entries_are_told_apart(text: str, title: str, kind: str, entries: int) -> None:
    snapshot = read_snapshot(text)

    assert snapshot is not None
    assert (snapshot.title, snapshot.kind, len(snapshot.entries)) == (title, kind, entries)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一切正常",
        "请大家今晚八点前接龙打卡",
        "大家好：\n1. 请戴口罩\n2. 不要聚集",
        "501：土豆3斤\n602：鸡蛋一板",
        "价格18.9/23.9，任选3-1种",
    ],
)
def test_other_texts_are_no_chain(text: str) -> None:
    assert read_snapshot(text) is None


def test_menu_belongs_to_the_header() -> None:
    snapshot = read_snapshot("#接龙\n甜品拼单\n1. 巴斯克 22\n2. 抹茶卷 18\n\n1. 小鹿 1+2\n2. Momo 2➕4")

    assert snapshot is not None
    assert [e.text for e in snapshot.entries] == ["小鹿 1+2", "Momo 2➕4"]
    assert "巴斯克" in snapshot.header


def test_two_lists_of_people_have_sections() -> None:
    snapshot = read_snapshot("#接龙\n订餐\n\n晚餐：\n1. 小苗 4份\n2. 大侠 5份\n\n午餐：\n1. 小苗 2份")

    assert snapshot is not None
    assert [(e.number, e.section) for e in snapshot.entries] == [(1, "晚餐"), (2, "晚餐"), (1, "午餐")]


def test_nested_list_belongs_to_its_entry() -> None:
    snapshot = read_snapshot("#接龙\n团购\n1. 501\n1）苹果2斤\n2）梨3斤\n2. 502 苹果1斤")

    assert snapshot is not None
    assert [e.text for e in snapshot.entries] == ["501\n1）苹果2斤\n2）梨3斤", "502 苹果1斤"]


def test_tail_and_deadline_are_kept() -> None:
    snapshot = read_snapshot("#接龙\n鸡蛋 22元/板\n1. 501 一板\n2. 502 两板\n\n今晚8点截单，联系团长")

    assert snapshot is not None
    assert (snapshot.tail, snapshot.deadline) == ("今晚8点截单，联系团长", "今晚8点")


def test_lost_line_breaks_are_found_again() -> None:
    snapshot = read_snapshot("#接龙 鸡蛋 22元/板 1. 团长 2. 301 一板 3. 4. 303 两板")

    assert snapshot is not None
    assert [(e.number, e.text) for e in snapshot.entries] == [(1, "团长"), (2, "301 一板"), (4, "303 两板")]
