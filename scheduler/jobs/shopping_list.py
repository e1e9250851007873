"""The cut-off: the day's consolidated list to the shopping and work groups."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.areas import WHOLE
from domain.slots import Timetable, day_of
from models.announcements import list_posts
from models.directory import Directory
from models.outbox import Post
from scheduler.plan import ChatTimes, Desk, Due, Job


def times(day: date, directory: Directory, timetable: Timetable, _chat_times: Mapping[str, ChatTimes]) -> Iterator[Due]:
    if directory.chats_of("shopping", "work"):
        yield Due(timetable.cutoff_of(day), JOB.name, WHOLE, timetable.cutoff_of(day))


def posts(desk: Desk, due: Due) -> list[Post]:
    return list_posts(desk.connection, desk.ring, desk.lane, desk.directory, day_of(due.slot), desk.now)


JOB = Job("shopping_list", times, posts)
