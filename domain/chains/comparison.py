"""What one post did: its lines against the versions that it can have been copied from, and whose hand it was."""

from dataclasses import dataclass

from domain.chains.lines import Fresh, LineBook, Sighting
from domain.chains.posts import Change, ChangeKind, Post, State
from domain.chains.records import RELAYING_ROLES, Record, Records, entry_id, owns
from domain.chains.similarity import likeness, slightly_different, speaks_of, withdrawal
from domain.chains.versions import Versions, members

NOISE = 0.9
ALIKE = 0.5
SAME_PERSON = 0.6
RELAY_MARKS = ("代", "替", "帮")


@dataclass(slots=True)
class _Claim:
    """A new line that was found to be another text of a known entry."""

    rank: float
    record: Record
    fresh: Fresh


class Comparison:
    """Compares one post with what is known; `changes` enters the result into the records."""

    def __init__(self, post: Post, sight: Sighting, book: LineBook, records: Records, versions: Versions) -> None:
        self._post, self._sight = post, sight
        self._book, self._records, self._versions = book, records, versions
        self.lines, self.entries = sight.lines, sight.entries
        self._own = records.of(accounts=(post.author, *_authors(sight)), subjects=(post.author_key,))
        self._own_lines = 0
        for record in self._own:
            self._own_lines |= record.lines
        self._bases = versions.explain(sight.lines, self._own_lines)
        self._changes: list[Change] = []

    def changes(self) -> tuple[Change, ...]:
        """Enter what the poster did and return it: new and changed lines, lines taken out, lines put back."""
        self._place(list(self._sight.fresh))
        self._take_out()
        self._put_back()
        if not self._changes:
            self._purpose()
        return tuple(self._changes)

    # ---- new lines -------------------------------------------------------------------------------------------
    def _place(self, fresh: list[Fresh]) -> None:
        claims = sorted((c for new in fresh for c in self._claims(new)), key=lambda c: (-c.rank, c.record.index))
        placed: dict[int, Record] = {}
        taken: set[int] = set()
        for claim in claims:
            if id(claim.fresh) not in placed and claim.record.index not in taken:
                placed[id(claim.fresh)] = claim.record
                taken.add(claim.record.index)
        explained = any(new.entry.subject and new.entry.subject == self._post.author_key for new in fresh)
        for new in fresh:
            record = placed.get(id(new))
            if record:
                self._change(record, new)
            else:
                self._add(new, explained)

    def _claims(self, new: Fresh) -> list[_Claim]:
        """Return the known entries that the post does not show and that the new line may be another text of."""
        near = self._records.of(accounts=(self._post.author, new.entry.author), subjects=(new.entry.subject,))
        if not new.entry.subject or new.in_place:
            gone = self._bases.certain & ~self._sight.entries
            near += [record for record in self._records.in_set(gone) if record not in near]
        ranked = ((self._rank(new, record), record) for record in near if not self._sight.entries >> record.index & 1)
        claims = [_Claim(rank, record, new) for rank, record in ranked if rank]
        cut = self._book.completed_by(new.key)
        if cut is not None and not self._sight.entries >> self._book.entry_of[cut] & 1:
            claims.append(_Claim(3, self._records.all[self._book.entry_of[cut]], new))
        return claims

    def _rank(self, new: Fresh, record: Record) -> float:
        """Return how surely the new line is another text of this entry; 0 where it is not."""
        if _differ(new.entry.subject, record.subject) or _differ(new.entry.person, record.person):
            return 0
        if _differ(new.entry.author, record.account if record.vouched else None):
            return 0
        stem, withdrawn = self._withdrawn(new, record)
        if withdrawn:
            return 2 + likeness(stem, record.key)
        alike = likeness(new.key, record.key)
        if owns(self._post, new.entry, record):
            return self._rank_own(new, record, alike)
        return self._rank_foreign(new, record, alike)

    def _rank_own(self, new: Fresh, record: Record, alike: float) -> float:
        same_subject = record.subject is not None and record.subject == new.entry.subject
        certain = self._is_certain(record)
        if record.state is State.CANCELLED and not (certain or (record.marked and alike >= ALIKE)):
            return 0
        if same_subject:
            same_hand = record.account in (self._post.author, new.entry.author)
            return 1 + alike if same_hand or certain or alike >= SAME_PERSON else 0
        return 1 + alike if alike >= ALIKE or (certain and new.in_place) else 0

    def _rank_foreign(self, new: Fresh, record: Record, alike: float) -> float:
        if record.state is State.CANCELLED:
            return alike if alike >= NOISE else 0
        same_subject = record.subject is not None and record.subject == new.entry.subject
        if self._is_certain(record):
            return 1 + alike if same_subject or alike >= SAME_PERSON else 0
        return alike if same_subject and slightly_different(new.key, record.key) else 0

    def _withdrawn(self, new: Fresh, record: Record) -> tuple[str, bool]:
        """Return the line without its mark, and whether it takes back this entry as a whole."""
        found = withdrawal(new.key)
        if new.entry.withdrawn is False or (found is None and not new.entry.withdrawn):
            return new.key, False
        stem, clear = found or (new.key, True)
        if new.entry.withdrawn:
            return stem, not stem or record.subject == new.entry.subject or speaks_of(stem, record.key)
        if not stem:
            mine = [r for r in self._own if r.account == self._post.author and r.state is not State.CANCELLED]
            return stem, clear and [r for r in mine if not self._sight.entries >> r.index & 1] == [record]
        known = any(stem == self._book.keys[number] for number in members(record.lines))
        return stem, known or (clear and speaks_of(stem, record.key) and len(stem) > 1)

    def _change(self, record: Record, new: Fresh) -> None:
        line = self._learn(record, new)
        completed = self._book.was_cut(record.line)
        if owns(self._post, new.entry, record) or completed:
            self._say(record, line, new, self._withdrawn(new, record)[1])
        elif record.state is State.CANCELLED:
            self._report(ChangeKind.NOTICED, record, new.entry.text)
        else:
            record.state = State.DISPUTED
            record.note(self._post.source)
            self._report(ChangeKind.DISPUTED, record, new.entry.text)

    def _say(self, record: Record, line: int, new: Fresh, withdrawn: bool) -> None:
        """Let the entry say what its own hand wrote."""
        record.text, record.key, record.line = new.entry.text, new.key, line
        record.subject = record.subject or new.entry.subject
        self._stand(record, State.CANCELLED if withdrawn else State.LIVE, marked=withdrawn)

    def _stand(self, record: Record, state: State, *, marked: bool = False) -> None:
        before, record.state, record.marked = record.state, state, marked
        record.note(self._post.source)
        if state is State.CANCELLED:
            self._report(ChangeKind.CANCELLED, record)
        else:
            self._report(ChangeKind.EDITED if before is State.LIVE else ChangeKind.RESTORED, record)

    def _add(self, new: Fresh, explained: bool) -> None:
        """Enter a new entry; whose it is: the vouched author's, else the poster's, unless he only copied it unseen."""
        entry, post = new.entry, self._post
        unseen = explained and post.role not in RELAYING_ROLES and _differ(entry.subject, post.author_key)
        copied = unseen and not any(mark in entry.text for mark in RELAY_MARKS)
        account = entry.author or ("" if copied else post.author)
        mark = withdrawal(new.key) if entry.withdrawn is not False else None
        withdrawn = entry.withdrawn or (mark is not None and mark[1] and bool(mark[0]))
        index = len(self._records.all)
        name = entry_id(new.key, len(self._book.numbers(new.key)))
        record = Record(
            index=index, id=name, text=entry.text, key=new.key, line=-1, account=account, subject=entry.subject,
            person=entry.person, first=post.order, sources=[post.source], vouched=entry.author is not None,
            state=State.CANCELLED if withdrawn else State.LIVE, marked=bool(withdrawn),
        )  # fmt: skip
        self._records.add(record)
        record.line = self._learn(record, new)
        self._report(ChangeKind.CANCELLED if withdrawn else ChangeKind.ADDED, record)

    def _learn(self, record: Record, new: Fresh) -> int:
        line = self._book.add(new.key, record.index, new.entry.text)
        record.lines |= 1 << line
        self.lines |= 1 << line
        self.entries |= 1 << record.index
        return line

    # ---- lines taken out and put back ------------------------------------------------------------------------
    def _take_out(self) -> None:
        """Every version that the post can come from holds these entries, and the post does not."""
        for record in self._records.in_set(self._bases.certain & ~self.entries):
            cut = self._sight.cut_after
            if record.state is State.CANCELLED or (cut is not None and record.index > cut):
                continue
            if owns(self._post, None, record):
                self._stand(record, State.CANCELLED)
            elif record.state is State.LIVE:
                record.state = State.DISPUTED
                record.note(self._post.source)
                self._report(ChangeKind.DISPUTED, record)

    def _put_back(self) -> None:
        """An own line that no base shows was typed again, knowing that it had gone or said something else."""
        for record, line in self._stale():
            if not self._bases.possible >> line & 1:
                self._say_again(record, line)

    def _purpose(self) -> None:
        """A post that does nothing else was made for the one own line in which it differs from what stands."""
        if self._versions.shown_by(self._sight.lines, self._post.author):
            return
        stale = self._stale()
        if len(stale) == 1:
            self._say_again(*stale[0])
            return
        unseen = [r for r in self._own if r.state is not State.CANCELLED and not self._sight.entries >> r.index & 1]
        if not stale and len(unseen) == 1 and self._sight.cut_after is None:
            newest = self._versions.newest_with(1 << unseen[0].index)
            if newest and newest.entries & ~(1 << unseen[0].index) == self._sight.entries:
                self._stand(unseen[0], State.CANCELLED)

    def _stale(self) -> list[tuple[Record, int]]:
        """Return own entries that the post shows by a line which is not what the entry says now, or does not stand."""
        found = []
        for record in self._own:
            shown = record.lines & self._sight.lines
            if shown and (not shown >> record.line & 1 or (record.state is not State.LIVE and not record.marked)):
                found.append((record, shown.bit_length() - 1))
        return found

    def _say_again(self, record: Record, line: int) -> None:
        record.key, record.line = self._book.keys[line], line
        record.text = self._shown_text(line) or record.text
        self._stand(record, State.LIVE)

    def _shown_text(self, line: int) -> str | None:
        key = self._book.keys[line]
        return next((e.text for e in self._post.entries if self._book.key_of(e.text) == key), None)

    # ---- small things ----------------------------------------------------------------------------------------
    def _is_certain(self, record: Record) -> bool:
        return bool(self._bases.certain >> record.index & 1)

    def _report(self, kind: ChangeKind, record: Record, proposed: str | None = None) -> None:
        self._changes.append(Change(kind, record.id, record.text, self._post.source, proposed))


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _authors(sight: Sighting) -> tuple[str | None, ...]:
    return tuple({new.entry.author for new in sight.fresh})
