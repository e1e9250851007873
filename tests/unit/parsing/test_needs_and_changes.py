"""Falls, thanks, questions about supplies, and changes that run over two clauses."""

import pytest

from tests.unit.parsing.spoken import SHOP, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("老人在家摔倒了起不来，快来人", "unwell 外伤; need medical urgent"),
        ("谢谢志愿者帮我家送药", ""),
        ("感谢3-501的邻居借我退烧药", ""),
        ("谢谢大家，谁有退烧药匀一粒", "need medicine"),
        ("停水了吗？", ""),
        ("我家停水了，怎么办", "need repair"),
    ],
)
def test_needs(text: str, found: str) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A换成C，还是两份", "cancel 蔬菜包:; 肉类包:2份"),
        ("刚才说错了，是3份蔬菜包不是2份", "蔬菜包:3份"),
        ("蔬菜包改成3份，水果包不变", "蔬菜包:3份"),
        ("家里没菜了，来5斤土豆", "土豆:5斤"),
        ("水果的要两份，肉不要", "水果包:2份; cancel 肉类包:"),
        ("D来一份", "D:1份 ?item"),
    ],
)
def test_changes_while_orders_are_taken(text: str, found: str) -> None:
    assert said(text, expecting="order", goods=SHOP) == found
