"""The daily summary in words; it fits one phone screen."""

from domain.areas import place_name
from domain.slots import clock_time
from domain.summary import DaySummary
from domain.wording.checkins import coverage_line

_DOORS = 20
_MATTERS = 8


def daily_summary(summary: DaySummary) -> str:
    """Return the summary of one scope as plain text."""
    day = summary.day
    lines = [f"{day.month}月{day.day}日小结（{place_name(summary.scope)}）"]
    for slot, coverage in summary.slots:
        lines.append(f"{'早' if slot.hour < 12 else '晚'}报平安 {coverage_line(coverage)}")
    lines.append(f"不适：{_doors(summary.unwell)}")
    lines += _matters(summary)
    lines.append(f"暂未联系上：{_doors(summary.missing)}")
    lines.append(f"订单 {summary.orders} 户；待确认 {summary.doubts} 条；有争议 {summary.disputed} 条")
    if summary.set_aside:
        lines.append(f"有 {summary.set_aside} 条消息没能处理，请打开看板查看")
    lines += [f"断线 {clock_time(a)}–{clock_time(b)}，可能漏记" for a, b in summary.gaps]
    lines += [f"没赶上：{job}" for job in summary.missed_jobs]
    return "\n".join(lines)


def _matters(summary: DaySummary) -> list[str]:
    matters = sorted(summary.open_matters, key=lambda m: (not m.urgent, m.number))
    if not matters:
        return ["待办：无"]
    lines = [f"待办 {len(matters)} 件："]
    for m in matters[:_MATTERS]:
        state = "处理中" if m.taken else "未接"
        lines.append(f"#{m.number} {m.household} {m.category}{'（紧急）' if m.urgent else ''} {state}")
    if len(matters) > _MATTERS:
        lines.append(f"… 另 {len(matters) - _MATTERS} 件在看板")
    return lines


def _doors(doors: tuple[str, ...]) -> str:
    if not doors:
        return "无"
    more = f" 等{len(doors)}户" if len(doors) > _DOORS else ""
    return "、".join(doors[:_DOORS]) + more
