"""Who is heard on which channel: the ways back to a person and into a group."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.hearings import Heard

REMEMBERED = timedelta(days=60)
MOST_ACCOUNTS = 50_000


@dataclass(slots=True)
class _Places:
    """Where an account was heard last: when on each channel, the newest group of each, and where in private."""

    at: dict[str, datetime] = field(default_factory=dict)
    group: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)


class Hearing:
    """Kept in memory: filled from the log at the start and by every message since."""

    def __init__(self, heard: Iterable[Heard] = ()) -> None:
        self._accounts: OrderedDict[str, _Places] = OrderedDict()
        self._chats: dict[str, dict[str, datetime]] = {}
        for one in heard:
            self.note(one)

    def note(self, heard: Heard) -> None:
        """Remember that an account was heard."""
        places = self._accounts.pop(heard.account, None) or _Places()
        self._accounts[heard.account] = places
        places.at[heard.channel] = heard.at
        if heard.chat is None:
            places.private.add(heard.channel)
        else:
            places.group[heard.channel] = heard.chat
            self._chats.setdefault(heard.chat, {})[heard.channel] = heard.at
        if len(self._accounts) > MOST_ACCOUNTS:
            self._accounts.popitem(last=False)

    def of_chat(self, chat: str) -> list[str]:
        """The channels on which a group was heard, the latest first: their accounts are in it."""
        return _latest_first(self._chats.get(chat, {}))

    def of_account(self, account: str) -> list[str]:
        """The channels on which an account was heard, the latest first."""
        places = self._accounts.get(account)
        return _latest_first(places.at) if places else []

    def group_of(self, account: str, channel: str) -> str | None:
        """The group in which an account spoke last on a channel."""
        places = self._accounts.get(account)
        return places.group.get(channel) if places else None

    def partners(self, channel: str) -> list[str]:
        """The accounts that wrote to the bot in private on a channel."""
        return [account for account, places in self._accounts.items() if channel in places.private]


def _latest_first(times: dict[str, datetime]) -> list[str]:
    return sorted(times, key=lambda channel: times[channel], reverse=True)
