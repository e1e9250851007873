"""Whether the account hears its groups: linked, signed in, and since when it does not."""

from datetime import datetime

from bot.channels.base import ChannelStatus, Gap, LinkState
from bot.channels.supervision import LinkLost
from bot.channels.wechaty_link import Displaced, Occupied, Rejected

TAKE_OVER_AFTER = 3  # refusals in a row before the ghost of our own last connection is driven out


class Presence:
    """What the link's events add up to. Hearing takes both a link and an account that is signed in."""

    def __init__(self) -> None:
        self.account: str | None = None
        self.signed_in = False
        self._qr: str | None = None
        self._linked = False
        self._deaf_since: datetime | None = None
        self._refusals = 0
        self._went_silent = False

    def may_take_over(self, always: bool) -> bool:
        """Say whether to drive out who holds the gateway: only our own ghost, unless `always`."""
        return self._refusals >= TAKE_OVER_AFTER and (always or self._went_silent)

    def linked(self) -> ChannelStatus:
        """The link is up; sign-in may still be wanted."""
        self._linked, self._refusals, self._went_silent = True, 0, False
        return self._status(LinkState.ONLINE if self.signed_in else LinkState.SIGN_IN)

    def unlinked(self, lost: LinkLost, heard_at: datetime | None) -> ChannelStatus:
        """The link is gone; `heard_at` is its last sign of life."""
        if self._linked:
            self._deaf_since = self._deaf_since or heard_at
            self._went_silent = not isinstance(lost, Displaced)
        self._refusals += isinstance(lost, Occupied)
        self._linked, self.signed_in, self._qr = False, False, None
        return self._status(_state(lost), str(lost))

    def signed_in_as(self, account: str) -> ChannelStatus:
        """The gateway has an account; this may be told before the link is ready to send."""
        self.signed_in, self.account, self._qr = True, account or self.account, None
        return self._status(LinkState.ONLINE if self._linked else LinkState.CONNECTING)

    def signed_out(self, now: datetime, why: str) -> ChannelStatus:
        """The account was signed out, at the phone or by the platform: nothing is heard from now on."""
        self.signed_in = False
        self._deaf_since = self._deaf_since or now
        return self._status(LinkState.SIGNED_OUT, why)

    def wants_scan(self, qr: str) -> ChannelStatus:
        """A person has to scan `qr` with the phone."""
        self._qr = qr or None
        return self._status(LinkState.SIGN_IN)

    def hearing_gap(self, now: datetime) -> Gap | None:
        """Something was heard: the stretch of deafness that this ends, if there was one."""
        since, self._deaf_since = self._deaf_since, None
        return Gap(since, now) if since is not None else None

    def _status(self, state: LinkState, detail: str = "") -> ChannelStatus:
        connected = state is LinkState.ONLINE
        return ChannelStatus(connected, detail, self._qr, state, self.account if connected else None)


def _state(lost: LinkLost) -> LinkState:
    if isinstance(lost, Occupied | Displaced):
        return LinkState.DISPLACED
    return LinkState.REJECTED if isinstance(lost, Rejected) else LinkState.LOST
