"""Folding: one plain form of what people type, with the way back to what they typed.

`fold` gives simplified script, half-width letters and digits, one kind of hyphen, no invisible characters, and true
digits where look-alikes stand inside a run of digits. Enclosed numbers (①, 1️⃣) stay enclosed: they are codes, and
`①2` is not 12.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from domain.text.patterns import Rule

MAX_CHARACTERS = 100_000
MAX_LINES = 1_200
MAX_LINE = 1_000

_TRADITIONAL = Path(__file__).with_name("traditional.txt")
_INVISIBLE = chain(
    range(0x09), range(0x0E, 0x20), range(0x7F, 0xA0), (0xAD, 0x61C, 0x180E, 0xFEFF), range(0x200B, 0x2010),
    range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10), range(0xD800, 0xE000), range(0xE0000, 0xE0080),
)  # fmt: skip
_HYPHENS = "‐‑‒–—―−﹣－⁃"
_BLANKS = "\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = Rule(r"[\r\u2028\u2029\x85\x0b\x0c](?:(?<=\r)\n)?")
_KEYCAP = Rule("([0-9])(\ufe0f?\u20e3)")
_DIGIT_RUN = Rule(r"[0-9lIOo]+")
_HYPHEN_ONE = Rule(r"(?<=[0-9])一(?=[0-9])")
# Numerals as on cheques, where nothing else can be meant: 叁零贰, 贰袋. Twice the same is a nickname (柒柒); 伍, 陆 and
# 拾 alone are names and verbs too.
_FORMAL_RUN = Rule(
    r"[零〇壹贰叁肆伍陆柒捌玖拾](?<![一-龥].)(?<=(.))(?!\1(?![零〇壹贰叁肆伍陆柒捌玖拾]))[壹贰叁肆伍陆柒捌玖拾佰零〇]{1,4}"
    r"(?:(?![一-龥])|(?=[室栋幢号单楼房门]))"
    r"|[壹贰叁肆伍陆柒捌玖拾佰](?<![收捡拣].)[壹贰叁肆伍陆柒捌玖拾]{0,2}(?=[份斤个盒袋箱包瓶板提只颗根条桶罐把块件支张])"
)
_FORMAL_SIGN = Rule("[壹贰叁肆伍陆柒捌玖拾佰]")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百")
_LOOK_ALIKES = str.maketrans("lIOo", "1100")


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    compatible = chain(range(0xFF01, 0xFF5F), range(0xF900, 0xFAFF), range(0x2F00, 0x2FD6), range(0x1D400, 0x1D800))
    for code in compatible:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    table |= {ord(line[0]): line[1] for line in _TRADITIONAL.read_text(encoding="utf-8").splitlines()[1:]}
    table |= dict.fromkeys(_INVISIBLE) | dict.fromkeys(map(ord, _HYPHENS), "-") | dict.fromkeys(map(ord, _BLANKS), " ")
    table |= {ord(a): b for a, b in zip("➕✚﹢➖✖✕╳〜∶º˚◦｡､", "+++-×××~:°°°。、", strict=True)}
    table |= {ord(a): b for a, b in zip("➊➋➌➍➎➏➐➑➒➓❶❷❸❹❺❻❼❽❾❿", "①②③④⑤⑥⑦⑧⑨⑩" * 2, strict=True)}
    return table


_TABLE = _table()


def bounded(text: str) -> tuple[str, bool]:
    """Return `text` with plain line breaks within the limits of one message, and whether something was left out."""
    kept = _BREAKS.sub("\n", text[:MAX_CHARACTERS])
    if len(text) < min(MAX_LINE, MAX_LINES):
        return kept, False  # neither too many lines nor too long ones
    lines = kept.split("\n", MAX_LINES)
    over = len(lines) > MAX_LINES or len(text) > MAX_CHARACTERS or max(map(len, lines)) > MAX_LINE
    if over:
        kept = "\n".join(line[:MAX_LINE] for line in lines[:MAX_LINES])
    return kept, over


def fold(text: str) -> str:
    """Return the plain form of `text`; deterministic, never raises, never longer than the text."""
    text = _true_digits(_keycaps(text).translate(_TABLE))
    return _FORMAL_RUN.sub(_plain_numerals, text) if _FORMAL_SIGN.search(text) else text


def _plain_numerals(found: re.Match[str]) -> str:
    return found[0].translate(_FORMAL)


def offsets(text: str) -> list[int]:
    """Return, for each character of `fold(text)` and its end, the offset in `text` where it comes from."""
    found = list(_sources(_keycaps(text)))
    found.append(len(text))
    return found


def _sources(text: str) -> Iterator[int]:
    for position, character in enumerate(text):
        if _TABLE.get(ord(character), character) is not None:
            yield position


def _keycaps(text: str) -> str:
    """Return `text` with 1️⃣ as ① padded to the length it had."""
    if "\u20e3" not in text:
        return text
    return _KEYCAP.sub(lambda m: "⓪①②③④⑤⑥⑦⑧⑨"[int(m[1])] + "\ufe0f" * len(m[2]), text)


def _true_digits(text: str) -> str:
    """Return `text` with look-alikes inside runs of digits made digits: 5O1, l01, 3一1一501."""
    if "l" in text or "O" in text or "I" in text or "o" in text:
        text = _DIGIT_RUN.sub(_true_run, text)
    return _HYPHEN_ONE.sub("-", text) if "一" in text else text


def _true_run(found: re.Match[str]) -> str:
    run, text = found[0], found.string
    if run.isdigit() or not any(c.isdigit() for c in run):
        return run
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return run
    in_room = "-" in (before, after) or (before == "一" and text[found.start() - 2 : found.start() - 1].isdigit())
    if run[-1] in "lI" and not in_room:  # 5l is five litres
        return run
    if run[0] in "Oo" and len(run) < 3 and not in_room:  # O2 is oxygen
        return run
    return run.translate(_LOOK_ALIKES)
