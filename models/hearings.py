"""Where people were heard: what the log knows of the channels on which an account or a group can be found."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from models.log import log


@dataclass(frozen=True, slots=True)
class Heard:
    """An account heard on a channel, in a group or in private (`chat` None), and when that was last."""

    channel: str
    chat: str | None
    account: str
    at: datetime


def heard_since(connection: Connection, lane: int, moment: datetime) -> list[Heard]:
    """Return who was heard where since `moment`, each place of an account once, oldest first."""
    newest = func.max(log.c.received_at).label("at")
    query = (
        select(log.c.channel, log.c.chat, log.c.sender, newest)
        .where(log.c.lane == lane, log.c.received_at >= moment)
        .group_by(log.c.channel, log.c.chat, log.c.sender)
        .order_by(newest)
    )
    return [Heard(r.channel, r.chat, r.sender, r.at) for r in connection.execute(query)]
