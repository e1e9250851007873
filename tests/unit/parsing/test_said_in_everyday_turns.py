"""Reports, needs and sign-ups in turns of everyday speech, each beside what only sounds like it."""

import pytest

from tests.unit.parsing.spoken import said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("家里来了两个人，一共五口，都健康", "well"),
        ("爷爷住院了，我在家，一切好", "well"),
        ("一切好商量", ""),
        ("几口人都量过了，最高37.0", "well 37.0"),
        ("今天最高气温36.9", ""),
        ("37度2，算低烧吗", "well 37.2"),
        ("请问37度2算低烧吗", ""),
        ("T线若隐若现的", "unwell antigen positive"),
        ("T线浅是什么意思", ""),
        ("身上热得难受", "unwell 发热"),
        ("娃热到39度了", "unwell 39"),
        ("外面热到39度了", ""),
        ("要是半夜还不退就去医院，现在39", "unwell 39"),
        ("昨天38度5，今天退了，36.8", "unwell 38.5 36.8"),
        ("猫咪发烧39度，哪里有宠物医院", ""),
        ("我家狗今天没精神，吐了两次", ""),
        ("被狗咬了，现在发烧38.2", "unwell 38.2 外伤 发热"),
        ("寝室四个人都阴，报备一下", "well antigen negative"),
        ("你们家孩子退烧了没", ""),
        ("药吃了还是不退，娃现在40", "unwell 40"),
        ("T线有一点点红", "unwell antigen positive"),
        ("手机屏摔断了", ""),
        ("笑得肚皮痛", ""),
        ("小时候就有哮喘，现在喘不上气", "unwell 气促; need medical urgent"),
        ("小时候常发烧，一烧就40度", ""),
        ("去年得肺炎那阵子，天天咳得睡不着，现在啥事没有了", ""),
    ],
)
def test_reports_that_nobody_asked_for(text: str, told: str) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("阴阴阴", "well antigen negative"),
        ("三六五", "unknown ?temperature"),
        ("36 7", "unknown ?temperature"),
        ("出差了，周日回", "unknown"),
        ("都好，老公出差了", "well"),
        ("打卡+1", "well"),
        ("就我一个人，好", "well"),
        ("老样子，没啥不舒服", "well"),
        ("量不了，体温计坏了", "unknown"),
        ("小狗子发烧38.5", "unwell 38.5"),
    ],
)
def test_answers_to_a_call_for_reports(text: str, told: str) -> None:
    assert said(text, expecting="checkin").removesuffix(" 发热") == told


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("小孩偷吃了爷爷的降压药，一板都空了", "medical urgent"),
        ("娃把洗衣凝珠当糖咬了", "medical urgent"),
        ("奶奶下楼摔折了腿", "medical urgent"),
        ("厨房有股黑烟冒出来", "other urgent"),
        ("我要去复查，需要开个出门证", "medical"),
        ("楼上的狗从早嚎到晚", "complaint"),
        ("街道发的菜我家没收到", "complaint"),
        ("菜烂了一半，要求退款", "complaint"),
        ("哪个好心邻居帮带个外卖上来", "delivery"),
        ("这几天老睡不着，想找人聊聊", "distress"),
        ("孩子一个人在屋里哭，爸妈都拉走了", "welfare"),
        ("敲了半天门没人应，老头一个人住，我怕出事", "welfare"),
        ("老人大小便失禁没人换", "welfare"),
        ("高龄津贴三个月没到账，能帮我查查吗", "information"),
        ("东西收到了，多谢，还缺点奶粉", "food"),
        ("门锁坏了，请师傅来修", "repair"),
        ("爸爸的胰岛素只剩三天的量了，出不去怎么办", "medicine"),
        ("爸爸的胰岛素没有了，出不去怎么办", "medicine urgent"),
        ("胰岛素只剩今天一支了", "medicine urgent"),
        ("细路食错药，点算", "medical urgent"),
        ("俺娘的降压药么有了", "medicine"),
        ("被房东赶出来了，没地方住", "welfare"),
        ("娃从滑梯上掉下来不动弹", "medical urgent"),
        ("我把感冒药当维生素吃了，没事吧", "medical urgent"),
        ("哪家水管漏了找我，漏到我家天花板了", "repair"),
    ],
)
def test_needs_in_everyday_turns(text: str, need: str) -> None:
    assert said(text) == f"need {need}"


@pytest.mark.parametrize(
    "text",
    [
        "大家有困难跟我说",
        "会换灯，谁家灯坏了喊我一声",
        "退烧药还有半瓶，急需的说话",
        "楼下有人抽烟，烟都冒上来了",
        "快递掉地上了，柜门不动",
        "快递员敲门没人应，放门口了",
        "901是搬走了吗？好久没见人",
        "梯子借我用完还回去了哈",
        "空调噪音测了，38.2分贝，合格",
        "群主发的链接我没收到",
        "已经请师傅来修了",
        "看剧看得我一个人哭笑不得",
        "我缺点太多了，别夸我",
        "哪位大姐帮拿的快递，谢谢",
        "你们家漏水了没",
        "急用血压计的话敲801",
    ],
)
def test_no_need_is_told(text: str) -> None:
    assert said(text) == ""


def test_goods_given_back_are_no_fall() -> None:
    assert said("牛奶退掉，其余的不动", expecting="order") == "cancel 牛奶:"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今晚的送菜我能搭把手", "join 1"),
        ("捎上我呗", "join 1"),
        ("前面那个+1撤了", "leave 1"),
        ("志愿者我可以，下午", "join 1"),
        ("值班我排周五", "join 1"),
        ("我先占个坑", "join 1 ?kind"),
        ("候补一个", "join 1"),
        ("我也+1", "join 1"),
        ("+2（我和室友）", "join 2"),
        ("我家出两个壮劳力", "join 2"),
        ("我有空，叫我", "join 1"),
        ("我会理发，可以出力", "join 1"),
        ("我顶第二班", "join 1"),
        ("我跟小李一起", "join 2"),
        ("我隔壁陈叔也想去，帮他报一个", "陈叔 join 1"),
        ("候补是什么意思", ""),
        ("占个位子多少钱", ""),
        ("报名撤回怎么弄", ""),
        ("你们先占个坑", ""),
        ("我可以，等我爱人回来定", "join 1 ?kind"),
        ("我们家出两个", "join 2"),
        ("我家出车", "join 1"),
        ("我们寝室四个都来", "join 4"),
        ("排班表发我", ""),
    ],
)
def test_names_put_down_in_everyday_turns(text: str, told: str) -> None:
    assert said(text, expecting="signup") == told
