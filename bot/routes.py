"""Which channel carries a post: where its group or person is heard, and who stands in while that channel is gone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import Channel, ServesChats
from bot.hearing import Hearing
from bot.links import Links
from bot.names import LOCAL, REACHES_ANY_MEMBER, SENDS_ONLY, kind_of, people_of
from domain.areas import covers
from domain.wording.incidents import page_in_group
from models.directory import Directory
from models.outbox import Post

FRIENDS_KNOWN_AFTER = timedelta(minutes=5)  # a channel learns after linking, slowly, whom it may write to in private


@dataclass(frozen=True, slots=True)
class Route:
    """The channel and the place on it. `stands_in`: a place other than the post names, where the person is called.

    `says`: the words for a place where those of the post must not be read; None: the post's own.
    """

    channel: str
    chat: str | None = None
    account: str | None = None
    mentions: tuple[str, ...] = ()
    stands_in: bool = False
    says: str | None = None


class Routes:
    """Finds the way for each post. `stopped` says of a channel whether its platform has silenced it for now.

    `board`: the address at which workers open the board, for those who are called in a group.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        hearing: Hearing,
        links: Links,
        stopped: Callable[[str, datetime], bool] = lambda _channel, _now: False,
        board: str = "",
    ) -> None:
        self._channels, self._hearing, self._links, self._stopped = channels, hearing, links, stopped
        self._board = board
        self._avoided: dict[tuple[str, str | None], datetime] = {}

    def route(self, post: Post, directory: Directory, now: datetime) -> Route | None:
        """Return the way for a post, None while there is none."""
        if post.chat is not None:
            channel = self._for_chat(post.chat, directory, now)
            return Route(channel, chat=post.chat, mentions=post.mentions) if channel else None
        account = post.account or ""
        if post.kind == "page":
            return self._for_page(post, directory, now)
        channel = self._for_account(account, now)
        return Route(channel, account=account) if channel else None

    def home(self, post: Post, directory: Directory) -> str | None:
        """Return the channel that usually carries a post, however it stands now."""
        ways = self._of_chat(post.chat, directory) if post.chat is not None else self._of_account(post.account or "")
        return next(iter(ways), None)

    def group_without_privacy(self, account: str, now: datetime) -> str | None:
        """Return the group in which a person must be asked to get in touch, None where a private way may still open."""
        for channel in self._hearing.of_account(account):
            group = self._hearing.group_of(account, channel)
            if channel in self._channels and group and self._links[channel].linked_for(now) >= FRIENDS_KNOWN_AFTER:
                return None if self._channels[channel].can_dm(account) else group
        return None

    # ---- groups ---------------------------------------------------------------------------------------------------
    def _for_chat(self, chat: str, directory: Directory, now: datetime) -> str | None:
        """Return the group's own account, or another one that is in it while that is lost or silenced."""
        ways = self._of_chat(chat, directory)
        for channel in ways:
            if self._is_free(channel, now):
                return channel
            if not (self._stopped(channel, now) or self._links[channel].is_lost(now)):
                return None
        return next((channel for channel in ways if self._links[channel].is_linked), None)

    def _of_chat(self, chat: str, directory: Directory) -> list[str]:
        """The channels that can post into a group: the one it is bound to, those that hear it, those that say so."""
        bound = directory.chats[chat].channel if chat in directory.chats else None
        ways = [channel for channel in self._channels if bound in (channel, kind_of(channel))]
        ways += self._hearing.of_chat(chat)
        ways += [name for name, c in self._channels.items() if isinstance(c, ServesChats) and c.serves(chat)]
        return [channel for channel in dict.fromkeys(ways) if channel in self._channels] or self._only_one()

    def _only_one(self) -> list[str]:
        """A group of which nothing is known yet belongs to the only platform there is, else to none."""
        platforms = [c for c in self._channels if c not in LOCAL and kind_of(c) not in SENDS_ONLY]
        return (platforms or list(self._channels)[:1]) if len(platforms) < 2 else []

    # ---- people ---------------------------------------------------------------------------------------------------
    def _for_account(self, account: str, now: datetime) -> str | None:
        ways = [channel for channel in self._of_account(account) if self._channels[channel].can_dm(account)]
        free = (channel for channel in ways if self._is_free(channel, now))
        return next(free, None) or next((channel for channel in ways if self._links[channel].is_linked), None)

    def _of_account(self, account: str) -> list[str]:
        """The channels on which an account is known, its platform's others behind; of a stranger, all.

        An app that writes to any member of its company comes last: it would take a stranger's id for a member's.
        """
        heard = [channel for channel in self._hearing.of_account(account) if channel in self._channels]
        known_to = {people_of(channel) for channel in heard}
        others = [c for c in self._channels if not known_to or people_of(c) in known_to]
        others.sort(key=lambda channel: kind_of(channel) in REACHES_ANY_MEMBER)
        return list(dict.fromkeys([*heard, *others]))

    # ---- pages ----------------------------------------------------------------------------------------------------
    def avoid(self, route: Route, now: datetime, span: timedelta) -> None:
        """Let pages go other ways for a while: this one was just refused, or leads nowhere at the moment."""
        self._avoided = {way: until for way, until in self._avoided.items() if until > now}
        self._avoided[(route.channel, route.chat or route.account)] = now + span

    def call_in_group(self, post: Post, directory: Directory, now: datetime) -> Route | None:
        """Return the way by which the person of a page is called in a workers' group, without a word of what it is."""
        return next(self._calls(post, directory, now), None)

    def _for_page(self, post: Post, directory: Directory, now: datetime) -> Route | None:
        """In private; else to another account of the same person; else by name in a workers' group."""
        way = next(self._free_ways_of_page(post, directory, now), None)
        if way is not None:
            return way
        own = self._for_account(post.account or "", now)
        waits = Route(own, account=post.account) if own else None
        return None if waits is None or self._is_avoided(waits, now) else waits

    def _free_ways_of_page(self, post: Post, directory: Directory, now: datetime) -> Iterator[Route]:
        account = post.account or ""
        for known in (account, *_same_person(account, directory)):
            for channel in self._of_account(known):
                route = Route(channel, account=known, stands_in=known != account)
                can = self._is_free(channel, now) and self._channels[channel].can_dm(known)
                if can and not self._is_avoided(route, now):
                    yield route
        yield from self._calls(post, directory, now)

    def _calls(self, post: Post, directory: Directory, now: datetime) -> Iterator[Route]:
        account = post.account or ""
        for chat in _work_groups(account, directory, anywhere=post.urgent):
            channel = self._for_chat(chat, directory, now)
            if channel is None or not self._is_free(channel, now):
                continue
            known = (account, *_same_person(account, directory))
            called = next((one for one in known if channel in self._hearing.of_account(one)), account)
            says = page_in_group(post.incident, post.urgent, self._board)
            route = Route(channel, chat=chat, mentions=(called,), stands_in=True, says=says)
            if not self._is_avoided(route, now):
                yield route

    def _is_avoided(self, route: Route, now: datetime) -> bool:
        until = self._avoided.get((route.channel, route.chat or route.account))
        return until is not None and now < until

    def _is_free(self, channel: str, now: datetime) -> bool:
        return self._links[channel].is_linked and not self._stopped(channel, now)


def _same_person(account: str, directory: Directory) -> Iterator[str]:
    """Yield the other accounts that the list of people gives to somebody of this name in this role."""
    roles = {(p.name, p.role) for p in directory.roles_of(account) if p.name}
    yield from dict.fromkeys(p.account for p in directory.people if (p.name, p.role) in roles and p.account != account)


def _work_groups(account: str, directory: Directory, *, anywhere: bool) -> Iterator[str]:
    """Yield the workers' groups whose area holds one of this person's; for what is urgent the others behind them."""
    scopes = [p.scope for p in directory.roles_of(account)]
    groups = directory.chats_of("work")
    near = [c.chat for c in groups if any(covers(c.scope, scope) for scope in scopes)]
    yield from near
    yield from (c.chat for c in groups if anywhere and c.chat not in near)
