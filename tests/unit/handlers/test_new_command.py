"""A new command is one handler file and one dialogue file; nothing else changes."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers.commands
from handlers.commands import COMMANDS
from tests.world import World

ROOT = Path(__file__).parents[3]
HANDLER = '''"""天气: what to wear."""

from handlers.commands import Command
from handlers.turn import Turn


def answer(turn: Turn, argument: str) -> None:
    turn.answer("weather", f"{argument or '今天'}多穿点")


COMMAND = Command(("天气",), "今天穿什么", answer, takes_argument=True)
'''
DIALOGUE = """- name: somebody asks for the weather
  steps:
    - {at: "08:05", says: 天气 明天}
    - told: {3-1-502: 明天多穿点}
    - silent: [g-3-1]
    - {at: "08:06", says: 帮助}
    - told: {3-1-502: 天气：今天穿什么}
"""


@pytest.fixture
def added(tmp_path: Path) -> Iterator[None]:
    """The command's file in a folder of its own that belongs to the package while the test runs."""
    (tmp_path / "commands").mkdir()
    (tmp_path / "commands/weather_of_the_day.py").write_text(HANDLER, encoding="utf-8")
    handlers.commands.__path__.append(str(tmp_path / "commands"))
    COMMANDS.forget()
    yield
    handlers.commands.__path__.remove(str(tmp_path / "commands"))
    sys.modules.pop("handlers.commands.weather_of_the_day", None)
    COMMANDS.forget()


def test_one_file_adds_a_command(world: World, added: None) -> None:
    world.say("天气 明天")
    assert world.texts("wx_31502") == ["明天多穿点"]
    world.say("帮助", who="3-1-601")
    assert "天气：今天穿什么" in world.texts("wx_31601")[0]


def test_without_the_file_nobody_understands_it(world: World) -> None:
    world.say("天气 明天")
    assert world.posts() == []


def test_one_handler_file_and_one_dialogue_file_are_all_it_takes(tmp_path: Path) -> None:
    for name in ("bot", "domain", "handlers", "models", "scheduler", "web"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "handlers").unlink()
    shutil.copytree(ROOT / "handlers", tmp_path / "handlers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        ROOT / "tests/dialogues", tmp_path / "tests/dialogues", ignore=shutil.ignore_patterns("*.yaml", "__pycache__")
    )
    for name in ("tests/world.py", "tests/conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "handlers/commands/weather.py").write_text(HANDLER, encoding="utf-8")
    (tmp_path / "tests/dialogues/weather.yaml").write_text(DIALOGUE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/dialogues/test_dialogues.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})
    assert "1 passed" in done.stdout, done.stdout
