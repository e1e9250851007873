"""What or who gives out: what keeps somebody alive and people are urgent, other medicine waits, things are nothing."""

import pytest

from tests.unit.parsing.spoken import said


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("胰岛素快用完了", "need medicine urgent"),
        ("硝酸甘油快吃完了", "need medicine urgent"),
        ("哮喘喷雾快喷完了", "need medicine urgent"),
        ("透析液只剩一袋", "need medical urgent"),
        ("老爸氧气快没了", "need medical urgent"),
        ("我撑不下去了", "need distress"),
        ("我妈快不行了", "need medical urgent"),
        ("他被车撞了快不行了", "need medical urgent"),
        ("公司快撑不下去了，我也撑不下去了", "need distress"),
        ("胰岛素快用完了，能代买吗", "need medicine"),
        ("降压药只剩两片", "need medicine"),
        ("老爸的降压药快没了", "need medicine"),
        ("手机快不行了", ""),
        ("电脑撑不下去了", ""),
        ("这破冰箱撑不下去了", ""),
        ("车子快不行了", ""),
        ("我家猫快不行了", ""),
        ("公司撑不下去了", ""),
        ("油锅起火了怎么灭", "need other urgent"),
    ],
)
def test_how_much_it_matters_who_or_what_gives_out(text: str, need: str) -> None:
    assert said(text) == need
