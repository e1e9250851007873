"""`gridbot parse`: one JSON object a line in, one a line out, in the same order."""

import argparse
import json
import sys
from typing import Any

from bot.cli import Stop
from domain.intents import Reading
from domain.parsing import read
from domain.parsing.wire import context_from, reading_to


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jsonl", action="store_true", help="read JSON lines from standard input")
    parser.add_argument("text", nargs="?", help="one text to read instead")


def run(options: argparse.Namespace) -> int:
    if options.text is not None:
        sys.stdout.write(_answer({"text": options.text}) + "\n")
        return 0
    if not options.jsonl:
        raise Stop("give a text, or --jsonl to read JSON lines from standard input")
    status = 0
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", errors="surrogatepass", closefd=False)  # noqa: SIM115
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        answer, problem = _answer_line(line)
        if answer:
            out.write(answer + "\n")
        if problem:
            print(f"gridbot parse: line {number}: {problem}", file=sys.stderr)  # noqa: T201
            status = 1
    out.flush()
    return status


def _answer_line(line: bytes) -> tuple[str, str]:
    """Return the answer to one line of input, or nothing, and what was wrong with the line, or nothing.

    Whoever joins answers to questions loses none behind a message that could not be read: its answer is empty.
    """
    try:
        raw = json.loads(line.decode("utf-8", "surrogatepass"))
        return _answer(raw), ""
    except (ValueError, RecursionError) as error:
        return "", str(error)
    except Exception as error:  # noqa: BLE001 - a defect of the parser at one message must not cost the others
        return _wired(raw, Reading()), f"this message could not be read ({type(error).__name__}), please report it"


def _answer(raw: object) -> str:
    if not isinstance(raw, dict):
        raise ValueError("expected a JSON object with “id” and “text”")
    if not isinstance(raw.get("text"), str):
        raise ValueError("“text” is missing or is no text")
    return _wired(raw, read(raw["text"], context_from(raw)))


def _wired(raw: dict[str, Any], reading: Reading) -> str:
    return json.dumps(({"id": raw["id"]} if "id" in raw else {}) | reading_to(reading), ensure_ascii=False)
