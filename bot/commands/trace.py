"""`gridbot trace 3-1-502`: every fact of one household with the message behind it."""

import argparse

from rich.console import Console
from rich.table import Table

from bot.cli import Stop
from bot.commands.opening import config_argument, configuration, data_argument, lane_for, looked_at
from domain.slots import clock_time, day_of
from domain.wording.facts import describe
from models import facts, log
from models.directory import load_directory


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("household", help="the door, such as 3-1-502")
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    lane = lane_for(config)
    with looked_at(options.data or config.data) as store, store.read() as connection:
        directory = load_directory(connection, store.ring, lane)
        trail = facts.trail_of(connection, store.ring, lane, options.household)
        if not trail and options.household not in directory.households:
            raise Stop(f"no household {options.household} on the roster; write it like 3-1-502")
        table = Table("said at", "by", "state", "says", "message", "words", title=options.household)
        for fact, doubtful in trail:
            message = log.find_by_id(connection, store.ring, lane, fact.source)
            words = " ".join(message.message.text.split())[:80] if message else "(erased)"
            state = "asked" if doubtful else fact.standing.name.lower()
            said = f"{day_of(fact.order.said_at):%m-%d} {clock_time(fact.order.said_at)}"
            table.add_row(said, fact.by.value, state, describe(fact.intent), fact.source, words)
    Console().print(table)
    return 0
