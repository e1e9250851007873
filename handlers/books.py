"""The chains that are being continued, as they stand in memory between posts.

The state of a chain is a fold over its posts and rulings. It is kept between posts, so that a post costs what it
changed; after a restart, a failed transaction or a late post it is folded anew from the log, with the same result.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.chains.envelope import authors_of, read_carrier, unwrap
from domain.chains.identity import Arrival, Candidate, Match, identify_chain
from domain.chains.merge import Listing, Post, PostEntry
from domain.chains.posts import QUIET
from domain.chains.snapshot import Entry, Snapshot, read_snapshot
from domain.intents import Action, Intent, Order, SignUp
from domain.messages import IncomingMessage
from domain.parsing import read_entry
from domain.parsing.context import Context, Speaker
from domain.roles import Chat
from handlers.live_chains import WHOLE, LiveChain, Place, list_key, listing_of, ruling_of
from handlers.pasted import lines_of, message_of, voice_of_line
from handlers.speakers import voice_of
from handlers.subjects import household_of
from handlers.turn import Turn, Voice
from models import chains, disputes, forwards, log
from models.chains import ChainRow
from models.log import LoggedMessage

LOOK_BACK = timedelta(hours=72)
_MOST_VOICES = 50_000
_NEVER = datetime.max.replace(tzinfo=UTC)


class ChainBooks:
    """The live chains by chat. Forgotten whenever a transaction failed: the log knows better."""

    def __init__(self) -> None:
        self._by_chat: dict[str, list[LiveChain]] = {}
        self._complete_since: dict[str, datetime] = {}
        self._voices: dict[tuple[str, str], tuple[str, str | None]] = {}

    def forget_all(self) -> None:
        self._by_chat.clear()
        self._complete_since.clear()
        self._voices.clear()

    def is_new_voice(self, chat: str, account: str, name: str, alias: str | None) -> bool:
        """Say whether nickname or remark of an account differ from what was noted last."""
        if self._voices.get((chat, account)) == (name, alias):
            return False
        if len(self._voices) > _MOST_VOICES:
            self._voices.clear()
        self._voices[chat, account] = (name, alias)
        return True

    def find(
        self, turn: Turn, snapshot: Snapshot, chat: Chat, said_at: datetime, author: str
    ) -> tuple[LiveChain, Match]:
        """Return the chain that a post continues; a new one where it continues none."""
        known = self.live(turn, chat, said_at)
        match = identify_chain([_candidate(c) for c in known], Arrival(chat.chat, snapshot, said_at, author))
        for chain in known:
            if chain.id == match.chain_key:
                return chain, match
        fresh = LiveChain(self._new_id(turn, known), chat, snapshot.kind, [], said_at, said_at, author)
        known.append(fresh)
        return fresh, match

    def live(self, turn: Turn, chat: Chat, said_at: datetime) -> list[LiveChain]:
        """Return the chains of a chat that may still be continued at this time."""
        since = said_at - LOOK_BACK
        known = self._by_chat.setdefault(chat.chat, [])
        if since < self._complete_since.get(chat.chat, _NEVER):
            ids = {c.id for c in known}
            rows = chains.recent(turn.connection, turn.ring, turn.lane, chat.chat, since)
            known += [_rebuild(turn, row, chat) for row in rows if row.id not in ids]
        self._complete_since[chat.chat] = since
        known[:] = [c for c in known if c.last_at >= since]
        return known

    def by_id(self, turn: Turn, chain_id: str) -> LiveChain | None:
        """Return a chain by its id, whatever its age; None where it is gone."""
        for live in self._by_chat.values():
            for chain in live:
                if chain.id == chain_id:
                    return chain
        row = chains.chain_by_id(turn.connection, turn.ring, turn.lane, chain_id)
        chat = turn.directory.chats.get(row.chat) if row else None
        return _rebuild(turn, row, chat) if row and chat else None

    def retract(self, turn: Turn, position: int) -> None:
        """Take a post out of its chain: it was a second delivery of another one."""
        for chain_id in chains.remove_post(turn.connection, turn.lane, position):
            for live in self._by_chat.values():
                live[:] = [c for c in live if c.id != chain_id]
            self._complete_since.clear()
            if not chains.posts_of(turn.connection, turn.lane, chain_id):
                chains.drop_entries(turn.connection, turn.lane, chain_id)
                chains.forget_chains(turn.connection, turn.lane, [chain_id])

    @staticmethod
    def unheard_lists(turn: Turn, chain: LiveChain) -> list[Listing]:
        """Return the lists of a chain that the bot posted since it was looked at: it must have been quiet for that."""
        if turn.now < chain.last_at + QUIET:
            return []
        return [listing for listing in _lists_of(turn, chain.id) if chain.lacks_list(listing)]

    @staticmethod
    def _new_id(turn: Turn, known: list[LiveChain]) -> str:
        taken = sum(c.id.split(".")[0] == f"c{turn.position}" for c in known)
        return f"c{turn.position}" + (f".{taken}" if taken else "")


def post_of(
    turn: Turn, chain: LiveChain, logged: LoggedMessage, snapshot: Snapshot, voice: Voice, place: Place = WHOLE
) -> Post:
    """Return a post as the merge takes it; each distinct line of the chain is read once."""
    vouched = _vouched(logged.message)
    lines = [chain.lines.get(e.text) or _line(turn, chain, e, snapshot) for e in snapshot.entries]
    if vouched:
        authors = authors_of([line.text for line in lines], vouched)
        lines = [replace(line, author=author) if author else line for line, author in zip(lines, authors, strict=True)]
    return Post(
        source=logged.message.external_id,
        author=voice.account,
        author_key=voice.household,
        role=voice.roles[0].speaks_as if voice.roles else "resident",
        said_at=logged.message.said_at,
        order=(logged.message.said_at, logged.sequence),
        entries=tuple(lines),
        undated=not place.dated,
    )


def intents_of(turn: Turn, chain: LiveChain, text: str, snapshot: Snapshot | None = None) -> tuple[Intent, ...]:
    """Return what a line of the chain says, whoever posted it. A line that is new needs the post it stands in."""
    known = chain.readings.get(text)
    if known is None and snapshot is not None:
        section = next((e.section for e in snapshot.entries if e.text == text), "")
        schema = snapshot if snapshot.kind == chain.kind else replace(snapshot, kind=chain.kind)
        rooms = turn.directory.rooms_in(chain.chat.scope)
        context = Context(Speaker(), chain.chat.reads_as, None, rooms, turn.directory.goods)
        known = chain.readings[text] = read_entry(Entry(None, text, section), schema, context)
    return known or ()


def _vouched(message: IncomingMessage) -> list[tuple[str, str]]:
    if message.items:
        return [(item.author, item.text) for item in message.items]
    carried = read_carrier(message.carrier) if message.carrier else None
    return [(entry.author, entry.text) for entry in carried.entries] if carried else []


def _rebuild(turn: Turn, row: ChainRow, chat: Chat) -> LiveChain:
    chain = LiveChain(row.id, chat, row.kind, [row.title], row.opened_at, row.newest_at, "", row.round, notes=row.notes)
    positions = chains.posts_of(turn.connection, turn.lane, row.id)
    for logged in log.read_positions(turn.connection, turn.ring, turn.lane, positions):
        for place, part, voice in _parts(turn, chain, logged):
            snapshot = read_snapshot(unwrap(part.message.text))
            if snapshot:
                step = post_of(turn, chain, part, snapshot, voice, place)
                chain.steps[logged.position, place.line] = step
    for ruled in disputes.rulings_on(turn.connection, turn.lane, row.id):
        chain.steps[ruled.position or 0, WHOLE.line] = ruling_of(ruled)
    chain.steps.update((list_key(listing), listing) for listing in _lists_of(turn, row.id))
    chain.refold()
    posts = [step for step in chain.steps.values() if isinstance(step, Post)]
    chain.opener = min(posts, key=lambda p: p.order).author if posts else ""
    for entry in chain.state.entries:
        chain.place_of(entry.id)
    return chain


def _parts(turn: Turn, chain: LiveChain, logged: LoggedMessage) -> list[tuple[Place, LoggedMessage, Voice]]:
    """Return the message as a post of the chain, or those lines of a forward that are posts of it."""
    numbers = forwards.lines_of_chain(turn.connection, turn.lane, logged.position, chain.id)
    if not numbers:
        return [(WHOLE, logged, voice_of(logged.message, chain.chat, turn.directory))]
    lines, parts = lines_of(logged.message), []
    for number in numbers:
        voice = voice_of_line(turn, chain.chat, lines[number])
        message = message_of(logged.message, chain.chat, lines[number], voice)
        parts.append((Place(number, dated=lines[number].said_at is not None), replace(logged, message=message), voice))
    return parts


def _lists_of(turn: Turn, chain: str) -> list[Listing]:
    return [listing_of(order) for order in chains.lists_of(turn.connection, turn.lane, chain)]


def _candidate(chain: LiveChain) -> Candidate:
    return Candidate(
        key=chain.id,
        chat=chain.chat.chat,
        titles=tuple(chain.titles),
        kind=chain.kind,
        first_at=chain.first_at,
        last_at=chain.last_at,
        knows=chain.state.knows,
        entries=chain.state.standing,
        opener=chain.opener,
    )


def _line(turn: Turn, chain: LiveChain, entry: Entry, snapshot: Snapshot) -> PostEntry:
    """Read a line that is new to the chain, and remember it."""
    intents = intents_of(turn, chain, entry.text, snapshot)
    first = intents[0] if intents else None
    subject = None
    if first is not None:
        key, _ = household_of(first, Voice(""), chain.chat, turn.directory)
        name = first.subject.name
        subject = key or (f"~{turn.ring.blind('entry', name)[:16]}" if name else None)  # it is stored unsealed
    withdrawn = any(_withdraws(i) for i in intents)
    name = first.subject.name if first else None
    line = chain.lines[entry.text] = PostEntry(entry.text, subject, None, name, withdrawn or None)
    return line


def _withdraws(intent: Intent) -> bool:
    match intent:
        case Order(action=Action.CANCEL, lines=()):
            return not intent.doubts
        case SignUp(action=Action.LEAVE):
            return True
    return False
