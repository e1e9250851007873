"""Plain messages of each kind that residents write when a round, a check-in or a list is open."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import SHOP, chain, said

EGGS = (Good("鸡蛋", "箱", "A"),)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("鸡蛋两箱", "鸡蛋:2箱"),
        ("鸡蛋要两箱", "鸡蛋:2箱"),
        ("502 鸡蛋两箱", "502 鸡蛋:2箱"),
        ("鸡蛋10元一箱", ""),
        ("鸡蛋30个一箱", ""),
        ("鸡蛋一箱多少钱", ""),
        ("收到鸡蛋两箱", ""),
        ("牛奶两箱", ""),
    ],
)
def test_only_articles_on_offer_and_amounts_are_an_order_in_an_open_round(text: str, order: str) -> None:
    assert said(text, goods=EGGS) == order


def test_the_organiser_orders_nothing_by_listing_what_is_on_offer() -> None:
    assert said("鸡蛋两箱", goods=EGGS, role="organiser") == ""


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("来两箱可以吗", "鸡蛋:2箱"),
        ("要两箱行吗", "鸡蛋:2箱"),
        ("这样可以吗", ""),
        ("能帮我多加一箱吗", "add 鸡蛋:1箱"),
        ("能再加一箱吗", "add 鸡蛋:1箱"),
        ("能加吗", ""),
    ],
)
def test_a_wish_may_be_put_as_a_question(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=EGGS) == order


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我不想要A了", "cancel 蔬菜包:"),
        ("不想要蔬菜包了", "cancel 蔬菜包:"),
        ("不订水果包了", "cancel 水果包:"),
        ("不想要了", "cancel"),
        ("我不想订了", "cancel"),
        ("不要了，别处买到了", "cancel"),
        ("蔬菜包我家不要了，买到了", "cancel 蔬菜包:"),
        ("报错了，要水果包不是蔬菜包", "cancel 蔬菜包:; 水果包:1份"),
        ("不要A要B", "cancel 蔬菜包:; 水果包:1份"),
        ("我要两份A不要B", "蔬菜包:2份"),
        ("A一份B一份C不要", "蔬菜包:1份 水果包:1份; cancel 肉类包:"),
        ("A不要了B也不要了", "cancel 蔬菜包:; cancel 水果包:"),
        ("A和B都改成2份", "蔬菜包:2份 水果包:2份"),
    ],
)
def test_what_is_given_up_may_stand_behind_the_words_for_it(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == order


def test_who_buys_nothing_today_gives_up_no_order() -> None:
    assert said("今天不买菜了", goods=SHOP) == ""


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("燃气打不着", "need repair"),
        ("能派人来修一下灯吗", "need repair"),
        ("我会修灯，需要修的找我", ""),
        ("我被锁在阳台了", "need other urgent"),
        ("钥匙锁屋里了", "need repair"),
        ("我们被关在家里十天了", ""),
        ("急需胰岛素", "need medicine urgent"),
        ("小区封了我妈的药送不进来", "need medicine"),
        ("婴儿哭了一晚上发烧39度8", "unwell 39.8 发热"),
        ("孩子天天哭，我一个人真的撑不住", "need distress urgent"),
        ("我姐一个人带两个孩子还发着烧，忙不过来", "unwell 发热; need welfare"),
    ],
)
def test_needs_are_heard(text: str, need: str) -> None:
    assert said(text) == need


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("502的李阿姨也报一个", "502 join 1"),
        ("孩子参加，一个人", "join 1"),
        ("参加，要一个靠窗的位子", "join 1"),
        ("大人两个小孩一个", "join 3"),
        ("不参加，谢谢", ""),
        ("帮我老公也报上", "join 1"),
        ("602两位", "join 2"),
        ("我们家改成三个人", "join 3"),
    ],
)
def test_answers_to_a_call_for_names(text: str, meaning: str) -> None:
    assert said(text, expecting="signup") == meaning


def test_a_wish_to_serve_puts_a_name_down_unasked() -> None:
    assert (said("我想当志愿者"), said("我想当志愿者吗")) == ("join 1", "")


def test_a_name_that_ends_like_a_number_counts_nobody_before_a_sex() -> None:
    assert chain("核酸志愿者报名 男女不限", "张三 男", "502 李四 女 可以搬东西") == "张三 join 1; 502 join 1"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("501 36.4 天天都在家", "501 well 36.4"),
        ("报到，三口人都在", "well"),
        ("没事没事", "well"),
        ("没事吧？", ""),
        ("奶奶今天精神不太好", "unwell 其他"),
    ],
)
def test_answers_to_a_call_for_reports(text: str, report: str) -> None:
    assert said(text, expecting="checkin") == report


@pytest.mark.parametrize(
    ("row", "order"),
    [("老王A2", "老王 土豆:2份"), ("李梅B一份", "李梅 白菜:1份"), ("501王芳A2B1", "501 土豆:2份 白菜:1份")],
)
def test_a_code_glued_to_a_name_is_no_part_of_it(row: str, order: str) -> None:
    assert chain("团购 A土豆 B白菜", row, "502 A1").split("; ")[0] == order
