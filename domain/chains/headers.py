"""What the header of a chain says: its marker, title, example and deadline."""

import re

from domain.text.normalise import fold
from domain.text.patterns import Rule

_MARKER = Rule(
    r"(?m:^\s*[【\[]?接[龙龍][】\]]?[:：]?\s*$)|[#＃]\s?(?:接[龙龍]|[Gg]roup [Nn]ote|开团|開團|团购|團購|Solitaire)"
)
_EXAMPLE = Rule(
    r"[ \t\u3000]{0,20}+(?:\d{1,2}[.．、:： ] ?)?[(（【\[]?(?:示?例(?:如|子)?|格式(?:如下?)?|样例|模板|範例|范例|"
    r"如)[)）】\]]?(?:[ \u3000.．、,，~:：;；\-—#@!！)）]|$)"
)
_ALL = Rule(r"@(?:所有人|全体成员|all)\s*")
_TAIL = Rule(
    r"截单|截止|截團|截团|联系|電話|电话|微信|链接|https?:|付款|转账|收款|取货|自提|自取|满\d+|^[(（]?注[:：]|"
    r"备注[:：]|温馨提示|请(?:大家|各位|勿|按|在|于|及时|尽快|将|把)|大家|以上|辛苦|谢谢|感谢"
    r"|收到请|前(?:接龙|填|报)|↑|👆|接龙结束|共计|合计|总计|統計|^(?:统计|团长|楼长|负责人)[:：]"
)
_DEADLINE = Rule(
    r"((?:今[天日晚]|明[天日早晚]|后天|周[一二三四五六日天]|星期[一二三四五六日天]|"
    r"\d{1,2}[月.]\d{1,2}[日号]?)?\s?(?:早上|上午|中午|下午|傍晚|晚上|晚|凌晨)?\s?"
    r"(?:[0-9一二三四五六七八九十两]{1,3}点(?:半|整|[0-9一二三四五六七八九十]{1,3}分?)?|"
    r"[0-9]{1,2}[:：][0-9]{2}))\s?(?:之?前)?\s?(?:截单|截止|截团|截|结束|收单|封单|停止接龙|关团)"
)
_ENDS = Rule(r"[截束封]|收单|停止接龙|关团")  # one of these stands in every deadline
_DEADLINE_AFTER = Rule(
    r"(?:截单|截止|截团|收单)(?:时间)?[:：为到至]?\s?((?:今[天日晚]|明[天日早晚]|"
    r"周[一二三四五六日天])?\s?(?:早上|上午|中午|下午|傍晚|晚上|晚)?\s?"
    r"(?:[0-9一二三四五六七八九十两]{1,3}点半?|[0-9]{1,2}[:：][0-9]{2}))"
)


def marker(text: str) -> re.Match[str] | None:
    """Return where `text` says that it is a chain (#接龙, #Group Note, #开团 …)."""
    return _MARKER.search(text)


def is_example(line: str) -> bool:
    """Tell whether a line shows how to fill in (例 张三 3-1-501 36.5) and is nobody's entry."""
    return _EXAMPLE.match(line) is not None


def is_tail(line: str) -> bool:
    """Tell whether an unnumbered line after the last entry speaks of the chain rather than of that entry."""
    return _TAIL.search(line) is not None


def notes_of(header: str, title: str) -> str:
    """Return what a header says besides its marker and title: what is on offer, an example, until when."""
    marked = _MARKER.search(header)
    rest = header if marked is None else header[: marked.start()] + header[marked.end() :]
    return rest.replace(title, "", 1).strip()


def title_of(header: str) -> str:
    """Return the first line of the header that names the chain, without marker and call to all."""
    for line in header.split("\n"):
        found = _MARKER.search(line)
        bare = line
        if found:
            after = line[found.end() :].lstrip(" \t\u3000:：,，!！️‼❗🎉📢👏🌸").strip()
            bare = after or line[: found.start()]
        bare = _ALL.sub("", bare).strip()
        if bare and not is_example(bare):
            return bare
    return ""


def deadline_of(text: str) -> str | None:
    """Return the words of the deadline ("三点", "今晚8点半") in header or tail, or None."""
    plain = fold(text)
    if not _ENDS.search(plain):
        return None
    found = _DEADLINE.search(plain) or _DEADLINE_AFTER.search(plain)
    return found[1].strip() if found else None
