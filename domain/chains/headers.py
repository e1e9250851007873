"""What the header of a chain says: its marker, title, kind, example and deadline."""

import re

from domain.text.normalise import fold
from domain.text.patterns import Rule
from domain.text.vocabulary import any_of, groups

_MARKER = Rule(
    r"(?m:^\s*[【\[]?接[龙龍][】\]]?[:：]?\s*$)|#\s?(?:接[龙龍]|[Gg]roup [Nn]ote|开团|開團|团购|團購|Solitaire)"
)
_EXAMPLE = Rule(
    r"[ \t\u3000]{0,20}(?:\d{1,2}[.．、:： ] ?)?[(（【\[]?(?:示?例(?:如|子)?|格式(?:如下?)?|样例|模板|範例|范例|"
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
_DEADLINE_AFTER = Rule(
    r"(?:截单|截止|截团|收单)(?:时间)?[:：为到至]?\s?((?:今[天日晚]|明[天日早晚]|"
    r"周[一二三四五六日天])?\s?(?:早上|上午|中午|下午|傍晚|晚上|晚)?\s?"
    r"(?:[0-9一二三四五六七八九十两]{1,3}点半?|[0-9]{1,2}[:：][0-9]{2}))"
)
_KIND_WORDS = {kind: Rule(any_of(words)) for kind, words in groups("chain_kinds").items()}
_READING = Rule(r"(?<![0-9.])3[4-9](?:\.[0-9]|度|℃)")
_WANTED = Rule(
    r"[0-9一二两三四五六七八九十半](?:份|斤|个|盒|袋|箱|包|瓶|板|提|件|只|公斤|kg|打|条|根|桶|块)|"
    r"[A-Za-z*×][0-9]|[①-⑩]"
)
_WELL = Rule(r"(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?![0-9/])|正常|平安|都好|健康|无异常|体温|抗原|核酸|阴性|发烧|咳")
_JOINS = Rule(r"\+\s?[0-9一]|报名|参加|替补|家属")


def marker(text: str) -> re.Match[str] | None:
    """Return where `text` says that it is a chain (#接龙, #Group Note, #开团 …)."""
    return _MARKER.search(text)


def is_example(line: str) -> bool:
    """Tell whether a line shows how to fill in (例 张三 3-1-501 36.5) and is nobody's entry."""
    return _EXAMPLE.match(line) is not None


def is_tail(line: str) -> bool:
    """Tell whether an unnumbered line after the last entry speaks of the chain rather than of that entry."""
    return _TAIL.search(line) is not None


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
    found = _DEADLINE.search(plain) or _DEADLINE_AFTER.search(plain)
    return found[1].strip() if found else None


def is_foreign(header: str) -> bool:
    """Tell whether a chain is no matter of the bot, whatever was asked: habits, training, work, gifts."""
    return _KIND_WORDS["none"].search(fold(header)) is not None


def kind_of(header: str, entries: tuple[str, ...]) -> str:
    """Return checkin, order, signup, need or other: by the header's words, else by what most entries hold."""
    plain = fold(header)
    for kind in ("none", "need", "checkin_sure", "order_sure", "signup", "order", "checkin"):
        if _KIND_WORDS[kind].search(plain):
            return _settled(kind, plain, entries)
    return _kind_by_entries(entries)


def _settled(kind: str, header: str, entries: tuple[str, ...]) -> str:
    if kind == "none":
        return "other"
    if kind == "signup" and _mostly(_WANTED, entries) and _KIND_WORDS["order"].search(header):
        return "order"
    return kind.removesuffix("_sure")


def _kind_by_entries(entries: tuple[str, ...]) -> str:
    if _mostly(_READING, entries) or _mostly(_WELL, entries):
        return "checkin"
    if _mostly(_WANTED, entries):
        return "order"
    if _mostly(_JOINS, entries):
        return "signup"
    return "other"


def _mostly(pattern: Rule, entries: tuple[str, ...]) -> bool:
    looked = entries[:20]
    return bool(looked) and sum(1 for e in looked if pattern.search(fold(e))) * 2 > len(looked)
