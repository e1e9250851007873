"""`gridbot channel list` and `gridbot channel test NAME`: which accounts are set up, and step by step what works."""

import argparse
import asyncio
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from bot.channels.base import ChecksItself, CheckStep
from bot.cli import Stop
from bot.clock import SystemClock
from bot.commands.opening import config_argument, configuration
from bot.config import Config, ConfigError
from bot.names import LOCAL, SENDS_ONLY, UNOFFICIAL, kind_of
from bot.platforms import Named, Surroundings, accounts, build

_REMEDIES = {
    (
        "wechaty",
        "connection and token",
    ): "is the gateway running at this address? its token must be the one in {secrets}; "
    "TLS must be on at both ends or at neither",
    ("onebot", "address"): "something else listens there: gridbot itself, if it is running with this account (then the "
    "board shows who is connected), or another program; choose another `listen`",
    ("wecom", "connection"): "can this machine reach WeCom (wss, port 443)? behind a company proxy set tls_ca",
    ("wecom", "robot and secret"): "compare bot_id with the robot's page in WeCom, and the secret with {secrets}",
    ("wecom-app", "company and secret"): "compare corp_id with WeCom's admin pages and the secret with {secrets}; add "
    "this machine's address to 企业可信IP",
}
_ROBOT = "the robot's key is in {secrets}: compare it with the address that WeCom shows for this group's robot"
_AFTER = {
    "wechaty": "next: gridbot run; sign the account in by the code on the board, then write 绑定 3-1 in the group",
    "onebot": "next: gridbot run; let the implementation connect here, then write 绑定 3-1 in the group",
    "wecom": "next: gridbot run; mention the robot in a group, and let each worker write to it once in private",
    "wecom-webhook": "next: gridbot run; the groups under `keys` must be on the list of chats",
    "wecom-app": "next: gridbot run, then save the callback's address in WeCom while it runs; WeCom proves it at once",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "test"))
    parser.add_argument("name", nargs="?", help="the account, such as wechaty:east (a platform alone, if it has one)")
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config, console = configuration(options, channels=True), Console(soft_wrap=True, emoji=False, markup=False)
    if options.action == "list":
        return _list(config, console)
    if not options.name:
        raise Stop(f"which one? {_known(config)}")
    if options.name in LOCAL:
        console.print(f"{options.name} is part of this program: there is nothing to test", highlight=False)
        return 0
    return asyncio.run(_test(_chosen(config, options.name), console))


def _list(config: Config, console: Console) -> int:
    """Print every account with what it still lacks; exit status 1 where something is missing."""
    status = 0
    for name in sorted(LOCAL):
        console.print(f"{name}: {'on' if getattr(config.channels, name) else 'off'}", highlight=False)
    for named in accounts(config.channels):
        console.print(f"{named.name}: on, {_nature(named.name)}", highlight=False)
        for variable, is_set in named.secrets.items():
            console.print(f"    {variable} {'is set' if is_set else 'IS MISSING'}", highlight=False)
            status = status if is_set else 1
    if not any(accounts(config.channels)):
        console.print("no account on a platform is set up; config.yaml shows how, under channels", highlight=False)
    return status


async def _test(named: Named, console: Console) -> int:
    """Print each step as it is done; exit status 1 at the first sign of trouble."""
    console.print(f"{named.name}: {_nature(named.name)}", highlight=False)
    with tempfile.TemporaryDirectory(prefix="gridbot-") as cache:
        given = Surroundings(clock=SystemClock(), random=random.random, cache=Path(cache))
        try:
            channel = build(named, given)
        except ConfigError as error:
            _show(console, named, CheckStep("settings", False, str(error)))
            return 1
        _show(console, named, CheckStep("settings", True, named.section))
        assert isinstance(channel, ChecksItself)  # noqa: S101 - every platform's channel does
        passed = [_show(console, named, step) async for step in channel.check()]
    console.print(_AFTER[named.kind] if all(passed) else "mend this, then test again", highlight=False)
    return 0 if all(passed) else 1


def _show(console: Console, named: Named, step: CheckStep) -> bool:
    detail = f": {step.detail}" if step.detail else ""
    console.print(f"{'ok' if step.passed else 'FAILED':8} {step.name}{detail}", highlight=False, markup=False)
    if not step.passed:
        for remedy in _remedies(named, step):
            console.print(f"         → {remedy}", highlight=False, markup=False)
    return step.passed


def _remedies(named: Named, step: CheckStep) -> Iterator[str]:
    fallback = _ROBOT if named.kind == "wecom-webhook" and step.name != "settings" else None
    remedy = _REMEDIES.get((named.kind, step.name), fallback)
    if remedy:
        yield remedy.format(secrets=" and ".join(named.secrets))
    yield f"docs/channels/{_page(named.kind)} tells the set-up"


def _page(kind: str) -> str:
    return "wecom-bot.md" if kind == "wecom" else f"{kind}.md"


def _nature(channel: str) -> str:
    kind = kind_of(channel)
    if kind in UNOFFICIAL:
        return "unofficial: the account may be banned"
    return "official, sends only" if kind in SENDS_ONLY else "official"


def _chosen(config: Config, name: str) -> Named:
    """Return the account of this name, or the only one of this platform. Stops where there is none."""
    found = [named for named in accounts(config.channels) if name in (named.name, named.kind)]
    if len(found) != 1:
        raise Stop(f"{name}: {'which of them?' if found else 'no such account is set up.'} {_known(config)}")
    return found[0]


def _known(config: Config) -> str:
    names = [named.name for named in accounts(config.channels)]
    return f"known: {', '.join(names)}" if names else "no account on a platform is set up; config.yaml shows how"
