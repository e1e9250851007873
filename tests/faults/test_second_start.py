"""A second gridbot on the same data is refused at once, in words, with an exit status of its own."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from models.store import Store

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.faults


def test_second_start_is_refused_twenty_times(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    command = [sys.executable, "-m", "bot.cli", "run", "--data", str(tmp_path / "data")]
    tries = []
    for _ in range(20):
        before = processor_seconds()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
        tries.append((done.returncode, done.stderr.count("another gridbot is running"), processor_seconds() - before))
    store.close()
    assert {(code, said) for code, said, _ in tries} == {(3, 1)}
    assert min(seconds for _, _, seconds in tries) <= 2.0, "even the quickest refusal took too long"


def processor_seconds() -> float:
    """Return what all child processes have used: how quick the program is, however busy the machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_start_after_the_first_has_ended_works(tmp_path: Path) -> None:
    Store.open(tmp_path / "data").close()
    command = [sys.executable, "-m", "bot.cli", "import", "chats", "none.csv", "--data", str(tmp_path / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (done.returncode, "none.csv" in done.stderr) == (2, True)
