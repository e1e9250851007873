"""What was posted in which group lately: the memory that manners judge by."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.pacing import MessageBudget

REMEMBERED = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class _Post:
    at: datetime
    text: bytes
    unsolicited: bool
    prompt: bool


def text_key(text: str) -> bytes:
    """A short fingerprint, so that no resident's words stay in memory for a day."""
    return blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=12).digest()


class GroupHistory:
    """Posts of the last day by group. Shared by all accounts that post into the same groups."""

    def __init__(self) -> None:
        self._posts: defaultdict[str, list[_Post]] = defaultdict(list)
        self._budgets: defaultdict[str, MessageBudget] = defaultdict(MessageBudget)

    def record(self, at: datetime, chat: str, text: bytes, unsolicited: bool, prompt: bool) -> None:
        """Remember one post; what is older than a day is forgotten."""
        kept = [post for post in self._posts[chat] if post.at > at - REMEMBERED]
        self._posts[chat] = [*kept, _Post(at, text, unsolicited, prompt)]
        self._budgets[chat].record(at)
        self._budgets[chat].forget(at - REMEMBERED)

    def budget(self, chat: str) -> MessageBudget:
        """The sliding windows of one group."""
        return self._budgets[chat]

    def unsolicited(self, chat: str, since: datetime) -> int:
        """How many posts nobody asked for went to `chat` from `since` on."""
        return sum(1 for post in self._posts[chat] if post.unsolicited and post.at >= since)

    def repeats(self, chat: str, text: bytes, since: datetime) -> int:
        """How often exactly this text went to `chat` after `since`."""
        return sum(1 for post in self._posts[chat] if post.text == text and post.at > since)

    def same_text_free_at(self, now: datetime, chat: str, text: bytes, groups: int, span: timedelta) -> datetime:
        """The first moment at which `text` may go to `chat` with at most `groups` groups having it in `span`."""
        latest: dict[str, datetime] = {}
        for other, posts in self._posts.items():
            for post in posts:
                if post.text == text and not post.prompt and post.at > now - span:
                    latest[other] = max(post.at, latest.get(other, post.at))
        if chat in latest or len(latest) < groups:
            return now
        return sorted(latest.values())[-groups] + span
