"""What is longer than is read is asked about and never silently lost."""

import pytest

from domain.intents import Doubt, Good
from domain.parsing import read
from domain.parsing.context import Context, Scope
from domain.text.normalise import MAX_CHARACTERS, MAX_LINE, MAX_LINES

UNIT = Context(scope=Scope("unit", "3", "1"))
LONG = "，再说一遍，" * (MAX_LINE // 6)


def doubted(text: str, context: Context = UNIT) -> list[bool]:
    return [Doubt.KIND in intent.doubts for intent in read(text, context).intents]


def test_a_chain_within_the_limits_is_not_asked_about() -> None:
    assert doubted("#接龙\n健康打卡\n1. 501 正常\n2. 502 36.5") == [False, False]


def test_the_last_entry_of_a_chain_that_is_cut_is_asked_about() -> None:
    rows = [f"{n}. {n // 4 + 1}0{n % 4 + 1} 36.5" for n in range(1, 161)]
    whole = "#接龙\n健康打卡\n" + "\n".join(rows)
    cut = whole + "\n" * MAX_LINES + "161. 4301 36.6"

    assert doubted(whole) == [False] * len(rows)
    assert doubted(cut) == [False] * (len(rows) - 1) + [True]


def test_an_entry_whose_line_is_cut_is_asked_about() -> None:
    assert doubted(f"#接龙\n健康打卡\n1. 501 正常{LONG}不对，发烧了\n2. 502 36.5") == [True, False]


@pytest.mark.parametrize("joint", ["", "\n"], ids=["in one line", "in several"])
def test_chat_that_is_cut_is_asked_about(joint: str) -> None:
    assert doubted(f"我家都好，36.5{joint}{LONG}") == [True]


def test_a_message_over_all_limits_is_asked_about() -> None:
    assert doubted("我家都好，36.5\n" + "好\n" * MAX_CHARACTERS) == [True]


def test_a_ringed_number_beside_goods_sold_by_size_is_no_size() -> None:
    chain = "#接龙\n生日蛋糕拼单 6寸58 / 8寸88\n\n1. 阿黛 6寸一个\n2. 305 六寸两个\n3. 406 老焦 ③蛋糕一个"
    offered = (Good(name="蔬菜包", code="A", unit="份"),)
    assert read(chain, Context(goods=offered, expecting="order")).chain is not None
