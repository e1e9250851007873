"""Units of goods: their dimension, exact conversion, and packs of known size.

Weights convert in grams, volumes in millilitres, packs by their own size only ("30个/板"); nothing is rounded: what
has no finite decimal has no conversion.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Dimension(StrEnum):
    """What a unit measures. Only units of one dimension convert; `count` and `pack` need a pack of known size."""

    WEIGHT = "weight"
    VOLUME = "volume"
    COUNT = "count"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as people write it. `size`: grams or millilitres, else 1. `rank`: how far outside it stands in packs.

    A can (2) stands in a tray (5) and holds millilitres (0): of "330ml*24罐2箱" the unit of highest rank is what is
    bought.
    """

    name: str
    dimension: Dimension
    size: Decimal = Decimal(1)
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Pack:
    """A container of known size: `count` of `piece` in one `container` (30 个 in one 板)."""

    container: str
    count: Decimal
    piece: str


_GRAMS = {
    "吨": "1000000",
    "公斤 千克 kg": "1000",
    "斤 市斤": "500",
    "磅": "453.59237",
    "两": "50",
    "克 g": "1",
    "毫克 mg": "0.001",
}
_MILLILITRES = {"升 l": "1000", "毫升 ml": "1"}
_PIECES = (
    "个 個 只 隻 颗 粒 片 枚 根 条 支 枝 张 块 头 朵 棵 株 尾 节 本 段 串 瓣 顶 双 对 副 抽 匹 贴 丸 把 捆 "
    "扎 束 株 床 口 台 面 扇 摞"
)
_PACKS = {
    2: "瓶 樽 罐 听 杯 包 碗 卷 管 板 筒 刀 盘 碟 笼 版",
    3: "袋",
    4: "盒 桶 壶 坛 缸 盆 锅 煲 屉",
    5: "提 排 打 套 组 帖 挂 兜 网 网兜",
    6: "箱 件 筐 篓 篮 车",
    7: "份 单 例 客",
}
SHORTENED = {"kilo": "公斤", "個": "个", "隻": "只"}
PACK_TEXT = re.compile(
    r"\s?(\d{1,6}(?:\.\d{1,3})?)\s?([^\d\s/／*×x每一装]{1,3})\s?(?:装\s?)?[/／每一]?\s?(?:1\s?)?([^\d\s/／]{1,2})\s?"
)


def _table() -> dict[str, Unit]:
    units = [Unit(n, Dimension.WEIGHT, Decimal(g), 0) for names, g in _GRAMS.items() for n in names.split()]
    units += [Unit(n, Dimension.VOLUME, Decimal(m), 0) for names, m in _MILLILITRES.items() for n in names.split()]
    units += [Unit(n, Dimension.COUNT) for n in _PIECES.split()]
    units += [Unit(n, Dimension.PACK, rank=rank) for rank, names in _PACKS.items() for n in names.split()]
    return {unit.name: unit for unit in units}


UNITS = _table()
JIN = "斤"


def unit_of(text: str | None) -> Unit | None:
    """Return the unit that `text` names in any case ("KG", "斤"), or None where it is no unit we know."""
    if text is None:
        return None
    plain = text.strip().lower()
    return UNITS.get(SHORTENED.get(plain, plain))


def read_pack(text: str) -> Pack | None:
    """Read a pack's size as a table of goods writes it: "30个/板", "10斤/袋", "12盒每箱". None where it is none."""
    match = PACK_TEXT.fullmatch(text)
    if match is None or unit_of(match[2]) is None or unit_of(match[3]) is None or not Decimal(match[1]):
        return None
    return Pack(container=match[3], count=Decimal(match[1]), piece=match[2])


def convert(quantity: Decimal, unit: str, to: str, pack: Pack | None = None) -> Decimal | None:
    """Return `quantity` `unit` in `to` exactly; None where they do not convert or give no finite decimal."""
    share = _factor(unit, to)
    if share is None and pack is not None:
        inward, outward = _factor(unit, pack.container), _factor(pack.container, to)
        piece_in, piece_out = _factor(unit, pack.piece), _factor(pack.piece, to)
        if inward is not None and piece_out is not None:
            share = inward * Fraction(pack.count) * piece_out
        elif piece_in is not None and outward is not None:
            share = piece_in / Fraction(pack.count) * outward
    return None if share is None else _exact(Fraction(quantity) * share)


def _factor(unit: str, to: str) -> Fraction | None:
    first, second = unit_of(unit), unit_of(to)
    if first is None or second is None:
        return Fraction(1) if unit == to else None
    if first.name == second.name:
        return Fraction(1)
    if first.dimension is second.dimension and first.dimension in (Dimension.WEIGHT, Dimension.VOLUME):
        return Fraction(first.size) / Fraction(second.size)
    return None


def _exact(value: Fraction) -> Decimal | None:
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1 or places > 12:
        return None
    scaled = value.numerator * 10**places // value.denominator
    return plain(Decimal(scaled).scaleb(-places))


def plain(value: Decimal) -> Decimal:
    """Return the same number without trailing zeros and without an exponent (Decimal("1E+1") becomes Decimal("10"))."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
