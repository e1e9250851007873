"""Units convert exactly or not at all."""

from decimal import Decimal

import pytest

from domain.units import Dimension, Pack, convert, plain, read_pack, unit_of

EGGS = Pack("板", Decimal(30), "个")
RICE = Pack("袋", Decimal(10), "斤")


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "result"),
    [
        ("2", "公斤", "斤", "4"),
        ("500", "克", "斤", "1"),
        ("3", "两", "斤", "0.3"),
        ("1.5", "斤", "克", "750"),
        ("1", "千克", "kg", "1"),
        ("2", "升", "毫升", "2000"),
        ("330", "ml", "L", "0.33"),
        ("3", "份", "份", "3"),
    ],
)
def test_weights_and_volumes_convert(quantity: str, unit: str, to: str, result: str) -> None:
    assert convert(Decimal(quantity), unit, to) == Decimal(result)


@pytest.mark.parametrize(("unit", "to"), [("斤", "升"), ("个", "板"), ("箱", "盒"), ("斤", "个"), ("哪", "斤")])
def test_what_does_not_convert_is_none(unit: str, to: str) -> None:
    assert convert(Decimal(1), unit, to) is None


def test_packs_of_known_size_convert_both_ways() -> None:
    assert convert(Decimal(2), "板", "个", EGGS) == 60
    assert convert(Decimal(15), "个", "板", EGGS) == Decimal("0.5")
    assert convert(Decimal(2), "袋", "公斤", RICE) == 10
    assert convert(Decimal(1), "公斤", "袋", RICE) == Decimal("0.2")


def test_nothing_is_rounded() -> None:
    assert convert(Decimal(10), "个", "板", EGGS) is None


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("30个/板", EGGS),
        ("10斤/袋", RICE),
        ("12盒/箱", Pack("箱", Decimal(12), "盒")),
        ("24瓶每箱", Pack("箱", Decimal(24), "瓶")),
        ("2.5kg/袋", Pack("袋", Decimal("2.5"), "kg")),
    ],
)
def test_a_table_s_pack_is_read(text: str, pack: Pack) -> None:
    assert read_pack(text) == pack


@pytest.mark.parametrize("text", ["", "大板", "30个", "0个/板", "个/板", "30个/哪"])
def test_what_is_no_pack_is_none(text: str) -> None:
    assert read_pack(text) is None


def test_units_know_their_dimension() -> None:
    assert [unit_of(u).dimension for u in ("斤", "毫升", "颗", "箱")] == list(Dimension)  # type: ignore[union-attr]
    assert unit_of("KG") == unit_of("kg")
    assert unit_of(None) is None


def test_plain_numbers_have_no_exponent() -> None:
    assert str(plain(Decimal("1E+1"))) == "10"
    assert str(plain(Decimal("2.50"))) == "2.5"
