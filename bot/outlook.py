"""What each account will still have to say: the timetable's prompts, lists and summaries; answers leave them room."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.parcels import Parcel
from bot.verdicts import Planned
from domain.slots import Timetable
from models.directory import Directory
from models.outbox import Post
from scheduler.jobs import JOBS, prompt, shopping_list, summary
from scheduler.plan import ChatTimes, Due, due_between

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Home = Callable[[Post, Directory], str | None]
_BLANK = Post(dedupe_key="", kind="notice", text="", due_at=datetime(1970, 1, 1, tzinfo=UTC))


class Outlook:
    """Counts the posts to come by channel. Digests of forked chains come unforeseen: one a day a group is assumed."""

    def __init__(self, timetable: Timetable, chat_times: Mapping[str, ChatTimes], home: Home) -> None:
        self._timetable, self._chat_times, self._home = timetable, chat_times, home
        self._counted: tuple[tuple[datetime, int], Mapping[str, Planned]] | None = None

    def planned(
        self, now: datetime, directory: Directory, waiting: Mapping[str, Sequence[Parcel]]
    ) -> Mapping[str, Planned]:
        """Return by channel what is planned for the coming hour, what waits already included, and for a day."""
        timed = self._timed(now, directory)
        pending = {c: sum(p.item.is_unsolicited for p in parcels) for c, parcels in waiting.items()}
        return {
            channel: Planned(timed.get(channel, Planned()).hour + pending.get(channel, 0), timed[channel].day)
            if channel in timed
            else Planned(pending.get(channel, 0), 0)
            for channel in {*timed, *pending}
        }

    def _timed(self, now: datetime, directory: Directory) -> Mapping[str, Planned]:
        """Count anew once a minute, or when the directory has changed."""
        moment = (now.replace(second=0, microsecond=0), directory.version)
        if self._counted is None or self._counted[0] != moment:
            self._counted = (moment, self._count(now, directory))
        return self._counted[1]

    def _count(self, now: datetime, directory: Directory) -> Mapping[str, Planned]:
        found = due_between(JOBS, now, now + DAY, directory, self._timetable, self._chat_times)
        day = Counter(c for _, due in found for c in self._channels(due, directory))
        hour = Counter(c for _, due in found if due.at <= now + HOUR for c in self._channels(due, directory))
        day.update(self._homes((c.chat for c in directory.chats_of(*prompt.ASKED_KINDS)), directory))
        return {channel: Planned(hour[channel], day[channel]) for channel in day}

    def _channels(self, due: Due, directory: Directory) -> list[str]:
        """The channel of each post that a job queues when it falls due."""
        if due.job == shopping_list.JOB.name:
            return self._homes((c.chat for c in directory.chats_of("shopping", "work")), directory)
        if due.job == summary.JOB.name:
            return self._homes((), directory, account=due.area)
        return self._homes((due.area,), directory)

    def _homes(self, chats: Iterable[str], directory: Directory, account: str | None = None) -> list[str]:
        posts = [replace(_BLANK, chat=chat) for chat in chats]
        if account is not None:
            posts.append(replace(_BLANK, account=account))
        return [home for post in posts if (home := self._home(post, directory)) is not None]
