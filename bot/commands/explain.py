"""`gridbot explain TEXT`: how one message is read; `gridbot explain chain`: why posts belong to which chain."""

import argparse
import json

from rich.console import Console
from rich.table import Table

from bot.cli import Stop
from bot.commands.opening import config_argument, configuration, data_argument, lane_for, looked_at
from domain.parsing.explain import explain
from domain.parsing.wire import context_from, reading_to
from domain.slots import local_iso
from models import chains, log


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="the message, or the word `chain`")
    parser.add_argument("chat", nargs="?", help="with `chain`: the group whose chains are explained (default: all)")
    parser.add_argument(
        "--context", default="{}", metavar="JSON", help="sender, chat, expecting, rooms, goods as in parse"
    )
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    if options.text == "chain":
        return _explain_chains(options)
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


def _explain_chains(options: argparse.Namespace) -> int:
    config = configuration(options)
    lane = lane_for(config)
    console = Console()
    with looked_at(options.data or config.data) as store, store.read() as connection:
        for chain in chains.every_chain(connection, store.ring, lane):
            if options.chat not in (None, chain.chat):
                continue
            title = f"{chain.chat} {chain.id} {chain.kind} {chain.title}"
            table = Table("message", "said at", "decision", title=title, title_justify="left")
            reasons = chains.reasons_of(connection, lane, chain.id)
            posts = {m.position: m for m in log.read_positions(connection, store.ring, lane, [p for p, _ in reasons])}
            for position, reason in reasons:
                post = posts.get(position)
                known = (post.message.external_id, local_iso(post.message.said_at)) if post else ("(erased)", "")
                table.add_row(*known, reason)
            console.print(table)
    return 0
