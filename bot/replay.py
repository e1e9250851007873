"""Plays a recorded day through the same pipeline that serves live groups, with the clock taken from the messages."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.dispatcher import Dispatcher
from bot.importing import plan_import
from domain.messages import CardItem, IncomingMessage, MessageKind
from domain.slots import CHINA, Timetable
from models import jobs, log, settings
from models.store import ReadOnlyStore, Store
from scheduler.runner import Runner

CHANNEL = "replay"
_STEP = timedelta(seconds=60)
_Step = list[tuple[IncomingMessage, datetime]]
_SEED = 20_260_703


class DayError(Exception):
    """The day folder cannot be played; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a replay came to: messages new to the log, and those that were there already."""

    fresh: int
    known: int
    until: datetime | None


def import_day(store: Store, lane: int, folder: Path, timetable: Timetable) -> list[str]:
    """Import the tables of a day folder where the data is new; return the rows that could not be read."""
    if not folder.is_dir():
        raise DayError(f"{folder}: there is no such folder")
    problems: list[str] = []
    for kind in ("roster", "people", "chats", "goods"):
        path = folder / f"{kind}.csv"
        if not path.exists():
            if kind == "goods":
                continue
            raise DayError(f"{path} is missing; a day folder needs roster.csv, people.csv and chats.csv")
        diff, write = plan_import(store, lane, kind, path)
        store.write(write).result()
        problems += [f"{path}: {problem}" for problem in diff.problems]
    store.write(lambda connection: settings.save_timetable(connection, lane, timetable)).result()
    return problems


def read_transcript(path: Path) -> list[IncomingMessage]:
    """Return the messages of a transcript in the order of its lines. Raises DayError with the number of a bad line."""
    if not path.exists():
        raise DayError(f"{path} is missing; a day folder holds its messages in transcript.jsonl")
    first_line: dict[str, int] = {}
    messages = []
    with path.open(encoding="utf-8", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                sequence = first_line.setdefault(str(raw["id"]), number)
                messages.append(_message(raw, sequence))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise DayError(f"{path}, line {number}: {_why(error)}") from None
    return messages


def play(
    store: Store,
    lane: int,
    timetable: Timetable,
    messages: list[IncomingMessage],
    *,
    until: datetime | None = None,
    shuffle: float = 0,
    progress: Callable[[int], None] = lambda _: None,
) -> Played:
    """Feed messages to the pipeline; jobs run at their simulated moments in between. Nothing is sent anywhere."""
    dispatcher, runner = Dispatcher(store, lane, timetable), Runner(store, lane, timetable)
    dispatcher.retry_set_aside()
    clock = _start(store, lane, messages)
    fresh = known = 0
    for step in _steps(_delivered(messages, shuffle), clock, until):
        clock = step[-1][1]
        for part in _between_jobs(runner, step):
            new = store.write(lambda c, part=part: log.publish_new(c, store.ring, lane, part)).result()  # type: ignore[misc]
            dispatcher.work_off()
            fresh, known = fresh + new, known + len(part) - new
        progress(len(step))
    if until is not None:
        clock = max(clock, until) if clock else until
        _run_jobs(runner, clock)
    return Played(fresh, known, clock)


def replay_log(source: ReadOnlyStore, target: Store, lane: int, timetable: Timetable, until: datetime) -> None:
    """Play what `source` had received up to a moment into an empty `target`, as it came."""
    with source.read() as connection:
        logged, began = log.read_until(connection, source.ring, lane, until), log.began(connection, lane)
    dispatcher, runner = Dispatcher(target, lane, timetable), Runner(target, lane, timetable)
    if began is not None:
        target.write(lambda c: jobs.plan_until(c, lane, _day_start(began))).result()
    for one in logged:
        _run_jobs(runner, one.received_at)
        message = replace(one.message, sequence=one.sequence)
        target.write(lambda c, m=message, at=one.received_at: log.publish(c, target.ring, lane, [(m, at)])).result()  # type: ignore[misc]
        dispatcher.work_off()
    _run_jobs(runner, until)


def _start(store: Store, lane: int, messages: list[IncomingMessage]) -> datetime | None:
    """Return where the clock stands: where an earlier replay stopped, else just before the first message's day."""
    with store.read() as connection:
        planned = jobs.planned_until(connection, lane)
    if planned is None and messages:
        start = _day_start(min(m.said_at for m in messages))
        store.write(lambda connection: jobs.plan_until(connection, lane, start)).result()
    return planned


def _day_start(moment: datetime) -> datetime:
    return moment.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


def _delivered(messages: list[IncomingMessage], shuffle: float) -> list[IncomingMessage]:
    if shuffle <= 0:
        return messages
    dice = random.Random(_SEED)
    arrivals = [(m.said_at + timedelta(seconds=dice.uniform(0, shuffle)), i) for i, m in enumerate(messages)]
    return [messages[i] for _, i in sorted(arrivals)]


def _steps(messages: list[IncomingMessage], clock: datetime | None, until: datetime | None) -> Iterator[_Step]:
    """Yield messages with the clock at their arrival, in steps of at most a simulated minute, until it passes `until`.

    Where an earlier replay stopped, the clock stands there: what was played then is known and passes without effect.
    """
    step: _Step = []
    for message in messages:
        clock = max(clock, message.said_at) if clock else message.said_at
        if until is not None and clock > until:
            break
        if step and clock - step[0][1] >= _STEP:
            yield step
            step = []
        step.append((message, clock))
    if step:
        yield step


def _between_jobs(runner: Runner, step: _Step) -> Iterator[_Step]:
    """Yield the messages of a step in the stretches between the jobs that fall due within it; run those in between."""
    while step:
        due = runner.next_due(step[-1][1])
        before = [(message, at) for message, at in step if due is None or at < due]
        if before:
            yield before
        step = step[len(before) :]
        if due is not None:
            runner.run_due(due, grace=False)


def _run_jobs(runner: Runner, now: datetime) -> None:
    while (moment := runner.next_due(now)) is not None:
        runner.run_due(moment, grace=False)
    runner.run_due(now, grace=False)


def _message(raw: dict[str, Any], sequence: int) -> IncomingMessage:
    for field in _TEXTS:
        if not isinstance(raw.get(field), str | None):
            raise ValueError(f"the field '{field}' is no text")
    return IncomingMessage(
        channel=CHANNEL,
        external_id=str(raw["id"]),
        chat=raw.get("chat"),
        sender=str(raw["sender"]),
        sender_name=raw.get("name") or "",
        sender_alias=raw.get("alias"),
        said_at=_moment(raw["at"]),
        kind=MessageKind(raw.get("kind", "text")),
        text=raw.get("text") or "",
        quote=raw.get("quote"),
        about=raw.get("about"),
        items=tuple(
            CardItem(i["author"], i["text"], _moment(i["at"]) if i.get("at") else None) for i in raw.get("items") or ()
        ),
        sequence=sequence,
    )


_TEXTS = ("chat", "name", "alias", "kind", "text", "quote", "about", "at")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"“{text}” has no zone; write times like 2026-07-03T08:04:31+08:00")
    return moment


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the field {error} is missing"
    return str(error)
