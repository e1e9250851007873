"""The values of the merge: what somebody posted, what it changed, and what stands in the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

Order = tuple[object, ...]
QUIET = timedelta(minutes=15)  # a forked chain that nobody has posted to for so long gets its merged list


class State(StrEnum):
    """A disputed entry stays in force until somebody who may settles it."""

    LIVE = "live"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"


class ChangeKind(StrEnum):
    """`noticed`: something a person may want to look at; nothing stands otherwise than before."""

    ADDED = "added"
    EDITED = "edited"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    RESTORED = "restored"
    NOTICED = "noticed"


@dataclass(frozen=True, slots=True)
class PostEntry:
    """One filled slot of a posted chain, without its number.

    `subject`: the household or person that the *line itself* names ("3-1-502", "~李秀兰"), never taken from the poster,
    because the same line in somebody else's copy must get the same key. `author`: the account the card vouches for.
    `person`: the name read from the line, which keeps two people of one household apart. `withdrawn`: whether the
    parser read the line as taken back as a whole; None leaves it to the marks of withdrawal.
    """

    text: str
    subject: str | None = None
    author: str | None = None
    person: str | None = None
    withdrawn: bool | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One posted version of a chain.

    `source` names the message; `author` the account that posted it ("" where a paste does not tell); `author_key` that
    account's household, as in `PostEntry.subject`; `role` as in the parser's contract; `order` sorts posts by when they
    were said: (said-at, sequence). `undated`: somebody forwarded it, and it may have been said at any time before.
    """

    source: str
    author: str
    author_key: str | None
    role: str
    said_at: datetime
    order: Order
    entries: tuple[PostEntry, ...]
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody who may settle disputes decided about the entry `entry`: it stands, or it does not."""

    source: str
    entry: str
    stands: bool
    order: Order


@dataclass(frozen=True, slots=True)
class Listing:
    """The bot posted the merged list: whoever copies it next has every entry in force before him.

    What was said within the minute before may have arrived after the list was made, so it may be missing there.
    """

    source: str
    said_at: datetime
    order: Order


@dataclass(frozen=True, slots=True)
class Change:
    """What one post did to one entry. `text`: what it says now; `proposed`: what somebody else put in its place."""

    kind: ChangeKind
    entry: str
    text: str
    source: str
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """One entry that was ever in the chain; `sources`: the messages in which it stood first or changed.

    `owner` is the account that may change it ("" where only its household may), `subject` the household or person.
    """

    id: str
    text: str
    state: State
    sources: tuple[str, ...]
    owner: str
    subject: str | None
    first: Order
    person: str | None = None
