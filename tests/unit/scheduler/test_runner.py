"""Timed work is done once for each (job, area, slot), whatever the clock, the zone and the number of processes do."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from domain.slots import CHINA, Timetable, day_of
from models import jobs
from scheduler.plan import ChatTimes
from scheduler.runner import Runner
from tests.world import LANE, World, at

ROOT = Path(__file__).parents[3]
ASKED = {"g-3-1", "g-3-2"}


def runner(world: World, **more: object) -> Runner:
    return Runner(world.store, LANE, world.timetable, **more)  # type: ignore[arg-type]


def runs(world: World) -> list[tuple[str, str, datetime, str]]:
    with world.store.read() as connection:
        return [(r.job, r.area, r.slot, r.outcome) for r in connection.execute(jobs.job_runs.select())]


def test_prompts_go_to_each_unit_group_twice_a_day(world: World) -> None:
    world.pass_time("23:59")
    prompts = Counter((p.chat, p.due_at.astimezone(CHINA).strftime("%H:%M")) for p in world.posts(kind="prompt"))
    assert prompts == Counter({(chat, moment): 1 for chat in ASKED for moment in ("08:00", "17:00")})


def test_nothing_falls_due_before_its_time(world: World) -> None:
    runner(world).run_due(at("07:59:59"))
    assert world.posts() == []
    runner(world).run_due(at("08:00"))
    assert {p.chat for p in world.posts()} == ASKED


def test_two_runners_that_look_in_turns_do_nothing_twice(world: World) -> None:
    one, two = runner(world), runner(world)
    moment = at("07:59")
    while moment < at("23:00"):
        for each in (one, two, one):
            each.run_due(moment)
        moment += timedelta(minutes=7, seconds=30)
    assert max(Counter(p.dedupe_key for p in world.posts()).values()) == 1
    assert len(world.posts(kind="prompt")) == 4
    assert len(world.posts(kind="summary")) == 2
    assert max(Counter(run[:3] for run in runs(world)).values()) == 1


def test_two_runners_that_saw_the_same_work_due_do_it_once(world: World) -> None:
    """Both have looked before either has written."""
    one, two = runner(world), runner(world)
    for each in (one, two):
        each.next_due(at("08:00"))
    first = one.run_due(at("08:00"))
    world.store.write(lambda c: c.execute(jobs.watermarks.delete())).result()
    again = two.run_due(at("08:00"))
    assert (first.queued, again.queued, again.done) == (2, 0, 0)


def test_what_was_missed_within_grace_is_caught_up_once(world: World) -> None:
    late = runner(world, grace=timedelta(minutes=60))
    ran = late.run_due(at("08:59"))
    assert (ran.done, ran.missed) == (2, 0)
    assert [p.due_at for p in world.posts(kind="prompt")] == [at("08:59")] * 2
    assert late.run_due(at("08:59:30")).done == 0


def test_what_came_too_late_is_noted_and_told_instead_of_posted(world: World) -> None:
    late = runner(world, grace=timedelta(minutes=60))
    ran = late.run_due(at("09:30"))
    assert (ran.done, ran.missed) == (0, 2)
    assert world.posts(kind="prompt") == []
    late.run_due(at("20:30"))
    summary = world.posts("wx_worker", "summary")[0].text
    assert summary.count("没赶上") >= 1
    assert "g-3-1" in summary or "3栋1单元" in summary


def test_machine_that_was_off_for_days_posts_nothing_stale(world: World) -> None:
    runner(world).run_due(at("08:00"))
    back = at("08:10") + timedelta(days=9)
    runner(world).run_due(back)
    days = Counter(day_of(p.due_at) for p in world.posts(kind="prompt"))
    assert days == Counter({day_of(at("08:00")): 2, day_of(back): 2})
    assert sum(outcome == "missed" for *_, outcome in runs(world)) > 30


def test_groups_may_have_times_of_their_own(world: World) -> None:
    own = {"g-3-1": ChatTimes(time(9, 30)), "g-3-2": ChatTimes(evening=time(18, 15))}
    each = runner(world, chat_times=own)
    moment = at("07:00")
    while (due := each.next_due(at("23:00"))) is not None:
        each.run_due(due, grace=False)
        assert due > moment, "time stands still"
        moment = due
    found = {(p.chat, p.due_at.astimezone(CHINA).strftime("%H:%M")) for p in world.posts(kind="prompt")}
    assert found == {("g-3-1", "09:30"), ("g-3-1", "17:00"), ("g-3-2", "08:00"), ("g-3-2", "18:15")}
    slots = {slot.astimezone(CHINA).strftime("%H:%M") for job, _, slot, _ in runs(world) if job == "prompt"}
    assert slots == {"08:00", "17:00"}, "whatever the group's own time, a report counts for the community's slot"


def test_clock_that_steps_back_repeats_nothing(world: World) -> None:
    each = runner(world)
    for moment in ("08:00", "07:55", "08:00", "08:05", "07:00", "08:06"):
        each.run_due(at(moment))
    assert len(world.posts(kind="prompt")) == 2


def test_group_bound_in_the_afternoon_is_asked_in_the_evening_only(world: World) -> None:
    world.pass_time("13:00")
    world.say("绑定 3", who="wx_worker", chat="g-3", time="13:00")
    world.pass_time("20:00")
    assert [p.due_at.astimezone(CHINA).hour for p in world.posts("g-3", "prompt")] == [17]


def test_work_that_fails_leaves_nothing_and_is_done_at_the_next_look(world: World) -> None:
    class Interrupted(Runner):
        def _do(self, *arguments):  # type: ignore[no-untyped-def]
            super()._do(*arguments)
            raise OSError("the process ends here")

    broken = Interrupted(world.store, LANE, world.timetable)
    for _ in range(3):
        with pytest.raises(OSError, match="ends here"):
            broken.run_due(at("08:00"))
        assert (world.posts(), runs(world)) == ([], [])
    assert runner(world).run_due(at("08:00:15")).queued == 2


def every_day(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(count))


def test_four_hundred_days_are_each_done_once(tmp_path: Path) -> None:
    """From before a leap day over a new year: looked at now and then, as a machine that is often off would."""
    world = World(tmp_path, Timetable(summary=time(23, 59, 30)))
    first = date(2027, 12, 20)
    begin = datetime.combine(first, time(0), CHINA)
    world.store.write(lambda c: c.execute(jobs.watermarks.delete())).result()
    world.store.write(lambda c: jobs.plan_until(c, LANE, begin)).result()
    each, moment = runner(world, grace=timedelta(hours=600)), begin
    while moment < begin + timedelta(days=400):
        moment += timedelta(hours=23, minutes=7)
        each.run_due(moment)
    done = Counter((job, area, day_of(slot)) for job, area, slot, _ in runs(world))
    days = set(every_day(first, 400))
    assert date(2028, 2, 29) in days
    assert {day for job, area, day in done if (job, area) == ("summary", "wx_worker")} >= days
    assert {count for (job, *_), count in done.items() if job == "summary"} == {1}
    assert {count for (job, _, day), count in done.items() if job == "prompt" and day in days} == {2}
    world.close()


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_zone_of_the_server_changes_nothing(tmp_path: Path, zone: str) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tests.world import World\n"
        "time.tzset(); world = World(Path(sys.argv[1])); world.pass_time('23:59')\n"
        "world.say('都好 36.5', time='23:59:59')\n"
        "print(sorted((p.kind, p.chat or p.account, p.due_at.timestamp()) for p in world.posts()), world.checkins(),"
        " world.state()['coverage']); world.close()"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / name)],
            cwd=ROOT,
            env={"TZ": tz, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name, tz in (("here", "Asia/Shanghai"), ("there", zone))
    }
    assert len(found) == 1
    assert "prompt" in found.pop()
