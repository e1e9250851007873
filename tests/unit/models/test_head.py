"""The version that this program writes is the newest migration."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from models.migrations import upgrade


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(upgrade.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == upgrade.HEAD
