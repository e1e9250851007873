"""The database of one installation: a single writer thread with group commit, and a read-only engine for pages.

SQLite runs in WAL with `synchronous=FULL`: NORMAL loses acknowledged rows at a power cut. The driver's own transaction
handling is switched off and every transaction begins IMMEDIATE, because a deferred one that upgrades loses updates.
"""

import fcntl
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from models.crypto import KeyRing, KeyRingError, ring_path
from models.migrations.upgrade import HEAD, UnknownVersion, upgrade, version_of

T = TypeVar("T")
GROUP_LIMIT = 256
GROUP_SECONDS = 0.010
_BUSY_MILLISECONDS = 10_000
_Piece = tuple[Callable[[Connection], Any], Future[Any]]
_Group = list[_Piece]


class DataFolderBusy(Exception):
    """Another gridbot is running on this data folder; stop it first, or choose another folder with --data."""


class DataFolderError(Exception):
    """The data folder cannot be used; the message says why."""


class ReadOnlyStore:
    """A data folder that is only looked at; another gridbot may be running on it."""

    def __init__(self, data: Path) -> None:
        database = data / "gridbot.db"
        if not database.is_file():
            raise DataFolderError(f"{data} holds no gridbot data; name the right folder with --data")
        self.ring = KeyRing.load(ring_path(data))
        self._reader = _engine(database, read_only=True)
        try:
            with self._reader.connect() as connection:
                version = version_of(connection)
        except DBAPIError as error:
            self._reader.dispose()
            what = f"{database} cannot be read ({error.orig}); restore it from the last backup"
            raise DataFolderError(what) from None
        if version != HEAD:
            self._reader.dispose()
            raise DataFolderError(
                f"{data} was written by another version of gridbot (tables {version}, this one knows {HEAD}); "
                "start `gridbot run` on it once with the newest version"
            )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a read-only connection that sees one consistent state."""
        with self._reader.connect() as connection:
            yield connection

    def close(self) -> None:
        self._reader.dispose()


class Store:
    """One data folder: `gridbot.db`, its lock and its key ring (beside the folder).

    `write` runs a function in the writer thread; its future resolves only after the commit that holds its rows.
    """

    def __init__(self, data: Path, ring: KeyRing, lock: int | None) -> None:
        self.data, self.ring, self._lock = data, ring, lock
        self._engine = _engine(data / "gridbot.db", read_only=False)
        self._reader = _engine(data / "gridbot.db", read_only=True)
        self._queue: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="gridbot-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, data: Path) -> "Store":
        """Open or create the folder, take its lock and bring the tables up to date.

        Raises DataFolderBusy at once where another process owns it, DataFolderError or KeyRingError where it cannot
        be used.
        """
        try:
            data.mkdir(parents=True, exist_ok=True)
            lock = _take_lock(data / "lock")
        except OSError as error:
            raise DataFolderError(f"the data folder {data} cannot be used: {error.strerror}") from None
        try:
            return cls._open_locked(data, lock)
        except BaseException:
            os.close(lock)
            raise

    @classmethod
    def scratch(cls, data: Path, ring: KeyRing) -> "Store":
        """Return a store in an empty folder that shares a ring: for looking at the past, thrown away afterwards."""
        upgrade(data / "gridbot.db")
        return cls(data, ring, None)

    @classmethod
    def _open_locked(cls, data: Path, lock: int) -> "Store":
        database, keys = data / "gridbot.db", ring_path(data)
        if database.exists() and not keys.exists():
            raise KeyRingError(f"{keys} is missing, but {database} needs it; put the key ring back beside the folder")
        ring = KeyRing.load(keys) if keys.exists() else KeyRing.create(keys)
        try:
            upgrade(database)
        except UnknownVersion:
            raise DataFolderError(f"{database} was written by a newer gridbot; update this one") from None
        except DBAPIError as error:
            raise DataFolderError(
                f"{database} cannot be used ({error.orig}); restore it from the last backup"
            ) from None
        return cls(data, ring, lock)

    def write(self, work: Callable[[Connection], T]) -> Future[T]:
        """Run `work` in the writer thread. It must not commit, wait for anything else, or keep the connection.

        It may run twice: when another piece of work of the same group fails, each is run again on its own. A future
        that is cancelled before its turn is not run at all.
        """
        future: Future[T] = Future()
        self._queue.put((work, future))
        return future

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a read-only connection that sees one consistent state."""
        with self._reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Finish what is queued, close the files and give up the lock."""
        self._queue.put(None)
        self._thread.join()
        self._reader.dispose()
        self._engine.dispose()  # last, because only a connection that may write can empty the WAL file
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # ---- the writer thread -----------------------------------------------------------------------------------------
    def _run(self) -> None:
        with self._engine.connect() as connection:
            while (group := self._gather()) is not None:
                self._commit(connection, group)

    def _gather(self) -> _Group | None:
        """Wait for work and return what has gathered; from here on a caller can no longer take its piece back."""
        first = self._queue.get()
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP_LIMIT:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if item is None:
                self._queue.put(None)
                break
            group.append(item)
        return [piece for piece in group if piece[1].set_running_or_notify_cancel()]

    def _commit(self, connection: Connection, group: _Group) -> None:
        """Commit the group in short transactions; where one fails, each of its pieces is tried on its own.

        A database that takes nothing fails all of them: each would wait in vain as long as the first one did.
        """
        while group:
            try:
                results = _run_together(connection, group)
            except Exception as error:  # noqa: BLE001 - the caller gets it; the thread must live on
                if len(group) == 1 or is_locked(error):
                    for _, future in group:
                        future.set_exception(error)
                    return
                for item in group:
                    self._commit(connection, [item])
                return
            for (_, future), result in zip(group, results, strict=False):
                future.set_result(result)
            group = group[len(results) :]


def _run_together(connection: Connection, group: _Group) -> list[Any]:
    """Run the first pieces of a group in one transaction, as many as fit into its time; return their results."""
    started, results = time.monotonic(), []
    with connection.begin():
        for work, _ in group:
            results.append(work(connection))
            if time.monotonic() - started > GROUP_SECONDS:
                break
    return results


def is_locked(error: BaseException) -> bool:
    """Say whether the database refused because another process holds its write lock or the disk is full."""
    return isinstance(error, DBAPIError) and any(w in str(error.orig) for w in ("locked", "busy", "full", "disk I/O"))


def _take_lock(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise DataFolderBusy(
            f"another gridbot is running on {path.parent}; stop it first, or choose another folder with --data"
        ) from None
    return handle


def _engine(path: Path, *, read_only: bool) -> Engine:
    address = f"file:{quote(str(path))}{'?mode=ro' if read_only else ''}"
    seconds = _BUSY_MILLISECONDS / 1000
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, timeout=seconds, check_same_thread=False),
        poolclass=QueuePool,
        query_cache_size=1_000,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _READ_PRAGMAS if read_only else _WRITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.execute(text("BEGIN" if read_only else "BEGIN IMMEDIATE"))

    return engine


_READ_PRAGMAS = (f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}", "PRAGMA query_only=ON")
_WRITE_PRAGMAS = (
    f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-16000",
)
