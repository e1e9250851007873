"""The phones of those in charge, which the board shows when somebody must be called and no message gets through.

They lie sealed among the settings of the data, by account.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping

from sqlalchemy import Connection

from models import roster, settings
from models.crypto import KeyRing
from models.directory import Directory

_KEY, _PLACE = "phones_of_people", "settings.phones_of_people"


def save_phones(connection: Connection, ring: KeyRing, lane: int, phones: Mapping[str, str]) -> None:
    """Replace the phones by account."""
    sealed = {a: b64encode(ring.seal(_PLACE, f"{lane}:{a}", phone)).decode() for a, phone in phones.items()}
    settings.save(connection, lane, _KEY, sealed)


def load_phones(connection: Connection, ring: KeyRing, lane: int) -> dict[str, str]:
    """Return the phones by account."""
    sealed = settings.load(connection, lane, _KEY) or {}
    return {account: ring.open(_PLACE, f"{lane}:{account}", b64decode(phone)) for account, phone in sealed.items()}


def phones_of_all(connection: Connection, ring: KeyRing, lane: int, directory: Directory) -> dict[str, str]:
    """Return the phone of everybody in charge: the own, else that of the only household in which the name lives."""
    at_home = roster.phones_of(connection, ring, lane)
    found = {}
    for person in directory.people:
        doors = directory.doors_by_name.get(person.name, ())
        if len(doors) == 1 and at_home.get(doors[0]):
            found[person.account] = at_home[doors[0]]
    return found | load_phones(connection, ring, lane)
