"""By which ways each worker can be reached in an emergency, as far as they have proved themselves: for `doctor`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.hearing import REMEMBERED
from domain.areas import covers
from domain.roles import IN_CHARGE, Person
from domain.slots import local_iso
from models import outbox
from models.crypto import KeyRing
from models.directory import Directory
from models.hearings import Heard, heard_since
from models.phones import phones_of_all

_DELIVERIES = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reach:
    """A person to be paged and the ways that have been used before, the surest first.

    `has_phone`: whether the board can show a number when no message gets through.
    """

    name: str
    account: str
    ways: tuple[str, ...]
    has_phone: bool = False


def reach_of_workers(
    connection: Connection, ring: KeyRing, lane: int, directory: Directory, channels: Iterable[str], now: datetime
) -> Iterator[Reach]:
    """Yield for everybody who is paged how a page would get there. `channels`: those that are on."""
    on = set(channels)
    heard = [h for h in heard_since(connection, lane, now - REMEMBERED) if h.channel in on]
    sent = outbox.since(connection, ring, lane, now - _DELIVERIES, outbox.SENT)
    delivered: dict[str | None, datetime] = {
        q.post.account: q.settled_at or q.post.due_at for q in sent if q.post.account
    }
    phones = phones_of_all(connection, ring, lane, directory)
    for account in dict.fromkeys(p.account for p in directory.people if p.role in IN_CHARGE):
        roles = directory.roles_of(account)
        ways = [*_private(account, heard, delivered), *_others(roles[0], directory, heard)]
        yield Reach(roles[0].name or account, account, (*ways, *_groups(roles, directory, heard)), account in phones)


def _private(account: str, heard: Iterable[Heard], delivered: Mapping[str | None, datetime]) -> Iterator[str]:
    if account in delivered:
        yield f"in private, last on {local_iso(delivered[account])[:10]}"
        return
    for one in heard:
        if one.account == account and one.chat is None:
            yield f"in private on {one.channel}, wrote on {local_iso(one.at)[:10]}"


def _others(person: Person, directory: Directory, heard: Iterable[Heard]) -> Iterator[str]:
    """A second account of the same person counts once it has written to the bot in private."""
    same = {p.account for p in directory.people if p.name and (p.name, p.role) == (person.name, person.role)}
    for one in heard:
        if one.account in same - {person.account} and one.chat is None:
            yield f"as {one.account} on {one.channel}"


def _groups(roles: Iterable[Person], directory: Directory, heard: Iterable[Heard]) -> Iterator[str]:
    """A workers' group counts once the bot has heard this very person in it."""
    in_it = {(one.account, one.chat) for one in heard}
    for chat in directory.chats_of("work"):
        if any(covers(chat.scope, p.scope) and (p.account, chat.chat) in in_it for p in roles):
            yield f"by name in {chat.name}"
