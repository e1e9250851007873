"""Reads a great many spoilt messages: none may raise, none may take longer than 50 ms of processor time.

    python -m benchmarks.fuzz [COUNT] [--seed N] [--processes N]

Messages are the labelled ones cut, doubled, spliced and sprinkled with odd characters, and piles of pieces that rules
look for. The same arguments give the same messages. Ends with status 1 where one raises or is too slow; what did it is
printed as a Python literal.
"""

import argparse
import json
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

from domain.parsing import read
from domain.parsing.context import Context
from domain.parsing.wire import context_from

LABELLED = sorted((Path(__file__).parent.parent / "tests" / "contract").glob("*.jsonl"))
LIMIT_SECONDS = 0.050
BATCH = 5_000
PIECES = (
    *("501", "3-1-502", "三号楼", "一单元", "五零一", "36.5", "38度6", "三十六度五", "发烧", "咳嗽", "没有", "不"),
    *("正常", "都好", "我家", "隔壁", "李奶奶", "帮我", "带", "土豆", "两斤半", "2份", "各", "取消", "换成", "+1"),
    *("报名", "谁有", "布洛芬", "急", "#接龙\n", "健康打卡", "1.", "2、", "③", "\n", "\n\n", " ", ",", "。", "？"),
    *("!", "~", "😂", "🙏", "ｘ２", "體溫", "&lt;", "<msg>", "]]>", "@小蒋 ", "「", "」", "- - - - - -", "\u200b"),
    *("\u202e", "\ud800", "\x00", "l0O", "OK", "昨天", "如果", "谢谢", "例 张三 ", "600ml*24瓶", "0" * 30, "一" * 30),
    *("份" * 20, "3-1-" * 12, "不" * 25, "36." * 15, "，、" * 20, "a" * 60, "１２３"),
)
CONTEXTS: tuple[dict[str, Any], ...] = (
    {},
    {"chat": {"kind": "unit", "building": "3", "unit": "1"}, "expecting": "checkin"},
    {"chat": {"kind": "shopping"}, "expecting": "order", "goods": [{"code": "A", "name": "蔬菜包", "unit": "份"}]},
    {"chat": {"kind": "compound"}, "rooms": ["3-1-501", "3-1-502", "5-301"], "sender": {"alias": "3-1-502 李四"}},
    {"chat": {"kind": "work"}, "sender": {"name": "小蒋", "role": "worker"}},
)


@dataclass(slots=True)
class Outcome:
    """What one batch came to: messages read, the slowest in seconds of processor time, and what failed."""

    read: int = 0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("count", nargs="?", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    options = arguments.parse_args()
    batches = range(-(-options.count // BATCH))
    total = Outcome()
    with ProcessPoolExecutor(options.processes) as pool:
        for outcome in pool.map(fuzz, repeat(options.seed), batches):
            total.read += outcome.read
            total.slowest = max(total.slowest, outcome.slowest)
            total.failures += outcome.failures
            print(f"\r{total.read:,} read, slowest {total.slowest * 1000:.0f} ms", end="", flush=True)
    print(f"\n{len(total.failures)} failures")
    print("\n".join(total.failures[:20]))
    sys.exit(1 if total.failures else 0)


def fuzz(seed: int, batch: int) -> Outcome:
    """Read one batch of messages; the same seed and batch number give the same messages."""
    chance = random.Random(f"{seed}:{batch}")
    texts, contexts = _labelled(), [context_from({"text": "", **known}) for known in CONTEXTS]
    outcome = Outcome()
    for _ in range(BATCH):
        _read(_message(chance, texts), chance.choice(contexts), outcome)
    return outcome


def _read(text: str, context: Context, outcome: Outcome) -> None:
    started = time.process_time()
    try:
        read(text, context)
    except Exception as error:  # noqa: BLE001 - whatever it raises is the finding
        outcome.failures.append(f"{type(error).__name__}: {text!r}")
        return
    seconds = time.process_time() - started
    if seconds > LIMIT_SECONDS:  # once more: the first reading compiles rules and reads word lists
        started = time.process_time()
        read(text, context)
        seconds = min(seconds, time.process_time() - started)
    if seconds > LIMIT_SECONDS:
        outcome.failures.append(f"{seconds * 1000:.0f} ms: {text!r}")
    outcome.read += 1
    outcome.slowest = max(outcome.slowest, seconds)


def _labelled() -> list[str]:
    lines = (line for file in LABELLED for line in file.read_text(encoding="utf-8").splitlines())
    return [json.loads(line)["text"] for line in lines if line.strip()]


def _message(chance: random.Random, texts: list[str]) -> str:
    if chance.random() < 0.3:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 4)):
        text = chance.choice((_cut, _splice, _sprinkle, _double, _shuffle_lines))(chance, text, texts)
    return text[:4_000]


def _cut(chance: random.Random, text: str, _texts: list[str]) -> str:
    one, other = sorted(chance.randint(0, len(text)) for _ in range(2))
    return text[:one] + text[other:]


def _splice(chance: random.Random, text: str, texts: list[str]) -> str:
    other = chance.choice(texts)
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _sprinkle(chance: random.Random, text: str, _texts: list[str]) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(PIECES) + text[at:]
    return text


def _double(chance: random.Random, text: str, _texts: list[str]) -> str:
    return (text + chance.choice(("", "\n", " "))) * chance.randint(2, 4)


def _shuffle_lines(chance: random.Random, text: str, _texts: list[str]) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
