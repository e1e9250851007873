"""The community's own tables: households, people with a role, chats, goods, and which account lives where."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from domain.areas import Household, area_order, covers
from domain.intents import Good
from domain.roles import Chat, Person, Role
from domain.shopping import Article
from domain.units import read_pack
from models.base import Json, Moment, dump, metadata
from models.crypto import KeyRing
from models.rounds import closings

households = Table(
    "households",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("building", Text, nullable=False),
    Column("unit", Text),
    Column("room", Text, nullable=False),
    Column("persons", Integer),
    Column("tags", Json, nullable=False),
    Column("names", LargeBinary),
    Column("phone", LargeBinary),
    Column("phone_index", Text, index=True),
)
people = Table(
    "people",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("name", LargeBinary),
    Column("place", Integer, nullable=False),
)
chats = Table(
    "chats",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("chat", Text, primary_key=True),
    Column("channel", Text),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("bound_by", Text),
)
goods = Table(
    "goods",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("unit", Text),
    Column("aliases", Json, nullable=False),
    Column("kind", Text),
    Column("shop", Text),
    Column("spec", Text),
    Column("place", Integer, nullable=False),
)
bindings = Table(
    "bindings",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
    Column("household", Text, nullable=False),
    Column("name", LargeBinary),
    Column("bound_at", Moment, nullable=False),
)
versions = Table(
    "roster_versions",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)

_VERSION = select(versions.c.version).where(versions.c.lane == bindparam("lane"))


@dataclass(frozen=True)
class Directory:
    """Everything the community has told about itself, as one immutable value that many messages share."""

    version: int = 0
    households: Mapping[str, Household] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    chats: Mapping[str, Chat] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)
    bound_names: Mapping[str, str] = field(default_factory=dict)
    closed_rounds: Mapping[date, datetime] = field(default_factory=dict)

    def in_area(self, area: str) -> tuple[Household, ...]:
        return tuple(h for h in self.households.values() if covers(area, h.key))

    @cached_property
    def goods(self) -> tuple[Good, ...]:
        """Return the articles on offer as the parser takes them."""
        return tuple(Good(a.name, a.unit, None, a.aliases) for a in self.articles.values())

    def rooms_in(self, area: str) -> frozenset[str] | None:
        """Return the doors of an area, None where no roster is known."""
        if area not in self._rooms:
            self._rooms[area] = frozenset(h.key for h in self.in_area(area))
        return self._rooms[area] or None

    @cached_property
    def cache(self) -> dict[object, object]:
        """What others have worked out from this very directory; it goes with it."""
        return {}

    @cached_property
    def _rooms(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def doors_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Return the doors behind which each name on the roster lives."""
        doors: dict[str, list[str]] = {}
        for household in self.households.values():
            for name in household.names:
                doors.setdefault(name, []).append(household.key)
        return {name: tuple(keys) for name, keys in doors.items()}

    def roles_of(self, account: str) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.account == account)

    def in_charge_of(self, key: str, *roles: Role) -> tuple[Person, ...]:
        """Return who of these roles is in charge of a household or area, the narrowest scope first."""
        found = [p for p in self.people if p.role in roles and covers(p.scope, key)]
        return tuple(sorted(found, key=lambda p: (-len(area_order(p.scope)), roles.index(p.role))))

    def chats_of(self, *kinds: str) -> tuple[Chat, ...]:
        return tuple(c for c in self.chats.values() if c.kind in kinds)


def load_directory(connection: Connection, ring: KeyRing, lane: int) -> Directory:
    """Read the whole directory of a lane, in roster order."""
    return Directory(
        version=version_of(connection, lane),
        households={h.key: h for h in _households(connection, ring, lane)},
        people=tuple(
            Person(r.account, Role(r.role), r.scope, _open(ring, "people.name", _person_row(lane, r), r.name))
            for r in connection.execute(select(people).where(people.c.lane == lane).order_by(people.c.place))
        ),
        chats={
            r.chat: Chat(r.chat, r.name, r.kind, r.scope, r.channel)
            for r in connection.execute(select(chats).where(chats.c.lane == lane).order_by(chats.c.chat))
        },
        articles={
            r.name: Article(r.name, r.unit, tuple(r.aliases), r.kind, r.shop, read_pack(r.spec or ""))
            for r in connection.execute(select(goods).where(goods.c.lane == lane).order_by(goods.c.place))
        },
        closed_rounds=closings(connection, lane),
        **_bindings(connection, ring, lane),
    )


def version_of(connection: Connection, lane: int) -> int:
    found = connection.execute(_VERSION, {"lane": lane}).scalar_one_or_none()
    return int(found or 0)


def touch(connection: Connection, lane: int) -> None:
    """Mark the directory as changed, so that every process reads it anew."""
    connection.execute(
        insert(versions)
        .values(lane=lane, version=1)
        .on_conflict_do_update(index_elements=["lane"], set_={"version": versions.c.version + 1})
    )


def bind(connection: Connection, ring: KeyRing, lane: int, account: str, household: str, name: str, at: Any) -> None:
    """Note that an account belongs to a household; the newest binding counts."""
    row = {"household": household, "name": ring.seal("bindings.name", f"{lane}:{account}", name), "bound_at": at}
    connection.execute(
        insert(bindings)
        .values(lane=lane, account=account, **row)
        .on_conflict_do_update(index_elements=["lane", "account"], set_=row)
    )
    touch(connection, lane)


def bind_chat(connection: Connection, lane: int, chat: Chat, by: str | None) -> None:
    """Note what a group stands for; a second binding replaces the first."""
    row = {"channel": chat.channel, "name": chat.name, "kind": chat.kind, "scope": chat.scope, "bound_by": by}
    connection.execute(
        insert(chats)
        .values(lane=lane, chat=chat.chat, **row)
        .on_conflict_do_update(index_elements=["lane", "chat"], set_=row)
    )
    touch(connection, lane)


def save_households(connection: Connection, ring: KeyRing, lane: int, rows: Iterable[tuple[Household, str]]) -> None:
    """Insert or update households with their phone ("" where none); nobody is removed."""
    for household, phone in rows:
        at = f"{lane}:{household.key}"
        values = {
            "building": household.building,
            "unit": household.unit,
            "room": household.room,
            "persons": household.persons,
            "tags": sorted(household.tags),
            "names": ring.seal("households.names", at, dump(household.names)),
            "phone": ring.seal("households.phone", at, phone) if phone else None,
            "phone_index": ring.blind("phone", phone) if phone else None,
        }
        connection.execute(
            insert(households)
            .values(lane=lane, key=household.key, **values)
            .on_conflict_do_update(index_elements=["lane", "key"], set_=values)
        )
    touch(connection, lane)


def save_people(connection: Connection, ring: KeyRing, lane: int, persons: Sequence[Person]) -> None:
    """Replace the list of people with a role: who is not in it any more has no role any more."""
    connection.execute(delete(people).where(people.c.lane == lane))
    for place, person in enumerate(persons):
        row = {
            "lane": lane,
            "account": person.account,
            "role": person.role.value,
            "scope": person.scope,
            "place": place,
        }
        name = ring.seal("people.name", f"{lane}:{person.account}:{person.role.value}:{person.scope}", person.name)
        connection.execute(insert(people).values(**row, name=name).on_conflict_do_nothing())
    touch(connection, lane)


def save_goods(connection: Connection, lane: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the list of goods on offer. Keys: name unit aliases kind shop spec."""
    connection.execute(delete(goods).where(goods.c.lane == lane))
    connection.execute(insert(goods), [{"lane": lane, "place": i, **row} for i, row in enumerate(rows)])
    touch(connection, lane)


def goods_rows(connection: Connection, lane: int) -> dict[str, dict[str, Any]]:
    """Return the goods by name, with the keys that `save_goods` takes."""
    columns = (goods.c.name, goods.c.unit, goods.c.aliases, goods.c.kind, goods.c.shop, goods.c.spec)
    rows = connection.execute(select(*columns).where(goods.c.lane == lane).order_by(goods.c.place))
    return {row.name: dict(row._mapping) for row in rows}


def phones_of(connection: Connection, ring: KeyRing, lane: int) -> dict[str, str]:
    """Return the phone of each household that has one."""
    query = select(households.c.key, households.c.phone).where(
        households.c.lane == lane, households.c.phone.is_not(None)
    )
    return {r.key: ring.open("households.phone", f"{lane}:{r.key}", r.phone) for r in connection.execute(query)}


def set_tags(connection: Connection, lane: int, key: str, tags: Iterable[str]) -> None:
    where = (households.c.lane == lane, households.c.key == key)
    connection.execute(update(households).where(*where).values(tags=sorted(tags)))
    touch(connection, lane)


def _households(connection: Connection, ring: KeyRing, lane: int) -> list[Household]:
    rows = connection.execute(select(households).where(households.c.lane == lane))
    found = [
        Household(
            r.key,
            r.building,
            r.unit,
            r.room,
            tuple(_names(ring, lane, r)),
            r.persons,
            frozenset(r.tags),
        )
        for r in rows
    ]
    return sorted(found, key=lambda h: area_order(h.key))


def _names(ring: KeyRing, lane: int, row: Any) -> list[str]:
    return list(json.loads(_open(ring, "households.names", f"{lane}:{row.key}", row.names) or "[]"))


def _bindings(connection: Connection, ring: KeyRing, lane: int) -> dict[str, dict[str, str]]:
    rows = list(connection.execute(select(bindings).where(bindings.c.lane == lane)))
    names = {r.account: _open(ring, "bindings.name", f"{lane}:{r.account}", r.name) for r in rows}
    return {"bound": {r.account: r.household for r in rows}, "bound_names": names}


def _person_row(lane: int, row: Any) -> str:
    return f"{lane}:{row.account}:{row.role}:{row.scope}"


def _open(ring: KeyRing, place: str, row: str, sealed: bytes | None) -> str:
    return ring.open(place, row, sealed) if sealed else ""


def copy_directory(source: Connection, target: Connection, lane: int) -> None:
    """Copy a lane's directory as it is, sealed values included, into an empty database with the same key ring."""
    for table in (households, people, chats, goods, bindings, versions):
        rows = [dict(row._mapping) for row in source.execute(select(table).where(table.c.lane == lane))]
        if rows:
            target.execute(insert(table), rows)
