"""How a household stands, in words."""

from datetime import datetime

from domain.intents import Status
from domain.wellbeing import Condition

COLUMN_WORDS = {
    "self": "✓ 本人已报",
    "relayed": "✓ 代报",
    "visited": "✓ 上门见到",
    "unreachable": "？敲门无应",
    "opted_out": "不参加",
    "not_heard": "… 暂未联系上",
}
STATUS_WORDS = {Status.WELL: "都好", Status.UNWELL: "不适，已告诉网格员", Status.UNKNOWN: "已联系"}


def own_condition(door: str, slot: datetime, condition: Condition | None) -> str:
    """Return what is noted of a household, for the household itself."""
    part = "早上" if slot.hour < 12 else "傍晚"
    return f"{door} {part}：{STATUS_WORDS[condition.status] if condition else '还没有记录'}"


def check_binding(door: str, words: str) -> str:
    return f"有人自报“{words}”，但名册上这个名字不在{door}，请核对。"
