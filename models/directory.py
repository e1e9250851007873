"""The community's directory as one immutable value: read whole from the roster's tables, shared by many messages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from domain.areas import Household, area_order, covers
from domain.intents import Good
from domain.roles import Chat, Person, Role
from domain.shopping import Article
from domain.units import read_pack
from models.crypto import KeyRing
from models.roster import bindings, chats, goods, households, people, versions
from models.rounds import closings

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
