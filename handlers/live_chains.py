"""One chain that is being continued: its merge state, and the steps that it is a fold of."""

from dataclasses import dataclass, field
from datetime import date, datetime

from domain.chains.headers import notes_of
from domain.chains.merge import ChainState, Change, Listing, PostEntry, Ruling, Step
from domain.chains.snapshot import Snapshot
from domain.facts import Order
from domain.intents import Intent
from domain.roles import Chat
from domain.wording import chains as wording
from models.chains import ChainRow
from models.disputes import Dispute


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which line of a forward a post is (-1: a message of its own), and whether it is known when that was said."""

    line: int = -1
    dated: bool = True


WHOLE = Place()
_MOST_NOTES = 1_000  # characters: more would not fit into a message beside the entries
StepKey = tuple[int, int]


@dataclass(slots=True)
class LiveChain:
    """One chain with its merge state.

    `readings` and `lines` hold what each distinct line says, read once; `steps` its posts, rulings and lists by the
    position of the message that made them and the line of it.
    """

    id: str
    chat: Chat
    kind: str
    titles: list[str]
    first_at: datetime
    last_at: datetime
    opener: str
    round: date | None = None
    notes: str = ""
    state: ChainState = field(default_factory=ChainState)
    readings: dict[str, tuple[Intent, ...]] = field(default_factory=dict)
    lines: dict[str, PostEntry] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    steps: dict[StepKey, Step] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return next((t for t in reversed(self.titles) if t), "")

    @property
    def row(self) -> ChainRow:
        return ChainRow(
            self.id,
            self.chat.chat,
            self.kind,
            self.title,
            self.round,
            self.first_at,
            self.last_at,
            self.state.missing,
            self.notes,
        )

    @property
    def merged_list(self) -> str:
        """The list of what stands, ready to be copied and continued."""
        return wording.merged_list(self.title, self.kind, self.notes, [e.text for e in self.state.in_force])

    def saw(self, snapshot: Snapshot, said_at: datetime) -> None:
        """Take title, notes, kind and time of one more post into account."""
        if snapshot.title and snapshot.title not in self.titles:
            self.titles.append(snapshot.title)
        notes = wording.without_why(notes_of(snapshot.header, snapshot.title))
        if notes and len(notes) <= _MOST_NOTES:
            self.notes = notes
        if self.kind == "other":
            self.kind = snapshot.kind
        self.first_at, self.last_at = min(self.first_at, said_at), max(self.last_at, said_at)

    def place_of(self, entry: str) -> int:
        """Return the entry's rank by when it first came."""
        return self.places.setdefault(entry, len(self.places))

    def lacks_list(self, listing: Listing) -> bool:
        """Return whether this list of the bot's is no step of the chain yet."""
        return list_key(listing) not in self.steps

    def refold(self) -> list[tuple[int, Step, tuple[Change, ...]]]:
        """Fold the chain anew; return what each step did, in the order in which they were said."""
        self.state, self.places = ChainState(), {}
        ordered = sorted(self.steps.items(), key=lambda step: (step[1].order, step[0]))
        return [(position, step, self.state.apply(step)) for (position, _), step in ordered]


def list_key(listing: Listing) -> StepKey:
    """Return where the list of the bot's stands among the steps of its chain; no message made it."""
    return -1, int(listing.said_at.timestamp())


def listing_of(order: Order) -> Listing:
    """Return a list that the bot posted as a step of its chain."""
    return Listing("", order.said_at, (order.said_at, order.sequence))


def ruling_of(ruled: Dispute) -> Ruling:
    """Return a settled dispute as a step of its chain."""
    return Ruling(ruled.source or "", ruled.entry, bool(ruled.stands), (ruled.ruled_at, ruled.sequence))
