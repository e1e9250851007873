"""Killed in the middle of its timed work, the program does each piece exactly once in the end."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from models import jobs
from models.outbox import Post
from tests.world import World, at

ROOT = Path(__file__).parents[2]
KILLS = 100 if os.environ.get("GRIDBOT_RELEASE") else 12
pytestmark = pytest.mark.faults
CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from domain.slots import Timetable
from models.store import Store
from scheduler.runner import Runner
from tests.world import LANE, at
store = Store.open(Path(sys.argv[1]))
left = int(sys.argv[2])
@event.listens_for(store._engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
runner = Runner(store, LANE, Timetable())
for moment in sys.argv[3:]:
    runner.run_due(at(moment), grace=False)
store.close()
"""


def posts_of(world: World) -> Counter[tuple[str, str]]:
    found: list[Post] = world.posts()
    return Counter((p.dedupe_key, p.text) for p in found)


def undisturbed(folder: Path, moments: list[str]) -> Counter[tuple[str, str]]:
    world = World(folder)
    for moment in moments:
        world.runner.run_due(at(moment), grace=False)
    found = posts_of(world)
    world.close()
    return found


def test_killed_in_the_middle_of_a_job_each_effect_comes_once(tmp_path: Path) -> None:
    dice = random.Random(5)
    moments = ["08:00", "10:00", "15:00", "17:00", "19:00", "20:30"]
    World(tmp_path).close()
    killed = 0
    for number in range(KILLS):
        reached = moments[: 1 + number * len(moments) // KILLS]
        words = [sys.executable, "-c", CHILD, str(tmp_path / "data"), str(dice.randrange(40)), *reached]
        done = subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        killed += done.returncode == -signal.SIGKILL
    assert killed >= KILLS // 3, "hardly ever killed: this test would prove nothing"
    world = World.again(tmp_path)
    for moment in moments:
        world.runner.run_due(at(moment), grace=False)
    found = posts_of(world)
    with world.store.read() as connection:
        runs = Counter((r.job, r.area, r.slot) for r in connection.execute(jobs.job_runs.select()))
    world.close()
    assert set(found.values()) == {1}
    assert set(runs.values()) == {1}
    assert {key for key, _ in found} == {key for key, _ in undisturbed(tmp_path / "calm", moments)}
