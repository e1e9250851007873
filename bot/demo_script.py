"""Writes the demo's day: who says what where and when. What a chain post copies is decided only when it is posted."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.demo_community import SHOP, WORK, Community, Home, Member, words
from domain.slots import combine

BEGINS, ENDS = time(7, 40), time(20, 50)
_STALE, _EDITS, _TAKES_PART, _BY_WORDS = 0.15, 0.06, 0.66, 6


@dataclass(frozen=True, slots=True)
class Say:
    """Plain words in a room; `room` None: to the bot alone."""

    at: datetime
    who: Member
    room: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Join:
    """Adding `lines` to a chain. `stale`: copied from an older post than the newest. Opens the chain if need be."""

    at: datetime
    who: Member
    room: str
    title: str
    lines: tuple[str, ...]
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Changing the line `old` of a chain to `new`; None takes it out."""

    at: datetime
    who: Member
    room: str
    title: str
    old: str
    new: str | None


Act = Say | Join | Change


def write_day(community: Community, day: date, seed: int = 0) -> list[Act]:
    """Return the acts of one day in the order in which they happen."""
    return sorted(_Writer(community, day, seed).acts(), key=lambda act: act.at)


class _Writer:
    """One day being written; `busy` households have a part of their own and keep out of the crowd's."""

    def __init__(self, community: Community, day: date, seed: int) -> None:
        self._c, self._day = community, day
        self._dice = random.Random(f"{seed}:{day}")
        areas = list(community.heads)
        self._dice.shuffle(areas)
        self._by_words = set(areas[:_BY_WORDS])
        self._busy: set[str] = {m.home.key for m in community.heads.values() if m.home}

    def acts(self) -> Iterator[Act]:
        yield from self._scenes()
        yield from self._shopping_chain()
        yield from self._orders_in_words()
        for slot in (8, 17):
            yield from self._checkins(slot)
        yield from self._signup()
        yield from self._chatter()

    # ---- check-ins ------------------------------------------------------------------------------------------------
    def _checkins(self, slot: int) -> Iterator[Act]:
        for area, head in self._c.heads.items():
            homes = [
                h for h in self._c.in_unit(area) if not h.household.opted_out and h.household.key not in self._busy
            ]
            online = [h for h in homes if h.members and self._dice.random() < _TAKES_PART]
            offline = [h for h in homes if not h.members]
            begin = self._at(slot, 3) + self._spread(240)
            if area in self._by_words:
                yield from self._reports_in_words(begin, online)
                yield from self._relays(begin, head, offline[:3])
            else:
                yield from self._checkin_chain(slot, begin, head, online, offline[:2])
            yield from self._visits(slot, offline[3:5])

    def _reports_in_words(self, begin: datetime, homes: Sequence[Home]) -> Iterator[Act]:
        for home in homes:
            text = self._pick("checkins", "words").format(t=self._reading(), **_about(home))
            yield Say(begin + self._soon(900), home.members[0], home.room, text)

    def _relays(self, begin: datetime, head: Member, homes: Sequence[Home]) -> Iterator[Act]:
        if homes and head.home:
            lines = "；".join(f"{h.household.room}{h.household.names[0]} {self._reading()}" for h in homes)
            text = self._pick("checkins", "relays").format(lines=lines)
            yield Say(begin + timedelta(minutes=25) + self._spread(1500), head, homes[0].room, text)

    def _checkin_chain(
        self, slot: int, begin: datetime, head: Member, homes: Sequence[Home], offline: Sequence[Home]
    ) -> Iterator[Act]:
        assert head.home is not None  # noqa: S101 - unit heads live there
        room = f"g-{head.home.building}-{head.home.unit}"
        number = int(head.home.building) + int(head.home.unit or 0)
        titles = words()["checkins"]["titles"]
        title = titles[number % len(titles)].format(
            month=self._day.month, day=self._day.day, part="早间" if slot == 8 else "晚间"
        )
        own = next(h for h in self._c.homes if h.household.key == head.home.key)
        examples = words()["checkins"]["examples"]
        yield Join(begin, head, room, title, (self._line(own),), note=examples[number % len(examples)])
        for home in homes:
            at, line = begin + timedelta(seconds=20) + self._soon(900), self._line(home)
            yield Join(at, home.members[0], room, title, (line,), self._dice.random() < _STALE)
            if self._dice.random() < _EDITS:
                yield Change(at + self._spread(1200), home.members[0], room, title, line, self._line(home))
        if offline:
            lines = tuple(f"{self._line(h)}（代）" for h in offline)
            yield Join(begin + timedelta(minutes=20) + self._spread(900), head, room, title, lines)

    def _visits(self, slot: int, homes: Sequence[Home]) -> Iterator[Act]:
        for home, kind in zip(homes, ("visits", "knocks"), strict=False):
            if self._dice.random() < 0.5:
                text = self._pick("scenes", kind).format(t=self._reading(), **_about(home))
                at = self._at(10 if slot == 8 else 19) + self._spread(2400)
                yield Say(at, self._dice.choice(self._c.workers[:2]), WORK, text)

    def _line(self, home: Home) -> str:
        lines = words()["checkins"]["lines"]
        state = self._pick("checkins", "states").format(t=self._reading())
        return str(lines[int(home.household.room) % len(lines)].format(state=state, **_about(home)))

    # ---- orders -----------------------------------------------------------------------------------------------------
    def _shopping_chain(self) -> Iterator[Act]:
        orders, begin = words()["orders"], self._at(9)
        title = orders["title"].format(month=self._day.month, day=self._day.day)
        yield Join(begin, self._c.workers[0], SHOP, title, (), note=orders["note"])
        for home in self._take(46):
            who = home.members[0]
            line = f"{home.household.key} {who.name} {self._basket()}"
            at = begin + timedelta(seconds=40) + min(self._soon(3000), timedelta(hours=5, minutes=30))
            yield Join(at, who, SHOP, title, (line,), self._dice.random() < _STALE)
            chance, later = self._dice.random(), at + timedelta(minutes=4) + self._spread(900)
            if chance < 0.08:
                yield Change(later, who, SHOP, title, line, f"{home.household.key} {who.name} {self._basket()}")
            elif chance < 0.12:
                yield Change(later, who, SHOP, title, line, None)

    def _orders_in_words(self) -> Iterator[Act]:
        for number, home in enumerate(self._take(22)):
            at, who = self._at(9, 30) + self._spread(4.5 * 3600), home.members[0]
            basket = self._wants()
            wants = "，".join(name + amount for name, amount in basket)
            yield Say(at, who, home.room, self._pick("orders", "words").format(wants=wants, **_about(home)))
            if number % 3 == 0:
                text = self._pick("orders", "changes").format(
                    item=basket[0][0], unit=_unit_of(basket[0][0]), **_about(home)
                )
                yield Say(at + timedelta(minutes=6) + self._spread(1200), who, home.room, text)

    def _basket(self) -> str:
        return " ".join(name + amount for name, amount in self._wants())

    def _wants(self) -> list[tuple[str, str]]:
        """Return one to three articles with their amounts, none twice."""
        some = self._dice.sample(words()["orders"]["wants"], self._dice.choice((1, 1, 2, 2, 3)))
        return list({name: (name, amount) for name, amount in some}.values())

    # ---- scenes and the rest ----------------------------------------------------------------------------------------
    def _scenes(self) -> Iterator[Act]:
        for hour, minute, who, text in words()["scenes"]["rows"]:
            home = self._cast(who)
            speaker = home.members[0] if home.members else self._c.heads[home.area]
            yield Say(self._at(hour, minute), speaker, home.room, text.format(**_about(home)))

    def _cast(self, who: str) -> Home:
        """Return a household for a scene and keep it out of the crowd."""
        fits = [
            h
            for h in self._c.homes
            if h.household.key not in self._busy
            and not h.household.opted_out
            and bool(h.members) == (who != "elder")
            and (who != "free" or h.area in self._by_words)
        ]
        home = self._dice.choice(fits)
        self._busy.add(home.household.key)
        return home

    def _signup(self) -> Iterator[Act]:
        area = next(a for a in self._c.heads if a not in self._by_words)
        title, begin = words()["scenes"]["signup"], self._at(12, 4)
        yield Join(begin, self._c.heads[area], f"g-{area}", title, ())
        for home in [h for h in self._c.in_unit(area) if h.members][:6]:
            line = f"{home.household.room} {home.members[0].name}"
            yield Join(begin + timedelta(minutes=1) + self._spread(1800), home.members[0], home.room, title, (line,))

    def _chatter(self) -> Iterator[Act]:
        online, start = [h for h in self._c.homes if h.members], self._at(7, 42)
        for _ in range(130):
            home = self._dice.choice(online)
            yield Say(start + self._spread(12.8 * 3600), home.members[0], home.room, self._pick("scenes", "chatter"))
        for area, head in self._c.heads.items():
            if self._dice.random() < 0.6:
                yield Say(start + self._spread(11 * 3600), head, f"g-{area}", self._pick("scenes", "notices"))
        for text in words()["scenes"]["work"]:
            yield Say(start + self._spread(12 * 3600), self._dice.choice(self._c.workers), WORK, text)
        for text in words()["scenes"]["private"]:
            home = self._dice.choice(online)
            yield Say(self._at(18, 30) + self._spread(3600), home.members[0], None, text)

    # ---- chance -----------------------------------------------------------------------------------------------------
    def _take(self, count: int) -> list[Home]:
        online = [h for h in self._c.homes if h.members and not h.household.opted_out]
        return self._dice.sample(online, count)

    def _pick(self, section: str, name: str) -> str:
        return str(self._dice.choice(words()[section][name]))

    def _reading(self) -> str:
        return f"{self._dice.randint(361, 369) / 10}"

    def _at(self, hour: int, minute: int = 0) -> datetime:
        return combine(self._day, time(hour, minute, self._dice.randrange(50)))

    def _spread(self, seconds: float) -> timedelta:
        return timedelta(seconds=self._dice.uniform(0, seconds))

    def _soon(self, mean: float) -> timedelta:
        """Return a time after a call: most come soon, some late."""
        return timedelta(seconds=min(self._dice.expovariate(1 / mean), 4.5 * mean))


def _unit_of(name: str) -> str:
    """Return the unit in which an article, also under another name, is on offer."""
    rows = words()["goods"]["rows"]
    return str(next(row[1] for row in rows if name in (row[0], *row[2].split("、"))))


def _about(home: Home) -> Mapping[str, Any]:
    household = home.household
    return {"room": household.room, "door": household.key, "name": household.names[0]}
