"""The board: how the community stands now, in counts; every number leads to the messages it came from."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from domain.areas import WHOLE
from domain.coverage import Coverage
from domain.intents import Status
from domain.shopping import ShoppingRow
from domain.slots import combine, day_of
from domain.wording import pages as words
from domain.wording.incidents import NAMES
from models import chains, facts, gaps, incidents, jobs, log, outbox
from models.directory import Directory
from models.incidents import IncidentRow
from models.ledger import SlotBook, round_book, slot_book
from models.outbox import EXPIRED, REFUSED, UNKNOWN
from web.alarms import Alarm, alarms
from web.pages import page
from web.security import is_local
from web.services import SERVICES, SHELF, ChannelView, Services
from web.session import Visitor, visitor_of

_DAY_STARTS = timedelta(hours=8)
_TROUBLED = (UNKNOWN, REFUSED, EXPIRED)


@dataclass(frozen=True, slots=True)
class PageView:
    """One time somebody was paged: who, when it fell due, and whether it went out."""

    to: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An open matter with whom it was brought to."""

    row: IncidentRow
    category: str
    taken_by: str
    pages: tuple[PageView, ...]

    @property
    def door(self) -> str:
        """The door, None-like text where it is not known yet."""
        household = self.row.incident.household
        return words.DOOR_UNKNOWN if household[:1] in "@#" else household


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round of purchases: how many households order, and what to buy."""

    day: date
    households: int
    rows: tuple[ShoppingRow, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows, read in one transaction."""

    now: datetime
    slot: datetime
    slots: tuple[datetime, ...]
    whole: Coverage
    areas: tuple[Coverage, ...]
    unwell: int
    matters: tuple[IncidentView, ...]
    closed: int
    doubts: int
    disputed: int
    rounds: tuple[RoundView, ...]
    troubled: dict[str, int]
    waiting: int
    aside: int
    pending: int
    gaps: tuple[tuple[str, datetime, datetime], ...]
    missed: int
    channels: tuple[ChannelView, ...]
    alarms: tuple[Alarm, ...] = ()

    @property
    def asked(self) -> int:
        """How many households are asked: those that opted out are not."""
        return self.whole.households - self.whole["opted_out"]

    @property
    def silent(self) -> int:
        return self.asked - self.whole.heard


async def board(request: web.Request) -> web.Response:
    """The board, for whoever is in charge or sits at this machine."""
    visitor = await admit(request)
    services = request.app[SERVICES]
    slot = _moment(request.query.get("slot", ""))
    found = await services.read(lambda c: read_board(c, services, request.app[SHELF].get(c), slot))
    buildings = list(dict.fromkeys(c.area.split("-")[0] for c in found.areas if c.area != WHOLE))
    return page(request, "board.html", {"b": found, "visitor": visitor, "buildings": buildings, "link": link})


async def admit(request: web.Request) -> Visitor | None:
    """Return the visitor where the board is his business; for everybody else there is no such page."""
    visitor = await visitor_of(request)
    if is_local(request) or (visitor is not None and visitor.is_in_charge):
        return visitor
    raise web.HTTPNotFound()


def link(what: str, **values: object) -> str:
    """Return the address of the messages behind a number."""
    given = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return "/board/messages?" + urlencode({"what": what, **given})


def read_board(connection: Connection, services: Services, directory: Directory, wanted: datetime | None) -> Board:
    """Read the board for one check-in slot (None: the newest that has begun)."""
    lane, ring, now = services.lane, services.store.ring, services.now()
    slots = begun_slots(services, now)
    slot = wanted if wanted in slots else slots[-1]
    book = slot_book(connection, ring, lane, slot)
    coverage = book.coverage(directory)
    start = combine(day_of(now), services.timetable.morning) - _DAY_STARTS
    matters = incidents.every(connection, lane, since=start)
    posts = outbox.since(connection, ring, lane, now - timedelta(days=1))
    return Board(
        now=now,
        slot=slot,
        slots=slots,
        whole=next((c for c in coverage if c.area == WHOLE), Coverage(WHOLE, 0, {})),
        areas=tuple(c for c in coverage if c.area != WHOLE),
        unwell=len(unwell_doors(book)),
        matters=tuple(_matter(connection, services, directory, r) for r in _by_need(matters)),
        closed=sum(r.state == "closed" for r in matters),
        doubts=len({d.position for d in facts.doubtful(connection, ring, lane)}),
        disputed=len(chains.disputed(connection, ring, lane)),
        rounds=_rounds(connection, services, directory),
        troubled=dict(Counter(p.state for p in posts if p.state in _TROUBLED)),
        waiting=sum(p.state == outbox.NEW for p in posts),
        aside=len(log.set_aside(connection, lane)),
        pending=log.pending(connection, lane),
        gaps=tuple(gaps.overlapping(connection, lane, start, now)),
        missed=len(jobs.missed(connection, lane, start)),
        channels=tuple(services.channels()),
        alarms=alarms(connection, services, directory, matters),
    )


def begun_slots(services: Services, now: datetime) -> tuple[datetime, ...]:
    """Return the slots that have begun, yesterday's included, oldest first."""
    today = day_of(now)
    days = (today - timedelta(days=1), today)
    found = tuple(s for d in days for s in services.timetable.slots_of_day(d) if s <= now)
    return found[-2:]


def unwell_doors(book: SlotBook) -> tuple[str, ...]:
    return tuple(key for key, condition in book.conditions.items() if condition.status is Status.UNWELL)


def _rounds(connection: Connection, services: Services, directory: Directory) -> tuple[RoundView, ...]:
    """Return today's round and, once that is closed, the next one too."""
    now = services.now()
    days = dict.fromkeys((day_of(now), services.timetable.round_of(now, directory.closed_rounds)))
    found = []
    for day in days:
        book = round_book(connection, services.store.ring, services.lane, directory, day)
        found.append(RoundView(day, book.households, book.shopping(directory)))
    return tuple(found)


def _by_need(rows: list[IncidentRow]) -> list[IncidentRow]:
    """Return the open ones: urgent first, then those nobody has taken, then by age."""
    waiting = [r for r in rows if r.state != "closed"]
    return sorted(waiting, key=lambda r: (not r.incident.urgent, r.state != "open", r.id))


def _matter(connection: Connection, services: Services, directory: Directory, row: IncidentRow) -> IncidentView:
    paged = outbox.of_incident(connection, services.store.ring, services.lane, row.id)
    return IncidentView(
        row=row,
        category=NAMES[row.incident.category],
        taken_by=_name(directory, row.taken_by),
        pages=tuple(
            PageView(_name(directory, q.post.account), q.post.due_at, q.state) for q in paged if q.post.kind == "page"
        ),
    )


def _name(directory: Directory, account: str | None) -> str:
    if account is None:
        return ""
    roles = directory.roles_of(account)
    return f"{roles[0].name}（{roles[0].role.value}）" if roles else directory.bound_names.get(account, account)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
