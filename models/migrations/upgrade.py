"""Brings a database up to the newest tables, whatever version it is of."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine


def upgrade(database: Path) -> None:
    """Apply every migration that `database` has not seen, each in its own transaction."""
    engine = create_engine(f"sqlite:///{database}")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
