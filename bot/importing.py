"""Imports a community's tables: dry run with a diff, bad rows named, twice the same file changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.sheets import Sheet, SheetError, read_sheet
from domain import tables
from domain.areas import OPTED_OUT, Household
from domain.roles import Chat, Person
from domain.tables import ColumnsMissing, Problem
from models import roster
from models.directory import load_directory
from models.phones import load_phones, save_phones
from models.store import Store


@dataclass(frozen=True, slots=True)
class Diff:
    """What an import changes: the keys that are new, changed, and unchanged, and the rows that could not be read."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    removed: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)


Write = Callable[[Connection], None]


def plan_import(store: Store, lane: int, kind: str, path: Path) -> tuple[Diff, Write]:
    """Compare a file with what is known; return the difference and the work that applies it.

    `kind`: roster, people, chats or goods. Raises SheetError where the file is no such table.
    """
    sheet = read_sheet(path)
    try:
        return _PLANS[kind](store, lane, sheet)
    except ColumnsMissing as missing:
        raise SheetError(f"{path}: {missing}") from None


def _roster(store: Store, lane: int, sheet: Sheet) -> tuple[Diff, Write]:
    rows = tables.rows_by_column(sheet.header, sheet.rows, tables.ROSTER)
    read, problems = tables.read_rows(rows, sheet.first_row, tables.read_household, lambda v: v[0].key, "房号")
    with store.read() as connection:
        known = load_directory(connection, store.ring, lane).households
        phones = roster.phones_of(connection, store.ring, lane)
    fresh = {h.key: (_with_own_choice(h, known.get(h.key)), phone) for h, phone in read}
    old = {key: (known[key], phones.get(key, "")) for key in fresh if key in known}
    diff = _diff(fresh, old, problems, keep_missing=True)
    touched = [fresh[key] for key in (*diff.added, *diff.changed)]
    return diff, lambda connection: _apply(diff, lambda: roster.save_households(connection, store.ring, lane, touched))


def _with_own_choice(fresh: Household, known: Household | None) -> Household:
    """Who said 不参加 stays out, whatever a later table says, until they say 参加 themselves."""
    if known is None or not known.opted_out or fresh.opted_out:
        return fresh
    return replace(fresh, tags=fresh.tags | {OPTED_OUT})


def _people(store: Store, lane: int, sheet: Sheet) -> tuple[Diff, Write]:
    rows = tables.rows_by_column(sheet.header, sheet.rows, tables.PEOPLE)
    read, problems = tables.read_rows(rows, sheet.first_row, tables.read_person, lambda v: _person_key(v[0]), "账号")
    with store.read() as connection:
        people = load_directory(connection, store.ring, lane).people
        phones = load_phones(connection, store.ring, lane)
    told = {person.account: phone for person, phone in read if phone}
    phones_then = told or phones  # a list without phones says nothing about them
    fresh = {_person_key(p): (p, phones_then.get(p.account, "")) for p, _ in read}
    diff = _diff(fresh, {_person_key(p): (p, phones.get(p.account, "")) for p in people}, problems)

    def work(connection: Connection) -> None:
        roster.save_people(connection, store.ring, lane, [person for person, _ in fresh.values()])
        save_phones(connection, store.ring, lane, {p.account: phone for p, phone in fresh.values() if phone})

    return diff, lambda connection: _apply(diff, lambda: work(connection))


def _chats(store: Store, lane: int, sheet: Sheet) -> tuple[Diff, Write]:
    rows = tables.rows_by_column(sheet.header, sheet.rows, tables.CHATS)
    read, problems = tables.read_rows(rows, sheet.first_row, tables.read_chat, lambda c: c.chat, "群号")
    with store.read() as connection:
        known = load_directory(connection, store.ring, lane).chats
    fresh = {
        c.chat: Chat(c.chat, c.name, c.kind, c.scope, known[c.chat].channel if c.chat in known else None) for c in read
    }
    diff = _diff(fresh, {key: known[key] for key in fresh if key in known}, problems, keep_missing=True)

    def write(connection: Connection) -> None:
        for key in (*diff.added, *diff.changed):
            roster.bind_chat(connection, lane, fresh[key], None)

    return diff, write


def _goods(store: Store, lane: int, sheet: Sheet) -> tuple[Diff, Write]:
    rows = tables.rows_by_column(sheet.header, sheet.rows, tables.GOODS)
    read, problems = tables.read_rows(rows, sheet.first_row, tables.read_good, lambda g: str(g["name"]), "名称")
    with store.read() as connection:
        known = roster.goods_rows(connection, lane)
    diff = _diff({str(g["name"]): g for g in read}, known, problems)
    return diff, lambda connection: _apply(diff, lambda: roster.save_goods(connection, lane, read))


_PLANS: Mapping[str, Callable[[Store, int, Sheet], tuple[Diff, Write]]] = {
    "roster": _roster,
    "people": _people,
    "chats": _chats,
    "goods": _goods,
}
KINDS = tuple(_PLANS)


def _diff(
    fresh: Mapping[str, Any], known: Mapping[str, Any], problems: Iterable[Problem], *, keep_missing: bool = False
) -> Diff:
    added = tuple(key for key in fresh if key not in known)
    changed = tuple(key for key in fresh if key in known and fresh[key] != known[key])
    removed = () if keep_missing else tuple(key for key in known if key not in fresh)
    return Diff(added, changed, len(fresh) - len(added) - len(changed), tuple(problems), removed)


def _person_key(person: Person) -> str:
    return f"{person.account} {person.role.value} {person.scope}"


def _apply(diff: Diff, work: Callable[[], None]) -> None:
    if not diff.changes_nothing:
        work()
