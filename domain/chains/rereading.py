"""Reading a chain that is posted again and again: only what is new in it is read, with the result of reading it whole.

A re-post begins with the same header and repeats lines that were read before. Where that is so, each known line gives
its entry from memory, and the few new ones are read below their neighbours. Anything else (another header, a
tail, lines that continue others) is read whole, and so is every post that doubled the list since the last whole
reading, because what kind of chain it is may show only in its entries.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.chains.snapshot import Entry, Snapshot, read_snapshot

MEMO = 2_000
FEWEST = 8
MOST_NEW = 4
ABOVE = 2


class ChainReader:
    """Reads the posts of one chain. `read` answers as `read_snapshot` does, at the cost of what changed."""

    def __init__(self, read_whole: Callable[[str], Snapshot | None] = read_snapshot) -> None:
        self._read_whole = read_whole
        self._header: str | None = None
        self._entries: dict[str, Entry] = {}
        self._model: Snapshot | None = None
        self.whole_readings = 0

    def read(self, text: str) -> Snapshot | None:
        """Return the snapshot that the text holds, None where it holds none."""
        snapshot = self._read_again(text)
        if snapshot is None:
            self.whole_readings += 1
            snapshot = self._read_whole(text)
            self._learn(text, snapshot)
        return snapshot

    def _read_again(self, text: str) -> Snapshot | None:
        if self._header is None or self._model is None or not text.startswith(self._header):
            return None
        lines = text[len(self._header) :].split("\n")
        if not FEWEST <= len(lines) < 2 * len(self._model.entries) or not self._know(lines):
            return None
        return replace(self._model, entries=tuple(map(self._entries.__getitem__, lines)))

    def _know(self, lines: list[str]) -> bool:
        """Read what is new among the lines; False where that takes a whole reading."""
        if len(self._entries) > MEMO:
            self._entries.clear()
        new = [at for at, line in enumerate(lines) if line not in self._entries]
        return len(new) <= MOST_NEW and all(self._know_beside(lines[max(0, at - ABOVE) : at + 1]) for at in new)

    def _know_beside(self, lines: list[str]) -> bool:
        """Read the last of these lines below the others, which tell how entries look here."""
        read = self._read_whole(f"{self._header}{chr(10).join(lines)}") if len(lines) > 1 else None
        if read is None or not self._is_line_by_line(lines, read):
            return False
        self._entries[lines[-1]] = read.entries[-1]
        return True

    def _learn(self, text: str, snapshot: Snapshot | None) -> None:
        self._header, self._model = None, None
        if snapshot is None or len(snapshot.entries) < FEWEST or snapshot.tail:
            return
        lines = text.split("\n")
        body = lines[-len(snapshot.entries) :]
        if self._is_line_by_line(body, snapshot) and len(set(body)) == len(body):
            self._header = text[: len(text) - len("\n".join(body))]
            self._model = snapshot
            self._entries.update(zip(body, snapshot.entries, strict=True))

    def _is_line_by_line(self, lines: list[str], read: Snapshot) -> bool:
        """Return whether each line is one numbered entry, its text written out at the line's end."""
        return (
            len(lines) == len(read.entries)
            and not read.tail
            and all(
                entry.number is not None and not entry.section and line.endswith(entry.text) and len(line) < 400
                for line, entry in zip(lines, read.entries, strict=True)
            )
        )
