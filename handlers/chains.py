"""A chain post: only what its poster did to the chain is booked; everything he merely copied is left alone."""

from collections.abc import Callable, Collection
from dataclasses import replace

from domain.chains.merge import Change, ChangeKind, MergedEntry, Post, Step
from domain.chains.posts import State
from domain.chains.snapshot import Snapshot
from domain.facts import Order as FactOrder
from domain.intents import Action, Intent, Order
from domain.parsing.lessons import kind_in
from domain.roles import HEADS, Chat, Role
from domain.text.normalise import bounded
from domain.wording import chains as wording
from handlers.books import intents_of, post_of
from handlers.live_chains import WHOLE, LiveChain, Place, StepKey, list_key, listing_of
from handlers.speakers import voice_of_account
from handlers.subjects import household_of
from handlers.told import Told
from handlers.turn import Turn, Voice
from models import chains, disputes, facts
from models.chains import EntryRow

Dispatch = Callable[[Turn, Told], None]
KEPT_KINDS = frozenset({"checkin", "order", "signup", "need"})
_OVER_HEADS = (Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY)  # a group of the whole community has no head
_SAYS_AGAIN = frozenset({ChangeKind.ADDED, ChangeKind.EDITED, ChangeKind.RESTORED, ChangeKind.CANCELLED})


def handle(turn: Turn, snapshot: Snapshot, chat: Chat, dispatch: Dispatch, place: Place = WHOLE) -> LiveChain | None:
    """Merge the post into its chain and book what it changed; returns the chain, None where it is no matter of ours."""
    said_at = turn.message.said_at
    snapshot = replace(snapshot, kind=kind_in(snapshot, turn.prepared.context.expecting))
    chain, match = turn.books.find(turn, snapshot, chat, said_at, turn.voice.account)
    for listing in turn.books.unheard_lists(turn, chain):
        take_step(turn, chain, list_key(listing), listing, None, dispatch)
    chain.saw(snapshot, said_at)
    if chain.kind not in KEPT_KINDS:
        return None
    if chain.kind == "order" and chain.round is None:
        chain.round = turn.timetable.round_of(said_at, turn.directory.closed_rounds)
    turn.keep = True
    step = post_of(turn, chain, turn.prepared.logged, snapshot, turn.voice, place)
    chains.add_post(turn.connection, turn.lane, chain.id, turn.position, match.explained())
    take_step(turn, chain, (turn.position, place.line), step, snapshot, dispatch)
    if bounded(turn.message.text)[1]:
        turn.answer("cut", wording.too_long(snapshot.entries[-1].text if snapshot.entries else ""))
    return chain


def take_list(turn: Turn, chain: LiveChain, dispatch: Dispatch) -> None:
    """Note that the bot posts the merged list now: whoever copies it next has it before him."""
    order = turn.prepared.logged.order
    chains.add_list(turn.connection, turn.lane, chain.id, order)
    listing = listing_of(order)
    take_step(turn, chain, list_key(listing), listing, None, dispatch)


def take_step(
    turn: Turn, chain: LiveChain, key: StepKey, step: Step, snapshot: Snapshot | None, dispatch: Dispatch
) -> None:
    """Apply one more post, ruling or list; one that comes late folds the chain anew, as if it had come in time."""
    chain.steps[key] = step
    if chain.state.follows(step):
        _record(turn, chain, turn.position, step, chain.state.apply(step), snapshot, dispatch)
    else:
        turn.flush()
        facts.retract_chain(turn.connection, turn.lane, chain.id)
        chains.drop_entries(turn.connection, turn.lane, chain.id)
        asked = {entry.id for entry in chain.state.entries if entry.state is State.DISPUTED}
        for position, earlier, changes in chain.refold():
            _record(turn, chain, position, earlier, changes, snapshot, dispatch, asked)
    chains.save_chain(turn.connection, turn.ring, turn.lane, chain.row)


def _record(
    turn: Turn,
    chain: LiveChain,
    position: int,
    step: Step,
    changes: tuple[Change, ...],
    snapshot: Snapshot | None,
    dispatch: Dispatch,
    asked: Collection[str] = (),
) -> None:
    """Book what one step changed; `asked`: entries about which the head was asked before the chain was folded anew."""
    rows = []
    for change in changes:
        entry = chain.state.entry(change.entry)
        if entry is None:
            continue
        rows.append(_row(chain, entry))
        if change.kind in _SAYS_AGAIN:
            _book_entry(turn, chain, position, step, change, entry, snapshot, dispatch)
        elif change.kind is ChangeKind.DISPUTED and entry.state is State.DISPUTED and entry.id not in asked:
            _ask_head(turn, chain, change, entry, step)
    chains.save_entries(turn.connection, turn.ring, turn.lane, rows)


def _book_entry(
    turn: Turn,
    chain: LiveChain,
    position: int,
    step: Step,
    change: Change,
    entry: MergedEntry,
    snapshot: Snapshot | None,
    dispatch: Dispatch,
) -> None:
    is_new = change.kind is ChangeKind.ADDED
    if not is_new:
        turn.flush()
        facts.replace_entry(turn.connection, turn.lane, chain.id, entry.id)
    intents = intents_of(turn, chain, change.text, snapshot)
    if change.kind is ChangeKind.CANCELLED:
        intents = tuple(_taken_back(intent) for intent in intents if isinstance(intent, Order))
    first_said, first_sequence = entry.first
    said_at, sequence = (first_said, first_sequence) if is_new else step.order
    for intent in intents:
        told = Told(
            intent=intent,
            voice=_voice_for(turn, chain, entry, intent),
            order=FactOrder(said_at, sequence),  # type: ignore[arg-type]
            position=position,
            source=step.source,
            chat=chain.chat,
            entry=entry.id,
            chain=chain.id,
            first_said=first_said,  # type: ignore[arg-type]
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


def _taken_back(intent: Order) -> Order:
    return replace(intent, action=Action.CANCEL, lines=(), doubts=())


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


def _ask_head(turn: Turn, chain: LiveChain, change: Change, entry: MergedEntry, step: Step) -> None:
    """Ask the unit head in private: an entry was touched by somebody else, or left out by its own hand, perhaps by
    mistake. It stands until it is settled.
    """
    number = disputes.open_dispute(turn.connection, turn.lane, chain.id, change.entry)
    scope = chain.chat.scope
    in_charge = turn.directory.in_charge_of(scope, *HEADS) or turn.directory.in_charge_of(scope, *_OVER_HEADS)
    others = [p for p in in_charge if p.account != turn.voice.account]
    question = wording.left_out if _wrote(step, entry) else wording.disputed
    for head in (others or in_charge)[:1]:
        turn.say(
            f"disputed:{number}",
            question(number, chain.title, change.text),
            kind="notice",
            account=head.account,
        )


def _wrote(step: Step, entry: MergedEntry) -> bool:
    if not isinstance(step, Post):
        return False
    return step.author == entry.owner or (entry.subject is not None and step.author_key == entry.subject)
