"""`gridbot parse`: one JSON object a line in, one a line out, in the same order."""

import argparse
import json
import sys
from typing import TextIO

from bot.cli import Stop
from domain.parsing import read
from domain.parsing.wire import context_from, reading_to


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jsonl", action="store_true", help="read JSON lines from standard input")
    parser.add_argument("text", nargs="?", help="one text to read instead")


def run(options: argparse.Namespace) -> int:
    if options.text is not None:
        _write(sys.stdout, {"text": options.text})
        return 0
    if not options.jsonl:
        raise Stop("give a text, or --jsonl to read JSON lines from standard input")
    status = 0
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", errors="surrogatepass", closefd=False)  # noqa: SIM115
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            _write(out, json.loads(line.decode("utf-8", "surrogatepass")))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            print(f"gridbot parse: line {number}: {error}", file=sys.stderr)  # noqa: T201
            status = 1
    out.flush()
    return status


def _write(out: TextIO, raw: object) -> None:
    if not isinstance(raw, dict):
        raise ValueError("expected a JSON object with “id” and “text”")
    if not isinstance(raw.get("text"), str):
        raise ValueError("“text” is missing or is no text")
    answer = reading_to(read(raw["text"], context_from(raw)))
    if "id" in raw:
        answer = {"id": raw["id"], **answer}
    out.write(json.dumps(answer, ensure_ascii=False) + "\n")
