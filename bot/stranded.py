"""What becomes of posts that no channel can carry now: they wait aside, are said without content, or go stale."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.parcels import ACK, useful_until
from bot.routes import Routes
from bot.settlement import Settlement
from domain.wording.checkins import neutral_in_group
from models.outbox import EXPIRED, NEW, REFUSED, Post, Queued

NO_PRIVATE_WAY, NO_WAY = "no_private_way", "no_way"
ASK_AGAIN = timedelta(seconds=30)
ASK_AGAIN_FOR_HELP = timedelta(seconds=2)


async def put_off(stranded: Iterable[Queued], routes: Routes, settlement: Settlement, now: datetime) -> None:
    """Let posts without a way wait aside, where they stand in nobody's; the board shows them with the reason."""
    for queued in stranded:
        post, last = queued.post, useful_until(queued)
        group = routes.group_without_privacy(post.account, now) if post.account and post.answers else None
        if group is not None:
            line = _neutral_line(group, post.account or "", now)
            await settlement.settle([queued], REFUSED, NO_PRIVATE_WAY, instead=[line])
        elif last is not None and now >= last:
            await settlement.settle([queued], EXPIRED, NO_WAY)
        else:
            again = now + (ASK_AGAIN_FOR_HELP if post.kind == "page" else ASK_AGAIN)
            await settlement.settle([queued], NEW, NO_WAY, next_at=again)


def _neutral_line(group: str, account: str, now: datetime) -> Post:
    """A line in the group that gives nothing away, once an hour a person; the content stays on the board."""
    return Post(
        dedupe_key=f"{ACK}:{group}:{account}:{now:%Y%m%d%H}",
        kind=ACK,
        text=neutral_in_group(),
        due_at=now,
        chat=group,
        mentions=(account,),
        answers=True,
    )
