"""How people are called in which group, and who can be written to in private: asked of the gateway."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.channels.supervision import LinkLost
from bot.channels.wechaty_link import CallRefused
from bot.channels.wechaty_messages import Names, Payload
from bot.clock import Clock

KEPT = timedelta(minutes=10)  # a remark changed in WeChat shows after this at the latest
MOST = 5_000
MOST_CONTACTS = 3_000


class Directory(Protocol):
    """What of a link is asked for names."""

    async def member(self, room: str, contact: str) -> Any: ...

    async def contact(self, contact: str) -> Any: ...

    async def contacts(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class _Known:
    names: Names
    at: datetime


class WechatyPeople:
    """Names by group and person. A gateway that cannot tell a name never holds up a message."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[str | None, str], _Known] = OrderedDict()
        self._friends: set[str] = set()

    def forget(self, contact: str | None = None) -> None:
        """The gateway says that something changed: ask again. None forgets all names."""
        for key in [key for key in self._known if contact in (None, key[1])]:
            del self._known[key]

    def is_friend(self, contact: str) -> bool:
        """Say whether the account may write to this contact in private."""
        return contact in self._friends

    async def names(self, link: Directory | None, payload: Payload) -> Names:
        """How the sender of `payload` is called where it was said."""
        if payload.room is None:
            self._friends.add(payload.sender)  # who writes to us in private can be answered in private
        return await self.names_in(link, payload.room, payload.sender)

    async def names_in(self, link: Directory | None, room: str | None, contact: str) -> Names:
        """How `contact` is called in `room`, or in private where that is None; empty where nobody can tell."""
        key, now = (room, contact), self._clock.now()
        known = self._known.get(key)
        if known is not None and (link is None or now - known.at < KEPT):
            return known.names
        if link is None:
            return Names()
        try:
            names = await _asked(link, room, contact)
        except (CallRefused, LinkLost):
            return known.names if known else Names()
        self._known[key] = _Known(names, now)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return names

    async def learn_friends(self, link: Directory, rest: Callable[[], Awaitable[None]]) -> None:
        """Ask for every contact whether it is a friend, slowly: `rest` is awaited between two."""
        try:
            for contact in (await link.contacts())[:MOST_CONTACTS]:
                self._note(contact, bool((await link.contact(contact)).friend))
                await rest()
        except (CallRefused, LinkLost):
            return  # asked again at the next link

    def _note(self, contact: str, is_friend: bool) -> None:
        if is_friend:
            self._friends.add(contact)
        else:
            self._friends.discard(contact)


async def _asked(link: Directory, room: str | None, contact: str) -> Names:
    if room is None:
        person = await link.contact(contact)
        return Names(str(person.name), str(person.alias) or None)
    member = await link.member(room, contact)
    return Names(str(member.name), str(member.room_alias) or None)
