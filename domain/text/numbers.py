"""Numbers of doors and heads: small whole numbers as people write them on doors and lists (五零一, 十二, 廿, 三)."""

_DIGITS = dict(zip("零〇一二三四五六七八九两幺", "0012345678921", strict=True))
_TENS = {"十": 10, "廿": 20, "卅": 30}


def door_number(text: str | None) -> str | None:
    """Return the Arabic digits of a door's number, read digit by digit where no ten is written; None if it is none.

    "501" → "501", "五零一" → "501", "十二" → "12", "二十三" → "23", "一二零三" → "1203".
    """
    if not text:
        return None
    if text.isascii():
        return text.lstrip("0") or "0" if text.isdecimal() else None
    if all(c in _DIGITS for c in text):
        return "".join(_DIGITS[c] for c in text).lstrip("0") or "0"
    value = small_number(text)
    return None if value is None else str(value)


def small_number(text: str) -> int | None:
    """Return a whole number below 1,000 in Arabic digits or Chinese numerals (十二, 三百二, 廿五, 俩, 仨), or None."""
    if text.isascii():
        return int(text) if text.isdecimal() and len(text) <= 6 else None
    if text in ("俩", "仨"):
        return 2 if text == "俩" else 3
    total = current = 0
    last_unit = 0
    for character in text:
        if character in _DIGITS:
            current = current * 10 + int(_DIGITS[character]) if last_unit == 0 and current else int(_DIGITS[character])
        elif character in _TENS:
            total += _TENS[character] * (current or 1)
            current, last_unit = 0, 10
        elif character == "百":
            total += 100 * (current or 1)
            current, last_unit = 0, 100
        elif character.isdigit() and character.isascii():
            current = current * 10 + int(character)
        else:
            return None
    if current and last_unit == 100 and not text.endswith(tuple("零〇")) and "零" not in text and "〇" not in text:
        current *= 10
    return total + current
