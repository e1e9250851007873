"""The manners of each account, with what must outlive a restart: since when it is used, how long it is silenced."""

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.channels.base import Channel
from bot.config import Config
from bot.group_history import GroupHistory
from bot.manners import Manners, MannersSettings
from bot.names import LOCAL, UNOFFICIAL, kind_of
from bot.pacing import Window
from bot.platforms import accounts
from bot.settlement import STOPPED
from models import settings
from models.store import Store

_BEGAN = "began:{channel}"
_PAGE_BEARS = 100  # times what somebody else's platform does


def manners_of(
    config: Config, channels: Mapping[str, Channel], store: Store, lane: int, now: datetime
) -> dict[str, Manners]:
    """Return the manners of every channel. They share the memory of what each group got, whoever posted it."""
    said = {named.name: named.account.began for named in accounts(config.channels)}
    began = _remembered_starts(store, lane, [c for c in channels if kind_of(c) in UNOFFICIAL], now)
    groups = GroupHistory()
    with store.read() as connection:
        return {
            name: Manners(
                _settings(config, name).within(channel.limit),
                random.random,
                since=said.get(name) or began.get(name),
                groups=groups,
                stopped_until=_moment(settings.load(connection, lane, STOPPED.format(channel=name))),
            )
            for name, channel in channels.items()
        }


def _remembered_starts(store: Store, lane: int, names: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Return when each account was first used here; one that is new begins now."""

    def work(connection: Connection) -> dict[str, datetime]:
        found = {}
        for name in names:
            key = _BEGAN.format(channel=name)
            known = _moment(settings.load(connection, lane, key))
            if known is None:
                settings.save(connection, lane, key, now.isoformat())
            found[name] = known or now
        return found

    return store.write(work).result()


def _settings(config: Config, channel: str) -> MannersSettings:
    """Return the configured manners; the embedded page bears more than somebody else's platform."""
    own, local = config.manners, channel in LOCAL
    scale = _PAGE_BEARS if local else 1
    return MannersSettings(
        minute=Window(own.per_minute * scale, timedelta(minutes=1), reserved=1),
        hour=Window(own.per_hour * scale, timedelta(hours=1), reserved=min(5, own.per_hour - 1)),
        day=Window(own.per_day * scale, timedelta(hours=24), reserved=min(20, own.per_day - 1)),
        group_hour=Window(own.per_group_hour, timedelta(hours=1), reserved=min(1, own.per_group_hour - 1)),
        group_gap=timedelta(seconds=own.group_gap_seconds),
        gap_from=timedelta(seconds=0 if local else own.gap_seconds_from),
        gap_to=timedelta(seconds=0 if local else own.gap_seconds_to),
        same_text_groups=own.same_text_groups,
        unsolicited_a_day=own.unsolicited_per_day,
        quiet=own.quiet_hours,
        stop=timedelta(hours=own.stop_hours),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
