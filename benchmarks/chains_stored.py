"""500 growing re-posts of one chain, end to end: log, merge, ledger and commit, beside reading every post whole.

    python benchmarks/chains_stored.py [POSTS]

Goal: 500 posts in 1.5 s, the 500th at most 6 times as dear as the 50th.
"""

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from domain.areas import Household
from domain.chains.snapshot import read_snapshot
from domain.messages import IncomingMessage
from models import log, roster
from tests.world import LANE, World, at

NEAR = 10
SURNAMES = "王李张刘陈杨黄赵吴周"
GIVEN = ("秀兰", "建国", "桂英", "志强", "丽华", "海燕", "文斌", "雪梅", "国庆", "春燕")


def main() -> None:
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    doors = [f"3-1-{floor}{room:02d}" for floor in range(1, 51) for room in range(1, posts // 50 + 1)]
    lines = [f"{door.split('-')[2]} {_name(n)} 36.{n % 10} 正常" for n, door in enumerate(doors)]
    texts = [_text(lines[: n + 1]) for n in range(posts)]
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        homes = [(Household(d, "3", "1", d.split("-")[2], (_name(n),)), "") for n, d in enumerate(doors)]
        world.store.write(lambda c: roster.save_households(c, world.store.ring, LANE, homes)).result()
        costs = [_post(world, n, doors[n], texts[n]) for n in range(posts)]
        reported = len(world.checkins())
        world.close()
    started = time.perf_counter()
    for text in texts:
        read_snapshot(text)
    whole = time.perf_counter() - started
    early, late = (statistics.median(costs[n - NEAR : n + NEAR]) for n in (50, posts - NEAR))
    print(f"{posts} posts end to end {sum(costs):.2f} s   (goal 1.5)   {reported} households reported")
    print(f"50th {early * 1000:.2f} ms   {posts}th {late * 1000:.2f} ms   ratio {late / early:.1f}   (goal 6)")
    print(f"reading every post whole, without booking anything: {whole:.2f} s")


def _name(n: int) -> str:
    return SURNAMES[n % 10] + GIVEN[n // 10 % 10]


def _text(lines: list[str]) -> str:
    return "#接龙\n今日健康打卡\n\n" + "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))


def _post(world: World, n: int, door: str, text: str) -> float:
    message = IncomingMessage(
        channel="bench",
        external_id=f"c-{n}",
        chat="g-3-1",
        sender=f"wx_{n}",
        sender_name=_name(n),
        sender_alias=f"{door} {_name(n)}",
        said_at=at("08:00") + timedelta(seconds=10 * n),
        text=text,
    )
    world.store.write(lambda c: log.publish(c, world.store.ring, LANE, [(message, message.said_at)])).result()
    started = time.perf_counter()
    world.dispatcher.process_batch()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
