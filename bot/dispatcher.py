"""Works the log off: reads, prepares, handles and commits in batches, the lane's offset in the same transaction."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.logs import get_logger
from domain.slots import Timetable
from handlers.admission import ChainReaders, prepare
from handlers.books import ChainBooks
from handlers.intake import handle_message
from handlers.turn import Prepared, Turn
from models import deliveries, lanes, log
from models.directory import Directory, load_directory, version_of
from models.lanes import LaneLost
from models.log import LoggedMessage
from models.store import Store, is_locked

BATCH = 16
MAX_TRIES = 3
_POSTPONED_SECONDS = 1.0
_log = get_logger("dispatcher")


@dataclass(frozen=True, slots=True)
class Progress:
    """What one round of work came to: messages handled, and those that failed and wait for another try."""

    handled: int
    failed: int = 0


class Dispatcher:
    """Handles the messages of one lane in the order of the log. It is the only one that changes the ledger."""

    def __init__(self, store: Store, lane: int, timetable: Timetable) -> None:
        self._store, self._lane, self._timetable = store, lane, timetable
        self._directory: Directory | None = None
        self._books, self._readers = ChainBooks(), ChainReaders()
        self._careful = False

    def process_batch(self, limit: int = BATCH) -> Progress:
        """Handle up to `limit` messages; 0 handled means that nothing waits.

        Parsing happens before the transaction. When a batch fails, the next round takes its messages one by one, so
        that a message that cannot be handled is counted, retried and in the end set aside without its neighbours.
        """
        batch, directory = self._read(1 if self._careful else limit)
        if not batch:
            self._careful = False
            return Progress(0)
        try:
            prepared = [self._prepare(logged, directory) for logged in batch]
            self._store.write(lambda connection: self._handle(connection, prepared, directory)).result()
        except Exception as error:
            self._books.forget_all()
            if is_locked(error) or isinstance(error, LaneLost):
                raise
            return self._after_failure(batch, error)
        self._careful = False
        return Progress(len(batch))

    def work_off(self) -> None:
        """Handle everything that waits, what fails included: afterwards it is handled or set aside."""
        while (progress := self.process_batch()).handled or progress.failed:
            pass

    def retry_set_aside(self) -> int:
        """Try each message that was set aside once more, for a newer version may know better; return what still fails.

        A late message takes its place in the books by when it was said.
        """
        with self._store.read() as connection:
            positions = [position for position, _, _ in log.set_aside(connection, self._lane)]
            waiting = log.read_positions(connection, self._store.ring, self._lane, positions) if positions else []
            directory = load_directory(connection, self._store.ring, self._lane) if waiting else None
        failing = 0
        for logged in waiting:
            assert directory is not None  # noqa: S101 - read with the messages
            try:
                prepared = self._prepare(logged, directory)
                self._store.write(partial(self._handle_batch, batch=[prepared], directory=directory)).result()
            except Exception as error:  # noqa: BLE001 - it stays aside, and the program starts all the same
                self._books.forget_all()
                _log.failure("message_failed_again", error, position=logged.position)
                failing += 1
        return failing

    async def run(self, arrived: asyncio.Event) -> None:
        """Work until cancelled; sleep while nothing has arrived."""
        while True:
            arrived.clear()
            try:
                progress = await asyncio.to_thread(self.process_batch)
            except Exception as error:  # noqa: BLE001 - the database is locked or full: wait for better times
                _log.failure("batch_postponed", error)
                await asyncio.sleep(_POSTPONED_SECONDS)
                continue
            if not progress.handled and not progress.failed:
                await arrived.wait()

    def _read(self, limit: int) -> tuple[list[LoggedMessage], Directory]:
        with self._store.read() as connection:
            version = version_of(connection, self._lane)
            if self._directory is None or self._directory.version != version:
                self._directory = load_directory(connection, self._store.ring, self._lane)
            return log.read_next(connection, self._store.ring, self._lane, limit), self._directory

    def _handle(self, connection: Connection, batch: Sequence[Prepared], directory: Directory) -> None:
        """Handle a batch inside its transaction, the lane's offset first."""
        lanes.advance(connection, self._lane, 0, batch[-1].logged.position)
        self._handle_batch(connection, batch, directory)

    def _handle_batch(self, connection: Connection, batch: Sequence[Prepared], directory: Directory) -> None:
        seen = deliveries.around(connection, self._lane, [p.logged for p in batch])
        books, ring = self._books, self._store.ring
        fates = []
        directory = self._current(connection, directory)
        for waiting in batch:
            prepared = waiting if waiting.version == directory.version else self._prepare(waiting.logged, directory)
            turn = Turn(connection, ring, self._lane, directory, self._timetable, prepared, books, seen)
            fates.append(handle_message(turn))
            if prepared.command:
                directory = self._current(connection, directory)
        log.settle(connection, self._lane, [fate for fate in fates if fate[0] not in seen.repeats])

    def _current(self, connection: Connection, directory: Directory) -> Directory:
        if version_of(connection, self._lane) == directory.version:
            return directory
        return load_directory(connection, self._store.ring, self._lane)

    def _prepare(self, logged: LoggedMessage, directory: Directory) -> Prepared:
        return prepare(logged, directory, self._timetable, self._readers)

    def _after_failure(self, batch: Sequence[LoggedMessage], error: Exception) -> Progress:
        if len(batch) > 1:
            self._careful = True
            return Progress(0, len(batch))
        first = batch[0]
        _log.failure("message_failed", error, position=first.position)
        place = f"{type(error).__name__}"
        tries = self._store.write(lambda c: log.count_try(c, self._lane, first.position, place)).result()
        if tries >= MAX_TRIES:
            self._store.write(lambda c: self._set_aside(c, first.position)).result()
        self._careful = True
        return Progress(0, 1)

    def _set_aside(self, connection: Connection, position: int) -> None:
        lanes.advance(connection, self._lane, 0, position)
        log.settle(connection, self._lane, [(position, log.ASIDE, True)])
