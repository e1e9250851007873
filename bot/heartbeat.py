"""Keeps the time at which the program was last alive, so that the next start knows what it did not hear."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.clock import Clock
from bot.links import Links
from bot.logs import get_logger
from models import gaps, settings
from models.store import Store

SHORT = timedelta(minutes=1)  # a restart this quick is not worth telling of
_ALIVE = "alive_at"
_log = get_logger("heartbeat")


class Heartbeat:
    """One lane's heartbeat. `channels`: those on which something may have been said while nobody listened."""

    def __init__(self, store: Store, lane: int, clock: Clock, links: Links, channels: Iterable[str]) -> None:
        self._store, self._lane, self._clock, self._links = store, lane, clock, links
        self._deaf = set(channels)
        self._since: datetime | None = None

    def start(self) -> None:
        """Note the stretch from the last beat until now as a gap of every channel, if it was longer than a minute."""
        now = self._clock.now()
        with self._store.read() as connection:
            last = settings.load(connection, self._lane, _ALIVE)
        if last is not None and now - datetime.fromisoformat(last) > SHORT:
            self._since = datetime.fromisoformat(last)
            _log.warning("was_not_running", since=last, until=now.isoformat())
        self.beat()

    def beat(self) -> None:
        """Note that the program is alive. A channel's gap goes on until the channel is linked."""
        now, since = self._clock.now(), self._since

        def work(connection: Connection) -> None:
            settings.save(connection, self._lane, _ALIVE, now.isoformat())
            if since is None:
                return
            for channel in self._deaf:
                linked_at = self._links[channel].since if self._links[channel].is_linked else None
                gaps.note(connection, self._lane, channel, since, linked_at or now)

        self._store.write(work).result()
        self._deaf = {channel for channel in self._deaf if not self._links[channel].is_linked}
