"""Names in chain entries: neither the place of work before them nor the words behind them belong to them."""

import pytest

from domain.parsing import read
from domain.parsing.context import Context, Scope

TITLES = {"checkin": "今日健康打卡", "signup": "周五聚餐报名", "order": "盒饭团购 15元一份"}


def _read(kind: str, row: str) -> list[tuple[str | None, str | None]]:
    text = f"#接龙\n{TITLES[kind]}\n\n1. {row}\n2. 何家宁"
    intents = read(text, Context(scope=Scope("compound"))).intents
    return [(i.subject.building, i.subject.name) for i in intents][:-1]


@pytest.mark.parametrize(
    ("kind", "row", "name"),
    [
        ("checkin", "仓库 老邸 36.4", "老邸"),
        ("checkin", "食堂 万师傅 6人平安", "万师傅"),
        ("checkin", "门岗小薛 正常", "小薛"),
        ("checkin", "二车间 褚英 36.8", "褚英"),
        ("checkin", "五（3）班 赖思源 36.4", "赖思源"),
        ("checkin", "初二4班 莘子涵36.7", "莘子涵"),
        ("checkin", "工程部-老米 平安", "老米"),
        ("signup", "人事 冉冉 可能晚到", "冉冉"),
        ("signup", "司机阿鲁 +家属1", "阿鲁"),
        ("signup", "后勤部 欧阳雪", "欧阳雪"),
        ("signup", "前台小屈", "小屈"),
        ("order", "电工老米 2份", "老米"),
        ("order", "财务部 曲菲 1份", "曲菲"),
        ("order", "仓库 3份", "仓库"),
        ("order", "保安室 2份", "保安室"),
    ],
)
def test_the_place_of_work_before_a_name_is_no_part_of_it(kind: str, row: str, name: str) -> None:
    assert [called for _, called in _read(kind, row)] == [name]


@pytest.mark.parametrize(
    ("kind", "row", "name"),
    [("order", "3栋 王芳 2份", "王芳"), ("checkin", "4号楼 李全 36.5", "李全"), ("signup", "5栋 佘赛花", "佘赛花")],
)
def test_a_house_before_a_name_tells_where_that_person_lives(kind: str, row: str, name: str) -> None:
    assert _read(kind, row) == [(row[0], name)]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("海豚 阳台漏水 人没事", "海豚"),
        ("小李 停电 平安", "小李"),
        ("细佬强 有少少咳", "细佬强"),
        ("May all good", "May"),
        ("Bob safe", "Bob"),
        ("Anna Li 36.5", "Anna Li"),
        ("欧阳 - Jack", "欧阳 - Jack"),
        ("芦苇 碎了块玻璃 平安", "芦苇"),
        ("橘子汽水 昨晚没睡好 正常", "橘子汽水"),
        ("Kevin 302 sore throat 37.6", "Kevin"),
        ("老莫 膝盖擦破 没事", "老莫"),
        ("青团 门口积水，人都好", "青团"),
    ],
)
def test_words_behind_a_name_are_no_part_of_it(row: str, name: str) -> None:
    assert [called for _, called in _read("checkin", row)] == [name]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("猛男兄", "猛男兄"),
        ("8号选手", "8号选手"),
        ("来福", "来福"),
        ("女王大人", "女王大人"),
        ("可以乐", "可以乐"),
        ("小鹿女 参加", "小鹿女"),
        ("大壮来", "大壮"),
        ("阿珍 女", "阿珍"),
        ("去无踪", "去无踪"),
        ("周五见", "周五见"),
        ("周三王芳", "王芳"),
        ("6号老卢", "老卢"),
        ("周六上午 苏青", "苏青"),
    ],
)
def test_nicknames_are_not_taken_apart(row: str, name: str) -> None:
    assert [called for _, called in _read("signup", row)] == [name]


@pytest.mark.parametrize(
    ("row", "count"),
    [
        ("周三 老骆 老蓝", 2),
        ("老骆、老蓝", 2),
        ("王芳 李强", 2),
        ("小秋 Lisa", 1),
        ("老骆 晚到", 1),
        ("老骆 全天", 1),
        ("陈太 自带水", 1),
        ("周四 小秋", 1),
    ],
)
def test_two_names_side_by_side_take_two_places(row: str, count: int) -> None:
    text = f"#接龙\n值班报名\n\n1. {row}\n2. 何家宁"
    assert [getattr(i, "count", 0) for i in read(text, Context(scope=Scope("compound"))).intents] == [count, 1]


@pytest.mark.parametrize(
    ("row", "people"),
    [
        ("一组 万里 【11】 1人请假", 11),
        ("二组 小棠 在岗12", 12),
        ("三组 老卢 实到9人，缺勤1人", 9),
        ("四组 阿兰 14人", 14),
        ("五组 苏青 8人 1人发烧", 8),
    ],
)
def test_a_team_counts_who_is_there(row: str, people: int) -> None:
    text = f"#接龙\n车间健康打卡\n\n1. {row}\n2. 何家宁"
    assert next(getattr(i, "people", 0) for i in read(text, Context(scope=Scope("work"))).intents) == people
