"""What the bot says about orders and purchases."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from domain.orders import Wanted
from domain.shopping import Article, ShoppingRow
from domain.units import plain


def shopping_list(
    day: date, rows: Sequence[ShoppingRow], households: int, articles: Mapping[str, Article] = MappingProxyType({})
) -> str:
    """Return the consolidated list as plain text, one block a shop; counts only, nobody is named.

    What is sold in packs of known size is told in whole packs besides ("480个，合16板").
    """
    if not rows:
        return f"{day.month}月{day.day}日代购：今天没有人订。"
    lines = [f"{day.month}月{day.day}日代购清单（{households}户）"]
    shop = None
    for row in rows:
        if row.shop != shop:
            shop = row.shop
            lines.append(f"〔{shop or '其他'}〕")
        packs = _in_packs(row, articles.get(row.item))
        lines.append(f"{row.item} {plain(row.quantity)}{row.unit or ''}{packs}（{row.households}户）")
    return "\n".join(lines)


def _in_packs(row: ShoppingRow, article: Article | None) -> str:
    pack = article.pack if article else None
    if pack is None or row.unit != pack.piece or row.quantity % pack.count:
        return ""
    return f"，合{plain(row.quantity / pack.count)}{pack.container}"


def cutoff_passed(day: date) -> str:
    return f"今天已经截单，您订的记到{day.month}月{day.day}日了。"


def wanted_line(wanted: Wanted) -> str:
    if wanted.cancelled:
        return f"{wanted.item}（已取消）"
    note = f"（{wanted.note}）" if wanted.note else ""
    return f"{wanted.item}{plain(wanted.quantity)}{wanted.unit or ''}{note}"


def own_orders(day: date, rows: Iterable[Wanted]) -> str:
    listed = "，".join(wanted_line(w) for w in rows)
    return f"{day.month}月{day.day}日订的：{listed}" if listed else f"{day.month}月{day.day}日还没有您的订单。"
