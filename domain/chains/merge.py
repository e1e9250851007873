"""Merging the forks of one chain: every post changes the state by what its poster did, not by what he copied.

A chain is copied whole, extended and posted again, so two neighbours who do so at once fork it. Each post is compared
with the versions that it can have been made from (versions.py); only the difference counts, and only as far as the
hand that wrote may change an entry. Nothing depends on the order of delivery: the state is a fold of the posts in the
order in which they were said.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.chains.comparison import Comparison
from domain.chains.lines import LineBook, recognise
from domain.chains.posts import (
    Change,
    ChangeKind,
    Listing,
    MergedEntry,
    Order,
    Post,
    PostEntry,
    Ruling,
    State,
)
from domain.chains.records import Records
from domain.chains.versions import WINDOW, Versions

Step = Post | Ruling | Listing
LATE = timedelta(seconds=60)

__all__ = [
    "ChainState", "Change", "ChangeKind", "LatePost", "Listing", "MergedEntry", "Post", "PostEntry", "Ruling", "State",
    "Step", "fold",
]  # fmt: skip


class LatePost(ValueError):
    """A post that was said before one that is already merged; fold the chain again with it in its place."""


class ChainState:
    """What stands in one chain after all its posts. `apply` takes posts in the order in which they were said."""

    def __init__(self, window: int = WINDOW) -> None:
        self._records = Records()
        self._book = LineBook()
        self._versions = Versions(window)
        self._order: Order | None = None
        self._changed: dict[str, datetime] = {}
        self._shown = self._standing = 0

    @property
    def entries(self) -> tuple[MergedEntry, ...]:
        """Return every entry that was ever in the chain, in the order in which they first came."""
        return tuple(record.frozen() for record in self._records.all)

    @property
    def in_force(self) -> tuple[MergedEntry, ...]:
        """Return the entries that stand: live ones, and disputed ones until somebody settles them."""
        return tuple(entry for entry in self.entries if entry.state is not State.CANCELLED)

    @property
    def standing(self) -> int:
        """Return how many entries are in force."""
        return self._standing.bit_count()

    @property
    def missing(self) -> int:
        """Return how many entries in force the newest post does not show: what a reader of the group does not see."""
        return (self._standing & ~self._shown).bit_count()

    def entry(self, entry: str) -> MergedEntry | None:
        """Return the entry with this id, None where there is none."""
        record = self._records.named(entry)
        return record.frozen() if record else None

    def knows(self, text: str) -> bool:
        """Return whether this line has stood in the chain, whatever its spaces, width and punctuation."""
        return self._book.knows(text)

    def follows(self, post: Step) -> bool:
        """Return whether the post was said after everything that is merged, so that `apply` may take it."""
        return self._order is None or post.order >= self._order

    def apply(self, post: Step) -> tuple[Change, ...]:
        """Merge one more post or ruling and return what it changed; raise LatePost where it comes too late for that."""
        if not self.follows(post):
            raise LatePost(post.source)
        self._order = post.order
        if isinstance(post, Listing):
            self._list(post)
            return ()
        changes = self._settle(post) if isinstance(post, Ruling) else self._merge(post)
        self._count(changes)
        return changes

    def _count(self, changes: Iterable[Change]) -> None:
        """Take note of what stands after these changes."""
        for change in changes:
            record = self._records.named(change.entry)
            if record is not None and record.state is State.CANCELLED:
                self._standing &= ~(1 << record.index)
            elif record is not None:
                self._standing |= 1 << record.index

    def _merge(self, post: Post) -> tuple[Change, ...]:
        sight = recognise(post, self._book, self._records)
        if post.undated and not sight.fresh and self._versions.newest_showing(sight.lines):
            return ()
        comparison = Comparison(post, sight, self._book, self._records, self._versions)
        if not sight.fresh and self._versions.repeats(sight.lines, post):
            return comparison.doubts()
        changes = comparison.changes()
        unseen = comparison.unseen_base()
        if unseen:
            self._versions.add_unseen(*unseen, post.said_at)
        self._versions.add(comparison.lines, comparison.entries, post, comparison.perhaps)
        self._shown = comparison.entries
        self._changed.update((change.entry, post.said_at) for change in changes)
        return changes

    def _list(self, listing: Listing) -> None:
        """Take the merged list as one more version that can be copied; what is quite new may be missing there."""
        lines = entries = perhaps = 0
        self._shown = sum(1 << record.index for record in self._records.all)
        for record in self._records.all:
            changed = self._changed.get(record.id)
            if changed is not None and changed > listing.said_at - LATE:
                perhaps |= record.lines
            elif record.state is not State.CANCELLED:
                lines |= 1 << record.line
                entries |= 1 << record.index
        self._versions.add_listing(lines, entries, perhaps, listing.said_at)

    def _settle(self, ruling: Ruling) -> tuple[Change, ...]:
        record = self._records.named(ruling.entry)
        state = State.LIVE if ruling.stands else State.CANCELLED
        if record is None or record.state is state:
            return ()
        record.state = state
        record.note(ruling.source)
        kind = ChangeKind.RESTORED if ruling.stands else ChangeKind.CANCELLED
        return (Change(kind, record.id, record.text, ruling.source),)


def fold(posts: Iterable[Step]) -> ChainState:
    """Return the state after all posts, in whatever order they are given."""
    state = ChainState()
    for post in sorted(posts, key=lambda post: post.order):
        state.apply(post)
    return state
