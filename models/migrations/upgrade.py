"""Brings a database up to the newest tables, whatever version it is of."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine, event, inspect, text

HEAD = "0003"
_BUSY_SECONDS = 10


class UnknownVersion(Exception):
    """The database is of a version that this program does not know: a newer program wrote it."""


def upgrade(database: Path) -> None:
    """Apply every migration that `database` has not seen, each whole or not at all. Raises UnknownVersion."""
    engine = create_engine(
        URL.create("sqlite", database=str(database)), connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _leave_transactions_alone)
    event.listen(engine, "begin", _begin)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.connect() as connection:
        _check_version(connection, config)
        connection.rollback()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def version_of(connection: Connection) -> str:
    """Return the version of a database's tables, "none" where it has none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return "none"
    return ", ".join(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) or "none"


def _check_version(connection: Connection, config: Config) -> None:
    if not inspect(connection).has_table("alembic_version"):
        return
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    if found - known:
        raise UnknownVersion(", ".join(sorted(found - known)))


def _leave_transactions_alone(connection: Any, _record: Any) -> None:
    """The driver commits before each statement that makes a table; a kill would leave half of them."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.execute(text("BEGIN IMMEDIATE"))
