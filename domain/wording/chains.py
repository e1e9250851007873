"""What the bot says about chains."""

import re
from collections.abc import Sequence

_KIND = {"order": "订购", "signup": "报名", "checkin": "报平安", "need": "求助"}
_SHOWN = 30
_WHY = "（大家同时接龙时有{}条没显示出来，已合并，请接着这份往下接）"
_IS_WHY = re.compile(r"（大家同时接龙时有[0-9]+条没显示出来，已合并，请接着这份往下接）")


def disputed(number: int, title: str, entry: str) -> str:
    """Return the private question to the head: an entry was removed or changed by somebody else."""
    return (
        f"接龙“{title}”里这一条被别人改动或删掉了，先照原样保留：\n{entry}\n"
        f"核实后回“留 {number}”保留，或回“删 {number}”去掉。"
    )


def left_out(number: int, title: str, entry: str) -> str:
    """Return the private question to the head: somebody posted a list without his own entry, perhaps by mistake."""
    return (
        f"接龙“{title}”里写这一条的人发了一份没有这一条的旧名单，可能是想退出，也可能是发错了，先照原样保留：\n{entry}\n"
        f"核实后回“留 {number}”保留，或回“删 {number}”去掉。"
    )


def merged_list(title: str, kind: str, notes: str, entries: Sequence[str], missing: int = 0) -> str:
    """Return the merged list as plain text, numbered anew, ready to be copied and continued.

    `notes`: what the header says besides the title; who goes on with the list needs its goods and their codes.
    `missing`: how many lines the newest post does not show. Why the list is posted is said under its title, so that
    who copies it with that line copies the title first.
    """
    lines = [f"{number}. {text}" for number, text in enumerate(entries, 1)]
    why = [_WHY.format(missing)] if missing else []
    about = [notes] if notes else []
    return "\n".join([f"#接龙 {title or _KIND.get(kind, '')}".rstrip(), *why, *about, *lines])


def without_why(notes: str) -> str:
    """Return the notes of a copied list without the line in which the bot said why it had posted it."""
    return "\n".join(line for line in notes.split("\n") if not _IS_WHY.fullmatch(line.strip()))


def too_long(last: str) -> str:
    """Return the private words to who posted more than one message may hold; `last`: the last entry that was read."""
    return f"这条接龙太长，只读到“{last[:_SHOWN]}”为止。请把后面的分成第二条再发，免得漏掉。"


def passed_on(count: int) -> str:
    """Return what a group hears of a chain of needs: how many lines, never whose."""
    return f"这份求助接龙共{count}条，都已转给负责的人。"


def no_chain() -> str:
    return "这里最近没有接龙。"


def not_disputed(number: str) -> str:
    return f"没有编号 {number} 的待核实接龙。请照通知里的编号回复，例如“留 2”。"


def ruled(number: int, stands: bool) -> str:
    return f"好的，第{number}号已{'保留' if stands else '去掉'}。"
