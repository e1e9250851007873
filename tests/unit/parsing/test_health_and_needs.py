"""Health and needs in one message: a fever beside a need, a need beside a check-in, and what only sounds like one."""

import pytest

from domain.intents import CheckIn, Need, SignUp
from domain.parsing import read
from domain.parsing.context import Context, Scope, Speaker

UNIT = Scope("unit", "3", "1")


def _chain(title: str, row: str) -> tuple[object, ...]:
    intents = read(f"#接龙\n{title}\n\n1. {row}\n2. 909 胰岛素", Context(scope=UNIT)).intents
    return tuple(i for i in intents if i.subject.room != "909")


def _chat(text: str, expecting: str | None = None) -> tuple[object, ...]:
    speaker = Speaker("青禾", "3-1-602 青禾")
    return read(text, Context(speaker=speaker, scope=UNIT, expecting=expecting)).intents


def _told(intents: tuple[object, ...]) -> list[object]:
    """Return for each intent what it says, plainly."""
    said: list[object] = []
    for i in intents:
        if isinstance(i, CheckIn):
            said.append((str(i.status), [float(t) for t in i.temperatures], sorted(i.symptoms)))
        if isinstance(i, Need):
            said.append((str(i.category), i.urgent))
    return said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("402 孩子发烧39度，求美林", [("unwell", [39.0], ["发热"]), ("medicine", False)]),
        ("402 老人38.5，没退烧药了", [("unwell", [38.5], []), ("medicine", False)]),
        ("402 咳嗽三天 缺止咳糖浆", [("unwell", [], ["咳嗽"]), ("medicine", False)]),
        ("402 喉咙痛，需要连花清瘟", [("unwell", [], ["咽痛"]), ("medicine", False)]),
        ("402 感冒药", [("medicine", False)]),
        ("402 降压药没了", [("medicine", False)]),
        ("402 没问题", []),
        ("402 一切正常", []),
        ("402 都不缺", []),
        ("402 暂无", []),
        ("402 已解决", []),
    ],
)
def test_a_row_of_a_need_chain_also_reports_who_is_ill(row: str, said: list[object]) -> None:
    assert _told(_chain("急需药品登记", row)) == said


@pytest.mark.parametrize(
    "row", ["602 门禁坏了", "602 门锁坏了", "602 窗户关不上", "602门铃不响", "602 空调不制冷", "602 厨房漏水"]
)
def test_a_fault_in_a_row_keeps_the_room(row: str) -> None:
    (need,) = _chain("报修接龙", row)
    assert isinstance(need, Need)
    assert (need.category, need.subject.room, need.doubts) == ("repair", "602", ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("嗓子疼得说不出话，38度9，哪家有布洛芬匀两片，急用", [("unwell", [38.9], ["咽痛"]), ("medicine", True)]),
        ("老人突然说不出话，嘴也歪了", [("medical", True)]),
        ("孩子烧到40度，抽了一下，怎么办", [("unwell", [40.0], ["发热"]), ("medical", True)]),
        ("宝宝39度8，刚才抽过去了", [("unwell", [39.8], []), ("medical", True)]),
        ("發緊燒，39度2，食咗藥都冇退", [("unwell", [39.2], ["发热"])]),
        ("天花板一直往下滴水，物业能不能派人看看", [("repair", False)]),
        ("卫生间顶上滴水，麻烦来修", [("repair", False)]),
        ("我的核酸码变黄三天了，打电话都没人管，能帮我查查吗", [("information", False)]),
        ("又吐又拉一晚上", [("unwell", [], ["呕吐", "腹泻"])]),
        ("上吐下泻", [("unwell", [], ["呕吐", "腹泻"])]),
        ("忙得喘不过气，哈哈", []),
        ("昨晚抽了一下奖，啥也没中", []),
        ("听完感动得说不出话", []),
        ("大家喘口气再搬", []),
    ],
)
def test_illness_and_needs_in_chat(text: str, said: list[object]) -> None:
    assert _told(_chat(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        "代3-2-401孙婆婆报平安，她不会用手机",
        "替3-2-401陈爷爷打卡，他不会用智能机",
        "帮3-2-401李奶奶报一下，都好，老人家一个人住不会弄",
    ],
)
def test_why_somebody_reports_for_another_is_no_need(text: str) -> None:
    (intent,) = _chat(text, "checkin")
    assert isinstance(intent, CheckIn)
    assert (intent.subject.room, intent.relayed, intent.status) == ("401", True, "well")


@pytest.mark.parametrize(
    ("row", "symptoms"),
    [
        ("502 3/3 老人喘", ("气促",)),
        ("502 妈妈有点喘", ("气促",)),
        ("502 喘得厉害", ("气促",)),
        ("502 不喘了", ()),
        ("502 上吐下泻一晚上", ("呕吐", "腹泻")),
        ("502 低烧 咳", ("发热", "咳嗽")),
        ("502 发住烧", ("发热",)),
        ("502 有啲咳", ("咳嗽",)),
        ("502 嗓子像吞刀片", ("咽痛",)),
        ("502 手划破了，别的没事", ("外伤",)),
        ("502 烧了一夜", ("发热",)),
        ("502 阿婆跌咗一跤", ("外伤",)),
    ],
)
def test_symptoms_in_a_row(row: str, symptoms: tuple[str, ...]) -> None:
    text = f"#接龙\n住户健康统计\n\n1. {row}\n2. 503 2/2"
    first = read(text, Context(scope=UNIT)).intents[0]
    assert isinstance(first, CheckIn)
    assert (first.subject.room, sorted(first.symptoms)) == ("502", sorted(symptoms))


@pytest.mark.parametrize(
    ("row", "action", "doubted"),
    [
        ("鳳姐 嚟唔到", "leave", False),
        ("阿嬌 唔嚟喇", "leave", False),
        ("阿强 去唔到", "leave", False),
        ("老卢 来不成了", "leave", False),
        ("关关 去年献过，今年再来", "join", False),
        ("小秋 上次没去，这次再去", "join", False),
        ("小秋 不发烧再去", "join", True),
        ("小秋 有空再来", "join", True),
        ("小秋 感冒好了才来", "join", True),
        ("老骆 继续参加", "join", False),
        ("大壮 下次再来", "join", True),
    ],
)
def test_leaving_and_conditions_of_signups(row: str, action: str, doubted: bool) -> None:
    intent = read(f"#接龙\n献血报名\n\n1. {row}\n2. 何家宁", Context(scope=UNIT)).intents[0]
    assert isinstance(intent, SignUp)
    assert (intent.action, bool(intent.doubts)) == (action, doubted)


@pytest.mark.parametrize(
    "rows",
    [
        ["1．3一1一501 好", "2．3—1—502 好", "3．3栋1单元601 好"],
        ["1.3一1一501 好", "2.三栋一单元六零一 好", "3.3-1-701 好"],
        ["1、3一1一501 好", "2、3栋1单元601 好", "3、701 好"],
        ["1.3栋1单元501 好", "2.3-1-502 好", "3.3一1一601 好"],
        ["1.3#501 好", "2.3-1-502 好", "3.601 好"],
        ["1.501 好", "2.3-1-502 好", "3.3栋601 好"],
    ],
)
def test_rows_may_write_their_rooms_in_any_way(rows: list[str]) -> None:
    text = "#接龙\n今天情况\n\n" + "\n".join(rows)
    rooms = [i.subject.room for i in read(text, Context(scope=UNIT, expecting="checkin")).intents]
    assert len(rooms) == 3
    assert rooms[0] == "501"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("510 烧到39，求退烧药", [("unwell", [39.0], ["发热"]), ("medicine", False)]),
        ("511 36.5 家里没米了", [("well", [36.5], []), ("food", False)]),
        ("512 正常 窗户漏水", [("well", [], [])]),
        ("513 平安，停水中", [("well", [], [])]),
        ("514 嗓子冒烟 37.2", [("unwell", [37.2], ["咽痛"])]),
        ("515 孩子38度 已吃药", [("unwell", [38.0], [])]),
        ("516 小鱼 不太好", [("unwell", [], ["其他"])]),
        ("517 人不太舒服", [("unwell", [], ["其他"])]),
        ("518 不好意思来晚了 36.5", [("well", [36.5], [])]),
        ("519 都好 不用担心", [("well", [], [])]),
        ("525 高大爷 敲门无人", [("unknown", [], [])]),
        ("520 嘴里没味", [("unwell", [], ["失去味觉"])]),
        ("521 全家都阳了", [("unwell", [], [])]),
        ("522 呼吸困难 快来人", [("unwell", [], ["气促"]), ("medical", True)]),
        ("523 说胸口痛 已联系医生", [("unwell", [], ["胸痛"])]),
        ("524 老人叫不醒", [("unwell", [], ["意识不清"]), ("medical", True)]),
    ],
)
def test_a_row_of_a_checkin_chain_tells_health_and_what_is_asked_for(row: str, said: list[object]) -> None:
    intents = read(f"#接龙\n今日健康打卡\n\n1. {row}\n2. 何家宁", Context(scope=UNIT)).intents
    assert _told(tuple(i for i in intents if i.subject.room)) == said


@pytest.mark.parametrize(
    "row", ["在外地 平安", "没出门 平安", "都没发烧", "不太好", "全家都阳了", "今天正常", "昨晚没睡 正常"]
)
def test_words_that_tell_are_nobodys_name(row: str) -> None:
    first = read(f"#接龙\n今日健康打卡\n\n1. {row}\n2. 何家宁", Context(scope=UNIT)).intents[0]
    assert (first.subject.name, [str(d) for d in first.doubts]) == (None, ["subject"])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("全阴", "negative"),
        ("5口人，全阴", "negative"),
        ("两个大人都阴", "negative"),
        ("昨天阳的，今天36.9", "positive"),
        ("我家都阳", "positive"),
    ],
)
def test_results_said_in_one_word_answer_a_question(text: str, result: str) -> None:
    (intent,) = _chat(text, "checkin")
    assert isinstance(intent, CheckIn)
    assert [(t.kind, t.result) for t in intent.tests] == [("antigen", result)]


@pytest.mark.parametrize("text", ["这天真阴", "今天阴天", "阳台的花开了", "重阳节快乐", "菜不太好", "信号不太好"])
def test_weather_and_things_are_no_report(text: str) -> None:
    assert _chat(text) == ()


@pytest.mark.parametrize("row", ["501 膝盖有点肿", "501 有密接", "501 老毛病犯了 痛风", "501 王芳 手上起痒疙瘩"])
def test_an_ailment_that_is_not_understood_is_asked_about(row: str) -> None:
    first = read(f"#接龙\n今日健康打卡\n\n1. {row}\n2. 何家宁", Context(scope=UNIT)).intents[0]
    assert isinstance(first, CheckIn)
    assert first.status == "unwell" or [str(d) for d in first.doubts] == ["kind"]


@pytest.mark.parametrize("text", ["下次再去吧", "改天参加", "下回吧，这次没空", "人满了吗", "能带狗吗"])
def test_another_time_joins_nothing(text: str) -> None:
    assert not [i for i in _chat(text, "signup") if isinstance(i, SignUp)]


@pytest.mark.parametrize(("row", "count"), [("小鹿 带俩娃", 3), ("小鹿 带仨孩子", 4), ("小鹿 带娃", 2), ("小鹿+2", 3)])
def test_children_who_come_along_take_places(row: str, count: int) -> None:
    first = read(f"#接龙\n包饺子报名\n\n1. {row}\n2. 何家宁", Context(scope=UNIT)).intents[0]
    assert isinstance(first, SignUp)
    assert first.count == count
