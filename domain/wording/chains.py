"""What the bot says about chains."""

from collections.abc import Sequence

_KIND = {"order": "订购", "signup": "报名", "checkin": "报平安", "need": "求助"}
_SHOWN = 30


def disputed(number: int, title: str, entry: str) -> str:
    """Return the private question to the head: an entry was removed or changed by somebody else."""
    return (
        f"接龙“{title}”里这一条被别人改动或删掉了，先照原样保留：\n{entry}\n"
        f"核实后回“留 {number}”保留，或回“删 {number}”去掉。"
    )


def merged_list(title: str, kind: str, entries: Sequence[str]) -> str:
    """Return the merged list as plain text, numbered anew, ready to be copied and continued."""
    lines = [f"{number}. {text}" for number, text in enumerate(entries, 1)]
    return "\n".join([f"#接龙 {title or _KIND.get(kind, '')}".rstrip(), *lines])


def merged_note(missing: int) -> str:
    """Return the line in front of a merged list that is posted because the chain had forked."""
    return f"大家同时接龙时有{missing}条没显示出来，已合并，请接着这份往下接："


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
