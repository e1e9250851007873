"""Reports as plain residents write them: vague readings, who lives at home, unanswered calls, blame, words of Wu."""

import pytest

from domain.intents import CheckIn
from domain.parsing import read
from domain.parsing.context import Context
from tests.unit.parsing.spoken import HOME, chain, said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("36点几来着，我给忘了", "unknown ?temperature"),
        ("三十六度几没记", "unknown ?temperature"),
        ("36点多", "unknown ?temperature"),
        ("大概36到37之间吧", "unknown ?temperature"),
        ("37.2到37.3之间的要不要上报啊", ""),
        ("多少度算发热呀，37度3还是38度", ""),
        ("回家一量38.1，早上还是36.5", "unwell 38.1 36.5"),
        ("36.5还是36.6记不清了", "unknown ?temperature"),
        ("今天落雨落了36.5毫米", ""),
        ("浑身酸痛，一点力气没有", "unwell 肌肉酸痛 乏力"),
        ("没有哪里不舒服", "well"),
        ("没啥地方难受", "well"),
        ("不知道哪里不舒服", "unwell 其他"),
        ("没什么比一家人在一起更好的了", ""),
        ("红烧肉烧到糊底了", ""),
        ("孩子烧糊涂了", "unwell 发热"),
        ("试纸两条线，颜色很浅", "unwell antigen positive"),
        ("一切如旧", "unknown"),
        ("群里说3楼有阳的，真的假的", ""),
        ("群里说一声，我家都好", "well"),
        ("阿拉屋里侪蛮好", "well"),
        ("小囡今朝发寒热38度2", "unwell 38.2 发热"),
        ("勿发烧，勿咳嗽", "well"),
        ("请勿下楼，今朝做核酸", ""),
        ("刷卡没反应", ""),
        ("快递柜没反应", ""),
    ],
)
def test_an_answer_to_the_question_how_all_are(text: str, told: str) -> None:
    assert said(text, expecting="checkin") == told


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("两个老人一个孩子都好", 3),
        ("两老一小平安", 3),
        ("一老两大一小都没事", 4),
        ("三家头侪好", 3),
        ("没有一个人发烧", None),
    ],
)
def test_how_many_are_spoken_for(text: str, people: int | None) -> None:
    (intent,) = read(text, Context(scope=HOME, expecting="checkin")).intents
    assert isinstance(intent, CheckIn)
    assert intent.people == people


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("501那家阳了还天天下楼", "need complaint"),
        ("302明明阳性，照样出门遛狗", "need complaint"),
        ("确诊了还天天出门，什么素质", ""),
        ("501阳了，我还下楼给他送了药", "501 unwell antigen positive"),
        ("我阳了还下楼拿了快递，对不起大家", "unwell antigen positive"),
        ("孩子发烧了还到处跑", "unwell 发热"),
        ("701借我家的体温计量了，37.9", "701 unwell 37.9"),
    ],
)
def test_what_is_said_of_a_neighbour(text: str, told: str) -> None:
    assert said(text) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("203 打两次没接", "203 unknown"),
        ("203 没打通", "203 unknown"),
        ("203 电话占线", "203 unknown"),
        ("203 电话没接，后来回了，都好", "203 well"),
        ("36.2 203", "203 well 36.2"),
        ("203 侪好", "203 well"),
        ("203 勿咳 勿热", "203 well"),
        ("阿拉蕾 36.7", "阿拉蕾 well 36.7"),
    ],
)
def test_a_row_of_calls_and_readings(row: str, told: str) -> None:
    assert chain("每日体温", row, "909 36.5").split("; ")[0] == told


def test_a_comma_between_number_and_reading_starts_a_row() -> None:
    assert said("晚间体温接龙\n1、36.2 203\n2、204 37.9") == "203 well 36.2; 204 unwell 37.9"


@pytest.mark.parametrize("text", ["全楼没有一家有问题", "28户没有一户有症状", "3栋没人有症状"])
def test_a_head_denies_for_the_whole_house(text: str) -> None:
    assert said(text, expecting="checkin", role="building_head").endswith("well")
