"""The community's directory as it is now, read again only when it has changed."""

from sqlalchemy import Connection

from models.directory import Directory, load_directory, version_of
from models.store import Store


class CurrentDirectory:
    """One lane's directory for the parts of the program that ask often."""

    def __init__(self, store: Store, lane: int) -> None:
        self._store, self._lane = store, lane
        self._kept: Directory | None = None

    def read(self, connection: Connection) -> Directory:
        """Return the directory within a transaction that is open already."""
        kept = self._kept
        if kept is None or kept.version != version_of(connection, self._lane):
            kept = self._kept = load_directory(connection, self._store.ring, self._lane)
        return kept

    def get(self) -> Directory:
        """Return the directory in a transaction of its own."""
        with self._store.read() as connection:
            return self.read(connection)

    def forget(self) -> None:
        """Read anew the next time, whatever the version says."""
        self._kept = None
