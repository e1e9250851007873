"""The community's own tables: households, people with a role, chats, goods, and which account lives where."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, delete, insert, select, update

from domain.areas import Household
from domain.roles import Chat, Person
from models.base import Json, Moment, dump, metadata
from models.crypto import KeyRing
from models.statements import insert_new, upsert

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


def touch(connection: Connection, lane: int) -> None:
    """Mark the directory as changed, so that every process reads it anew."""
    connection.execute(insert_new(versions), {"lane": lane, "version": 0})
    connection.execute(update(versions).where(versions.c.lane == lane).values(version=versions.c.version + 1))


def bind(connection: Connection, ring: KeyRing, lane: int, account: str, household: str, name: str, at: Any) -> None:
    """Note that an account belongs to a household; the newest binding counts."""
    sealed = ring.seal("bindings.name", f"{lane}:{account}", name)
    row = {"lane": lane, "account": account, "household": household, "name": sealed, "bound_at": at}
    connection.execute(upsert(bindings), row)
    touch(connection, lane)


def bind_chat(connection: Connection, lane: int, chat: Chat, by: str | None) -> None:
    """Note what a group stands for; a second binding replaces the first."""
    row = {"channel": chat.channel, "name": chat.name, "kind": chat.kind, "scope": chat.scope, "bound_by": by}
    connection.execute(upsert(chats), {"lane": lane, "chat": chat.chat, **row})
    touch(connection, lane)


def save_households(connection: Connection, ring: KeyRing, lane: int, rows: Iterable[tuple[Household, str]]) -> None:
    """Insert or update households with their phone ("" where none); nobody is removed."""
    values = [_household_row(ring, lane, household, phone) for household, phone in rows]
    if values:
        connection.execute(upsert(households), values)
    touch(connection, lane)


def _household_row(ring: KeyRing, lane: int, household: Household, phone: str) -> dict[str, Any]:
    at = f"{lane}:{household.key}"
    return {
        "lane": lane,
        "key": household.key,
        "building": household.building,
        "unit": household.unit,
        "room": household.room,
        "persons": household.persons,
        "tags": sorted(household.tags),
        "names": ring.seal("households.names", at, dump(household.names)),
        "phone": ring.seal("households.phone", at, phone) if phone else None,
        "phone_index": ring.blind("phone", phone) if phone else None,
    }


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
        connection.execute(insert_new(people), {**row, "name": name})
    touch(connection, lane)


def save_goods(connection: Connection, lane: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the list of goods on offer. Keys: name unit aliases kind shop spec."""
    connection.execute(delete(goods).where(goods.c.lane == lane))
    if rows:
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
