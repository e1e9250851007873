"""The gentle second call: in private to the unit head, who has not been heard from. Never in the group."""

from collections.abc import Iterator, Mapping
from datetime import date

from domain.roles import Role
from domain.slots import Timetable
from domain.wording import checkins as wording
from models.directory import Directory
from models.ledger import slot_book
from models.outbox import Post
from scheduler.plan import ChatTimes, Desk, Due, Job, at_time


def times(day: date, directory: Directory, timetable: Timetable, chat_times: Mapping[str, ChatTimes]) -> Iterator[Due]:
    """Yield one call for each unit group and slot, some hours after its prompt."""
    morning, evening = timetable.slots_of_day(day)
    for chat in directory.chats_of("unit"):
        own = chat_times.get(chat.chat, ChatTimes())
        for slot, own_time, usual in (
            (morning, own.morning, timetable.morning),
            (evening, own.evening, timetable.evening),
        ):
            yield Due(at_time(day, own_time or usual) + timetable.second_call_after, JOB.name, chat.chat, slot)


def posts(desk: Desk, due: Due) -> list[Post]:
    """Return the line to the unit's head, or the building's where the unit has none; none where all were heard."""
    chat = desk.directory.chats[due.area]
    book = slot_book(desk.connection, desk.ring, desk.lane, due.slot)
    doors = book.in_column(desk.directory, chat.scope, "not_heard")
    heads = desk.directory.in_charge_of(chat.scope, Role.UNIT_HEAD, Role.BUILDING_HEAD, Role.AREA_HEAD)
    if not doors or not heads:
        return []
    counted = next(c for c in book.coverage(desk.directory) if c.area == chat.scope)
    text = wording.second_call(
        chat.name, due.slot.hour < 12, counted.heard, counted.households - counted["opted_out"], doors
    )
    key = f"second_call:{due.area}:{due.slot:%Y%m%d%H}"
    return [Post(dedupe_key=key, kind="notice", text=text, due_at=desk.now, account=heads[0].account)]


JOB = Job("second_call", times, posts)
