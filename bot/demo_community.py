"""Invents the demo's community: 7 buildings, 23 units, 528 households, their people, groups and goods."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.areas import WHOLE, Household, household_key
from domain.roles import Chat, Person, Role

UNITS: Mapping[int, int] = {1: 4, 2: 4, 3: 4, 4: 2, 5: 2, 6: 4, 7: 3}
TOWERS: Mapping[int, int] = {4: 18, 5: 18}
_WIDE = ((6, 1), (7, 3))
SHOP, WORK = "g-shop", "g-work"
SEED = 528


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account on the chat page. `home` is None for workers; `alias` the remark in the groups."""

    account: str
    nickname: str
    alias: str
    name: str
    home: Household | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """One household with its phone and whoever of it is on the chat page."""

    household: Household
    phone: str
    members: tuple[Member, ...]

    @property
    def area(self) -> str:
        return f"{self.household.building}-{self.household.unit}"

    @property
    def room(self) -> str:
        return f"g-{self.area}"


@dataclass(frozen=True, slots=True)
class Community:
    """The whole invented place. `heads` by unit ("3-1")."""

    homes: tuple[Home, ...]
    heads: Mapping[str, Member]
    workers: tuple[Member, ...]
    people: tuple[Person, ...]
    chats: tuple[Chat, ...]
    goods: tuple[Mapping[str, Any], ...]

    def in_unit(self, area: str) -> tuple[Home, ...]:
        return tuple(h for h in self.homes if h.area == area)


@cache
def words() -> Mapping[str, Any]:
    """Return the demo's word lists."""
    return tomllib.loads((Path(__file__).parent / "demo_words.toml").read_text(encoding="utf-8"))


def invent(seed: int = SEED) -> Community:
    """Return the community of a seed; the same seed gives the same place."""
    dice = random.Random(seed)
    namer = _Namer(dice)
    homes = tuple(_home(dice, namer, b, u, f, d) for b, u, f, d in _doors())
    heads = {area: _head(homes, area) for area in _areas()}
    workers = tuple(
        Member(namer.account(), w["role"] + w["name"], f"{w['role']} {w['name']}", w["name"]) for w in words()["worker"]
    )
    people = [Person(head.account, Role.UNIT_HEAD, area, head.name) for area, head in heads.items()]
    people += _building_heads(dice, homes, heads)
    people += [
        Person(m.account, Role(w["role"]), WHOLE, m.name) for m, w in zip(workers, words()["worker"], strict=True)
    ]
    return Community(homes, heads, workers, tuple(people), _chats(), _goods())


def _areas() -> list[str]:
    return [f"{b}-{u}" for b, count in UNITS.items() for u in range(1, count + 1)]


def _doors() -> list[tuple[int, int, int, int]]:
    found = []
    for building, count in UNITS.items():
        for unit in range(1, count + 1):
            wide = 4 if building in TOWERS else 3 if (building, unit) in _WIDE else 2
            floors = range(1, TOWERS.get(building, 6) + 1)
            found += [(building, unit, floor, door) for floor in floors for door in range(1, wide + 1)]
    return found


class _Namer:
    """Gives out names, accounts and phones, none of them twice."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._names: set[str] = set()
        self._accounts: set[str] = set()
        self._phones = 0

    def name(self) -> str:
        given = words()["given"].split()
        while True:
            name = f"{self._dice.choice(words()['surnames'])}{self._dice.choice(given)}"
            if name not in self._names:
                self._names.add(name)
                return name

    def account(self) -> str:
        while True:
            account = f"web-{self._dice.getrandbits(32):08x}"
            if account not in self._accounts:
                self._accounts.add(account)
                return account

    def phone(self) -> str:
        self._phones += 1
        return f"{words()['phone_head']}{self._phones:04d}"


def _home(dice: random.Random, namer: _Namer, building: int, unit: int, floor: int, door: int) -> Home:
    persons = dice.choices((1, 2, 3, 4, 5), (22, 34, 26, 13, 5))[0]
    names = tuple(namer.name() for _ in range(min(persons, dice.choice((1, 1, 2)))))
    room = f"{floor}{door:02d}"
    key = household_key(str(building), str(unit), room)
    household = Household(key, str(building), str(unit), room, names, persons, _tags(dice, persons))
    members = tuple(_member(dice, namer, household, name) for name in names[: dice.choice((1, 1, 1, 2))])
    online = members if dice.random() < 0.84 else ()
    return Home(household, namer.phone(), online)


def _tags(dice: random.Random, persons: int) -> frozenset[str]:
    chances = (
        ("独居", persons == 1, 0.3),
        ("行动不便", True, 0.02),
        ("婴儿", persons > 2, 0.08),
        ("透析", True, 0.004),
        ("退出", True, 0.012),
    )
    return frozenset(tag for tag, fits, chance in chances if fits and dice.random() < chance)


def _member(dice: random.Random, namer: _Namer, home: Household, name: str) -> Member:
    nickname = dice.choice(words()["nicknames"].split()) if dice.random() < 0.6 else name
    alias = dice.choice(("{key} {name}", "{key} {name}", "{key} {name}", "{name} {key}", "{room} {name}"))
    return Member(namer.account(), nickname, alias.format(key=home.key, room=home.room, name=name), name, home)


def _head(homes: Sequence[Home], area: str) -> Member:
    able = [h for h in homes if h.area == area and h.members and not h.household.opted_out]
    return able[len(able) // 2].members[0]


def _building_heads(dice: random.Random, homes: Sequence[Home], heads: Mapping[str, Member]) -> list[Person]:
    taken = {head.account for head in heads.values()}
    found = []
    for building in UNITS:
        able = [m for h in homes if h.household.building == str(building) for m in h.members if m.account not in taken]
        chosen = dice.choice(able)
        found.append(Person(chosen.account, Role.BUILDING_HEAD, str(building), chosen.name))
    return found


def _chats() -> tuple[Chat, ...]:
    names = words()["chats"]
    units = []
    for area in _areas():
        building, _, unit = area.partition("-")
        units.append(Chat(f"g-{area}", names["unit"].format(building=building, unit=unit), "unit", area, "webchat"))
    shop = Chat(SHOP, names["shopping"], "shopping", WHOLE, "webchat")
    return (*units, shop, Chat(WORK, names["work"], "work", WHOLE, "webchat"))


def _goods() -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {
            "name": name,
            "unit": unit,
            "aliases": [a for a in aliases.split("、") if a],
            "kind": kind,
            "shop": shop,
            "spec": spec or None,
        }
        for name, unit, aliases, kind, shop, spec in words()["goods"]["rows"]
    )
