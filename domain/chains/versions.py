"""Which earlier version a post was copied from, told from the lines it holds.

A version is two bit sets: the lines it shows (bit = number of the line in order of first sight) and the entries these
lines belong to. A post was copied from a version that holds every line the post repeats; what *all* such versions
hold and the post lacks was taken out, what only some hold may be missing because an older version was copied.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.chains.posts import Post

WINDOW = 256
REDELIVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Version:
    """One posted version: its number, its lines and entries as bit sets, which hand posted it and when.

    `perhaps`: lines that it may have shown, had a client not cut them short.
    """

    number: int
    lines: int
    entries: int
    perhaps: int = 0
    author: str = ""
    home: str | None = None
    said_at: datetime | None = None

    def is_by(self, post: Post) -> bool:
        """Return whether the hand that made the post showed it: the same account, or another of its household."""
        return self.author == post.author or (self.home is not None and self.home == post.author_key)

    def may_hold(self, lines: int) -> bool:
        """Return whether all of these lines may have stood in it."""
        return lines & ~(self.lines | self.perhaps) == 0


@dataclass(frozen=True, slots=True)
class Bases:
    """What the versions say that a post can have been made from.

    `certain`: entries that all of them hold. `possible`: lines that at least one holds.
    """

    certain: int
    possible: int


class Versions:
    """The recent versions of one chain. Those that left the window still count as a base that may lack anything."""

    def __init__(self, window: int = WINDOW) -> None:
        self._recent: deque[Version] = deque()
        self._window = window
        self._count = 0
        self._first_seen: list[int] = []
        self._forgotten: Version | None = None
        self._hearsay = 0

    def add_unseen(self, lines: int, entries: int, hearsay: int, said_at: datetime) -> None:
        """Keep a version that never arrived itself but was copied; `hearsay`: the lines known from the copy alone."""
        self._hearsay |= hearsay
        self._keep(Version(self._count, lines, entries, said_at=said_at))

    def add(self, lines: int, entries: int, post: Post, perhaps: int = 0) -> None:
        """Keep what a post shows; lines that it shows for the first time get its number."""
        self._keep(Version(self._count, lines, entries, perhaps, post.author, post.author_key, post.said_at))

    def add_listing(self, lines: int, entries: int, perhaps: int, said_at: datetime) -> None:
        """Keep the merged list that the bot posted itself."""
        self._keep(Version(self._count, lines, entries, perhaps, said_at=said_at))

    def _keep(self, version: Version) -> None:
        new = version.lines.bit_length() - len(self._first_seen)
        self._first_seen.extend([self._count] * new)
        self._recent.append(version)
        self._count += 1
        if len(self._recent) > self._window:
            self._forget(self._recent.popleft())

    def explain(self, lines: int, own: int) -> Bases:
        """Return what a post of these known `lines` was made from; `own`: lines its poster may have typed again."""
        exact = self._holding(lines)
        if exact:
            return _common(exact)
        repeated = lines & own
        without_own = self._holding(lines & ~own) if repeated else []
        if without_own:
            most = max((version.lines & repeated).bit_count() for version in without_own)
            close = [v for v in without_own if (v.lines & repeated).bit_count() == most]
            newest = max(close, key=lambda version: version.number)
            return Bases(_common(close).certain, newest.lines | newest.perhaps)
        return _common(self._merged_by_hand(lines))

    def proves_gone(self, entry: int, lines: int) -> bool:
        """Return whether one of `lines` was never shown without this entry (a bit set of one).

        A list that was put together from several versions may match one of them by chance; a line that nobody ever
        saw without the entry cannot have been copied without it. Hearsay proves nothing: the post that brought such a
        line never arrived, and may have lacked the entry.
        """
        without = 0
        for version in self._known():
            if not version.entries & entry:
                without |= version.lines | version.perhaps
        return lines & ~without & ~self._hearsay != 0

    def repeats(self, lines: int, post: Post) -> bool:
        """Return whether the same hand showed the same lines within a minute: one message under another id."""
        for version in reversed(self._recent):
            if version.said_at is None or post.said_at - version.said_at > REDELIVERY:
                return False
            if version.lines == lines and version.is_by(post):
                return True
        return False

    def newest_showing(self, lines: int) -> Version | None:
        """Return the newest version that showed exactly these lines."""
        return next((version for version in reversed(self._recent) if version.lines == lines), None)

    def left(self, gone: int, entries: int, lines: int, since: Version | None) -> Version | None:
        """Return the newest version that, without some of `gone`, shows just these entries, by these lines at least.

        All are bit sets; only versions later than `since` count.
        """
        for version in reversed(self._recent):
            if since is not None and version.number <= since.number:
                return None
            if version.entries & gone and version.entries & ~gone == entries and version.may_hold(lines):
                return version
        return None

    def was_copied(self, version: Version, post: Post) -> bool:
        """Return whether the hand that made the post copied this version for a later one of its own."""
        later = (v for v in self._recent if v.number > version.number and v.is_by(post))
        return any(v.may_hold(version.lines) for v in later)

    def stands_by(self, version: Version, post: Post, entries: int) -> bool:
        """Return whether the hand that made the post showed this version and, since, none with one of these entries."""
        return version.is_by(post) and not self.shown_by(post, version.number) & entries

    def shown_by(self, post: Post, after: int) -> int:
        """Return the entries in those versions later than number `after` that the hand of this post showed."""
        entries = 0
        for version in reversed(self._recent):
            if version.number <= after:
                break
            if version.is_by(post):
                entries |= version.entries
        return entries

    def shown_together(self, lines: int) -> bool:
        """Return whether one version may have held all of these lines."""
        return any(version.may_hold(lines) for version in self._known())

    def newest_with(self, entries: int) -> Version | None:
        """Return the newest version that holds one of these entries (a bit set)."""
        return next((version for version in reversed(self._recent) if version.entries & entries), None)

    @property
    def newest(self) -> Version | None:
        return self._recent[-1] if self._recent else None

    def move_line(self, line: int, old: int, new: int, still_old: int) -> None:
        """Let a line (bit set of one) speak for entry `new` instead of `old`, which keeps the lines `still_old`."""
        moved = []
        for version in self._recent:
            entries = version.entries
            if version.lines & line:
                entries = (entries if version.lines & still_old else entries & ~old) | new
            moved.append(replace(version, entries=entries))
        self._recent = deque(moved)
        if self._forgotten:
            gone = self._forgotten
            self._forgotten = replace(gone, entries=gone.entries & ~old)

    def _holding(self, lines: int) -> list[Version]:
        if not lines:
            return [*self._recent, Version(-1, 0, 0)]
        oldest = self._first_seen[lines.bit_length() - 1]
        found: list[Version] = []
        for version in reversed(self._recent):
            if version.number < oldest:
                return found
            if version.may_hold(lines):
                found.append(version)
        if self._forgotten and oldest <= self._forgotten.number and self._forgotten.may_hold(lines):
            found.append(self._forgotten)
        return found

    def _merged_by_hand(self, lines: int) -> list[Version]:
        """Return the versions that bring the most of `lines`, none of which brings less than another of them."""
        parts: list[tuple[int, Version]] = []
        for version in sorted(self._known(), key=lambda v: (v.lines & lines).bit_count(), reverse=True):
            part = version.lines & lines
            if not any(part & ~other == 0 and part != other for other, _ in parts):
                parts.append((part, version))
        return [version for _, version in parts]

    def _known(self) -> Iterator[Version]:
        yield from self._recent
        if self._forgotten:
            yield self._forgotten

    def _forget(self, version: Version) -> None:
        past = self._forgotten
        lines = version.lines | version.perhaps | (past.lines if past else 0)
        entries = version.entries & (past.entries if past else version.entries)
        self._forgotten = Version(version.number, lines, entries)


def _common(versions: Iterable[Version]) -> Bases:
    certain, possible = -1, 0
    for version in versions:
        certain &= version.entries
        possible |= version.lines | version.perhaps
    return Bases(max(certain, 0), possible)


def members(bits: int) -> Iterator[int]:
    """Yield the numbers in a bit set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
