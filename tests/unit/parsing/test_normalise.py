"""Folding gives one plain form and keeps the way back."""

import pytest

from domain.text.normalise import MAX_CHARACTERS, MAX_LINE, MAX_LINES, bounded, fold, offsets


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("３６．７", "36.7"),
        ("發燒，全身痠痛", "发烧,全身酸痛"),
        ("陈3一1一5O1", "陈3-1-501"),
        ("3－1—6o2", "3-1-602"),
        ("3-1-l01", "3-1-101"),
        ("土豆l0斤", "土豆10斤"),
        ("5l一桶", "5l一桶"),
        ("Tom O2 vivo5", "Tom O2 vivo5"),
        ("2➕4 ｘ２", "2+4 x2"),
        ("①2斤 1️⃣3", "①2斤 ①3"),
        ("零\u200b宽\ufeff字\u202e符", "零宽字符"),
        ("一个\u3000两\u00a0个", "一个 两 个"),
    ],
)
def test_text_is_folded_to_its_plain_form(written: str, plain: str) -> None:
    assert fold(written) == plain


def test_folding_twice_changes_nothing() -> None:
    text = "🐰兔妈５－１－１２０１　發燒３８度６\u200b，土豆l0斤"

    assert fold(fold(text)) == fold(text)


def test_offsets_lead_back_to_what_was_written() -> None:
    text = "\u200b３－１－５０１ 發燒"
    folded = fold(text)
    back = offsets(text)

    start = folded.index("发烧")

    assert text[back[start] : back[start + 2]] == "發燒"
    assert len(back) == len(folded) + 1


def test_message_is_cut_at_its_limits_and_says_so() -> None:
    long_line, over_line = bounded("一" * (MAX_LINE + 5))
    many_lines, over_lines = bounded("\n".join("一" for _ in range(MAX_LINES + 5)))
    _, over_characters = bounded("一" * (MAX_CHARACTERS + 1))

    assert (len(long_line), over_line) == (MAX_LINE, True)
    assert (len(many_lines.split("\n")), over_lines) == (MAX_LINES, True)
    assert over_characters


def test_every_kind_of_line_break_is_one() -> None:
    assert bounded("一\r\n二\r三\u2028四")[0] == "一\n二\n三\n四"
