"""How fast messages are read, beside what others would do with the same texts, in one run and on one core.

    python -m benchmarks.parse [--rounds N] [--messages FILE]

Prints microseconds a message and messages a second for our reader, a pass of jieba.posseg, cn2an with a pattern for
amounts, and for JioNLP's extraction of times, money and phone numbers; then the cold start of the parser and a
chain of 500 entries. What is not installed is left out and said so.
"""

import argparse
import contextlib
import importlib
import io
import json
import logging
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from domain.parsing import read
from domain.parsing.context import Context
from domain.parsing.wire import context_from

MESSAGES = Path(__file__).parent.parent / "tests" / "contract" / "dev.jsonl"
AMOUNT = re.compile(
    r"([0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百千万半]+)\s*([斤份个盒箱袋包瓶板提只条块桶支罐把颗件])"
)
CHAIN = 500
FASTER_THAN_POSSEG = 8


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--messages", type=Path, default=MESSAGES)
    options = arguments.parse_args()
    lines = [json.loads(line) for line in options.messages.read_text(encoding="utf-8").splitlines() if line.strip()]
    messages = [(line["text"], context_from(line)) for line in lines]
    texts = [text for text, _ in messages]
    print(f"{len(texts)} messages, {sum(map(len, texts)) / len(texts):.0f} characters each")
    ours = _ours(messages, options.rounds)
    _show("gridbot", ours)
    for name, make in (("jieba.posseg", _posseg), ("cn2an + pattern", _cn2an), ("JioNLP", _jionlp)):
        _compare(name, make, texts, ours)
    print(f"cold start       {_cold_start() * 1000:8.0f} ms without jieba")
    print(f"chain of {CHAIN}     {_chain() * 1000:8.1f} ms")


def _ours(messages: Sequence[tuple[str, Context]], rounds: int) -> float:
    for text, context in messages:
        read(text, context)
    started = time.perf_counter()
    for _ in range(rounds):
        for text, context in messages:
            read(text, context)
    return (time.perf_counter() - started) / rounds / len(messages)


def _compare(name: str, make: Callable[[], Callable[[str], object]], texts: Sequence[str], ours: float) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = make()
    except ImportError:
        print(f"{name:16} not installed, left out")
        return
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        for text in texts[:20]:
            reader(text)
        started = time.perf_counter()
        for text in texts:
            reader(text)
        seconds = (time.perf_counter() - started) / len(texts)
    _show(name, seconds, f"gridbot is {seconds / ours:.1f} times as fast")


def _posseg() -> Callable[[str], object]:
    posseg = importlib.import_module("jieba.posseg")
    return lambda text: list(posseg.cut(text))


def _cn2an() -> Callable[[str], object]:
    cn2an = importlib.import_module("cn2an")

    def amounts(text: str) -> list[tuple[float, str]]:
        found = []
        for number, unit in AMOUNT.findall(cn2an.transform(text, "cn2an")):
            try:
                found.append((float(cn2an.cn2an(number, "smart")), unit))
            except ValueError:
                continue
        return found

    return amounts


def _jionlp() -> Callable[[str], object]:
    jio = importlib.import_module("jionlp")
    logging.disable(logging.CRITICAL)  # it logs every text that it cannot read
    return lambda text: (jio.ner.extract_money(text), jio.ner.extract_time(text), jio.extract_phone_number(text))


def _cold_start() -> float:
    """Return the seconds that importing the parser and reading one message add to an empty interpreter."""
    code = "from domain.parsing import read; from domain.parsing.context import Context; read('502 土豆2斤', Context())"
    return min(_seconds(code) for _ in range(5)) - min(_seconds("pass") for _ in range(5))


def _seconds(code: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


def _chain() -> float:
    """Return the seconds to read a chain of orders with 500 entries."""
    entries = [f"{i + 1}. {i % 20 + 1}-{i % 4 + 1}-{i % 9 + 1}01 土豆{i % 5 + 1}斤 鸡蛋一板" for i in range(CHAIN)]
    text = "#接龙\n今日代购\n土豆 2元/斤\n鸡蛋 22元/板\n\n" + "\n".join(entries)
    context = Context()
    read(text, context)
    started = time.perf_counter()
    for _ in range(5):
        read(text, context)
    return (time.perf_counter() - started) / 5


def _show(name: str, seconds: float, remark: str = "") -> None:
    print(f"{name:16} {seconds * 1e6:8.1f} µs a message {1 / seconds:10,.0f} messages/s  {remark}".rstrip())


if __name__ == "__main__":
    main()
