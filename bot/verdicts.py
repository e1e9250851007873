"""What is asked of an account's manners and what they answer: priorities, items, verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """Who goes first. A page calls a person to an emergency; a prompt is the daily asking."""

    PAGE = 0
    REPLY = 1
    DIGEST = 2
    PROMPT = 3


class Reason(StrEnum):
    """Why a message waits or is refused, as the board and the log name it."""

    STOPPED = "stopped"
    LISTENING = "listening"
    NEW_ACCOUNT = "new_account"
    QUIET = "quiet"
    GAP = "gap"
    ACCOUNT_LIMIT = "account_limit"
    ANSWERS_LIMIT = "answers_limit"
    GROUP_GAP = "group_gap"
    GROUP_LIMIT = "group_limit"
    SAME_TEXT = "same_text"
    NOT_YET = "not_yet"
    UNSOLICITED = "unsolicited"
    LOOP = "loop"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What manners must know of a message that wants out. Exactly one of `chat` and `account` is set.

    `acknowledges` marks a plain "got it" of which one a group is enough; after `expires_at` nobody needs the message.
    """

    key: str
    text: str
    priority: Priority
    chat: str | None = None
    account: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
    acknowledges: bool = False

    @property
    def is_page(self) -> bool:
        """Say whether this calls somebody to an emergency."""
        return self.priority is Priority.PAGE

    @property
    def is_unsolicited(self) -> bool:
        """Say whether nobody asked for it: prompts and digests. Pages are neither asked for nor counted."""
        return self.priority in (Priority.DIGEST, Priority.PROMPT)


@dataclass(frozen=True, slots=True)
class Planned:
    """Prompts and digests of this account within the coming hour, and of a whole day; answers leave them room."""

    hour: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Go:
    """The message may be sent now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before `until`; ask again then, other messages may have gone meanwhile."""

    until: datetime
    why: Reason


@dataclass(frozen=True, slots=True)
class Refuse:
    """Never: settle the message as not sent and show why."""

    why: Reason


Verdict = Go | Wait | Refuse


@dataclass(frozen=True, slots=True)
class Sent:
    """A row of the outbox that was handed to the platform, its outcome known or not."""

    at: datetime
    item: Item


@dataclass(frozen=True, slots=True)
class Choice:
    """The item to settle now (`Go`, `Refuse`), or of all those waiting the one whose time comes first (`Wait`)."""

    item: Item
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """What the board shows: messages used and allowed in each window, and until when sending is stopped."""

    minute: tuple[int, int]
    hour: tuple[int, int]
    day: tuple[int, int]
    stopped_until: datetime | None


def coalesced(items: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Gather the pending acknowledgements of one group into one batch, to be said in one message; others stay alone.

    A batch stands where its first member stood. The caller renders its text and settles every member with it.
    """
    batches: dict[tuple[str, Priority] | str, list[Item]] = {}
    for item in items:
        place = (item.chat, item.priority) if item.acknowledges and item.chat is not None else item.key
        batches.setdefault(place, []).append(item)
    return tuple(tuple(batch) for batch in batches.values())
