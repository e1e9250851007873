"""Behind a number: the messages it came from, or the doors of which there is none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web
from sqlalchemy import Connection

from domain.areas import WHOLE, covers
from domain.coverage import COLUMNS
from domain.wording import pages as words
from domain.wording.coverage import COLUMN_WORDS
from domain.wording.incidents import NAMES
from models import chains, facts, incidents, log, outbox
from models.directory import Directory
from models.ledger import round_book, slot_book
from models.log import LoggedMessage
from web.board import admit, unwell_doors
from web.pages import page
from web.services import SERVICES, SHELF, Services

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message behind a number; `text` None where it has been erased after its time."""

    source: str
    said_at: datetime | None
    place: str
    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a number: its name, the messages, and doors or posts that no message speaks of."""

    title: str
    sources: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    lines: tuple[tuple[datetime, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the query of the address with what is needed to answer it."""

    connection: Connection
    services: Services
    directory: Directory
    query: Mapping[str, str]

    @property
    def slot(self) -> datetime:
        """The slot asked for. Raises ValueError where the address names none."""
        found = datetime.fromisoformat(self.query.get("slot", ""))
        if found.tzinfo is None:
            raise ValueError("a slot without zone")
        return found


async def messages(request: web.Request) -> web.Response:
    """List the messages behind a number of the board."""
    visitor = await admit(request)
    services = request.app[SERVICES]

    def work(connection: Connection) -> tuple[Behind, list[MessageView]]:
        directory = request.app[SHELF].get(connection)
        question = Question(connection, services, directory, request.query)
        behind = _ANSWERS[request.query.get("what", "")](question)
        return behind, list(_told(connection, services, directory, behind.sources[:_SHOWN]))

    try:
        behind, shown = await services.read(work)
    except (KeyError, ValueError):
        raise web.HTTPNotFound() from None
    return page(
        request, "messages.html", {"behind": behind, "messages": shown, "visitor": visitor, "now": services.now()}
    )


def _column(q: Question) -> Behind:
    """The households of one column of the coverage."""
    area, column = q.query.get("area", WHOLE), q.query.get("column", "")
    book = slot_book(q.connection, q.services.store.ring, q.services.lane, q.slot)
    columns = ("self", "relayed", "visited") if column == "heard" else (column,)
    if not set(columns) <= set(COLUMNS):
        raise KeyError(column)
    doors = [d for c in columns for d in book.in_column(q.directory, area, c)]
    sources = [
        s for d in doors for s in (book.conditions[d].sources if d in book.conditions else book.tried.get(d, ()))
    ]
    title = words.column_title(area, q.slot, words.HEARD if column == "heard" else COLUMN_WORDS[column])
    silent = column in ("opted_out", "not_heard")
    return Behind(title, _once(sources), tuple(doors) if silent else ())


def _unwell(q: Question) -> Behind:
    book = slot_book(q.connection, q.services.store.ring, q.services.lane, q.slot)
    doors = [d for d in unwell_doors(book) if covers(q.query.get("area", WHOLE), d)]
    sources = _once(s for d in doors for s in book.conditions[d].sources)
    return Behind(words.unwell_title(q.slot), sources, tuple(doors))


def _incident(q: Question) -> Behind:
    row = incidents.by_id(q.connection, q.services.lane, int(q.query.get("number", "")))
    if row is None:
        raise KeyError("number")
    return Behind(words.incident_title(row.id, NAMES[row.incident.category]), row.incident.sources)


def _doubts(q: Question) -> Behind:
    found = facts.doubtful(q.connection, q.services.store.ring, q.services.lane)
    return Behind(words.DOUBTS, _once(o.fact.source for o in found))


def _disputed(q: Question) -> Behind:
    found = chains.disputed(q.connection, q.services.store.ring, q.services.lane)
    return Behind(words.DISPUTED, _once(s for e in found for s in e.sources[-1:]), tuple(e.text for e in found))


def _item(q: Question) -> Behind:
    item, day = q.query.get("item", ""), date.fromisoformat(q.query.get("day", ""))
    book = round_book(q.connection, q.services.store.ring, q.services.lane, q.directory, day)
    rows = [w for wanted in book.wanted.values() for w in wanted if w.item == item and not w.cancelled]
    return Behind(words.item_title(day, item), _once(s for w in rows for s in w.sources))


def _orders(q: Question) -> Behind:
    day = date.fromisoformat(q.query.get("day", ""))
    book = round_book(q.connection, q.services.store.ring, q.services.lane, q.directory, day)
    rows = [w for wanted in book.wanted.values() for w in wanted if not w.cancelled]
    return Behind(words.orders_title(day), _once(s for w in rows for s in w.sources))


def _aside(q: Question) -> Behind:
    found = log.set_aside(q.connection, q.services.lane)
    return Behind(words.SET_ASIDE, tuple(source for _, source, _ in found), tuple(error for _, _, error in found))


def _outbox(q: Question) -> Behind:
    state = q.query.get("state", "")
    title = words.WAITING if state == outbox.NEW else words.OUTBOX_STATES[state]
    found = outbox.since(
        q.connection, q.services.store.ring, q.services.lane, q.services.now() - timedelta(days=1), state
    )
    lines = tuple((p.post.due_at, _place(q.directory, p.post.chat, p.post.account), p.post.text) for p in found)
    return Behind(title, lines=lines[-_SHOWN:])


_ANSWERS: Mapping[str, Callable[[Question], Behind]] = {
    "column": _column,
    "unwell": _unwell,
    "incident": _incident,
    "doubts": _doubts,
    "disputed": _disputed,
    "item": _item,
    "orders": _orders,
    "aside": _aside,
    "outbox": _outbox,
}


def _told(
    connection: Connection, services: Services, directory: Directory, sources: Iterable[str]
) -> Iterable[MessageView]:
    for source in sources:
        logged = log.find_by_id(connection, services.store.ring, services.lane, source)
        if logged is None:
            yield MessageView(source, None, "", "", None)
        else:
            yield _shown(directory, logged)


def _shown(directory: Directory, logged: LoggedMessage) -> MessageView:
    message = logged.message
    name = message.sender_alias or message.sender_name
    return MessageView(
        source=message.external_id,
        said_at=message.said_at,
        place=_place(directory, message.chat, message.sender),
        name=words.masked(name),
        text=message.text,
    )


def _place(directory: Directory, chat: str | None, account: str | None) -> str:
    if chat is None:
        return words.private_with(words.masked(directory.bound_names.get(account or "", "")))
    known = directory.chats.get(chat)
    return known.name if known else chat


def _once(sources: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sources))
