"""Forms that name their columns, ringed numbers without a marker, names that count, hours and conditions in rows."""

import pytest

from domain.parsing import read
from domain.parsing.context import Context, Scope
from tests.unit.parsing.spoken import chain, said


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        (
            "今日健康台账\n格式：房号/在家人数/最高体温/有无咳嗽/抗原\n例 101/3/36.5/无/阴",
            ("302/2/36.4/无/阴", "303/1/37.9/咳嗽/阳", "305/3/36.6/无/未做"),
            "302 well 36.4 antigen negative; 303 unwell 37.9 咳嗽 antigen positive; 305 well 36.6",
        ),
        (
            "每日健康\n格式：房号，人数，体温，抗原",
            ("301，3，36.5，阴", "302，2，37.8，阳"),
            "301 well 36.5 antigen negative; 302 unwell 37.8 antigen positive",
        ),
        (
            "晨检表\n填写格式：房间+姓名+体温+有无症状",
            ("301 卫兰 36.5 无", "302 邵敏 37.9 咳嗽"),
            "301 well 36.5; 302 unwell 37.9 咳嗽",
        ),
        (
            "健康登记\n填写内容：楼号/姓名/体温/核酸",
            ("501/冯喜/36.4/阴性", "503 阿秋 没量"),
            "501 well 36.4 pcr negative; 503 unknown",
        ),
        (
            "健康上报\n1.房号 2.姓名 3.体温 4.症状",
            ("303，路平，36.6，无", "304，苗青，38.0，头疼"),
            "303 well 36.6; 304 unwell 38.0 头痛",
        ),
        ("健康上报\n1.房号\n2.姓名\n3.体温\n", ("303 路平 36.6", "304 苗青 38.0"), "303 well 36.6; 304 unwell 38.0"),
        ("健康打卡第5天", ("3-1-301 葛", "302 ✅"), "301 well; 302 well"),
        ("夜间查寝 应到/实到", ("218室 4/4", "220室 4/4 一个人咳嗽"), "218 well; 220 unwell 咳嗽"),
        ("健康上报", ("303 4口 一人阳", "304 两个人都阳"), "303 unwell antigen positive; 304 unwell antigen positive"),
        ("健康上报", ("东区 童月 11人", "西门岗 孔祥 8人"), "童月 well; 孔祥 well"),
        ("健康签到", ("八度空间🎵", "一口两个蛋挞", "三个火枪手"), "八度空间 well; 一口两个蛋挞 well; 三个火枪手 well"),
        ("健康签到", ("302 两大一小", "303 两个娃都好"), "302 well; 303 well"),
    ],
)
def test_a_form_of_health(header: str, rows: tuple[str, ...], told: str) -> None:
    assert chain(header, *rows, expecting="checkin") == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("8-10点 小宣", "小宣 join 1"),
        ("14:00-16:00 刁阿姨", "刁阿姨 join 1"),
        ("16点到18点 阿萍 去不了了", "阿萍 leave 1"),
        ("9-11时 902 老宋", "902 join 1"),
        ("402 腰不疼了就参加", "402 join 1 ?kind"),
        ("402 忙完了就来", "402 join 1 ?kind"),
        ("Li Na can't make it", "Li Na leave 1"),
        ("Tom Baker +1", "Tom Baker join 2"),
        ("褚阿姨 报了又要带孙子，退了", "褚阿姨 leave 1"),
        ("张姐 到了就签到", "张姐 join 1"),
    ],
)
def test_a_row_of_a_duty(row: str, told: str) -> None:
    assert chain("门岗值班", row) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("搬运组写我名字", "join 1"),
        ("记我名", "join 1"),
        ("差两个人，算我一个", "join 1"),
        ("志愿者还差三位，想来的跟我接龙就行", ""),
        ("缺两个人，想参加的找我", ""),
        ("我的名字别写错", ""),
        ("孩子睡了就来", "join 1 ?kind"),
    ],
)
def test_an_answer_to_a_call_for_hands(text: str, told: str) -> None:
    assert said(text, expecting="signup") == told


def test_a_list_with_ringed_numbers_needs_no_marker() -> None:
    text = "每日健康一报\n①302 正常\n②303 小满 36.5\n③401 头痛得厉害\n④402 无发热咳嗽"
    reading = read(text, Context(scope=Scope("unit", "5", "2")))
    assert reading.chain is not None
    assert [(i.subject.room, i.status) for i in reading.intents if hasattr(i, "status")] == [
        ("302", "well"),
        ("303", "well"),
        ("401", "unwell"),
        ("402", "well"),
    ]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("日行万步 第三周", ("青青 12036步", "老谷 8.5公里", "大姐 9千多步")),
        ("读书打卡第5天", ("老周 20页", "老吴 30页")),
        ("健康饮食打卡第5天", ("老周 三餐正常", "老吴 水果沙拉")),
    ],
)
def test_a_log_is_no_report_though_one_was_asked_for(header: str, rows: tuple[str, ...]) -> None:
    assert chain(header, *rows, expecting="checkin") == ""
