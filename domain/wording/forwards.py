"""What the bot answers to somebody who forwards or pastes a stretch of chat."""

from collections.abc import Sequence

from domain.wording.incidents import shorten

_SHOWN = 12
_DOORS = 40


def which_group() -> str:
    return "收到，不过不知道是哪个群的。请先说群名再转一次，例如“3栋1单元群”。"


def received(lines: int, fresh: Sequence[str], doubtful: Sequence[str], missing: Sequence[str]) -> str:
    """Return what came of a paste: what was new, what must be asked, and, for a head, who has not been heard from."""
    parts = [f"收到 {lines} 条，其中 {len(fresh)} 条是新的，已记下；其余之前就有了。"]
    parts += _listed("新的：", fresh)
    parts += _listed("还要问一下：", doubtful)
    if missing:
        more = f" 等{len(missing)}户" if len(missing) > _DOORS else ""
        parts.append("这次还没联系上：" + "、".join(missing[:_DOORS]) + more)
    return "\n".join(parts)


def _listed(heading: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    lines = [heading, *(f"· {shorten(text, 40)}" for text in texts[:_SHOWN])]
    return lines + ([f"… 另 {len(texts) - _SHOWN} 条"] if len(texts) > _SHOWN else [])
