"""The phones of those in charge, which the board shows when somebody must be called and no message gets through."""

from collections.abc import Mapping

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text, delete, insert, select

from models import roster
from models.base import metadata
from models.crypto import KeyRing
from models.directory import Directory

phones = Table(
    "phones",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("account", Text, primary_key=True),
    Column("phone", LargeBinary, nullable=False),
)
_PHONE = "phones.phone"


def save_phones(connection: Connection, ring: KeyRing, lane: int, numbers: Mapping[str, str]) -> None:
    """Replace the phones by account."""
    connection.execute(delete(phones).where(phones.c.lane == lane))
    sealed = ((account, ring.seal(_PHONE, f"{lane}:{account}", number)) for account, number in numbers.items())
    rows = [{"lane": lane, "account": account, "phone": phone} for account, phone in sealed]
    if rows:
        connection.execute(insert(phones), rows)


def load_phones(connection: Connection, ring: KeyRing, lane: int) -> dict[str, str]:
    """Return the phones by account."""
    rows = connection.execute(select(phones).where(phones.c.lane == lane))
    return {row.account: ring.open(_PHONE, f"{lane}:{row.account}", row.phone) for row in rows}


def phones_of_all(connection: Connection, ring: KeyRing, lane: int, directory: Directory) -> dict[str, str]:
    """Return the phone of everybody in charge: the own, else that of the only household in which the name lives."""
    at_home = roster.phones_of(connection, ring, lane)
    found = {}
    for person in directory.people:
        doors = directory.doors_by_name.get(person.name, ())
        if len(doors) == 1 and at_home.get(doors[0]):
            found[person.account] = at_home[doors[0]]
    return found | load_phones(connection, ring, lane)
