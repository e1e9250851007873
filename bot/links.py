"""How each channel stands: linked or not, since when, and as which account it speaks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import ChannelStatus
from bot.names import kind_of

LOST_AFTER = timedelta(seconds=60)  # a gateway that restarts is back within seconds; its groups stay with it


@dataclass(frozen=True, slots=True)
class Standing:
    """A channel's newest status and the moment from which it has been linked, or has not."""

    status: ChannelStatus
    since: datetime | None = None

    @property
    def is_linked(self) -> bool:
        """Say whether the channel can carry a message now."""
        return self.status.connected

    def is_lost(self, now: datetime) -> bool:
        """Say whether it has been gone for so long that others should take over."""
        return not self.is_linked and (self.since is None or now - self.since >= LOST_AFTER)

    def linked_for(self, now: datetime) -> timedelta:
        """How long it has been linked; a channel that tells nothing has always been."""
        if not self.is_linked:
            return timedelta()
        return timedelta.max if self.since is None else now - self.since


_ALWAYS = Standing(ChannelStatus(True))


class Links:
    """The standing of every channel by its name; one that never reported is taken for linked."""

    def __init__(self) -> None:
        self._standings: dict[str, Standing] = {}
        self._own: dict[str, set[str]] = {}

    def note(self, channel: str, status: ChannelStatus, now: datetime) -> None:
        """Take in what a channel says of itself."""
        before = self._standings.get(channel)
        same = before is not None and before.is_linked == status.connected
        self._standings[channel] = Standing(status, before.since if before and same else now)
        if status.account:
            self._own.setdefault(kind_of(channel), set()).add(status.account)

    def __getitem__(self, channel: str) -> Standing:
        return self._standings.get(channel, _ALWAYS)

    def is_ours(self, channel: str, account: str) -> bool:
        """Say whether an account on this channel's platform is one of the bot's own, on whichever channel."""
        return account in self._own.get(kind_of(channel), ())
