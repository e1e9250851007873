"""What one post did: its lines against the versions that it can have been copied from, and whose hand it was."""

from domain.chains.claims import Claims, differ
from domain.chains.lines import Fresh, LineBook, Sighting
from domain.chains.posts import Change, ChangeKind, Post, PostEntry, State
from domain.chains.records import RELAYING_ROLES, Record, Records, entry_id, owns
from domain.chains.similarity import withdrawal
from domain.chains.versions import Versions, members

RELAY_MARKS = ("代", "替", "帮")


class Comparison:
    """Compares one post with what is known; `changes` enters the result into the records."""

    def __init__(self, post: Post, sight: Sighting, book: LineBook, records: Records, versions: Versions) -> None:
        self._post, self._sight = post, sight
        self._book, self._records, self._versions = book, records, versions
        self.lines, self.entries = sight.lines, sight.entries
        self._own = records.of(accounts=(post.author, *_authors(sight)), subjects=(post.author_key,))
        self._unseen = self._written = 0
        self._own_lines = 0
        for record in self._own:
            self._own_lines |= record.lines
        self._bases = versions.explain(sight.lines, self._own_lines)
        self._certain = self._bases.certain | self._own_on_card()
        self._claims = Claims(post, book, records, self._own, self._certain)
        self._changes: list[Change] = []
        self.perhaps = 0
        for texts in sight.perhaps:
            self._narrow(texts & self._bases.possible or texts)

    def changes(self) -> tuple[Change, ...]:
        """Enter what the poster did and return it: new and changed lines, lines taken out, lines put back."""
        self._place()
        self._take_out()
        self._put_back()
        self._put_beside()
        self._stay()
        if not self._changes and not self._post.undated:
            self._purpose()
        return tuple(self._changes)

    def _narrow(self, texts: int) -> None:
        """A line cut short said what it says in the versions that the post was copied from."""
        if texts.bit_count() == 1:
            self.lines |= texts
        else:
            self.perhaps |= texts

    def _own_on_card(self) -> int:
        """A native card shows all that its poster himself has in the chain: his client never forgets his own lines."""
        if not any(entry.author for entry in self._post.entries):
            return 0
        mine = (r for r in self._own if r.vouched and r.account == self._post.author and r.state is State.LIVE)
        return sum(1 << record.index for record in mine)

    def unseen_base(self) -> tuple[int, int, int] | None:
        """Return the version that the poster copied where it never arrived: its lines, entries, and new lines.

        It shows in lines that are new to us and not the poster's: whoever copies the unseen version next will lack
        what the poster added.
        """
        if not self._unseen:
            return None
        lines = self.lines & ~(self._written & ~self._unseen)
        return lines, self._book.entries_of(lines), self._unseen

    # ---- new lines -------------------------------------------------------------------------------------------
    def _place(self) -> None:
        fresh = [new for new in self._sight.fresh if not self._complete(new)]
        placed = self._claims.placed(fresh, self.entries)
        explained = any(new.entry.subject and new.entry.subject == self._post.author_key for new in fresh)
        for new, record in zip(fresh, placed, strict=True):
            if record:
                self._change(record, new)
            else:
                self._add(new, explained)

    def _complete(self, new: Fresh) -> bool:
        """Take the whole text of a line that was only seen cut short: nobody changed anything."""
        line = self._book.completed_by(new.key)
        if line is None or self._sight.entries >> self._book.entry_of[line] & 1 or withdrawal(new.key):
            return False
        record = self._records.all[self._book.entry_of[line]]
        if differ(new.entry.subject, record.subject):
            return False
        self._book.complete(line, new.key)
        self.lines |= 1 << line
        self.entries |= 1 << record.index
        if record.line == line:
            record.text, record.key = new.entry.text, new.key
            record.subject = record.subject or new.entry.subject
            record.note(self._post.source)
            self._report(ChangeKind.EDITED, record)
        return True

    def _change(self, record: Record, new: Fresh) -> None:
        line = self._learn(record, new)
        if owns(self._post, new.entry, record):
            self._say(record, line, new, self._claims.withdrawn(new, record)[1])
            return
        record.others |= 1 << line
        if record.state is State.CANCELLED:
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
        before, record.state, record.marked, record.unsure = record.state, state, marked, False
        record.note(self._post.source)
        if state is State.CANCELLED:
            self._report(ChangeKind.CANCELLED, record)
        else:
            self._report(ChangeKind.EDITED if before is State.LIVE else ChangeKind.RESTORED, record)

    def _add(self, new: Fresh, explained: bool) -> None:
        """Enter a new entry; whose it is: the vouched author's, else the poster's, unless he only copied it unseen."""
        entry, post = new.entry, self._post
        unseen = explained and post.role not in RELAYING_ROLES and differ(entry.subject, post.author_key)
        copied = differ(entry.author, post.author) or (unseen and not any(mark in entry.text for mark in RELAY_MARKS))
        mark = withdrawal(new.key) if entry.withdrawn is not False else None
        withdrawn = bool(entry.withdrawn or (mark is not None and mark[1] and mark[0]))
        record = self._enter(new, entry.author or ("" if copied else post.author), withdrawn)
        record.line = self._learn(record, new)
        if copied:
            self._unseen |= 1 << record.line
        self._report(ChangeKind.CANCELLED if withdrawn else ChangeKind.ADDED, record)

    def _enter(self, new: Fresh, account: str, withdrawn: bool) -> Record:
        entry = new.entry
        record = Record(
            index=len(self._records.all), id=entry_id(new.key, self._records.count(new.key)), text=entry.text,
            key=new.key, line=-1, account=account, subject=entry.subject, person=entry.person, first=self._post.order,
            sources=[self._post.source], vouched=entry.author is not None,
            state=State.CANCELLED if withdrawn else State.LIVE, marked=withdrawn,
        )  # fmt: skip
        self._records.add(record)
        return record

    def _learn(self, record: Record, new: Fresh) -> int:
        line = self._book.add(new.key, record.index, new.entry.text)
        record.lines |= 1 << line
        self._written |= 1 << line
        self.lines |= 1 << line
        self.entries |= 1 << record.index
        return line

    # ---- lines taken out and put back ------------------------------------------------------------------------
    def _take_out(self) -> None:
        """Every version that the post can come from holds these entries, and the post does not."""
        for record in self._records.in_set(self._certain & ~self.entries):
            cut = self._sight.cut_after
            if record.state is State.CANCELLED or (cut is not None and record.index > cut):
                continue
            if owns(self._post, None, record) and not self._post.undated:
                self._stand(record, State.CANCELLED)
            elif self._versions.proves_gone(1 << record.index, self._sight.lines):
                self._ask_about([record])

    def _put_back(self) -> None:
        """An own line that no base shows was typed again, knowing that it had gone or said something else."""
        for record, line in self._stale():
            if not self._bases.possible >> line & 1:
                self._say_again(record, line)

    def _stay(self) -> None:
        """Who shows the own line again after a list without it, about which it had to be asked, did not mean to go."""
        for record in self._own:
            if record.unsure and self._sight.lines >> record.line & 1:
                self._stand(record, State.LIVE)

    def _put_beside(self) -> None:
        """An own line that had been replaced, shown beside its replacement for the first time, is a second entry."""
        for record in [r for r in self._own if r.state is State.LIVE]:
            shown = record.lines & self._sight.lines & ~record.others
            for line in members(shown & ~(1 << record.line)) if shown >> record.line & 1 else ():
                if not self._versions.shown_together(1 << line | 1 << record.line):
                    self._split(record, line)

    def _split(self, record: Record, line: int) -> None:
        key = self._book.keys[line]
        entry = PostEntry(self._shown_text(line) or key, record.subject, record.account if record.vouched else None)
        second = self._enter(Fresh(entry, key), record.account, withdrawn=False)
        second.line, second.lines = line, 1 << line
        record.lines &= ~(1 << line)
        self._book.entry_of[line] = second.index
        self._versions.move_line(1 << line, 1 << record.index, 1 << second.index, record.lines)
        self.entries |= 1 << second.index
        self._report(ChangeKind.ADDED, second)

    def _purpose(self) -> None:
        """A post that does nothing else was made for the own line in which it differs from what stands.

        Somebody who relays for others may well post an old list again as a reminder.
        """
        newest = self._versions.newest
        if newest is None or self._sight.doubled or self._post.role in RELAYING_ROLES:
            return
        stale = [(record, line) for record, line in self._stale() if not newest.lines >> line & 1]
        unseen = self._own_unseen()
        if len(stale) == 1 and not unseen and newest.lines != self._sight.lines:
            if not self._sight.lines & ~newest.lines & ~self._own_lines:  # else it is an older copy, or joins forks
                self._say_again(*stale[0])
        elif unseen and not stale and self._sight.cut_after is None:
            self._leave_out(unseen)

    def _leave_out(self, unseen: list[Record]) -> None:
        """Own lines alone are missing: taken out of a version that showed them, or an older list shown again.

        Nobody but he who wrote a line has a reason to post the list without it and nothing new. It is asked about where
        somebody else showed this very list after the line, and where he had copied this list himself and may have sent
        it by mistake. A list that nobody showed before joins forks.
        """
        mine = sum(1 << record.index for record in unseen)
        shown = self._versions.newest_showing(self._sight.lines)
        base = self._versions.left(mine, self._sight.entries, self._sight.lines & ~self._own_lines, shown)
        last = self._versions.newest_with(mine)
        if base and (base is last or shown is None or not self._versions.was_copied(shown, self._post)):
            for record in unseen:
                if base.entries >> record.index & 1:
                    self._stand(record, State.CANCELLED)
        elif last and shown and not self._versions.stands_by(shown, self._post, mine):
            self._ask_about([record for record in unseen if last.entries >> record.index & 1])

    def doubts(self) -> tuple[Change, ...]:
        """Enter what is doubtful about a list that the same hand showed within the minute.

        It is a second delivery, or what this hand added in between was taken out again at once: then it is asked about.
        """
        shown = self._versions.newest_showing(self._sight.lines)
        if shown is not None and self._post.role not in RELAYING_ROLES:
            since = self._versions.shown_by(self._post, shown.number)
            self._ask_about([record for record in self._own_unseen() if since >> record.index & 1])
        return tuple(self._changes)

    def _own_unseen(self) -> list[Record]:
        return [r for r in self._own if r.state is not State.CANCELLED and not self._sight.entries >> r.index & 1]

    def _ask_about(self, records: list[Record]) -> None:
        for record in records:
            if record.state is State.LIVE:
                record.state, record.unsure = State.DISPUTED, owns(self._post, None, record)
                record.note(self._post.source)
                self._report(ChangeKind.DISPUTED, record)

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
    def _report(self, kind: ChangeKind, record: Record, proposed: str | None = None) -> None:
        self._changes.append(Change(kind, record.id, record.text, self._post.source, proposed))


def _authors(sight: Sighting) -> tuple[str | None, ...]:
    return tuple({new.entry.author for new in sight.fresh})
