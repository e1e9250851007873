"""`gridbot doctor`: checks what the program needs and says what to do; exit status 1 where something is wrong."""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from rich.console import Console

from bot.cli import Stop
from bot.clock import SystemClock
from bot.commands.check_config import tried
from bot.commands.opening import config_argument, configuration, data_argument, lane_for
from bot.commands.paging import reach_of_workers
from bot.config import Config
from bot.names import LOCAL
from domain.roles import Role
from models.crypto import KeyRing, KeyRingError, ring_path
from models.directory import load_directory
from models.health import DatabaseUnreadable, quick_check
from models.store import DataFolderError, ReadOnlyStore

OK, WARN, BAD = "ok", "warning", "wrong"
_FREE_BYTES = 500_000_000
_EARLIEST_YEAR = 2026
_FIRST_WAY = "let this person add the bot and write 帮助 to it in private, or speak once in the bound work group"
_PHONE = "add a column 电话 to people.csv and import it again: the board shows it when no message gets through"
_SECOND_WAY = "a second way helps when an account is silenced: the work group, or an account on another channel"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands and, where it is not well, what to do."""

    state: str
    what: str
    remedy: str = ""


Check = Callable[[Config, Path], Iterator[Finding]]


def arguments(parser: argparse.ArgumentParser) -> None:
    data_argument(parser)
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    data = (options.data or config.data).resolve()
    console = Console(soft_wrap=True, emoji=False, markup=False)
    console.print("ok       configuration", highlight=False)
    try:
        config, unread = configuration(options, channels=True), None
    except Stop as stop:
        unread = str(stop)
    worst = OK
    for check in CHECKS if unread is None else (_unread(unread), *_WITHOUT_CHANNELS):
        for finding in _findings(check, config, data):
            console.print(f"{finding.state:8} {finding.what}", highlight=False, markup=False)
            if finding.remedy:
                console.print(f"         → {finding.remedy}", highlight=False, markup=False)
            worst = BAD if BAD in (worst, finding.state) else worst
    return 1 if worst == BAD else 0


def _unread(problems: str) -> Check:
    """Return a check that finds these problems, one a line, where the accounts could not even be read."""

    def check(_config: Config, _data: Path) -> Iterator[Finding]:
        for problem in problems.splitlines():
            yield Finding(BAD, problem, "docs/channels/ tells the set-up; gridbot run refuses until this is mended")

    return check


def _findings(check: Check, config: Config, data: Path) -> Iterator[Finding]:
    """Run one check; what the data folder itself refuses is a finding like any other, and the other checks go on."""
    try:
        yield from check(config, data)
    except (DataFolderError, KeyRingError) as error:
        yield Finding(BAD, f"data: {error}")


def check_keys(_config: Config, data: Path) -> Iterator[Finding]:
    path = ring_path(data)
    if not path.exists() and not (data / "gridbot.db").exists():
        yield Finding(OK, f"keys: none yet; {path} is made at the first start")
        return
    try:
        KeyRing.load(path)
    except KeyRingError as error:
        yield Finding(BAD, f"keys: {error}", "without the key ring sealed texts, names and phones are lost")
        return
    yield Finding(OK, f"keys: {path}", f"keep a copy of {path} on another machine; backups of the data do not hold it")


def check_database(_config: Config, data: Path) -> Iterator[Finding]:
    database = data / "gridbot.db"
    if not database.exists():
        yield Finding(OK, f"database: none yet; {database} is made at the first start")
        return
    try:
        found = quick_check(database)
    except DatabaseUnreadable as error:
        yield Finding(BAD, f"database: {database} cannot be read ({error})", "restore it from the last backup")
        return
    yield Finding(
        OK if found == "ok" else BAD, f"database: {found}", "" if found == "ok" else "restore the last backup"
    )


def check_disk(_config: Config, data: Path) -> Iterator[Finding]:
    folder = next(p for p in (data, *data.parents) if p.exists())
    free = shutil.disk_usage(folder).free
    text = f"disk: {free // 1_000_000:,} MB free at {folder}"
    yield Finding(OK, text) if free > _FREE_BYTES else Finding(WARN, text, "make room: below 500 MB trouble is near")


def check_clock(_config: Config, _data: Path) -> Iterator[Finding]:
    now = SystemClock().now()
    if now.year < _EARLIEST_YEAR:
        yield Finding(
            BAD, f"clock: the machine says {now:%Y-%m-%d}", "set date and time, then turn on time synchronisation"
        )
        return
    yield Finding(OK, f"clock: {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, zone of this machine {time.tzname[0]}")


def check_people(config: Config, data: Path) -> Iterator[Finding]:
    """Whoever is to be paged must be reachable, and every unit should have its head."""
    if not (data / "gridbot.db").exists():
        return
    store = ReadOnlyStore(data)
    with store.read() as connection:
        directory = load_directory(connection, store.ring, lane_for(config))
    store.close()
    yield Finding(OK, f"roster: {len(directory.households)} households, {len(directory.chats)} groups")
    if not any(p.role is Role.GRID_WORKER for p in directory.people):
        yield Finding(WARN, "people: nobody is a 网格员, so nobody is paged", "gridbot import people people.csv")
    units = {f"{h.building}-{h.unit}" for h in directory.households.values() if h.unit}
    headless = sorted(u for u in units if not directory.in_charge_of(u, Role.UNIT_HEAD))
    if headless:
        shown = ", ".join(headless[:10])
        yield Finding(WARN, f"people: units without a head: {shown}", "their second call goes to the building's head")


def check_channels(config: Config, _data: Path) -> Iterator[Finding]:
    on, problems = tried(config)
    for problem in problems:
        yield Finding(BAD, f"channels: {problem}", "gridbot channel list names every variable; gridbot run refuses")
    if not on:
        yield Finding(BAD, "channels: none is enabled", "set channels.webchat to true in config.yaml")
        return
    yield Finding(OK, f"channels: {', '.join(on)}")
    for name in on:
        if name not in LOCAL:
            yield Finding(OK, f"channels: {name} is set up", f"gridbot channel test {name} says whether it works")


def check_paging(config: Config, data: Path) -> Iterator[Finding]:
    """Whoever is paged should have two ways that have been used before."""
    if not (data / "gridbot.db").exists():
        return
    on, _ = tried(config)
    store, lane = ReadOnlyStore(data), lane_for(config)
    with store.read() as connection:
        directory = load_directory(connection, store.ring, lane)
        reached = list(reach_of_workers(connection, store.ring, lane, directory, on, SystemClock().now()))
    store.close()
    for reach in reached:
        if len(reach.ways) > 1:
            yield Finding(OK, f"paging: {reach.name} {'; '.join(reach.ways)}")
        elif reach.ways:
            yield Finding(WARN, f"paging: {reach.name} only {reach.ways[0]}", _SECOND_WAY)
        else:
            yield Finding(WARN, f"paging: {reach.name} ({reach.account}) by no way that has been tried", _FIRST_WAY)
        if not reach.has_phone:
            yield Finding(WARN, f"paging: {reach.name} has no phone for the board's alarm", _PHONE)


def check_fonts(_config: Config, _data: Path) -> Iterator[Finding]:
    lister = shutil.which("fc-list")
    if lister is None:
        yield Finding(OK, "fonts: not checked (no fc-list); only printing on this machine needs them")
        return
    found = subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    if found.strip():
        yield Finding(OK, "fonts: Chinese fonts are there")
    else:
        yield Finding(
            WARN, "fonts: none that draws Chinese", "apt-get install fonts-noto-cjk, for printing on this machine"
        )


CHECKS: tuple[Check, ...] = (
    check_keys,
    check_database,
    check_disk,
    check_clock,
    check_people,
    check_channels,
    check_paging,
    check_fonts,
)
_WITHOUT_CHANNELS = tuple(check for check in CHECKS if check not in (check_channels, check_paging))
