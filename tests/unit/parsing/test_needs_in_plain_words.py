"""Needs, offers and names put down as plain residents write them, each with what only looks alike."""

import pytest

from tests.unit.parsing.spoken import chain, said


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("锅底朝天了，两个老人一天没吃，救急", "need food urgent"),
        ("一天没吃药了，忘了", "need medicine"),
        ("活着真没意思，我不想撑下去了", "need distress urgent"),
        ("老人腿脚不好，饭送到屋里行吗", "need delivery"),
        ("门禁坏了，刷卡没反应，报修一下", "need repair"),
        ("燃气灶打不着火了，有师傅能上门吗", "need repair"),
        ("水龙头漏水，有没有师傅可以来修", "need repair"),
        ("师傅可以来修了，大家下楼", ""),
        ("团购的鸡蛋碎了一半，找谁都不理", "need complaint"),
        ("网课吵得我头都大了", ""),
        ("胰岛素快用完了，能代买吗", "need medicine"),
        ("胰岛素就够今晚", "need medicine urgent"),
        ("楼道一直冒浓烟，快打119", "need other urgent"),
        ("孩子高烧，谁有退烧药，快", "unwell 发热; need medicine urgent"),
        ("菜到了，快", ""),
        ("孩子摔下来头流血了，谁有车", "unwell 外伤; need medical urgent"),
        ("电梯又停了，我困在里面", "need other urgent"),
        ("门反锁了，娃在里面", "need other urgent"),
        ("离开小区的证明去哪里开，我明天要出门", "need information"),
        ("出小区要什么证明", ""),
        ("低保申请一个月了没消息", "need information"),
        ("孩子考试没消息", ""),
        ("405的老太太两天没开门了", "405 need welfare"),
        ("超市两天没开门了", ""),
        ("缺奥司他韦的私信我，能匀几粒", ""),
        ("急需酒精的邻居，我可以分半瓶", ""),
        ("急需酒精，谁可以分半瓶", "need medicine"),
        ("我能借两个鸡蛋吗", "need food"),
        ("需要体温计的可以来我这拿", ""),
    ],
)
def test_what_is_needed(text: str, need: str) -> None:
    assert said(text) == need


@pytest.mark.parametrize("row", ["暂时没漏", "目前不漏", "没有漏水"])
def test_a_row_without_damage_needs_nothing(row: str) -> None:
    assert chain("漏水报修登记", "601 厨房顶渗水", f"402 {row}") == "601 need repair"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("我来勿了了", "leave 1"),
        ("报名，两个男的", "join 2"),
        ("报名，两女一男", "join 3"),
        ("我也来帮忙分菜", "join 1"),
        ("我+2个娃", "join 3"),
        ("+1，可能晚到十分钟", "join 1"),
        ("带我", "join 1"),
        ("我先报上，下雨就不来了", "join 1 ?kind"),
        ("家里有事就不去了", "leave 1"),
        ("如果明天解封，我第一个报名去江边跑圈", ""),
    ],
)
def test_an_answer_while_names_are_taken(text: str, answer: str) -> None:
    assert said(text, expecting="signup") == answer
