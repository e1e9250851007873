"""A chain read again and again says what it says when it is read whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.chains.rereading import ChainReader
from domain.chains.snapshot import read_snapshot

HEADERS = [
    "#接龙\n今日健康打卡\n例 张三 501 36.5\n\n",
    "#接龙 周五面包\nA. 吐司 12元\nB. 贝果 8元\n\n",
    "#接龙\n大扫除报名\n",
    "接龙\n",
]
LINES = st.sampled_from(
    ["501 阿兰 36.5", "502 小武 A2B1", "503 老佟", "504静好 都好", "小满 12-901 6份", "3-1-505 大海 3.5斤", "2份 取消",
     "", "阿兰和小武", "506 鸡蛋两板 60个", "晚餐：", "例 王五"]
)  # fmt: skip
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "add", "add", "edit", "drop", "tail", "header", "glue"]),
        LINES,
        st.integers(0, 40),
    ),
    min_size=8,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADERS), ACTS)
def test_reading_again_equals_reading_whole(header: str, acts: list[tuple[str, str, int]]) -> None:
    reader = ChainReader()
    lines = [f"{n}号楼 邻居{n} 都好" for n in range(1, 12)]
    tail = ""
    for act, text, at in acts:
        place = at % len(lines)
        if act == "add":
            lines.append(f"{text} {at}" if at % 2 else text)
        elif act == "edit":
            lines[place] = f"{lines[place]} 改{at}"
        elif act == "drop" and len(lines) > 1:
            del lines[place]
        elif act == "glue":
            lines[place] += f"\n{text}"
        elif act == "tail":
            tail = "" if tail else "\n\n五点截单，谢谢大家"
        elif act == "header":
            header = HEADERS[at % len(HEADERS)]
        post = header + "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) + tail
        assert reader.read(post) == read_snapshot(post)


def test_a_growing_chain_is_read_whole_only_when_it_has_doubled() -> None:
    reader = ChainReader()
    for people in range(1, 301):
        reader.read("#接龙\n健康打卡\n\n" + "\n".join(f"{n}. {n}号楼 邻居{n} 36.5" for n in range(1, people + 1)))
    assert reader.whole_readings < 20
