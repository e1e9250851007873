"""Migrations lead to exactly the tables that the program knows, may run again, and are whole or not there at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

import models.tables
from models.base import metadata
from models.migrations.upgrade import upgrade
from models.store import Store

ROOT = Path(__file__).parents[3]
KILLED_AT = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from models.store import Store
left = int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    global left
    if statement.lstrip().upper().startswith(("CREATE", "INSERT", "UPDATE", "ALTER")):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
Store.open(Path(sys.argv[1])).close()
"""


def tables_of(database: Path) -> set[str]:
    engine = create_engine(f"sqlite:///{database}")
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


def test_migrations_make_exactly_the_tables_of_the_program(tmp_path: Path) -> None:
    upgrade(tmp_path / "gridbot.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'gridbot.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []
    assert models.tables.__all__, "the comparison needs every table imported"
    assert tables_of(tmp_path / "gridbot.db") == {*metadata.tables, "alembic_version"}


def test_primary_keys_are_those_of_the_program(tmp_path: Path) -> None:
    upgrade(tmp_path / "gridbot.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'gridbot.db'}")
    found = inspect(engine)
    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in metadata.tables}
    engine.dispose()
    assert keys == {name: [c.name for c in table.primary_key] for name, table in metadata.tables.items()}


def test_migrations_run_again_change_nothing(tmp_path: Path) -> None:
    upgrade(tmp_path / "gridbot.db")
    before = (tmp_path / "gridbot.db").read_bytes()
    upgrade(tmp_path / "gridbot.db")
    assert (tmp_path / "gridbot.db").read_bytes() == before


@pytest.mark.parametrize("statement", [0, 1, 7, 20, 36])
def test_killed_while_it_migrates_the_next_start_works(tmp_path: Path, statement: int) -> None:
    data = tmp_path / "data"
    done = subprocess.run([sys.executable, "-c", KILLED_AT, str(data), str(statement)], cwd=ROOT, env={**os.environ})
    assert done.returncode == -signal.SIGKILL, "it was not killed: this test would prove nothing"
    assert len(tables_of(data / "gridbot.db")) <= 1, "half of the tables were left behind"
    Store.open(data).close()
    assert tables_of(data / "gridbot.db") == {*metadata.tables, "alembic_version"}
