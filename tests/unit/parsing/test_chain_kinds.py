"""What a chain is about is told by its title, its rows and what was asked, taken together."""

import pytest

from domain.intents import CheckIn
from domain.parsing import read
from domain.parsing.context import Context, Scope


def _kind(title: str, rows: list[str], expecting: str | None = None) -> str:
    text = f"#接龙\n{title}\n\n" + "\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1))
    chain = read(text, Context(scope=Scope("unit", "3", "1"), expecting=expecting)).chain
    assert chain is not None
    return chain.kind


READINGS = ["301 36.4", "302 36.7", "401 37.6"]
WELL = ["301 正常", "302 都好", "401 3人 平安"]
AMOUNTS = ["301 油条6根", "302 豆浆2杯", "401 包子4个"]
NAMES = ["何家宁", "小棠", "老卢"]


@pytest.mark.parametrize(
    ("title", "rows", "expecting"),
    [
        ("5号楼体温日报", READINGS, None),
        ("车间疫情日报（在岗人数）", ["一组 万里 【8】", "二组 小棠 【12】"], None),
        ("返岗人员健康日报", NAMES, None),
        ("考勤加健康", ["万里 健康", "小棠 健康"], None),
        ("每日考勤（体温）", READINGS, None),
        ("本周工作日报", READINGS, None),
        ("志愿者统计发热户", ["301 38.6 抗原阳", "302 核酸阴性"], "checkin"),
        ("志愿者上门登记", ["301 39度1", "302 抗原两条杠", "401 36.5"], "checkin"),
        ("值班人员体温", READINGS, None),
        ("每户报一报", WELL, None),
        ("社区活动室测温", READINGS, "checkin"),
        ("幸福里今日打卡", ["301", "302"], None),
        ("三单元打卡", ["301 好", "302 好"], None),
        ("楼里情况", ["301 头疼", "302 好", "401 好"], None),
    ],
)  # fmt: skip
def test_rows_and_words_of_bodies_make_a_checkin_chain(title: str, rows: list[str], expecting: str | None) -> None:
    assert _kind(title, rows, expecting) == "checkin"


@pytest.mark.parametrize(
    ("title", "rows", "expecting"),
    [
        ("早点代买 报名字和要的东西", AMOUNTS, None),
        ("豆浆油条 报姓名加数量", AMOUNTS, "order"),
        ("参加拼菜的接", ["301 白菜2颗", "302 土豆3斤"], "order"),
        ("健康蔬菜团购", ["301 两份", "302 1份"], None),
        ("抗原团购", ["301 抗原2盒", "302 抗原1盒"], None),
        ("体温计拼单 25元一支", ["301 1支", "302 2支"], None),
    ],
)
def test_amounts_make_an_order_chain(title: str, rows: list[str], expecting: str | None) -> None:
    assert _kind(title, rows, expecting) == "order"


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("生活物资短缺情况", ["301 米快没了", "302 没奶粉了", "401 缺尿不湿"]),
        ("缺物资的报一下", ["301 米和油", "302 奶粉"]),
        ("缺药的在这里登记", ["301 降压药", "302 布洛芬"]),
        ("家里情况上报", ["301 断米了", "302 老人药吃完了", "401 都够"]),
        ("各户困难统计", ["301 没菜了", "302 马桶堵了"]),
    ],
)
def test_rows_that_lack_make_a_need_chain(title: str, rows: list[str]) -> None:
    assert _kind(title, rows) == "need"


@pytest.mark.parametrize(
    ("title", "rows", "expecting"),
    [
        ("英语口语打卡", ["Vivian done", "老猫 36.5分钟", "木木 第5课"], None),
        ("古诗背诵打卡 7.20", NAMES, None),
        ("跳绳打卡第3天", ["小棠 500个", "老卢 800个"], "checkin"),
        ("拉伸打卡", ["小棠 20分钟", "老卢 30分钟"], "checkin"),
        ("快递到了，自己来拿", ["301 顺丰1件", "302 中通2件"], None),
        ("包裹清单", ["301 1件", "302 3箱"], "order"),
        ("驿站未取件", ["301 圆通2件", "302 韵达1件"], None),
        ("矿泉水发放", ["301 已领", "302 已领", "401 未领"], None),
        ("爱心菜签收", ["301 收到1份", "302 已签收"], None),
        ("本周加班工时", ["小棠 8小时", "老卢 6小时"], "checkin"),
        ("晨跑打卡", ["小棠 5公里", "老卢 3.6公里"], "checkin"),
    ],
)
def test_logs_and_lists_of_what_was_handed_out_are_none_of_the_bot(
    title: str, rows: list[str], expecting: str | None
) -> None:
    assert _kind(title, rows, expecting) == "other"


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("志愿者报名", NAMES),
        ("周六晨跑报名", NAMES),
        ("读书会活动报名", NAMES),
        ("核酸采样志愿者 周三", NAMES),
        ("亲子烘焙活动", ["何家宁 2大1小", "小棠"]),
    ],
)
def test_names_put_down_for_an_outing_make_a_signup_chain(title: str, rows: list[str]) -> None:
    assert _kind(title, rows) == "signup"


def test_a_fever_under_a_daily_report_is_booked() -> None:
    text = "#接龙\n2栋体温日报\n\n1. 301 36.4\n2. 302 早36.8晚38.1"
    reading = read(text, Context(scope=Scope("unit", "2", "1"), expecting="checkin"))
    assert [str(i.status) for i in reading.intents if isinstance(i, CheckIn)] == ["well", "unwell"]


@pytest.mark.parametrize(
    ("title", "rows", "kind"),
    [
        ("蔬菜发放 自取", ["301 领", "302 领"], "other"),
        ("阳台菜苗分享 有需要的接", ["301 两棵", "302 1棵"], "other"),
        ("物资捐赠", ["李兰 口罩2盒", "小棠 牛奶1箱"], "other"),
        ("健身打卡 体脂", ["李兰 36.5", "小棠 35.2"], "other"),
        ("鸡蛋团购 满50免费送葱", ["301 2板", "302 1板"], "order"),
        ("老人送餐登记", ["301 两份", "302 一份"], "order"),
        ("接种后有无不适", ["301 无", "302 头晕"], "checkin"),
        ("理发预约", ["李兰 10点", "老卢 11点"], "signup"),
    ],
)
def test_gifts_logs_and_bookings_keep_apart(title: str, rows: list[str], kind: str) -> None:
    assert _kind(title, rows) == kind


@pytest.mark.parametrize(
    ("title", "rows", "kind"),
    [
        ("周六小区义务植树", ["老周 2人", "小美", "502 一家三口"], "signup"),
        ("明天铲雪，自带工具", ["大军", "老佟两口子"], "signup"),
        ("下午3点北门卸货", ["大刘", "501老孙"], "signup"),
        ("拼车去火车站 周五早7点", ["小陈 1人", "老吴 2人"], "signup"),
        ("业主大会参会登记", ["3-1-501 李", "3-1-502 王"], "signup"),
        ("轮流遛狗的邻居接一下", ["阿花", "大熊"], "signup"),
        ("Volunteers for Saturday clean-up", ["Ada", "Max +1"], "signup"),
        ("Badminton Friday 7pm", ["Ann", "Cindy"], "signup"),
        ("停水停电报一下", ["501 停水", "502 停电"], "need"),
        ("家里漏水的登记下", ["501 厨房", "602 卫生间"], "need"),
        ("需要送药上门的", ["501 氨氯地平", "502 二甲双胍"], "need"),
        ("Who needs medicine", ["501 ibuprofen", "502 insulin"], "need"),
        ("垃圾没收的报一下", ["501 两天没收", "502 没收"], "need"),
        ("都还好吗，报一下", ["501 好", "502 有点咳"], "checkin"),
        ("慢病药登记 周三统一买", ["501 布洛芬1盒", "502 感冒灵2盒"], "order"),
        ("投票：装不装充电桩", ["501 同意", "502 反对"], "other"),
        ("生日祝福接龙", ["生日快乐", "健康成长"], "other"),
        ("英语晨读打卡", ["小宝 完成", "乐乐 完成"], "other"),
    ],
)
def test_outings_duties_lacks_and_what_is_no_matter_of_the_bot(title: str, rows: list[str], kind: str) -> None:
    assert _kind(title, rows) == kind
