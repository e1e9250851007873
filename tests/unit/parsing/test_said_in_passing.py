"""What is over, meant as advice, of a passer-by, offered or blamed; what keeps people awake; readings dealt out."""

import pytest

from tests.unit.parsing.spoken import said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("咳是不咳了 就是吃啥都没味儿", "unwell 失去味觉"),
        ("发烧倒是不发了，就是咳，晚上更厉害", "unwell 咳嗽"),
        ("头疼倒不疼了，嗓子疼", "unwell 咽痛"),
        ("咳嗽不发烧", "unwell 咳嗽"),
        ("流鼻涕不流血", "unwell 流涕"),
        ("今天起来浑身肌肉疼，没劲，温度计没电了没量", "unwell 肌肉酸痛 乏力"),
        ("想起前年住院那会儿天天烧到39度，还是现在好啊", ""),
        ("我奶奶以前总说，烧到39度喝碗姜汤就好，真有那么神吗", ""),
        ("孩子发烧吃点药就好了", "unwell 发热"),
        ("801、802、803都量过了，分别是36.3、36.5、38.6", "801 well 36.3; 802 well 36.5; 803 unwell 38.6"),
        ("801、802早36.5晚36.7", "801 well 36.5 36.7; 802 well 36.5 36.7"),
        ("✅✅ 1805两大一小", "1805 well"),
        ("1805三个人要", ""),
        ("我没事，就是对门601大姐咳得整夜睡不着", "well; 601 unwell 咳嗽"),
        ("我36.5，就是601的奶奶38.2", "well 36.5; 601 unwell 38.2"),
    ],
)
def test_an_answer_to_how_are_you(text: str, told: str) -> None:
    assert said(text, expecting="checkin") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("西门口有位大爷晕倒在地上，谁会急救的快过来", "need medical urgent"),
        ("广场上躺着一个人，叫不醒", "need medical urgent"),
        ("我妈在楼下摔倒了", "unwell 外伤; need medical urgent"),
        ("咳得整夜睡不着，止咳药吃光了，哪位匀我一瓶", "unwell 咳嗽; need medicine"),
        ("牙疼得一晚上没睡，谁有止痛药", "unwell 其他; need medicine"),
        ("楼上吵得整夜睡不着，物业管管", "need complaint"),
        ("一个人关在家里整夜睡不着，好想哭", "need distress"),
        ("楼上1804每天半夜还在蹦，说了好几次没用，社区管管吧", "need complaint"),
        ("502的狗天天叫，投诉", "need complaint"),
        ("1804反映楼上天天半夜装修", "1804 need complaint"),
        ("代1801投诉噪音", "1801 need complaint"),
        ("我们3-1的单元门锁坏了，谁都能进，晚上心慌慌", "need repair"),
        ("布洛芬有吗，老公烧到39", "unwell 39 发热; need medicine"),
        ("体温计还有没有，孩子发烫", "unwell 发热; need medicine"),
        ("冰箱就剩两个土豆了，团购也抢不着，咋整啊", "need food"),
        ("我从外省回来被拦在大门口，绿码也有，到底归哪个部门批", "need information"),
        ("我的登记信息报了三次，系统里还是没有，麻烦帮忙查一下", "need information"),
        ("卫生间水管裂了在喷水，关不住！谁有物业值班电话 1302", "1302 need repair urgent"),
        ("家里有孩子发烧，谁家有药能来拿吗", "unwell 发热; need medicine"),
        ("我家有老人断药了，哪位能来拿方子帮配一下", "need medicine"),
        ("体温计没电了，谁有借一个", "need medicine"),
        ("电梯停用了，我妈坐轮椅下不去", "need repair"),
        ("家里没肉了", "need food"),
        ("上次的牛奶还没给我送", "need complaint"),
        ("昨天的菜没给我送来", "need complaint"),
    ],
)
def test_a_need_beside_other_words(text: str, told: str) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "抗原还富余五支，哪家不够了跟我讲",
        "我这有抗原五支用不着了，急需的邻居敲903的门",
        "家里有制氧机一台，谁家老人气喘着急用直接打我电话",
        "要是谁家断药了别硬扛，我后天去医院可以一起配",
        "我家备了退烧药，谁家孩子发烧了来拿",
        "家里囤了米，哪家没米了过来拿",
        "电梯年检，2单元右侧那部下午停用，大家走左边的",
        "小区有人发烧39度，是哪栋",
        "我奶奶说发烧捂汗就好，你们信吗",
        "这价格看得我肉疼",
        "物业电话 1302",
        "你们没给我送过花",
    ],
)
def test_an_offer_a_notice_or_a_saying_asks_for_nothing(text: str) -> None:
    assert said(text) == ""
