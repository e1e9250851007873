"""Which known entry a new line is another text of: an edit, a correction by somebody else, or a withdrawal."""

from collections.abc import Sequence

from domain.chains.lines import Fresh, LineBook
from domain.chains.posts import Post, State
from domain.chains.records import Record, Records, owns
from domain.chains.similarity import begin_alike, likeness, slightly_different, speaks_of, withdrawal
from domain.chains.versions import members

NOISE = 0.9
ALIKE = 0.5
SAME_PERSON = 0.6


class Claims:
    """Matches the new lines of one post with entries that the post does not show.

    `certain` is the bit set of the entries that stood in every version the post can have been copied from: what of
    them is missing was replaced or taken out. Where that is not sure, only likeness and the hand that wrote decide.
    """

    def __init__(self, post: Post, book: LineBook, records: Records, own: list[Record], certain: int) -> None:
        self._post, self._book, self._records = post, book, records
        self._own, self._certain = own, certain
        self._shown = 0

    def placed(self, fresh: Sequence[Fresh], shown: int) -> list[Record | None]:
        """Return for each new line the entry it is another text of, None for a new entry; each entry at most once."""
        self._shown = shown
        ranked = [(rank, at, record) for at, new in enumerate(fresh) for rank, record in self._near(new)]
        placed: list[Record | None] = [None] * len(fresh)
        taken: set[int] = set()
        for _, at, record in sorted(ranked, key=lambda claim: (-claim[0], claim[2].index)):
            if placed[at] is None and record.index not in taken:
                placed[at] = record
                taken.add(record.index)
        return placed

    def _near(self, new: Fresh) -> list[tuple[float, Record]]:
        near = self._records.of(accounts=(self._post.author, new.entry.author), subjects=(new.entry.subject,))
        if not new.entry.subject or new.in_place:
            gone = self._records.in_set(self._certain & ~self._shown)
            near += [record for record in gone if record not in near]
        ranked = [(self._rank(new, record), record) for record in near if not self._shown >> record.index & 1]
        return [(rank, record) for rank, record in ranked if rank]

    def _rank(self, new: Fresh, record: Record) -> float:
        """Return how surely the new line is another text of this entry; 0 where it is not."""
        if differ(new.entry.subject, record.subject) or _other_person(new.entry.person, record.person):
            return 0
        if differ(new.entry.author, record.account if record.vouched else None):
            return 0
        stem, withdrawn = self.withdrawn(new, record)
        if withdrawn:
            return 2 + likeness(stem, record.key)
        alike = likeness(new.key, record.key)
        if owns(self._post, new.entry, record):
            return self._rank_own(new, record, alike)
        return self._rank_foreign(new, record, alike)

    def _rank_own(self, new: Fresh, record: Record, alike: float) -> float:
        same_subject = record.subject is not None and record.subject == new.entry.subject
        certain = bool(self._certain >> record.index & 1)
        if record.state is State.CANCELLED and not (certain or (record.marked and alike >= ALIKE)):
            return 0
        if same_subject:
            same_hand = record.account in (self._post.author, new.entry.author)
            same_name = bool(record.person and new.entry.person)
            same_start = begin_alike(new.key, record.key) or alike >= SAME_PERSON
            return 1 + alike if same_hand or certain or same_name or same_start else 0
        same_author = record.vouched and record.account == new.entry.author
        return 1 + alike if alike >= ALIKE or (certain and (new.in_place or same_author)) else 0

    def _rank_foreign(self, new: Fresh, record: Record, alike: float) -> float:
        if record.state is State.CANCELLED:
            return alike if alike >= NOISE else 0
        same_subject = record.subject is not None and record.subject == new.entry.subject
        if bool(self._certain >> record.index & 1):
            return 1 + alike if same_subject or alike >= SAME_PERSON else 0
        return alike if same_subject and slightly_different(new.key, record.key) else 0

    def withdrawn(self, new: Fresh, record: Record) -> tuple[str, bool]:
        """Return the line without its mark, and whether it takes back this entry as a whole."""
        found = withdrawal(new.key)
        if new.entry.withdrawn is False or (found is None and not new.entry.withdrawn):
            return new.key, False
        stem, clear = found or (new.key, True)
        if new.entry.withdrawn:
            same_subject = record.subject is not None and record.subject == new.entry.subject
            return stem, not stem or same_subject or speaks_of(stem, record.key, record.subject)
        if not stem:
            mine = [r for r in self._own if r.account == self._post.author and r.state is not State.CANCELLED]
            return stem, clear and [r for r in mine if not self._shown >> r.index & 1] == [record]
        known = any(stem == self._book.keys[number] for number in members(record.lines))
        return stem, known or (clear and speaks_of(stem, record.key, record.subject) and len(stem) > 1)


def differ(one: str | None, other: str | None) -> bool:
    """Return whether both are known and not the same."""
    return bool(one and other and one != other)


def _other_person(one: str | None, other: str | None) -> bool:
    """Return whether two names as read are two people's; one read with a word or a number too many is the same."""
    plain, against = ("".join(mark for mark in name or "" if mark.isalpha()) for name in (one, other))
    return bool(plain and against) and plain not in against and against not in plain
