"""500 growing re-posts of one chain: what the 500th costs beside the 50th, and beside reading every post whole.

    python benchmarks/chains.py [POSTS]

Everything is measured in one run, so the ratios hold on a loaded machine. `merge` is the merge alone on entries that
are read already; `read again` reads each distinct line once and keeps it; `read whole` reads header and lines of every
post anew, as a program without memory must.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from domain.chains.merge import ChainState, Post, PostEntry
from domain.chains.rereading import ChainReader
from domain.chains.snapshot import read_snapshot

START = datetime(2026, 7, 3, 8, 2, tzinfo=timezone(timedelta(hours=8)))
NAMES = ["秀兰", "建国", "桂英", "志强", "丽华", "海燕", "文斌", "雪梅", "国庆", "春燕"]
NEAR = 10


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    lines = [f"{n // 4 % 18 + 1}0{n % 4 + 1} 王{NAMES[n % 10]}{n} 36.{n % 10} 正常" for n in range(posts)]
    texts = [_text(lines[: n + 1]) for n in range(posts)]
    merge = _timed(_Merging(lines), posts)
    reader = ChainReader()
    again = _timed(lambda n: reader.read(texts[n]), posts)
    whole = _timed(lambda n: read_snapshot(texts[n]), posts)
    print(f"{'':16} {'total':>9} {'50th':>9} {f'{posts}th':>9} {'ratio':>6}")
    _report("merge", merge)
    _report("read again", again)
    _report("read and merge", [a + b for a, b in zip(again, merge, strict=True)])
    _report("read whole", whole)
    print(f"{reader.whole_readings} posts were read whole; reading all whole costs {sum(whole) / sum(again):.1f} times")


class _Merging:
    """Merges the first n + 1 lines, posted by whoever wrote the last of them."""

    def __init__(self, lines: list[str]) -> None:
        self._entries = [PostEntry(line, f"3-1-{line.split()[0]}-{n}") for n, line in enumerate(lines)]
        self._state = ChainState()

    def __call__(self, n: int) -> None:
        at = START + timedelta(seconds=61 * n)
        entries = tuple(self._entries[: n + 1])
        self._state.apply(Post(f"m-{n}", f"wx_{n}", entries[-1].subject, "resident", at, (at, n), entries))


def _text(lines: list[str]) -> str:
    return "#接龙\n今日健康打卡\n\n" + "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def _timed(step: Callable[[int], object], posts: int) -> list[float]:
    spent = []
    for n in range(posts):
        started = time.perf_counter()
        step(n)
        spent.append(time.perf_counter() - started)
    return spent


def _report(what: str, spent: list[float]) -> None:
    early = statistics.median(spent[50 - NEAR : 50 + NEAR])
    late = statistics.median(spent[-2 * NEAR :])
    print(f"{what:16} {sum(spent):8.3f}s {early * 1e3:7.3f}ms {late * 1e3:7.3f}ms {late / early:6.1f}")


if __name__ == "__main__":
    main()
