"""How fast messages are read, beside what others would do with the same texts, in one run and on one core.

    python -m benchmarks.parse [--rounds N] [--messages FILE]

Prints microseconds a message and messages a second for our reader, a pass of jieba.posseg, cn2an with a pattern for
amounts, and for JioNLP's extraction of times, money and phone numbers; then the cold start of the parser, chains of
500 entries, and the slowest of the messages that strain it. What is not installed is left out and said so.

All times are processor time and the best of several passes, taken in turns, so that what else runs on the machine
weighs on all alike. Goals: 8 times as fast as jieba.posseg, a chain of orders in
25 ms, a cold start of 150 ms.
"""

import argparse
import contextlib
import importlib
import io
import json
import logging
import os
import re
import resource
import subprocess
import sys
import tempfile
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
CHAIN_SECONDS = 0.025
COLD_SECONDS = 0.150
TURNS = 3
STARTS = 5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--messages", type=Path, default=MESSAGES)
    options = arguments.parse_args()
    lines = [json.loads(line) for line in options.messages.read_text(encoding="utf-8").splitlines() if line.strip()]
    messages = [(line["text"], context_from(line)) for line in lines]
    texts = [text for text, _ in messages]
    print(f"{len(texts)} messages, {sum(map(len, texts)) / len(texts):.0f} characters each")
    peers = _peers()
    for _, read_one in peers:
        _pass(texts[:20], read_one)
    for text, context in messages:
        read(text, context)
    ours, theirs = 1.0, [1.0] * len(peers)
    for _ in range(TURNS):
        ours = min(ours, *(_ours(messages) for _ in range(options.rounds)))
        theirs = [min(best, _pass(texts, read_one)) for best, (_, read_one) in zip(theirs, peers, strict=True)]
    _show("gridbot", ours)
    for (name, _), seconds in zip(peers, theirs, strict=True):
        goal = f" (goal {FASTER_THAN_POSSEG})" if name == "jieba.posseg" else ""
        _show(name, seconds, f"gridbot is {seconds / ours:.1f} times as fast{goal}")
    print(f"cold start       {_cold_start() * 1000:8.0f} ms without jieba (goal {COLD_SECONDS * 1000:.0f})")
    for name, text, goal in _chains():
        print(f"{name:16} {_best(text) * 1000:8.1f} ms, {CHAIN} entries{goal}")
    name, seconds = max(((name, _best(text)) for name, text in STRAINS.items()), key=lambda x: x[1])
    print(f"slowest strain   {seconds * 1000:8.1f} ms, {name}")


def _ours(messages: Sequence[tuple[str, Context]]) -> float:
    started = time.process_time()
    for text, context in messages:
        read(text, context)
    return (time.process_time() - started) / len(messages)


def _pass(texts: Sequence[str], read_one: Callable[[str], object]) -> float:
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        started = time.process_time()
        for text in texts:
            read_one(text)
        return (time.process_time() - started) / len(texts)


def _peers() -> list[tuple[str, Callable[[str], object]]]:
    """Return what others would use, by name, as far as it is installed."""
    found = []
    for name, make in (("jieba.posseg", _posseg), ("cn2an + pattern", _cn2an), ("JioNLP", _jionlp)):
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                found.append((name, make()))
        except ImportError:
            print(f"{name:16} not installed, left out")
    return found


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
    """Return the seconds that importing the parser and reading one message add to an empty interpreter.

    Byte code is kept in a folder of its own, as an installed program has it; the start that writes it is left out.
    """
    code = "from domain.parsing import read; from domain.parsing.context import Context; read('502 土豆2斤', Context())"
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = folder
        _seconds(code, environment)
        whole = min(_seconds(code, environment) for _ in range(STARTS))
        return whole - min(_seconds("pass", environment) for _ in range(STARTS))


def _seconds(code: str, environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _chains() -> list[tuple[str, str, str]]:
    """Return chains of 500 entries: orders from a list, and check-ins with names."""
    orders = [f"{i + 1}. {i % 20 + 1}-{i % 4 + 1}-{i % 9 + 1}01 土豆{i % 5 + 1}斤 鸡蛋一板" for i in range(CHAIN)]
    reports = [f"{i + 1}. {i // 4 % 18 + 1}0{i % 4 + 1} 王{'兰国英强'[i % 4]} 36.{i % 10} 正常" for i in range(CHAIN)]
    head = "#接龙\n今日代购\n土豆 2元/斤\n鸡蛋 22元/板\n\n"
    return [
        ("chain of orders", head + "\n".join(orders), f" (goal {CHAIN_SECONDS * 1000:.0f} ms)"),
        ("chain of reports", "#接龙\n今日健康打卡\n\n" + "\n".join(reports), ""),
    ]


# What a message can cost at most: texts at the limits of one, each of a kind that asks much of one reader.
STRAINS = {
    "a list of 1,000 goods": "\n".join(f"{i + 1}. 土豆{i % 9 + 1}斤" for i in range(1_000)),
    "1,000 doors": "\n".join(f"{i // 4 % 30 + 1}0{i % 4 + 1} 都好 36.5" for i in range(1_000)),
    "100 lines of symptoms": "\n".join("不发烧，咳嗽、" * 140 for _ in range(100)),
    "100 lines of readings": "\n".join("36.5 " * 200 for _ in range(100)),
    "100 lines of doors": "\n".join("3-1-501 " * 125 for _ in range(100)),
    "100 lines of numerals": "\n".join("一" * 1_000 for _ in range(100)),
    "100,000 characters": "我家都好36.5度，土豆两斤，" * 7_000,
}


def _best(text: str) -> float:
    """Return the seconds to read `text` in the best of five passes."""
    context = Context()
    passes = []
    for _ in range(5):
        started = time.process_time()
        read(text, context)
        passes.append(time.process_time() - started)
    return min(passes)


def _show(name: str, seconds: float, remark: str = "") -> None:
    print(f"{name:16} {seconds * 1e6:8.1f} µs a message {1 / seconds:10,.0f} messages/s  {remark}".rstrip())


if __name__ == "__main__":
    main()
