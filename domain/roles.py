"""Who somebody is to the community, and what a group stands for."""

from dataclasses import dataclass
from enum import StrEnum

from domain.areas import WHOLE
from domain.parsing.context import Scope


class Role(StrEnum):
    """The roles of people.csv; a resident has none of them."""

    UNIT_HEAD = "单元长"
    BUILDING_HEAD = "楼栋长"
    AREA_HEAD = "片长"
    GRID_WORKER = "网格员"
    GRID_LEAD = "网格长"
    COMMUNITY = "社区"
    VOLUNTEER = "志愿者"
    PROPERTY = "物业"


WORKERS = frozenset({Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY, Role.VOLUNTEER, Role.PROPERTY})
HEADS = frozenset({Role.UNIT_HEAD, Role.BUILDING_HEAD, Role.AREA_HEAD})
IN_CHARGE = frozenset({Role.GRID_WORKER, Role.GRID_LEAD, Role.COMMUNITY})
_SPEAKS_AS = {Role.UNIT_HEAD: "unit_head", Role.BUILDING_HEAD: "building_head", Role.AREA_HEAD: "building_head"}
_KINDS = {"单元群": "unit", "楼栋群": "building", "小区群": "compound", "代购群": "shopping", "工作群": "work"}


@dataclass(frozen=True, slots=True)
class Person:
    """One role of one account over one area ("3-1", "3", "全部")."""

    account: str
    role: Role
    scope: str
    name: str = ""

    @property
    def speaks_as(self) -> str:
        """Return the role as the parser's contract names it."""
        return _SPEAKS_AS.get(self.role, "worker")


@dataclass(frozen=True, slots=True)
class Chat:
    """A group the bot keeps books for: kind as in the parser's contract, scope as an area code."""

    chat: str
    name: str
    kind: str
    scope: str
    channel: str | None = None

    @property
    def reads_as(self) -> Scope:
        building, _, unit = ("", "", "") if self.scope == WHOLE else self.scope.partition("-")
        return Scope(self.kind, building or None, unit or None)


def chat_kind(word: str) -> str | None:
    """Return the kind that chats.csv names ("单元群" → "unit"), None for an unknown word."""
    return _KINDS.get(word, word if word in _KINDS.values() else None)
