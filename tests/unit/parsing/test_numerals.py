"""Numerals as people write them."""

from decimal import Decimal

import pytest

from domain.parsing.numerals import read_number


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("12", "12", 2),
        ("1.5", "1.5", 3),
        ("二十五", "25", 3),
        ("十五", "15", 2),
        ("廿", "20", 1),
        ("廿五", "25", 2),
        ("卅", "30", 1),
        ("一百二", "120", 3),
        ("一百零五", "105", 4),
        ("二百五十", "250", 4),
        ("三点五", "3.5", 3),
        ("一万二", "12000", 3),
        ("3千", "3000", 2),
        ("两百", "200", 2),
        ("俩", "2", 1),
        ("仨", "3", 1),
        ("半", "0.5", 1),
        ("五零一", "501", 3),
        ("两斤", "2", 1),
        ("十两", "10", 1),
    ],
)
def test_a_number_is_read_with_its_end(text: str, value: str, end: int) -> None:
    assert read_number(text) == (Decimal(value), end)


@pytest.mark.parametrize("text", ["", "斤", "两三", "三五"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_reading_begins_where_it_is_told() -> None:
    assert read_number("土豆12斤", 2) == (Decimal(12), 4)
