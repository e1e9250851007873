"""Which known line a posted line is: every distinct line is normalised once and has a number ever after."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from domain.chains.posts import Post, PostEntry
from domain.chains.records import Record, Records, owns
from domain.chains.similarity import line_key, loose_key, without_cut, without_signs
from domain.chains.versions import members

MEMO = 20_000
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Fresh:
    """A line that was never seen. `in_place`: a known line follows it, so it was not put at the end of the list."""

    entry: PostEntry
    key: str
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a post shows: known lines and their entries as bit sets, and what is new.

    `lines` are those that it surely shows; each bit set in `perhaps` holds what a line cut short may have been.
    `cut_after`: the last entry before the text breaks off, None where it does not; what is missing behind it is no
    removal. `doubled`: a line stands in it twice, as when a list is pasted under itself.
    """

    lines: int
    entries: int
    fresh: tuple[Fresh, ...]
    perhaps: tuple[int, ...] = ()
    cut_after: int | None = None
    doubled: bool = False


class LineBook:
    """The lines of one chain by number. Equal lines of different people are told apart by their occurrence.

    `sole` remembers by posted text which number a line has that only one entry ever had: nearly all of a re-post.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.entry_of: list[int] = []
        self.bits: list[int] = []
        self.sole: dict[str, int] = {}
        self._numbers: dict[str, list[int]] = {}
        self._loose: dict[str, list[int]] = {}
        self._stems: dict[str, int] = {}
        self._memo: dict[str, str] = {}

    def add(self, key: str, entry: int, raw: str) -> int:
        """Give the line its number and let it speak for `entry`."""
        number = len(self.keys)
        self.keys.append(key)
        self.entry_of.append(entry)
        self.bits.append(1 << number)
        self._enter(key, number)
        stem = without_cut(raw)
        if stem:
            self._stems[stem] = number
        return number

    def key_of(self, text: str) -> str:
        """Return the normal form of a line, worked out once for each distinct text; a cut line keeps its "…"."""
        key = self._memo.get(text)
        if key is None:
            if len(self._memo) >= MEMO:
                self._memo.clear()
            stem = without_cut(text)
            key = self._memo[text] = f"{stem}…" if stem else line_key(text)
        return key

    def entries_of(self, lines: int) -> int:
        """Return the entries that a bit set of lines speaks for, as a bit set."""
        return sum(1 << entry for entry in {self.entry_of[number] for number in members(lines)})

    def knows(self, text: str) -> bool:
        """Return whether a line has stood here, whatever its spaces, width and punctuation."""
        return text in self.sole or self.key_of(text) in self._numbers

    def numbers(self, key: str) -> list[int]:
        """Return the lines with exactly this key, oldest first."""
        return self._numbers.get(key, [])

    def loosely(self, key: str) -> list[int]:
        """Return the lines that differ from the key in nothing but separators and emoji."""
        return self._loose.get(loose_key(key), [])

    def beginning_with(self, stem: str) -> list[int]:
        """Return the lines that a line cut after `stem` may have been."""
        return [number for number, key in enumerate(self.keys) if key.startswith(stem)]

    def completed_by(self, key: str) -> int | None:
        """Return the line that was only seen cut short and that `key` is the whole of."""
        return next((number for stem, number in self._stems.items() if key.startswith(stem)), None)

    def complete(self, number: int, key: str) -> None:
        """Let a line that was only seen cut short be known by its whole text."""
        self._stems = {stem: cut for stem, cut in self._stems.items() if cut != number}
        self.keys[number] = key
        self._enter(key, number)

    def _enter(self, key: str, number: int) -> None:
        known = self._numbers.setdefault(key, [])
        known.append(number)
        if len(known) > 1:
            self.sole.clear()
        self._loose.setdefault(loose_key(key), []).append(number)


def recognise(post: Post, book: LineBook, records: Records) -> Sighting:
    """Return what the post shows, line by line; blank slots and doubled lines are nothing."""
    return _Recognition(post, book, records).sighting()


class _Recognition:
    def __init__(self, post: Post, book: LineBook, records: Records) -> None:
        self._post, self._book, self._records = post, book, records
        self._used: dict[int, int] = {}
        self._unsure: dict[int, list[int]] = {}
        self._fresh: list[tuple[int, Fresh]] = []
        self._cut = self._doubled = False

    def sighting(self) -> Sighting:
        sole, used = self._book.sole, self._used
        for at, entry in enumerate(self._post.entries):
            number = sole.get(entry.text)
            if number is not None and number not in used and entry.author is None:
                used[number] = at
            else:
                self._look_up(at, entry)
        return self._summed_up()

    def _look_up(self, at: int, entry: PostEntry) -> None:
        key = self._book.key_of(entry.text)
        found = self._book.numbers(key)
        if len(found) == 1 and found[0] not in self._used and entry.author is None:
            self._book.sole[entry.text] = found[0]
            self._used[found[0]] = at
        elif key:
            self._look_closer(at, entry, key)

    @cached_property
    def _keys(self) -> list[str]:
        return [self._book.key_of(entry.text) for entry in self._post.entries]

    @property
    def _last(self) -> int:
        return max((at for at, key in enumerate(self._keys) if key), default=-1)

    def _summed_up(self) -> Sighting:
        book = self._book
        sure = [number for number in self._used if number not in self._unsure] if self._unsure else self._used
        shown = set(map(book.entry_of.__getitem__, self._used))
        last = next(reversed(self._used.values()), -1)
        return Sighting(
            lines=sum(map(book.bits.__getitem__, sure)),
            entries=sum(map(book.bits.__getitem__, shown)),
            fresh=tuple(replace(new, in_place=at < last) for at, new in self._fresh),
            perhaps=tuple(sum(map(book.bits.__getitem__, texts)) for texts in self._unsure.values()),
            cut_after=max(shown, default=-1) if self._cut else None,
            doubled=self._doubled,
        )

    def _look_closer(self, at: int, entry: PostEntry, key: str) -> None:
        same = self._book.numbers(key)
        agreeing = [number for number in same if not self._contradicts(number, entry)]
        free = [number for number in agreeing if number not in self._used]
        if free:
            self._used[min(free, key=lambda number: self._preference(number, entry))] = at
        elif agreeing:
            if self._is_another_person(entry, key, agreeing):
                self._fresh.append((at, Fresh(entry, key)))
            else:
                self._doubled = True
        elif not any(new.key == key and new.entry.author == entry.author for _, new in self._fresh):
            number = None if same else self._mangled(at, entry, key)
            if number is None:
                self._fresh.append((at, Fresh(entry, key)))
            else:
                self._used.setdefault(number, at)

    def _contradicts(self, number: int, entry: PostEntry) -> bool:
        record = self._record(number)
        return record.vouched and entry.author is not None and record.account != entry.author

    def _preference(self, number: int, entry: PostEntry) -> tuple[bool, bool, int]:
        """Somebody who leaves out one of several equal lines leaves out his own."""
        record = self._record(number)
        return record.account != entry.author, owns(self._post, entry, record), number

    def _is_another_person(self, entry: PostEntry, key: str, same: list[int]) -> bool:
        """Tell a neighbour's equal entry ("2份" under "2份") from a list that was pasted twice."""
        if entry.subject or any(owns(self._post, entry, self._record(number)) for number in same):
            return False
        surplus = {k: n - max(len(self._book.numbers(k)), 1) for k, n in Counter(self._keys).items() if k}
        return [n for n in surplus.values() if n > 0] == [1] and surplus[key] == 1

    def _mangled(self, at: int, entry: PostEntry, key: str) -> int | None:
        """Return the known line that a client cut short or whose separators it lost."""
        stem = without_cut(entry.text)
        last = at == self._last
        if stem is not None:
            self._cut = self._cut or last
            return self._cut_line(self._book.beginning_with(stem)) if stem else None
        found = self._only(self._book.loosely(key))
        if found is not None:
            is_correction = without_signs(key) != without_signs(self._book.keys[found])
            return None if is_correction and owns(self._post, entry, self._record(found)) else found
        return self._broken_off(entry, key) if last and len(key) >= SHORTEST_STEM else None

    def _broken_off(self, entry: PostEntry, key: str) -> int | None:
        """Return the line that the last one is the start of, where a text breaks off without a "…"."""
        found = self._only(self._book.beginning_with(key))
        if found is None or owns(self._post, entry, self._record(found)):
            return None
        record = self._record(found)
        later = any(self._book.entry_of[number] > record.index for number in self._used)
        if later or (entry.subject and entry.subject != record.subject) or entry.author:
            return None
        self._cut = True
        return found

    def _cut_line(self, numbers: list[int]) -> int | None:
        """Return a line that the cut one was; which text of its entry it was, nobody can tell."""
        found = self._only(numbers)
        if found is not None:
            entry = self._book.entry_of[found]
            texts = [number for number in numbers if self._book.entry_of[number] == entry]
            if len(texts) > 1:
                self._unsure[found] = texts
        return found

    def _only(self, numbers: list[int]) -> int | None:
        free = [number for number in numbers if number not in self._used and self._book.keys[number] not in self._keys]
        return free[0] if len({self._book.entry_of[number] for number in free}) == 1 else None

    def _record(self, number: int) -> Record:
        return self._records.all[self._book.entry_of[number]]
