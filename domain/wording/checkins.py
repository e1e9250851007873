"""What the bot says about check-ins. Prompts stay under 60 characters and threaten nobody."""

from collections.abc import Sequence

from domain.coverage import Coverage


def prompt(group: str, morning: bool) -> str:
    """Return the prompt for a group; it carries the group's name and a way to answer with one character."""
    greeting = "早上好" if morning else "傍晚好"
    return f"【{group}】{greeting}，家里都好吗？回“1”或接龙报平安；有不舒服直接说，会有人联系您。"


def second_call(group: str, morning: bool, heard: int, households: int, doors: Sequence[str]) -> str:
    """Return the private line to the unit head: who has not been heard from, for a kind word, not for the group."""
    rest = "、".join(doors[:40]) + (f" 等{len(doors)}户" if len(doors) > 40 else "")
    part = "早间" if morning else "晚间"
    return f"【{group}】{part}已报 {heard}/{households} 户。暂未联系上：{rest}。方便时问一声就好，不必在群里点名。"


def health_count(group: str, heard: int, households: int) -> str:
    return f"【{group}】本次已报平安 {heard}/{households} 户，谢谢大家。"


def concern_received() -> str:
    return "收到，已经告诉网格员，会尽快联系您。情况紧急请直接拨打120。"


def neutral_in_group() -> str:
    """Return what the group hears where somebody cannot be answered in private: nothing of the answer."""
    return "已收到，回复不便发在群里：请加小助手私聊，或问网格员。"


def waits_for_you() -> str:
    """Return what the group hears where something nobody asked for waits for somebody in private."""
    return "有消息要单独发给您：请加小助手私聊，或问网格员。"


def coverage_line(coverage: Coverage) -> str:
    """Return one area's counts in words; the parts add up to the households."""
    parts = [f"本人报{coverage['self']}", f"代报{coverage['relayed']}", f"上门{coverage['visited']}"]
    rest = [f"敲门无应{coverage['unreachable']}", f"不参加{coverage['opted_out']}", f"未联系上{coverage['not_heard']}"]
    return f"共{coverage.households}户：" + "，".join(parts + rest)
