"""The entries of one chain while it is being merged: whose they are, how they stand, which lines speak for them."""

from dataclasses import dataclass, field
from hashlib import blake2s

from domain.chains.posts import MergedEntry, Order, Post, PostEntry, State
from domain.chains.versions import members

RELAYING_ROLES = frozenset({"unit_head", "building_head", "worker", "organiser"})


@dataclass(slots=True)
class Record:
    """One entry. `lines`: bit set of the lines that ever showed it; `line`: the one that says what it says now;
    `others`: those of its lines that somebody else wrote.

    `account` may change it, and so may the household `subject`. `marked`: it was withdrawn by a mark in its own line,
    not by leaving the line out. `unsure`: its own hand showed a list without it, perhaps by mistake.
    """

    index: int
    id: str
    text: str
    key: str
    line: int
    account: str
    subject: str | None
    person: str | None
    first: Order
    sources: list[str]
    vouched: bool = False
    state: State = State.LIVE
    marked: bool = False
    unsure: bool = False
    lines: int = 0
    others: int = 0

    def frozen(self) -> MergedEntry:
        """Return the entry as the rest of the program sees it."""
        return MergedEntry(
            self.id, self.text, self.state, tuple(self.sources), self.account, self.subject, self.first, self.person
        )

    def note(self, source: str) -> None:
        """Add the message to those that made the entry what it is."""
        if source not in self.sources:
            self.sources.append(source)


@dataclass(slots=True)
class Records:
    """All entries in the order in which they first came, findable by account and by subject."""

    all: list[Record] = field(default_factory=list)
    _by_account: dict[str, list[int]] = field(default_factory=dict)
    _by_subject: dict[str, list[int]] = field(default_factory=dict)
    _firsts: dict[str, int] = field(default_factory=dict)
    _by_id: dict[str, Record] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Enter a new record under its account and subject."""
        self.all.append(record)
        self._by_id[record.id] = record
        self._firsts[record.key] = self._firsts.get(record.key, 0) + 1
        if record.account:
            self._by_account.setdefault(record.account, []).append(record.index)
        if record.subject:
            self._by_subject.setdefault(record.subject, []).append(record.index)

    def count(self, key: str) -> int:
        """Return how many entries came with this key: the occurrence of the next one."""
        return self._firsts.get(key, 0)

    def named(self, entry: str) -> Record | None:
        """Return the record with this id, None where there is none."""
        return self._by_id.get(entry)

    def of(self, *, accounts: tuple[str | None, ...] = (), subjects: tuple[str | None, ...] = ()) -> list[Record]:
        """Return the records of these accounts and subjects in order, each once; None finds nothing."""
        found = {n for account in accounts if account for n in self._by_account.get(account, ())}
        found.update(n for subject in subjects if subject for n in self._by_subject.get(subject, ()))
        return [self.all[n] for n in sorted(found)]

    def in_set(self, bits: int) -> list[Record]:
        """Return the records whose numbers are in the bit set, in order."""
        return [self.all[n] for n in members(bits)]


def owns(post: Post, entry: PostEntry | None, record: Record) -> bool:
    """Return whether the hand that wrote may change the record: its account, its household, or the vouched author."""
    if record.account and record.account in (post.author, entry.author if entry else None):
        return True
    return record.subject is not None and record.subject == post.author_key


def entry_id(key: str, occurrence: int) -> str:
    """Return the name of an entry: the same whichever message brought it first."""
    return blake2s(f"{key}#{occurrence}".encode(), digest_size=6).hexdigest()
