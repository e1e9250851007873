"""The check-in prompt: twice a day in each unit and building group, at the group's own times."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.slots import Timetable
from domain.wording import checkins as wording
from models.directory import Directory
from models.outbox import Post
from scheduler.plan import ChatTimes, Desk, Due, Job, at_time

ASKED_KINDS = ("unit", "building")


def times(day: date, directory: Directory, timetable: Timetable, chat_times: Mapping[str, ChatTimes]) -> Iterator[Due]:
    """Yield morning and evening for each group that is asked."""
    morning, evening = timetable.slots_of_day(day)
    for chat in directory.chats_of(*ASKED_KINDS):
        own = chat_times.get(chat.chat, ChatTimes())
        yield Due(at_time(day, own.morning or timetable.morning), JOB.name, chat.chat, morning)
        yield Due(at_time(day, own.evening or timetable.evening), JOB.name, chat.chat, evening)


def posts(desk: Desk, due: Due) -> list[Post]:
    chat = desk.directory.chats[due.area]
    text = wording.prompt(chat.name, due.slot.hour < 12)
    key = f"prompt:{due.area}:{due.slot:%Y%m%d%H}"
    return [Post(dedupe_key=key, kind="prompt", text=text, due_at=desk.now, chat=due.area)]


JOB = Job("prompt", times, posts)
