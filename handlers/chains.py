"""A chain post: only what its poster did to the chain is booked; everything he merely copied is left alone."""

from collections.abc import Callable
from dataclasses import replace

from domain.chains.merge import Change, ChangeKind, MergedEntry, Post
from domain.chains.snapshot import Entry, Snapshot
from domain.facts import Order as FactOrder
from domain.intents import Action, Intent, Order
from domain.roles import HEADS, Chat
from domain.wording import chains as wording
from handlers.books import LiveChain, intents_of, post_of, refold
from handlers.speakers import voice_of_account
from handlers.subjects import household_of
from handlers.told import Told
from handlers.turn import Turn, Voice
from models import chains, facts
from models.chains import EntryRow

Dispatch = Callable[[Turn, Told], None]
KEPT_KINDS = frozenset({"checkin", "order", "signup"})
_SAYS_AGAIN = frozenset({ChangeKind.ADDED, ChangeKind.EDITED, ChangeKind.RESTORED})


def handle(turn: Turn, snapshot: Snapshot, chat: Chat, dispatch: Dispatch) -> None:
    """Merge the post into its chain and book what it changed."""
    said_at = turn.message.said_at
    chain, _ = turn.books.find(turn, snapshot, chat, said_at, turn.voice.account)
    chain.saw(snapshot, said_at)
    if chain.kind not in KEPT_KINDS:
        return
    if chain.kind == "order" and chain.round is None:
        chain.round = turn.timetable.round_of(said_at, turn.directory.closed_rounds)
    turn.keep = True
    post = post_of(turn, chain, turn.prepared.logged, snapshot, turn.voice)
    chain.posts[turn.position] = post
    chains.save_chain(turn.connection, turn.ring, turn.lane, chain.row)
    chains.add_post(turn.connection, turn.lane, chain.id, turn.position)
    if chain.state.follows(post):
        _record(turn, chain, snapshot, post, turn.position, chain.state.apply(post), dispatch)
    else:
        _record_anew(turn, chain, snapshot, dispatch)


def _record_anew(turn: Turn, chain: LiveChain, snapshot: Snapshot, dispatch: Dispatch) -> None:
    """A post came late: everything the chain said is derived again, as if it had come in time."""
    turn.flush()
    facts.retract_chain(turn.connection, turn.lane, chain.id)
    chains.drop_entries(turn.connection, turn.lane, chain.id)
    positions = {post.source: position for position, post in chain.posts.items()}
    for post, changes in refold(chain):
        _record(turn, chain, snapshot, post, positions[post.source], changes, dispatch)


def _record(
    turn: Turn,
    chain: LiveChain,
    snapshot: Snapshot,
    post: Post,
    position: int,
    changes: tuple[Change, ...],
    dispatch: Dispatch,
) -> None:
    rows = []
    for change in changes:
        entry = chain.state.entry(change.entry)
        if entry is None:
            continue
        rows.append(_row(chain, entry))
        if change.kind in _SAYS_AGAIN or change.kind is ChangeKind.CANCELLED:
            _book_entry(turn, chain, snapshot, post, position, change, entry, dispatch)
        elif change.kind is ChangeKind.DISPUTED:
            _ask_head(turn, chain, change)
    chains.save_entries(turn.connection, turn.ring, turn.lane, rows)


def _book_entry(
    turn: Turn,
    chain: LiveChain,
    snapshot: Snapshot,
    post: Post,
    position: int,
    change: Change,
    entry: MergedEntry,
    dispatch: Dispatch,
) -> None:
    known = change.kind is not ChangeKind.ADDED
    if known:
        turn.flush()
        facts.replace_entry(turn.connection, turn.lane, chain.id, entry.id)
    intents = intents_of(turn, chain, Entry(None, change.text, _section(snapshot, change.text)), snapshot)
    if change.kind is ChangeKind.CANCELLED:
        intents = tuple(_taken_back(intent) for intent in intents if isinstance(intent, Order))
    for intent in intents:
        told = Told(
            intent=intent,
            voice=_voice_for(turn, chain, entry, intent),
            order=_order(post, entry, known),
            position=position,
            source=post.source,
            chat=chain.chat,
            entry=entry.id,
            chain=chain.id,
            first_said=entry.first[0],  # type: ignore[arg-type]
            words=change.text,
        )
        dispatch(turn, told)


def _voice_for(turn: Turn, chain: LiveChain, entry: MergedEntry, intent: Intent) -> Voice:
    """Return for whom the entry speaks: a head or worker relays; a neighbour only carries lines along."""
    voice = turn.voice if entry.owner in ("", turn.voice.account) else voice_of_account(turn, chain.chat, entry.owner)
    door, _ = household_of(intent, Voice(""), chain.chat, turn.directory)
    relays = intent.relayed or voice.is_worker or any(p.role in HEADS for p in voice.roles)
    if door is None or door == voice.household or relays:
        return voice
    return Voice(voice.account, door)


def _order(post: Post, entry: MergedEntry, known: bool) -> FactOrder:
    said_at, sequence = post.order if known else entry.first
    return FactOrder(said_at, sequence)  # type: ignore[arg-type]


def _taken_back(intent: Order) -> Order:
    return replace(intent, action=Action.CANCEL, lines=(), doubts=())


def _section(snapshot: Snapshot, text: str) -> str:
    return next((e.section for e in snapshot.entries if e.text == text), "")


def _row(chain: LiveChain, entry: MergedEntry) -> EntryRow:
    return EntryRow(
        chain.id,
        entry.id,
        chain.place_of(entry.id),
        entry.text,
        entry.state.value,
        entry.owner or None,
        entry.subject,
        entry.sources,
    )


def _ask_head(turn: Turn, chain: LiveChain, change: Change) -> None:
    """Ask the unit head in private: somebody else touched an entry; it stands until it is settled."""
    for head in turn.directory.in_charge_of(chain.chat.scope, *HEADS)[:1]:
        turn.say(
            f"disputed:{chain.id}:{change.entry}",
            wording.disputed(chain.title, change.text),
            kind="notice",
            account=head.account,
        )
