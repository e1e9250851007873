"""Numerals as people write them, Arabic and Chinese, read exactly."""

from decimal import Decimal

from domain.text.patterns import Rule

DIGITS = {
    char: value
    for value, chars in enumerate(("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIAD = 10_000
WORDS = {"俩": Decimal(2), "仨": Decimal(3), "半": Decimal("0.5"), "½": Decimal("0.5")}
FUSED = {"廿": "二十", "卅": "三十"}
HAN_NUMERAL = "零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万廿卅"
ARABIC = Rule(r"[0-9]{1,9}(?:\.[0-9]{1,3})?")
# 两 is a digit only in front or before 百, 千, 万: 十两 is ten 两.
HAN_PATTERN = (
    rf"[{HAN_NUMERAL.replace('万', '')}](?:[{HAN_NUMERAL.replace('两', '')}]"
    rf"|两(?=[百佰千仟万])){{0,11}}(?:点[{''.join(DIGITS)}]{{1,3}})?"
)
HAN = Rule(HAN_PATTERN)


def read_number(text: str, start: int = 0) -> tuple[Decimal, int] | None:
    """Return the number that begins at `start` and where it ends, or None.

    Reads 12, 1.5, 3千, 二十五, 一百二 (120), 三点五, 廿, 俩, 半. Two digits in a row are no number (两三 is a guess,
    not 23); three and more are read by place (五零一 is 501).
    """
    if start >= len(text):
        return None
    word = WORDS.get(text[start])
    if word is not None:
        return word, start + 1
    match = ARABIC.match(text, start)
    if match:
        return _with_suffix(Decimal(match[0]), text, match.end())
    match = HAN.match(text, start)
    if match is None:
        return None
    whole, point, fraction = match[0].partition("点")
    value = _read_han(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in fraction)}" if point else value), match.end()


def _with_suffix(value: Decimal, text: str, end: int) -> tuple[Decimal, int]:
    suffix = text[end : end + 1]
    if suffix == "万":
        return value * MYRIAD, end + 1
    if suffix == "千" and text[end + 1 : end + 2] != "克":
        return value * 1000, end + 1
    return value, end


def _read_han(text: str) -> int | None:
    for fused, spelled in FUSED.items():
        text = text.replace(fused, spelled)
    if all(c in DIGITS for c in text):
        if len(text) == 1:
            return DIGITS[text]
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) > 2 else None
    head, myriad, tail = text.partition("万")
    if not myriad:
        return _read_group(text)
    high, low = _read_group(head), _read_group(tail) if tail else 0
    if high is None or low is None:
        return None
    if len(tail) == 1 and tail in DIGITS:
        low *= 1000
    return high * MYRIAD + low


def _read_group(text: str) -> int | None:
    """Read below ten thousand: 二百零五, 一百二 (the last digit counts the next lower place), 十五."""
    total, digit, place = 0, None, None
    for char in text:
        if char in TENS:
            if place is not None and TENS[char] >= place:
                return None
            place = TENS[char]
            total += (1 if digit is None else digit) * place
            digit = None
        elif char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
            place = None if digit == 0 and place is None else place
        else:
            return None
    if digit is None:
        return total
    colloquial = place is not None and place > 10 and "零" not in text and "〇" not in text
    return total + digit * (place // 10 if colloquial and place else 1)
