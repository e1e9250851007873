"""Who is looking: a signed cookie that holds the account and nothing else."""

import hmac
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Connection

from domain.areas import WHOLE, covers
from domain.roles import HEADS, IN_CHARGE, WORKERS, Chat, Person
from models import voices
from models.crypto import KeyRing
from models.directory import Directory
from web.services import SERVICES, SHELF

COOKIE = "gridbot"
LARGE_TEXT = "gridbot-text"
_MONTHS = 180 * 24 * 3600
_ORDER = ("unit", "building", "compound", "shopping", "work")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on the chat page: nickname, remark in the groups ("3-1-502 王秀英"), door and roles as far as known."""

    account: str
    name: str
    alias: str | None
    household: str | None = None
    roles: tuple[Person, ...] = ()

    @property
    def shown(self) -> str:
        """The name over the bubbles."""
        return self.alias or self.name

    @property
    def own_room(self) -> str:
        """The room of this account's talk with the bot."""
        return f"@{self.account}"

    @property
    def is_in_charge(self) -> bool:
        """Whether the board is this person's business."""
        return any(p.role in IN_CHARGE for p in self.roles)


def seal(ring: KeyRing, account: str) -> str:
    """Return the cookie's value for an account."""
    return f"{account}.{ring.blind('session', account)}"


def account_in(ring: KeyRing, value: str) -> str | None:
    """Return the account of a cookie's value, None where we did not sign it."""
    account, _, mark = value.rpartition(".")
    genuine = bool(account) and hmac.compare_digest(mark.encode(), ring.blind("session", account).encode())
    return account if genuine else None


async def visitor_of(request: web.Request) -> Visitor | None:
    """Return who sends the request; None where nobody is known or the account is no longer on the roster."""
    services = request.app[SERVICES]
    account = account_in(services.store.ring, request.cookies.get(COOKIE, ""))
    if account is None:
        return None
    return await services.read(lambda c: find_visitor(c, request.app[SHELF].get(c), request, account))


def find_visitor(connection: Connection, directory: Directory, request: web.Request, account: str) -> Visitor | None:
    """Return the person behind an account that is bound to a door or has a role."""
    services = request.app[SERVICES]
    roles = directory.roles_of(account)
    door = directory.bound.get(account)
    if door is None and not roles:
        return None
    own = directory.bound_names.get(account) or (roles[0].name if roles else "")
    default = f"{door} {own}" if door else f"{roles[0].role.value} {own}"
    heard = voices.remarks_anywhere(connection, services.store.ring, services.lane, account)
    name, alias = (heard[0][1], heard[0][2]) if heard else (own, None)
    return Visitor(account, name or own, alias or default, door, roles)


def let_in(response: web.StreamResponse, request: web.Request, account: str) -> None:
    """Give the browser the cookie of an account."""
    value = seal(request.app[SERVICES].store.ring, account)
    response.set_cookie(COOKIE, value, max_age=_MONTHS, httponly=True, samesite="Lax", secure=request.secure, path="/")


def rooms_of(directory: Directory, visitor: Visitor) -> tuple[Chat, ...]:
    """Return the groups somebody is in, the own unit first."""
    found = [chat for chat in directory.chats.values() if is_member(visitor, chat)]
    return tuple(sorted(found, key=lambda c: (_ORDER.index(c.kind), c.name)))


def is_member(visitor: Visitor, chat: Chat) -> bool:
    """Say whether somebody is in a group: lives there, or looks after it; the work group is for those with a role."""
    roles = {p.role for p in visitor.roles}
    if chat.kind == "work":
        return bool(roles & (WORKERS | HEADS))
    lives = visitor.household is not None and covers(chat.scope, visitor.household)
    serves = any(p.role in WORKERS | HEADS and covers(p.scope, chat.scope) for p in visitor.roles)
    return lives or serves


def member_count(directory: Directory, chat: Chat) -> int:
    """Return how many accounts a group holds, the bot included."""
    if chat.kind == "work":
        return len({p.account for p in directory.people}) + 1
    lives = {a for a, door in directory.bound.items() if covers(chat.scope, door)}
    serves = {p.account for p in directory.people if p.scope == WHOLE or covers(p.scope, chat.scope)}
    return len(lives | serves) + 1
