"""The last noun of a title, prices, meals and lists of lacks tell what a chain is about; loans and pets are none."""

import pytest

from domain.parsing import read
from domain.parsing.context import Context, Scope


@pytest.mark.parametrize(
    ("kind", "title", "rows", "expecting"),
    [
        ("order", "周二加班餐 统计到15:30", ["小窦 1", "阿豪 +1", "钱总 3份"], None),
        ("order", "门卫值班夜宵 要的报", ["老孟 1碗", "阿泽 2碗"], None),
        ("order", "下午茶走起☕", ["小周 拿铁", "老费 +1", "晓晓 2"], None),
        ("order", "今晚宵夜", ["阿强 炒粉1", "小何 肠粉2"], None),
        ("order", "居家老人营养餐", ["1-102 阮婆婆 流食1份", "1-201 两份"], None),
        ("order", "工作餐预报", ["何家宁 1", "小棠 1", "老卢 2"], None),
        ("order", "奶茶 3点下单", ["小棠 少糖", "老卢 去冰"], "order"),
        ("order", "值守人员盒饭", ["何家宁", "小棠"], None),
        ("order", "酱板鸭 45/只", ["301 一只", "302 2只"], None),
        ("order", "豆腐脑 3块一碗 明早送", ["301 2", "302 1"], None),
        ("order", "年货 腊肠68/2斤 可快递回老家", ["301 腊肠2份", "302 3份"], None),
        ("order", "羊杂汤", ["301 2碗", "302 一碗"], None),
        ("order", "土鸡蛋还有人要吗", ["小窦 1", "阿豪 +2"], None),
        ("order", "理发师傅周日到 剪发25 染发80", ["301 剪发2", "奶奶 剪发1 染发1"], None),
        ("signup", "理发师傅周日到 剪发25 染发80", ["301", "小棠 +1"], None),
        ("signup", "周末烧烤 大人50 小孩30", ["301 大人2", "小棠 大人1小孩1"], None),
        ("signup", "送餐志愿者 12月", ["廖姐 6号上午", "小夏 7号", "冀姐 12号"], None),
        ("signup", "到货卸车义工，要6人", ["阿健", "老谢", "小秦 两点半到"], None),
        ("signup", "团购分拣帮手招募", ["何家宁", "小棠", "老卢"], None),
        ("signup", "早餐发放志愿者", ["何家宁", "小棠", "老卢"], None),
        ("signup", "社区食堂帮厨", ["何家宁", "小棠", "老卢"], None),
        ("signup", "周末野餐 每家带一道菜", ["何家宁 2大1小", "小棠 +1"], None),
        ("signup", "羽毛球 AA 30元", ["何家宁 +1", "小棠 1"], None),
        ("signup", "周五聚餐", ["何家宁", "小棠"], None),
        ("need", "谁家有困难请登记，志愿者上门", ["201 老人要去换药", "303 马桶堵了", "502 没菜了"], None),
        ("need", "暖气不热登记", ["301 卧室不热", "302 都不热"], None),
        ("need", "台风受损情况统计", ["301 窗户碎了", "302 阳台漏水"], None),
        ("need", "停电户登记", ["301 停电两天", "302 也没电"], None),
        ("need", "有什么困难说一下", ["301 缺米", "302 降压药快没了"], None),
        ("checkin", "段机关流感日报", ["财务 白洁 6人 无异常", "调度 11人 正常"], None),
        ("checkin", "独居老人走访日报", ["101 崔大娘 好着呢", "202 精神不错", "301 敲门没人应"], None),
        ("checkin", "居民情况日报", ["301 都正常", "302 平安"], None),
        ("other", "生产日报", ["一号线 正常", "二号线 停机"], None),
        ("other", "设备运行日报", ["空压机 正常", "水泵 正常"], None),
        ("other", "本周加班登记", ["何家宁 3小时", "小棠 2小时"], None),
        ("other", "我家多的药，缺的私聊", ["301 抗原5支", "302 蒲地蓝一盒"], None),
        ("other", "应急送医车辆（车主自愿提供）", ["301 5座", "老苗 随叫随到"], None),
        ("other", "可借的工具清单", ["301 电钻一把", "302 梯子"], None),
        ("other", "狗狗体重记录", ["豆包 6.2kg", "年糕 4.1kg"], None),
        ("other", "晒晒你家年夜饭", ["小熊 红烧肉", "圆圆 鱼"], None),
        ("other", "减脂早餐打卡", ["小熊 鸡蛋2个", "圆圆 牛奶1杯"], None),
        ("other", "加班统计", ["小熊 2h", "圆圆 3h"], "order"),
        ("other", "快递到了来取", ["小熊 2件", "圆圆 1件"], None),
        ("signup", "免费理发报名", ["小熊", "圆圆"], None),
        ("checkin", "停暖第二天报一下老人情况", ["402 老人没事", "403 有点流鼻涕"], None),
        ("other", "还没量体温的：", ["301", "402"], None),
        ("checkin", "还没填的接一下 健康打卡", ["301", "402"], None),
    ],
)  # fmt: skip
def test_a_chain_is_of_a_kind(kind: str, title: str, rows: list[str], expecting: str | None) -> None:
    text = f"#接龙\n{title}\n\n" + "\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1))
    chain = read(text, Context(scope=Scope("unit", "3", "1"), expecting=expecting)).chain
    assert chain is not None
    assert chain.kind == kind


@pytest.mark.parametrize("call", ["要的接", "要的请报", "去的都报一下"])
def test_a_list_under_a_call_is_a_chain(call: str) -> None:
    text = f"水晶梨 25一筐（约6斤）\n{call}\n1. 何家宁 1筐\n2. 小棠 +1"
    chain = read(text, Context(scope=Scope("unit", "3", "1"))).chain
    assert chain is not None
    assert chain.entries == 2
