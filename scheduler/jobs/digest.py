"""The digest of a forked chain: once a chain has been quiet for a while, what its newest post does not show is told.

An order or sign-up chain is posted merged where it stands; of a health chain the group gets a count and the unit head
the list in private. A chain that never forked is left alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from domain.chains.kinds import OPEN_KINDS
from domain.chains.posts import QUIET
from domain.facts import Order
from domain.roles import HEADS, Chat
from domain.wording import chains as wording
from domain.wording import checkins as checkin_wording
from models import chains, jobs
from models.chains import ChainRow
from models.ledger import slot_book
from models.outbox import Post
from scheduler.plan import Desk

WINDOW = timedelta(hours=2)
_LOOK_BACK = timedelta(hours=12)
_BEFORE_POSTS = -1  # of the same moment


def moments(desk: Desk) -> list[datetime]:
    """Return when each forked chain will have been quiet for long enough."""
    return [chain.newest_at + QUIET for chain in _forked(desk)]


def watch(desk: Desk) -> list[Post]:
    """Return the digests that are due; a chain gets at most one in its window."""
    quiet = (chain for chain in _forked(desk) if chain.newest_at + QUIET <= desk.now)
    return [post for chain in quiet if _is_first(desk, chain) for post in _posts(desk, chain)]


def _forked(desk: Desk) -> list[ChainRow]:
    return chains.forked(desk.connection, desk.ring, desk.lane, desk.now - _LOOK_BACK)


def _is_first(desk: Desk, chain: ChainRow) -> bool:
    return jobs.record(desk.connection, desk.lane, "digest", chain.id, _window(desk, chain), desk.now)


def _window(desk: Desk, chain: ChainRow) -> datetime:
    """Return the stretch in which one digest is enough: for a health chain its half-day, for others two hours."""
    if chain.kind == "checkin":
        return desk.timetable.slot_of(chain.newest_at)
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(chain.newest_at.timestamp()) // seconds * seconds, UTC)


def _posts(desk: Desk, chain: ChainRow) -> Iterator[Post]:
    chat = desk.directory.chats.get(chain.chat)
    if chat is None:
        return
    rows = chains.entries_of(desk.connection, desk.ring, desk.lane, chain.id)
    texts = [r.text for r in rows if r.state != "cancelled"]
    key = f"digest:{chain.id}:{_window(desk, chain):%Y%m%d%H}"
    if chain.kind in OPEN_KINDS:
        chains.add_list(desk.connection, desk.lane, chain.id, Order(desk.now, _BEFORE_POSTS))
        text = wording.merged_list(chain.title, chain.kind, chain.notes, texts, missing=chain.unseen)
        yield Post(dedupe_key=key, kind="digest", text=text, due_at=desk.now, chat=chain.chat)
        return
    if chain.kind == "checkin":
        yield Post(dedupe_key=key, kind="digest", text=_count(desk, chat, chain), due_at=desk.now, chat=chain.chat)
    listed = wording.merged_list(chain.title, chain.kind, chain.notes, texts)
    for head in desk.directory.in_charge_of(chat.scope, *HEADS)[:1]:
        yield Post(dedupe_key=f"{key}:head", kind="digest", text=listed, due_at=desk.now, account=head.account)


def _count(desk: Desk, chat: Chat, chain: ChainRow) -> str:
    book = slot_book(desk.connection, desk.ring, desk.lane, desk.timetable.slot_of(chain.newest_at))
    counted = next((c for c in book.coverage(desk.directory) if c.area == chat.scope), None)
    return checkin_wording.health_count(
        chat.name, counted.heard if counted else 0, counted.households if counted else 0
    )
