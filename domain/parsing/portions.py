"""Dividing one line among the doors it names: which words belong to which door."""

from typing import NamedTuple

from domain.parsing.addresses import Place, between
from domain.text.patterns import Rule

SELF = "self"
_JOINED = r"[\s,、和跟与及&/|+-]{0,9}"
_BETWEEN = Rule(rf"{_JOINED}(?:还有|以及|家|室|两家|三家|都)?{_JOINED}(?:隔壁|对门|楼上|楼下|我家)?的?")
_TO = Rule(r"\s{0,3}(?:到|至|~|--?)\s{0,3}")
_HEADS_ONLY = Rule(  # 我家3口, before 隔壁5口都好
    r"[\s,、和跟还]{0,9}家?(?:[有共是里]|一共|总共){0,3}(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:口人?|个?人|位)[\s,、;。和跟还]{0,9}"
)
_WELL_ALL = Rule(
    r"(?:大家|目前|今天|现在|也|身体){0,3}(?:都|全|均|一切)(?:很|挺|还|是)?(?:安好|好|正常|平安|健康|没事|无恙|无异常)"
)


class Portion(NamedTuple):
    """Doors that share what `text` says; without doors it is about whoever speaks. `start`: its offset in the line."""

    places: tuple[Place, ...]
    text: str
    start: int = 0

    @property
    def own(self) -> bool:
        """Whether it is expressly about the speaker's own household (我家)."""
        return bool(self.places) and all(p.relation == SELF for p in self.places)


def divide(text: str, places: tuple[Place, ...]) -> tuple[Portion, ...]:
    """Return the portions of `text`: doors side by side share, otherwise each owns what follows it up to the next.

    Words before the first door belong to it where nothing follows the last door ("都好 501"), or they are a name.
    """
    if not places:
        return (Portion((), text),)
    groups = _side_by_side(text, places)
    if len(groups) == 1:
        return (Portion(tuple(groups[0]), _blanked(text, places)),)
    if not text[places[-1].end :].strip(" ,.。!、") and text[: groups[0][0].start].strip(" ,.。!、"):
        return _words_first(_blanked(text, places), groups)
    blank = _blanked(text, places)
    portions = []
    for position, group in enumerate(groups):
        start = 0 if position == 0 else group[0].start
        end = groups[position + 1][0].start if position + 1 < len(groups) else len(text)
        portions.append(Portion(tuple(group), blank[start:end], start))
    return _told_once(portions)


def _told_once(portions: list[Portion]) -> tuple[Portion, ...]:
    """Return the portions, where the last one's 都好 also stands for those before it that only count heads."""
    well = _WELL_ALL.search(portions[-1].text)
    if well is None:
        return tuple(portions)
    return tuple(
        p._replace(text=f"{p.text.rstrip(' ,、;。')} {well[0]}") if _HEADS_ONLY.fullmatch(p.text) else p
        for p in portions
    )


def _words_first(blank: str, groups: list[list[Place]]) -> tuple[Portion, ...]:
    starts = [0, *(g[-1].end for g in groups)]
    return tuple(Portion(tuple(g), blank[a : g[0].start], a) for a, g in zip(starts, groups, strict=False))


def _side_by_side(text: str, places: tuple[Place, ...]) -> list[list[Place]]:
    """Return the doors that share what is said; 501、502、501: one that is named twice reports once."""
    groups = [[places[0]]]
    named = {_door(places[0])}
    last = places[0]
    for place in places[1:]:
        door = _door(place)
        if _TO.fullmatch(text, last.end, place.start):
            groups[-1] += [*between(last, place), place]
        elif _BETWEEN.fullmatch(text, last.end, place.start):
            if place.room is None or door not in named:
                groups[-1].append(place)
        else:
            groups.append([place])
            named.clear()
        named.add(door)
        last = place
    return groups


def _door(place: Place) -> tuple[str | None, str | None, str | None]:
    return (place.building, place.unit, place.room)


def _blanked(text: str, places: tuple[Place, ...]) -> str:
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text
