"""Illness is heard beside questions, thanks and calls on everybody; what notices bid or tales recall is none."""

import pytest

from tests.unit.parsing.spoken import said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("各位邻居，谁家有多的退热贴能匀我一片吗，孩子38度6", "unwell 38.6; need medicine"),
        ("各位邻居好，我家孩子发烧了，求退烧药", "unwell 发热; need medicine"),
        ("@所有人 谁家有退烧贴，我儿子39度", "unwell 39; need medicine"),
        ("各位邻居请帮帮忙，我家奶奶胸口疼", "unwell 胸痛; need medical urgent"),
        ("请大家帮我看看，我妈晕倒了", "unwell 意识不清; need medical urgent"),
        ("请大家帮帮忙，我老公烧到39.5叫不到车", "unwell 39.5 发热; need other"),
        ("请大家看看，孩子嘴唇发紫喘不上气", "unwell 气促; need medical urgent"),
        ("各位居民，我家断粮了，谁能匀点米", "need food"),
        ("请问各位邻居有多的抗原吗", "need medicine"),
        ("大家注意防护，我家娃已经烧到39了", "unwell 39 发热"),
        ("今天群里通知说要测体温，我测了38.3", "unwell 38.3"),
        ("按通知要求上报：孩子体温38.6", "unwell 38.6"),
        ("提醒大家，我阳了，昨天跟我打过牌的注意", "unwell antigen positive"),
        ("请大家如实上报，我家孩子36.5", "well 36.5"),
        ("谢谢大家关心，还在烧，38度左右", "unwell 38 发热"),
        ("谢谢邻居送的药，可是还没退烧", "unwell 发热"),
        ("感谢邻居借的体温计，量了38.3", "unwell 38.3"),
        ("谢谢老师关心，孩子烧还没退", "unwell 发热"),
        ("刚量38度，是不是要去医院啊", "unwell 38"),
        ("我们家老的小的都发烧了，菜都没法做", "unwell 发热"),
        ("孩子身上发烫，家里没温度计", "unwell 发热; need medicine"),
        ("打了退烧针还是退不下来", "unwell 发热"),
        ("宝宝体温降不下来", "unwell 发热"),
        ("我家三个人一个阳两个阴", "unwell antigen positive antigen negative"),
        ("三个人一阳两阴", "unwell antigen positive antigen negative"),
        ("一家三口全阳", "unwell antigen positive"),
        ("我们全家都阳，下不了楼", "unwell antigen positive"),
        ("爸妈都阳，我还是阴", "unwell antigen positive antigen negative"),
        ("我隔离时发过烧，现在早好了", "well"),
        ("听说最近甲流多，我家娃也中招了烧到39.5", "unwell 39.5 发热 antigen positive"),
        ("新闻说这波是乙流，我们全家都烧了", "unwell 发热"),
        ("比昨天好点了，还有37.9", "unwell 37.9"),
        ("吃了药退到37.8了", "unwell 37.8"),
        ("可能发烧了，头很烫", "unwell 发热"),
        ("怕是发烧了吧，脸通红", "unwell 发热"),
        ("小家伙今天蔫蔫的，额头有点热", "unwell 发热"),
    ],
)
def test_what_ails_his_own_people_is_heard_beside_other_matter(text: str, told: str) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "各位邻居，孩子发烧38度5以上才需要吃退烧药",
        "各位家长，孩子体温超过37.3不要来园",
        "大家注意，孩子发烧到39度要及时送医",
        "邻居们注意，我看到新闻说孩子烧到39度会惊厥",
        "各位居民，谁家有发烧的请上报",
        "各位邻居，谁家有多余的口罩请捐给志愿者",
        "各位邻居，哪位有感冒药需要的找我",
        "各位居民，我是新来的网格员，有困难找我",
        "各位邻居帮帮忙投个票",
        "谢谢大家上周帮忙，我妈烧到39度那天多亏你们",
        "感谢昨天送我妈去医院的师傅，她烧到39度多亏您",
        "转发：孩子发烧39度别慌，先物理降温",
        "我同事发烧39度还来上班",
        "如果孩子烧到38.5就给吃美林",
        "疫苗打完一般会烧到38度左右",
        "有人说阳了会烧到40度，真的吗",
        "没退烧的孩子不要上学",
        "我想问下发烧几度算高烧",
        "我家全朝阳，采光好",
        "听说3号楼有人发烧，我家离得近有点怕",
        "听说阳了要烧好几天，我家备好药了",
        "网上说的都是吓人的，我家娃上个月烧过也没事",
        "要是发烧了就吃药，现在药店都有",
        "小时候，我也烧到过40度",
        "昨晚做梦，我烧到41度",
        "可能发烧了的都在家躺着",
        "有邻居说他家孩子发烧39度，是几号楼的？",
        "谁家孩子没发过烧啊",
        "孩子上次发烧39度是哪个医院看的来着",
        "好一点的苹果38.8一箱",
        "吃了药再喝39.9的那款牛奶",
        "隔壁小区一家三口全阳",
        "三阳开泰",
    ],
)
def test_what_is_bidden_recalled_or_supposed_is_nobodys_illness(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我那天要值班去不了了，把我名字划掉吧", "leave 1"),
        ("把我名字从名单里删了吧，临时出差", "leave 1"),
        ("我报的插秧活动去不了了，不好意思", "leave 1"),
        ("我昨天报名的秋游，孩子病了来不了", "leave 1"),
        ("麻烦取消我的报名，周六要加班", "leave 1"),
        ("周日的志愿者我去不了，找个人替我吧", "leave 1"),
        ("报名取消，我发烧38.5来不了", "unwell 38.5 发热; leave 1"),
        ("我37.8，志愿者去不了了", "unwell 37.8; leave 1"),
        ("我的名字写错了，应该是张莉", ""),
        ("志愿者来不了，菜没人送怎么办", ""),
        ("取消报名的请私信我", ""),
        ("我报的名取消了吗", ""),
        ("报名取消了吗", ""),
        ("我退出群聊了", ""),
        ("我报的车厘子取消吧", "cancel 车厘子:"),
    ],
)
def test_a_name_is_taken_off_the_list_though_nobody_asked(text: str, told: str) -> None:
    assert said(text) == told
