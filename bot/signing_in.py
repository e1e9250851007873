"""Says on the console what only a person can mend: a code to scan, an account signed out, a token refused."""

from typing import TextIO

import segno

from bot.channels.base import ChannelStatus, LinkState
from bot.names import LOCAL

_WORDS = {
    LinkState.ONLINE: "connected",
    LinkState.SIGN_IN: "waits for somebody to sign in",
    LinkState.SIGNED_OUT: "was signed out; nothing is heard until somebody signs in again",
    LinkState.REJECTED: "was refused: the token or secret is wrong",
    LinkState.DISPLACED: "was driven out: another program uses this account",
}


class Announcer:
    """Writes to a terminal, or wherever the program's own words go. The code itself is never logged."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def announce(self, channel: str, before: ChannelStatus, now: ChannelStatus) -> None:
        """Say what has changed, if it concerns the operator; a link that is only made again does not."""
        if channel in LOCAL:
            return
        if now.qr and now.qr != before.qr:
            self._out.write(f"{channel}: scan this code with the account's phone (it is on the board as well)\n")
            segno.make(now.qr, error="l").terminal(self._out, compact=True)
        elif now.state != before.state and now.state in _WORDS:
            account = f" as {now.account}" if now.account else ""
            self._out.write(f"{channel}: {_WORDS[now.state]}{account}\n")
        self._out.flush()
