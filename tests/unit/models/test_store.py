"""The store keeps its promises: one owner, no lost update, whole transactions, neighbours that do not fail together."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from models import lanes
from models.store import DataFolderBusy, DataFolderError, Store

ROOT = Path(__file__).parents[3]
WRITERS, INCREMENTS = 8, 200


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data")
    yield opened
    opened.close()


def head(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(text("SELECT coalesce(sum(head), 0) FROM lanes")).scalar_one())


def test_second_start_in_the_same_process_is_refused(store: Store) -> None:
    with pytest.raises(DataFolderBusy, match="--data"):
        Store.open(store.data)


def test_folder_is_free_again_after_closing(tmp_path: Path) -> None:
    for _ in range(3):
        Store.open(tmp_path / "data").close()


def test_eight_writers_lose_no_increment(store: Store) -> None:
    def increment(connection: Connection) -> None:
        lanes.reserve(connection, 1, 1)

    def writer() -> None:
        for _ in range(INCREMENTS):
            store.write(increment).result()

    threads = [threading.Thread(target=writer) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert head(store) == WRITERS * INCREMENTS


def test_two_processes_lose_no_increment(store: Store) -> None:
    script = (
        "import sys; from pathlib import Path; from models import lanes; from models.store import Store\n"
        "from models.crypto import KeyRing, ring_path; data = Path(sys.argv[1])\n"
        "store = Store(data, KeyRing.load(ring_path(data)), None)\n"
        "[store.write(lambda c: lanes.reserve(c, 1, 1)).result() for _ in range(200)]; store.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(store.data)], cwd=ROOT) for _ in range(2)]
    for _ in range(INCREMENTS):
        store.write(lambda c: lanes.reserve(c, 1, 1)).result()
    assert [process.wait(60) for process in running] == [0, 0]
    assert head(store) == 3 * INCREMENTS


def held(store: Store) -> threading.Event:
    """Keep the writer busy, so that what is written next travels in one group."""
    go, busy = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        busy.set()
        go.wait(10)

    store.write(wait)
    busy.wait(10)
    return go


def test_failing_piece_of_a_group_does_not_fail_its_neighbours(store: Store) -> None:
    def fail(connection: Connection) -> None:
        lanes.ensure_lane(connection, 99)
        raise ValueError("this piece fails")

    go = held(store)
    before = [store.write(lambda c, n=n: lanes.reserve(c, n, 1)) for n in range(5)]
    failing = store.write(fail)
    after = [store.write(lambda c, n=n: lanes.reserve(c, n, 1)) for n in range(5, 10)]
    go.set()
    assert [f.result(10) for f in before + after] == [1] * 10
    with pytest.raises(ValueError, match="this piece"):
        failing.result(10)
    with store.read() as connection:
        found = connection.execute(text("SELECT lane, head FROM lanes ORDER BY lane")).all()
    assert [tuple(row) for row in found] == [(n, 1) for n in range(10)]


def test_work_given_up_before_its_turn_is_not_done_and_the_writer_goes_on(store: Store) -> None:
    go = held(store)
    given_up = store.write(lambda c: lanes.reserve(c, 1, 1))
    assert given_up.cancel()
    kept = store.write(lambda c: lanes.reserve(c, 2, 1))
    go.set()
    assert kept.result(10) == 1
    assert store.write(lambda c: lanes.reserve(c, 2, 1)).result(10) == 2
    assert head(store) == 2


def test_reader_sees_no_half_transaction(store: Store) -> None:
    def move(connection: Connection) -> None:
        for lane in (1, 2):
            lanes.reserve(connection, lane, 1)

    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            store.write(move).result()

    store.write(move).result()
    writer = threading.Thread(target=write)
    writer.start()
    uneven = 0
    for _ in range(300):
        with store.read() as connection:
            one = connection.execute(text("SELECT head FROM lanes WHERE lane = 1")).scalar_one()
            two = connection.execute(text("SELECT head FROM lanes WHERE lane = 2")).scalar_one()
        uneven += one != two
    stop.set()
    writer.join()
    assert uneven == 0
    assert head(store) > 2, "nothing was written meanwhile: this test would prove nothing"


def test_reader_cannot_write(store: Store) -> None:
    with store.read() as connection, pytest.raises(OperationalError, match="readonly"):
        lanes.ensure_lane(connection, 1)


def test_pragmas_are_those_of_the_architecture(store: Store) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")

    def ask(connection: Connection) -> list[object]:
        return [connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names]

    assert store.write(ask).result() == ["wal", 2, 1, 1, 10_000]


def test_every_write_takes_the_write_lock_at_once(store: Store) -> None:
    """A deferred transaction that upgrades loses updates: between begin and the first write nobody else may write."""
    refused: list[str] = []

    def look(_connection: Connection) -> None:
        other = sqlite3.connect(store.data / "gridbot.db", timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            refused.append(str(error))
        finally:
            other.close()

    store.write(look).result()
    assert refused == ["database is locked"]


def test_locked_database_refuses_a_whole_group_at_once(store: Store) -> None:
    """Each piece waiting out the lock on its own would hold everybody up for ten seconds a piece."""
    turns: list[int] = []

    def locked(number: int) -> None:
        turns.append(number)
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    go = held(store)
    refused = [store.write(lambda _c, n=n: locked(n)) for n in range(3)]
    go.set()
    for future in refused:
        with pytest.raises(OperationalError):
            future.result(10)
    assert turns == [0]
    assert store.write(lambda c: lanes.reserve(c, 1, 1)).result(10) == 1


def test_error_of_the_database_quotes_no_values(store: Store) -> None:
    insert = text("INSERT INTO lanes (lane, head, position, epoch, owner) VALUES (1, 0, 0, 0, :owner)")

    def twice(connection: Connection) -> None:
        for _ in range(2):
            connection.execute(insert, {"owner": "慕容金丝雀"})

    with pytest.raises(IntegrityError) as failed:
        store.write(twice).result()
    assert "慕容金丝雀" not in str(failed.value)


@pytest.mark.parametrize("name", ["数据 一", "50%25", "what?mode=ro", "a#b", "it's"])
def test_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    for expected in (1, 2):
        store = Store.open(tmp_path / name)
        assert store.write(lambda c: lanes.reserve(c, 1, 1)).result() == expected
        store.close()
    assert (tmp_path / name / "gridbot.db").is_file()


@pytest.mark.parametrize("content", [b"this is no database" * 100, os.urandom(4096)])
def test_file_that_is_no_database_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    Store.open(tmp_path / "data").close()
    for left in (tmp_path / "data").glob("gridbot.db-*"):
        left.unlink()
    (tmp_path / "data/gridbot.db").write_bytes(content)
    with pytest.raises(DataFolderError, match=r"gridbot\.db"):
        Store.open(tmp_path / "data")


def test_data_of_a_newer_program_is_refused_in_words(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    database = sqlite3.connect(tmp_path / "data/gridbot.db")
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    with pytest.raises(DataFolderError, match="newer"):
        Store.open(tmp_path / "data")


def test_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(DataFolderError, match="cannot be"):
        Store.open(tmp_path / "data")
