"""Fevers are found however they are written, and whose they are; heat that is nobody's is none."""

import pytest

from domain.intents import CheckIn, Intent
from domain.parsing import read
from domain.parsing.context import Context, Scope, Speaker
from tests.unit.parsing.spoken import said


def _read(text: str, expecting: str | None) -> tuple[Intent, ...]:
    speaker = Speaker("青禾", "3-1-602 青禾")
    return read(text, Context(speaker=speaker, scope=Scope("unit", "3", "1"), expecting=expecting)).intents


@pytest.mark.parametrize(
    ("text", "expecting", "readings"),
    [
        ("体温：38.1℃", "checkin", [38.1]),
        ("体温:37.9", None, [37.9]),
        ("早：36.8 晚：38.2", "checkin", [36.8, 38.2]),
        ("老人：39.1，孩子：36.6", "checkin", [39.1, 36.6]),
        ("刚测38，怎么办", None, [38.0]),
        ("自测体温38度4", None, [38.4]),
        ("一测38.3", None, [38.3]),
        ("昨天39，今天37", "checkin", [39.0, 37.0]),
        ("孩子39", "checkin", [39.0]),
        ("烧到三十八度五", None, [38.5]),
        ("娃38度6，贴了退热贴", None, [38.6]),
        ("#接龙\n健康打卡\n\n1. 602 体温：38.4", None, [38.4]),
        ("#接龙\n健康打卡\n\n1. 602 38,5", None, [38.5]),
        ("#接龙\n健康打卡\n\n1. 602 36,8 37,9", None, [36.8, 37.9]),
        ("#接龙\n健康打卡\n\n1. 602 早:36.5 晚:37.8", None, [36.5, 37.8]),
    ],
)
def test_a_fever_is_read_however_it_is_written(text: str, expecting: str | None, readings: list[float]) -> None:
    intent = _read(text, expecting)[0]
    assert isinstance(intent, CheckIn)
    assert (intent.status, [float(t) for t in intent.temperatures]) == ("unwell", readings)


@pytest.mark.parametrize(
    "text",
    [
        "孩子同学发烧了",
        "同事家孩子39度",
        "水温38度正好",
        "明天38度",
        "7:38到楼下",
        "比分38:37",
        "空调开到38了吗",
        "今天来了38",
        "早上38人排队",
        "快递柜38号",
        "单位同事阳了",
    ],
)
def test_heat_and_numbers_of_others_are_no_fever(text: str) -> None:
    assert not [i for i in _read(text, None) if isinstance(i, CheckIn)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("体温大概三十六七度吧", "unknown ?temperature"),
        ("三十八九度", "unknown ?temperature"),
        ("体温3605", "unknown ?temperature"),
        ("量的是73.5，这枪准吗", "unknown ?temperature"),
        ("昨天那个38.5是我看错了，是36.5", "well 36.5"),
        ("打卡36.5", "well 36.5"),
        ("体温计读数38", "unwell 38"),
        ("全烧起来了，最高39.4", "unwell 39.4 发热"),
        ("水烧到90度泡茶正好", ""),
        ("外头零下26度", ""),
        ("打针花了365，心疼", ""),
    ],
)
def test_readings_in_passing(text: str, told: str) -> None:
    assert said(text, expecting="checkin") == told


def test_a_colleague_who_is_positive_is_not_the_speaker() -> None:
    (intent,) = _read("单位同事阳了，我没事", "checkin")
    assert isinstance(intent, CheckIn)
    assert (intent.status, intent.tests) == ("well", ())


@pytest.mark.parametrize("text", ["明天高温40度，少出门", "预报明天38度", "高温39度多喝水", "后天37度，注意防暑"])
def test_the_forecast_is_no_fever_though_a_report_was_asked_for(text: str) -> None:
    assert _read(text, "checkin") == ()
