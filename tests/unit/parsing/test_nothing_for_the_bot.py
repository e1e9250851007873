"""Offers, notices, advertisements, conditions and grumbling are nothing for the bot; what looks like them may be."""

import pytest

from tests.unit.parsing.spoken import SHOP, said


@pytest.mark.parametrize(
    "text",
    [
        "家有制氧机一台，哪家老人急用可以借",
        "退燒藥仲有三粒，邊個有需要搵我攞",
        "抗原5支放在一楼信报箱上了，谁家不够就拿去用",
        "我家多囤了两箱奶，哪家宝宝没奶喝了来抱一箱",
        "轮椅可以借，谁家老人腿脚不便要用就来推",
        "有没用完的胰岛素针头，哪位糖友缺的过来取",
        "呢度有多嘅退烧贴，边个唔够搵我攞",
        "家里有富余的米，谁家断粮了敲我门",
        "体温计多一支，没有的可以来我家拿",
        "多出来一板鸡蛋，缺的说",
        "今天青菜没货了，给大家换成菠菜，不同意的私信我退款",
        "专业通下水道 修马桶 换水管 24小时上门 139****6677",
        "高价回收旧空调 冰箱坏了也收",
        "本店新到大米面粉，欢迎光临",
        "寻狗启事：白色泰迪，昨晚7.20左右在东门走失，电话13800001111，必有重谢",
        "捡到一只小狗，谁家走失的来领",
        "猪肉都涨到28一斤了，吃不起喽",
        "两条杠的邻居请在家等通知",
        "有发烧的请马上报给我",
        "出现咳嗽的就别来聚会了",
        "我女儿说长大要当医生给大家治咳嗽",
        "这个梨汤专治咳嗽",
        "生姜红糖水治感冒",
        "草莓新不新鲜",
    ],
)
def test_nothing_is_read(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    "text", ["明天高温40度，下午尽量别出门", "明天38度，记得防暑", "预报后天39度", "气温38度，热死了", "水温40度左右"]
)
def test_weather_is_no_fever(text: str) -> None:
    assert said(text, expecting="checkin") == ""


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("@所有人 抗原结果拍照发群里，两条杠的先别出门，打电话给我", "unit_head"),
        ("发热的住户不要自行外出，先打社区电话", "worker"),
        ("今晚7点送货，请准备好零钱", "organiser"),
        ("下午3点送菜，请备好袋子下楼拿", "organiser"),
        ("明早到货，请自备购物袋", "organiser"),
    ],
)
def test_who_has_an_office_gives_notice(text: str, role: str) -> None:
    assert said(text, role=role) == ""


@pytest.mark.parametrize(
    "text",
    [
        "蔬菜包甜不甜",
        "水果包贵不贵啊",
        "蔬菜包到了，A包在左边B包在右边，按楼层来拿，1-3楼先",
        "蔬菜包新鲜",
        "肉类包到了",
    ],
)
@pytest.mark.parametrize("kind", ["unit", "shopping"])
def test_words_about_what_is_on_offer_order_nothing(text: str, kind: str) -> None:
    assert said(text, goods=SHOP, kind=kind) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("谁家有制氧机借用一下，老人喘不上气", "unwell 气促; need medical urgent"),
        ("退烧药没了，哪家有多的匀一粒", "need medicine"),
        ("邊個有退燒藥，我屋企冇晒", "need medicine"),
        ("谁懂修水管的请联系我，厨房漏水", "need repair"),
        ("家里没药了，哪位邻居有的话可以联系我", "need medicine"),
        ("哪位有多余的口罩可以联系我，家里没了", "need medicine"),
        ("谁能借我个体温计，我来拿", "need medicine"),
        ("我有酱油，缺盐，谁家可以换", "need food"),
        ("小孩走丢了，穿红衣服，谁看见了", "need other urgent"),
        ("我妈两条杠，在家躺着", "unwell antigen positive"),
        ("孩子高烧40度", "unwell 40 发热"),
    ],
)
def test_what_only_looks_like_an_offer_is_read(text: str, found: str) -> None:
    assert said(text) == found
