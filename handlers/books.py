"""The chains that are being continued, as they stand in memory between posts.

The state of a chain is a fold over its posts. It is kept between posts, so that a post costs what it changed; after a
restart, a failed transaction or a late post it is folded anew from the log, with the same result.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.chains.envelope import unwrap

from domain.chains.identity import Arrival, Candidate, Match, identify_chain
from domain.chains.merge import ChainState, Change, Post, PostEntry
from domain.chains.snapshot import Entry, Snapshot, read_snapshot
from domain.intents import Action, Intent, Order, SignUp
from domain.parsing import read_entry
from domain.parsing.context import Context, Speaker
from domain.roles import Chat
from handlers.speakers import voice_of
from handlers.subjects import household_of
from handlers.turn import Turn, Voice
from models import chains, log
from models.chains import ChainRow
from models.log import LoggedMessage

LOOK_BACK = timedelta(hours=72)


@dataclass(slots=True)
class LiveChain:
    """One chain with its merge state. `readings` holds what each distinct line says, read once."""

    id: str
    chat: Chat
    kind: str
    titles: list[str]
    first_at: datetime
    last_at: datetime
    opener: str
    round: date | None = None
    state: ChainState = field(default_factory=ChainState)
    readings: dict[str, tuple[Intent, ...]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return next((t for t in reversed(self.titles) if t), "")

    @property
    def row(self) -> ChainRow:
        return ChainRow(self.id, self.chat.chat, self.kind, self.title, self.round, self.first_at, self.last_at)

    def saw(self, snapshot: Snapshot, said_at: datetime) -> None:
        """Take title, kind and time of one more post into account."""
        if snapshot.title and snapshot.title not in self.titles:
            self.titles.append(snapshot.title)
        if self.kind == "other":
            self.kind = snapshot.kind
        self.first_at, self.last_at = min(self.first_at, said_at), max(self.last_at, said_at)

    def place_of(self, entry: str) -> int:
        """Return the entry's rank by when it first came."""
        return self.places.setdefault(entry, len(self.places))


class ChainBooks:
    """The live chains by chat. Forgotten whenever a transaction failed: the log knows better."""

    def __init__(self) -> None:
        self._by_chat: dict[str, list[LiveChain]] = {}
        self._voices: dict[tuple[str, str], tuple[str, str | None]] = {}

    def forget_all(self) -> None:
        self._by_chat.clear()
        self._voices.clear()

    def is_new_voice(self, chat: str, account: str, name: str, alias: str | None) -> bool:
        """Say whether nickname or remark of an account differ from what was noted last."""
        if self._voices.get((chat, account)) == (name, alias):
            return False
        if len(self._voices) > 50_000:
            self._voices.clear()
        self._voices[chat, account] = (name, alias)
        return True

    def find(
        self, turn: Turn, snapshot: Snapshot, chat: Chat, said_at: datetime, author: str
    ) -> tuple[LiveChain, Match]:
        """Return the chain that a post continues; a new one where it continues none."""
        known = self._live(turn, chat, said_at)
        match = identify_chain([_candidate(c) for c in known], Arrival(chat.chat, snapshot, said_at, author))
        for chain in known:
            if chain.id == match.chain_key:
                return chain, match
        fresh = LiveChain(f"c{turn.position}", chat, snapshot.kind, [], said_at, said_at, author)
        known.append(fresh)
        return fresh, match

    def retract(self, turn: Turn, position: int) -> None:
        """Take a post out of its chain: it was a second delivery of another one."""
        chain_id = chains.remove_post(turn.connection, turn.lane, position)
        if chain_id is None:
            return
        for live in self._by_chat.values():
            live[:] = [c for c in live if c.id != chain_id]
        if not chains.posts_of(turn.connection, turn.lane, chain_id):
            chains.drop_entries(turn.connection, turn.lane, chain_id)
            chains.forget_chains(turn.connection, turn.lane, [chain_id])

    def _live(self, turn: Turn, chat: Chat, said_at: datetime) -> list[LiveChain]:
        known = self._by_chat.setdefault(chat.chat, [])
        ids = {c.id for c in known}
        for row in chains.recent(turn.connection, turn.ring, turn.lane, chat.chat, said_at - LOOK_BACK):
            if row.id not in ids:
                known.append(_rebuild(turn, row, chat))
        known[:] = [c for c in known if c.last_at >= said_at - LOOK_BACK]
        return known


def post_of(turn: Turn, chain: LiveChain, logged: LoggedMessage, snapshot: Snapshot, voice: Voice) -> Post:
    """Return a post as the merge takes it; each distinct line of the chain is read once."""
    authors = {item.text: item.author for item in logged.message.items}
    entries = tuple(_post_entry(turn, chain, entry, snapshot, authors) for entry in snapshot.entries)
    role = voice.roles[0].speaks_as if voice.roles else "resident"
    return Post(
        source=logged.message.external_id,
        author=voice.account,
        author_key=voice.household,
        role=role,
        said_at=logged.message.said_at,
        order=(logged.message.said_at, logged.sequence),
        entries=entries,
    )


def intents_of(turn: Turn, chain: LiveChain, entry: Entry, snapshot: Snapshot) -> tuple[Intent, ...]:
    """Return what a line of the chain says, whoever posted it."""
    memo = f"{entry.section}\n{entry.text}"
    if memo not in chain.readings:
        schema = snapshot if snapshot.kind == chain.kind else replace(snapshot, kind=chain.kind)
        context = Context(
            Speaker(),
            chain.chat.reads_as,
            None,
            turn.directory.rooms_in(chain.chat.scope),
            turn.directory.goods,
        )
        chain.readings[memo] = read_entry(entry, schema, context)
    return chain.readings[memo]


def refold(chain: LiveChain) -> list[tuple[Post, tuple[Change, ...]]]:
    """Fold a chain anew from all its posts and return what each of them did, in the order they were said."""
    chain.state, chain.places = ChainState(), {}
    return [(post, chain.state.apply(post)) for post in sorted(chain.posts.values(), key=lambda p: p.order)]


def _rebuild(turn: Turn, row: ChainRow, chat: Chat) -> LiveChain:
    chain = LiveChain(row.id, chat, row.kind, [row.title], row.opened_at, row.newest_at, "", row.round)
    positions = chains.posts_of(turn.connection, turn.lane, row.id)
    for logged in log.read_positions(turn.connection, turn.ring, turn.lane, positions):
        snapshot = read_snapshot(unwrap(logged.message.text))
        if snapshot:
            voice = voice_of(logged.message, chat, turn.directory)
            chain.posts[logged.position] = post_of(turn, chain, logged, snapshot, voice)
    refold(chain)
    first = min(chain.posts.values(), key=lambda p: p.order, default=None)
    chain.opener = first.author if first else ""
    for entry in chain.state.entries:
        chain.place_of(entry.id)
    return chain


def _candidate(chain: LiveChain) -> Candidate:
    return Candidate(
        key=chain.id,
        chat=chain.chat.chat,
        titles=tuple(chain.titles),
        kind=chain.kind,
        first_at=chain.first_at,
        last_at=chain.last_at,
        knows=chain.state.knows,
        entries=len(chain.state.in_force),
        opener=chain.opener,
    )


def _post_entry(turn: Turn, chain: LiveChain, entry: Entry, snapshot: Snapshot, authors: dict[str, str]) -> PostEntry:
    intents = intents_of(turn, chain, entry, snapshot)
    first = intents[0] if intents else None
    subject = None
    if first is not None:
        key, _ = household_of(first, Voice(""), chain.chat, turn.directory)
        subject = key or (f"~{first.subject.name}" if first.subject.name else None)
    withdrawn = any(_withdraws(i) for i in intents)
    return PostEntry(
        entry.text, subject, authors.get(entry.text), first.subject.name if first else None, withdrawn or None
    )


def _withdraws(intent: Intent) -> bool:
    match intent:
        case Order(action=Action.CANCEL, lines=()):
            return not intent.doubts
        case SignUp(action=Action.LEAVE):
            return True
    return False
