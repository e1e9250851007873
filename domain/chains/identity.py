"""Which chain a post belongs to: the same although its title was mended, another although its title is alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from domain.chains.occasions import are_apart, occasion
from domain.chains.similarity import likeness, line_key
from domain.chains.snapshot import Snapshot

SHANGHAI = timezone(timedelta(hours=8))
OUT_OF_SIGHT = timedelta(hours=48)
A_DAY = timedelta(hours=24)
QUIET = timedelta(hours=2)
A_WHILE = timedelta(minutes=30)
AT_ONCE = timedelta(minutes=10)
TITLE_ALIKE = 0.6
TITLE_AKIN = 0.3


class Reason(StrEnum):
    """Why a post is of a chain, or of none that is known."""

    SHARED_ENTRIES = "shared entries"
    SAME_TITLE = "same title, nothing speaks against it"
    TITLE_MENDED = "the title was changed, the entries were kept"
    CARRIED_ON = "no title, its numbers carry the list on"
    NO_CHAIN = "no chain in this chat"
    TOO_OLD = "the last post is over 48 hours old"
    OTHER_DAY = "another day's chain"
    OTHER_OCCASION = "another date, half-day or round in the title"
    NEW_ROUND = "starts anew under the same title"
    OTHER_MATTER = "neither title nor entries are alike"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chain that the post may belong to. `titles`: all it ever had; `knows`: whether a line has stood in it.

    `entries` counts those in force, `opener` is the account that posted it first; times are aware.
    """

    key: str
    chat: str | None
    titles: tuple[str, ...]
    kind: str
    first_at: datetime
    last_at: datetime
    knows: Callable[[str], bool]
    entries: int = 0
    opener: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A chain post whose chain is looked for; `said_at` is aware, `author` "" where a paste does not tell."""

    chat: str | None
    snapshot: Snapshot
    said_at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The chain found (None: a new one) and what decided it.

    `closest` is the chain that was looked at last, `shared` of `of` lines are known there, `title_likeness` 0 to 1,
    `apart` the time between the post and that chain.
    """

    chain_key: str | None
    reason: Reason
    shared: int = 0
    of: int = 0
    title_likeness: float = 0.0
    apart: timedelta = timedelta()
    closest: str | None = None

    def explained(self) -> str:
        """Return the decision in one line, for those who ask why."""
        facts = f"{self.shared} of {self.of} lines known, titles alike {self.title_likeness:.2f}, {self.apart} apart"
        return f"{self.chain_key or 'new chain'}: {self.reason} ({facts}; compared with {self.closest or 'nothing'})"


def identify_chain(candidates: Iterable[Candidate], post: Arrival) -> Match:
    """Return the chain that the post continues, or a match without a key where it begins a new one."""
    looks = [_Look(candidate, post) for candidate in candidates if candidate.chat == post.chat]
    verdicts = [(look, *look.verdict()) for look in looks]
    same = [(look, reason) for look, is_same, reason in verdicts if is_same]
    if same:
        look, reason = max(same, key=lambda one: one[0].nearness)
        return look.match(look.candidate.key, reason)
    if verdicts:
        look, _, reason = max(verdicts, key=lambda one: one[0].nearness)
        return look.match(None, reason)
    return Match(None, Reason.NO_CHAIN, of=len(post.snapshot.entries))


class _Look:
    """One candidate beside the post: the figures, and what they say."""

    def __init__(self, candidate: Candidate, post: Arrival) -> None:
        self.candidate, self._post = candidate, post
        self._of = len(post.snapshot.entries)
        self._shared = sum(map(candidate.knows, [entry.text for entry in post.snapshot.entries]))
        self._alike = max((_alike(title, post.snapshot.title) for title in candidate.titles), default=0.0)
        early = candidate.first_at - post.said_at
        self._apart = max(early, post.said_at - candidate.last_at, timedelta())

    @property
    def nearness(self) -> tuple[int, float, datetime]:
        return self._shared, self._alike, self.candidate.first_at

    def match(self, key: str | None, reason: Reason) -> Match:
        """Return the decision with the figures that led to it."""
        return Match(key, reason, self._shared, self._of, self._alike, self._apart, self.candidate.key)

    def verdict(self) -> tuple[bool, Reason]:
        """Return whether the post is of this chain, and why."""
        if self._apart > OUT_OF_SIGHT:
            return False, Reason.TOO_OLD
        if self._is_other_day():
            return self._kept_overnight(), Reason.SHARED_ENTRIES if self._kept_overnight() else Reason.OTHER_DAY
        if self._is_other_occasion():
            mended = self._kept_list() and self._apart <= A_WHILE
            return mended, Reason.TITLE_MENDED if mended else Reason.OTHER_OCCASION
        if not self._post.snapshot.title:
            return self._untitled()
        return self._titled() if self._alike >= TITLE_ALIKE else self._otherwise_titled()

    def _titled(self) -> tuple[bool, Reason]:
        if self._starts_anew():
            return False, Reason.NEW_ROUND
        return True, Reason.SHARED_ENTRIES if self._shared else Reason.SAME_TITLE

    def _starts_anew(self) -> bool:
        """A list that holds hardly anything of a chain that has gone quiet, or none of its opener's own lines."""
        chain = self.candidate
        if chain.entries == 0 or self._post.said_at - chain.first_at <= AT_ONCE:
            return False
        if self._of == 0:
            return True
        if self._shared == 0:
            return self._apart > QUIET or (bool(chain.opener) and self._post.author == chain.opener and self._of <= 2)
        few = self._shared * 2 < chain.entries
        if chain.kind == "checkin" and _half(chain.last_at) != _half(self._post.said_at):
            return few and self._apart > A_WHILE
        return few and self._shared == 1 and self._of <= 2 and self._apart > QUIET

    def _otherwise_titled(self) -> tuple[bool, Reason]:
        if self._kept_list():
            return True, Reason.TITLE_MENDED
        first_words = self.candidate.entries == 1 and self._shared == 1 and self._apart <= AT_ONCE
        if first_words and self._alike >= TITLE_AKIN:
            return True, Reason.TITLE_MENDED
        return False, Reason.OTHER_MATTER

    def _untitled(self) -> tuple[bool, Reason]:
        if self._shared and self._shared * 2 >= self._of - 1:
            return True, Reason.SHARED_ENTRIES
        first = self._post.snapshot.entries[0].number if self._of else None
        if first is not None and first > 1 and first == self.candidate.entries + 1 and self._apart <= A_WHILE:
            return True, Reason.CARRIED_ON
        unnamed = not any(self.candidate.titles) and self._apart <= QUIET and not self._starts_anew()
        return (True, Reason.SAME_TITLE) if unnamed else (False, Reason.OTHER_MATTER)

    def _kept_list(self) -> bool:
        """Most of the post's lines are known, and most of the chain's entries are in the post."""
        return self._shared >= 2 and self._shared * 2 >= self._of and self._shared * 2 >= self.candidate.entries

    def _kept_overnight(self) -> bool:
        if self.candidate.kind == "checkin":
            return self._apart <= QUIET and self._kept_list()
        share = 0.6 if self._apart <= A_DAY else 0.8
        return self._kept_list() and self._shared >= share * self._of

    def _is_other_day(self) -> bool:
        said = self._post.said_at.astimezone(SHANGHAI).date()
        first = self.candidate.first_at.astimezone(SHANGHAI).date()
        return not first <= said <= self.candidate.last_at.astimezone(SHANGHAI).date()

    def _is_other_occasion(self) -> bool:
        return all(are_apart(occasion(title), occasion(self._post.snapshot.title)) for title in self.candidate.titles)


def _alike(one: str, other: str) -> float:
    return likeness(line_key(one), line_key(other)) if one and other else 0.0


def _half(at: datetime) -> tuple[int, bool]:
    local = at.astimezone(SHANGHAI)
    return local.toordinal(), local.hour < 12
