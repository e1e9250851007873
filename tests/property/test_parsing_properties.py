"""Whatever is written, reading never raises, is deterministic, and does not mind how the same thing is written."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.parsing import entries, read
from domain.parsing.explain import explain
from domain.parsing.wire import context_from, reading_to

PIECES = st.sampled_from(
    [
        *("501", "3-1-502", "三号楼", "单元", "五零一", "36.5", "38度6", "三十六度五", "发烧", "咳嗽"),
        *("没有", "不", "正常", "都好", "我家", "隔壁", "李奶奶", "帮我", "带", "土豆", "两斤", "2份"),
        *("取消", "+1", "报名", "谁有", "布洛芬", "急", "#接龙", "健康打卡", "1.", "2.", "3.", "\n", ","),
        *("。", "？", "😂", "🙏", "①", "ｘ２", "體溫", "&", "<", ">", "@小蒋", "「", "」", "---", "\u200b"),
        *("\ud800", "\x00", "l0", "OK"),
    ]
)
PILES = st.lists(PIECES, max_size=30)
TEXTS = st.one_of(st.text(max_size=200), PILES.map("".join), PILES.map(" ".join))
CONTEXTS = st.builds(
    lambda kind, building, expecting, rooms: context_from(
        {"text": "", "chat": {"kind": kind, "building": building}, "expecting": expecting, "rooms": rooms}
    ),
    st.sampled_from(["unit", "building", "compound", "shopping", "direct"]),
    st.sampled_from([None, "3"]),
    st.sampled_from([None, "checkin", "order", "signup"]),
    st.sampled_from([None, ["3-1-501", "3-1-502", "5-301"]]),
)
ENTRIES = st.lists(
    st.tuples(st.integers(1, 18), st.integers(1, 4), st.sampled_from(["36.5", "都好", "咳嗽", "37.8 头痛", ""])),
    min_size=2,
    max_size=6,
    unique_by=lambda e: (e[0], e[1]),
)
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
TRADITIONAL = str.maketrans("头发烧龙体温无异", "頭發燒龍體溫無異")


@settings(max_examples=300, deadline=None)
@given(TEXTS, CONTEXTS)
def test_reading_never_raises_and_is_deterministic(text: str, context: Any) -> None:
    assert reading_to(read(text, context)) == reading_to(read(text, context))


@settings(max_examples=100, deadline=None)
@given(TEXTS, CONTEXTS)
def test_explaining_never_raises(text: str, context: Any) -> None:
    explanation = explain(text, context)

    assert all(0 <= span.start <= span.end <= len(explanation.text) for span in explanation.spans)


@settings(max_examples=100, deadline=None)
@given(ENTRIES)
def test_chain_is_read_the_same_however_it_is_written(entries: list[tuple[int, int, str]]) -> None:
    context = context_from({"text": "", "chat": {"kind": "unit", "building": "3", "unit": "1"}})
    lines = [f"{floor}0{door} {word}" for floor, door, word in entries]
    plain = "#接龙\n体温健康\n\n" + "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    renumbered = "#接龙\n体温健康\n\n" + "\n".join(f"{i + 5}、{line}" for i, line in enumerate(lines, 1))
    spaced = plain.replace(" ", "  ")

    expected = read(plain, context).intents

    assert len(expected) == len(entries)
    wide = "#接龙\n体温健康\n\n" + "\n".join(f"{i}. {x}".translate(WIDE) for i, x in enumerate(lines, 1))
    for variant in (renumbered, spaced, plain.translate(TRADITIONAL), wide):
        assert read(variant, context).intents == expected


def test_long_and_hostile_texts_are_bounded() -> None:
    context = context_from({"text": "", "expecting": "checkin"})
    hostile = ["\x00" * 50, "\ud800坏", "一" * 100_001, "#接龙\n" + "1. 501\n" * 3_000]
    for text in (*hostile, "3" * 5_000 + ".5", "「" * 3_000, "&" * 9_000):
        read(text, context)


GIVEN = ("兰", "兰英", "烧", "总", "奶奶", "阳性", "水", "大爷")
ROWS = st.tuples(
    st.sampled_from(["501", "502", "1203", "3-1-501", "12-2-302", "3号楼1单元501室", "2-301", "119", "2026"]),
    st.sampled_from(["", *(s + g for s in "王平安水高欧" for g in GIVEN)]),
    st.sampled_from(["", "36.5", "37.3", "38.9℃"]),
    st.sampled_from(["", "36.2", "37.4度"]),
    st.sampled_from(["", "正常", "都好", "一切正常", "无异常", "平安"]),
).flatmap(st.permutations)


@settings(max_examples=300, deadline=None)
@given(ROWS, CONTEXTS)
def test_plain_rows_of_a_report_are_read_as_the_whole_grammar_reads_them(row: list[str], context: Any) -> None:
    text = f"#接龙\n健康打卡\n\n1. {' '.join(filter(None, row))}\n2. 601 都好"
    quick = read(text, context)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "read_plain", lambda *_: None)
        assert quick == read(text, context)
