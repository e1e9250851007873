"""Exported transcripts of a group, as text or as a table; a bad row is named by its number and left out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.pastes.columns import Columns, find_columns
from domain.pastes.conversation import signed_messages
from domain.pastes.moments import read_day, read_moment

MAX_ROWS = 500_000
MAX_CELL = 100_000
_DELIMITERS = (",", "\t", ";", "|")
_TEXT_KINDS = frozenset(
    {"", "1", "49", "text", "文本", "文字", "txt", "card", "接龙", "群接龙", "链接", "文件", "app", "forward"}
)


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One message of a transcript. `row` is where it stands: the row of the table, or the line of the text.

    `said_at` is aware and exact to what the export gives (a minute or a second); `sequence` keeps the export's order
    within it. `account` and `chat` are what the table names, None where it does not; `kind` the export's own word.
    """

    row: int
    sequence: int
    said_at: datetime
    author: str | None
    text: str
    account: str | None = None
    chat: str | None = None
    id: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be read: its number as a spreadsheet shows it (the header is 1), and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What an export holds: its messages in order, and the rows that were left out."""

    lines: tuple[TranscriptLine, ...] = ()
    errors: tuple[RowError, ...] = field(default=())


def read_transcript(text: str, today: date | None = None) -> Transcript:
    """Return the messages of an exported transcript (CSV with a header row, or text with name and time lines)."""
    plain = text.removeprefix("\ufeff").replace("\x00", "")
    first = plain.lstrip().split("\n", 1)[0]
    for delimiter in _DELIMITERS:
        columns = find_columns(next(csv.reader([first], delimiter=delimiter), [])) if delimiter in first else None
        if columns:
            return _read_table(plain.lstrip(), delimiter, columns, today)
    return _read_text(plain, today)


def _read_table(text: str, delimiter: str, columns: Columns, today: date | None) -> Transcript:
    lines: list[TranscriptLine] = []
    errors: list[RowError] = []
    for row, cells in _rows(text, delimiter):
        if row == 1 or row > MAX_ROWS or (isinstance(cells, list) and not any(cell.strip() for cell in cells)):
            continue
        read = cells if isinstance(cells, str) else _message(row, len(lines), cells, columns, today)
        if isinstance(read, str):
            errors.append(RowError(row, read))
        elif read is not None:
            lines.append(read)
    return Transcript(tuple(lines), tuple(errors))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row with its number; where the table cannot be read on, the reason instead of its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    row = 0
    while True:
        row += 1
        try:
            yield row, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield row, f"no table row: {error}"


def _message(
    row: int, sequence: int, cells: list[str], columns: Columns, today: date | None
) -> TranscriptLine | str | None:
    """Return the message in a row, the reason why there is none, or None for a picture, a voice, a system line."""

    def cell(place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    if cell(columns.kind).lower() not in _TEXT_KINDS:
        return None
    if columns.text >= len(cells):
        return f"{len(cells)} cells, the text would be cell {columns.text + 1}"
    if len(cells[columns.text]) > MAX_CELL:
        return f"the text is longer than {MAX_CELL} characters"
    said_at = _said_at(cell(columns.day), cell(columns.time), today)
    if said_at is None:
        return f"no time in {f'{cell(columns.day)} {cell(columns.time)}'.strip()[:40]!r}"
    if not cell(columns.text):
        return "no text"
    return TranscriptLine(
        row, sequence, said_at, cell(columns.name) or None, cells[columns.text].strip().replace("\r\n", "\n"),
        cell(columns.account) or None, cell(columns.chat) or None, cell(columns.id) or None, cell(columns.kind) or None,
    )  # fmt: skip


def _said_at(day: str, clock: str, today: date | None) -> datetime | None:
    known = read_day(day, today) if day else None
    moment = read_moment(clock, today) or read_moment(day, today) or read_moment(f"{day} {clock}", today)
    return moment.on(known) if moment else None


def _read_text(text: str, today: date | None) -> Transcript:
    lines: list[TranscriptLine] = []
    errors: list[RowError] = []
    for number, message in signed_messages(text.split("\n"), today):
        if message.author is None or not message.text.strip():
            errors.append(RowError(number, "no name and time above this line" if message.text.strip() else "no text"))
        elif message.said_at is None:
            errors.append(RowError(number, "no day is known for this time"))
        else:
            lines.append(TranscriptLine(number, len(lines), message.said_at, message.author, message.text))
    return Transcript(tuple(lines), tuple(errors))
