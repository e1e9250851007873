"""Several doors in one entry of an order chain: each orders; an amount that may be shared is asked about."""

import pytest

from tests.unit.parsing.spoken import chain


@pytest.mark.parametrize(
    ("entry", "orders"),
    [
        ("501和502 各1板", "501 鸡蛋:1板; 502 鸡蛋:1板"),
        ("505,506 一板", "505 鸡蛋:1板; 506 鸡蛋:1板"),
        ("701跟702各两板", "701 鸡蛋:2板; 702 鸡蛋:2板"),
        ("703、704两家各一板", "703 鸡蛋:1板; 704 鸡蛋:1板"),
        ("801 802 803 每家两板", "801 鸡蛋:2板; 802 鸡蛋:2板; 803 鸡蛋:2板"),
        ("901+902 各两板", "901 鸡蛋:2板; 902 鸡蛋:2板"),
        ("901/902/903 各1板", "901 鸡蛋:1板; 902 鸡蛋:1板; 903 鸡蛋:1板"),
        ("901和902 ", "901 鸡蛋:1份; 902 鸡蛋:1份"),
        ("503 504 2板", "503 鸡蛋:2板 ?quantity; 504 鸡蛋:2板 ?quantity"),
        ("3-1-501、502 3板", "501 鸡蛋:3板 ?quantity; 502 鸡蛋:3板 ?quantity"),
        ("502 200个", "502 鸡蛋:200个"),
        ("老王 100个", "老王 鸡蛋:100个"),
    ],
)
def test_each_door_orders(entry: str, orders: str) -> None:
    assert chain("鸡蛋团 22元/板", entry) == orders
