"""Opens the tables that communities hand over, CSV or XLSX, as rows of text; refuses what is none, in clear words."""

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook

MAX_BYTES = 5_000_000
MAX_UNPACKED = 20_000_000
MAX_RATIO = 100
MAX_PARTS = 200
MAX_ROWS = 20_000
MAX_CELL = 2_000
_ENCODINGS = ("utf-8-sig", "gb18030")


class SheetError(Exception):
    """The file cannot be read as a table; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows below it; `first_row` is the row number of the first of them in the file."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2


def read_sheet(path: Path) -> Sheet:
    """Read a CSV (UTF-8 or GB18030) or XLSX file. Raises SheetError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror}); check the name and the folder") from None
    if len(content) > MAX_BYTES:
        raise SheetError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it or export it as CSV")
    rows = _read_xlsx(path, content) if content[:2] == b"PK" else _read_csv(path, content)
    header = next((number for number, row in enumerate(rows) if any(row)), None)
    if header is None:
        raise SheetError(f"{path}: the file is empty; the first row must name the columns")
    if len(rows) > MAX_ROWS:
        raise SheetError(f"{path}: more than {MAX_ROWS} rows; split it")
    return Sheet(tuple(rows[header]), tuple(tuple(row) for row in rows[header + 1 :]), header + 2)


def _read_csv(path: Path, content: bytes) -> list[list[str]]:
    if b"\0" in content:
        raise SheetError(f"{path}: this is no table but some other kind of file; save it as CSV or XLSX")
    text = decode(path, content)
    sample = text[:4_000]
    delimiter = max(",\t;", key=sample.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetError(
            f"{path}: this is no valid CSV ({error}); open it in a spreadsheet and save it as CSV"
        ) from None
    return [[_clean(cell) for cell in row] for row in rows]


def decode(path: Path, content: bytes) -> str:
    """Return the text of a file in UTF-8 or GB18030. Raises SheetError."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(c) < 32 and c not in "\t\r\n" for c in text[:10_000]):
            return text
    raise SheetError(f"{path}: neither UTF-8 nor GB18030 text; save it as “CSV UTF-8” or XLSX")


def _read_xlsx(path: Path, content: bytes) -> list[list[str]]:
    _guard(path, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = []
        for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2):
            rows.append([_clean(_text(cell)) for cell in row])
        book.close()
    except Exception as error:  # noqa: BLE001 - openpyxl raises a dozen kinds for a broken file; all mean the same here
        raise SheetError(
            f"{path}: this XLSX cannot be opened ({type(error).__name__}); save it anew or as CSV"
        ) from None
    return rows


def _guard(path: Path, content: bytes) -> None:
    """Refuse archives that unpack to far more than they weigh, before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except zipfile.BadZipFile:
        raise SheetError(f"{path}: this XLSX is damaged; save it anew or as CSV") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 1):
        raise SheetError(f"{path}: unpacks to more than a table should; export it as CSV")
    names = [part.filename.lower() for part in parts]
    if "[content_types].xml" not in names:
        raise SheetError(f"{path}: this is an archive but no XLSX; save the table as XLSX or CSV")
    if any("vbaproject" in n or "externallink" in n or n.endswith((".zip", ".xlsx")) for n in names):
        raise SheetError(f"{path}: holds macros, links to other files or packed files; save it as plain XLSX or CSV")
    if any(_declares_entities(path, archive, part) for part in parts):
        raise SheetError(f"{path}: declares entities, which no spreadsheet does; save it anew or as CSV")


def _declares_entities(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Say whether a part carries a document type: the way in for files of this machine and for endless texts."""
    try:
        return b"<!DOCTYPE" in archive.read(part) if part.filename.endswith((".xml", ".rels")) else False
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise SheetError(f"{path}: this XLSX is damaged or locked; save it anew or as CSV") from None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())[:MAX_CELL]
