"""Whether a database file is whole, asked without opening it for writing."""

import sqlite3
from pathlib import Path
from urllib.parse import quote


class DatabaseUnreadable(Exception):
    """The file is no database, or is damaged beyond reading; restore it from the last backup."""


def quick_check(database: Path) -> str:
    """Return "ok", or the first fault that SQLite finds. Raises DatabaseUnreadable."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise DatabaseUnreadable(str(error)) from None
