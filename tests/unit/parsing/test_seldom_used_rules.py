"""A line for each rule that ordinary messages hardly ever need; without its rule each would be read otherwise."""

import pytest

from domain.intents import Good
from tests.unit.parsing.spoken import chain, said

EGGS = (Good("鸡蛋", "箱", "A"),)
NUMBERED = (Good("土豆", "份", "1"), Good("白菜", "份", "2"))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("601/603都发烧了", "601 unwell 发热; 603 unwell 发热"),
        ("刚才电梯困人，已经救出来了", ""),
        ("着火了，已经扑灭", ""),
        ("洗洁精用完了", "need food"),
        ("老人降压药吃完了，谁能去医院帮配药", "need medicine"),
        ("快递还没到楼上，帮我拿上来", "need delivery"),
        ("胰岛素快用完了，今晚能代买吗", "need medicine urgent"),
        ("need insulin urgently", "need medicine urgent"),
        ("帮我买返两包盐", "盐:2包"),
        ("谢谢志愿者帮我送药，谁有体温计", "need medicine"),
        ("谁有体温计，上次的药收到了，谢谢", "need medicine"),
        ("求推荐修水管的师傅", ""),
        ("诺如来袭，孩子吐了两次", "unwell 呕吐"),
    ],
)
def test_in_chat(text: str, meaning: str) -> None:
    assert said(text) == meaning


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("我订的不用了", "cancel"),
        ("502 腿脚不好，给她带两箱", "502 鸡蛋:2箱"),
        ("能给我来两箱多少钱", ""),
        ("有没有退烧药，要1盒布洛芬", "need medicine"),
    ],
)
def test_while_a_round_is_open(text: str, order: str) -> None:
    assert said(text, expecting="order", goods=EGGS) == order


def test_codes_padded_with_a_nought() -> None:
    assert said("要01", expecting="order", goods=NUMBERED) == "土豆:1份"


def test_remarks_in_brackets_within_english_orders() -> None:
    assert said("2 cartons of milk (low fat), 1 bread", expecting="order") == "milk:2carton bread:1"


@pytest.mark.parametrize(("text", "meaning"), [("1", "join 1"), ("我", "join 1")])
def test_the_barest_answers_to_a_call_for_names(text: str, meaning: str) -> None:
    assert said(text, expecting="signup") == meaning


@pytest.mark.parametrize(
    ("header", "row", "meaning"),
    [
        ("今日健康打卡", "501 发烧38.5 需要退烧药", "501 unwell 38.5 发热; 501 need medicine"),
        ("今日健康打卡", "一个咳嗽的也没有 501", "501 well"),
        ("今日健康打卡", "你好明天 36.7", "你好明天 well 36.7"),
        ("土豆团购 5斤一袋", "鑫鑫超市", ""),
        ("盒饭团购 15元两荤一素 20元三荤", "501 一份", "501 盒饭:1份"),
    ],
)
def test_in_rows(header: str, row: str, meaning: str) -> None:
    assert chain(header, row, "502 一份" if "团购" in header else "502").removesuffix("; 502 well").split("; 502")[
        0
    ] == (meaning or "502 土豆:1份")
