"""`gridbot explain TEXT`: how one message is read, for whoever mends a rule."""

import argparse
import json

from domain.parsing.explain import explain
from rich.console import Console
from rich.table import Table

from bot.cli import Stop
from domain.parsing.wire import context_from, reading_to


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="the message")
    parser.add_argument(
        "--context", default="{}", metavar="JSON", help="sender, chat, expecting, rooms, goods as in `parse`"
    )


def run(options: argparse.Namespace) -> int:
    try:
        context = context_from(json.loads(options.context))
    except ValueError as error:
        raise Stop(f"--context: {error}") from None
    explanation = explain(options.text, context)
    console = Console()
    table = Table("from", "to", "rule", "text")
    for span in explanation.spans:
        table.add_row(str(span.start), str(span.end), span.rule, span.text)
    console.print(table)
    console.print_json(json.dumps(reading_to(explanation.reading), ensure_ascii=False), ensure_ascii=False)
    return 0
