"""What becomes of posts that no channel can carry now: they wait aside, are said without content, or go stale."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.parcels import ACK, CALL, DETAIL, useful_until
from bot.routes import Routes
from bot.settlement import Settlement
from domain.wording.checkins import neutral_in_group, waits_for_you
from models.outbox import EXPIRED, NEW, Post, Queued

NO_PRIVATE_WAY, NO_WAY = "no_private_way", "no_way"
ASK_AGAIN = timedelta(seconds=30)
ASK_AGAIN_FOR_HELP = timedelta(seconds=2)


async def put_off(stranded: Iterable[Queued], routes: Routes, settlement: Settlement, now: datetime) -> None:
    """Let posts without a way wait aside, where they stand in nobody's; the board shows them.

    Where a person cannot be written to in private, the group is told that something waits, and nothing of it. It is
    delivered as soon as the person opens a private way, and goes stale with the day's business.
    """
    for queued in stranded:
        post, last = queued.post, useful_until(queued)
        is_told = post.account and post.kind not in ("page", DETAIL)
        group = routes.group_without_privacy(post.account or "", now) if is_told else None
        why = NO_WAY if group is None else NO_PRIVATE_WAY
        if last is not None and now >= last:
            await settlement.settle([queued], EXPIRED, why)
            continue
        again = now + (ASK_AGAIN_FOR_HELP if post.kind in ("page", CALL) else ASK_AGAIN)
        lines = [] if group is None else [_neutral_line(group, post, now)]
        await settlement.settle([queued], NEW, why, next_at=again, instead=lines)


def _neutral_line(group: str, post: Post, now: datetime) -> Post:
    """A line in the group that gives nothing away: once an hour where somebody asked, else once a day."""
    span = f"{post.due_at:%Y%m%d%H}" if post.answers else f"{post.due_at:%Y%m%d}:unasked"
    return Post(
        dedupe_key=f"{ACK}:{group}:{post.account}:{span}",
        kind=ACK,
        text=neutral_in_group() if post.answers else waits_for_you(),
        due_at=now,
        chat=group,
        mentions=(post.account or "",),
        answers=post.answers,
    )
