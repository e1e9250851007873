"""What leaves as one message: a post, or several for one group said at once; cut into the parts a platform bears."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channels.base import OutgoingMessage, split_text
from bot.routes import Route
from bot.verdicts import Item, Priority, coalesced
from models.outbox import Post, Queued

ACK = "ack"  # the kind of a post that only says in a group that somebody was heard, or that something waits for him
CALL = "call"  # the kind of a post that calls a worker in the workers' group beside a page of unknown fate
MOST_MENTIONS = 5
DETAIL = "detail"  # the kind of a post that tells a worker in private what the group was not told
_PRIORITY = {"page": Priority.PAGE, CALL: Priority.PAGE, "reply": Priority.REPLY, "prompt": Priority.PROMPT}
_USEFUL_FOR = {
    "prompt": timedelta(hours=2),
    "digest": timedelta(hours=6),
    "reply": timedelta(hours=6),
    "notice": timedelta(hours=6),
    "list": timedelta(hours=12),
    "summary": timedelta(hours=12),
    ACK: timedelta(minutes=30),
    CALL: timedelta(minutes=30),
    DETAIL: timedelta(hours=6),
}


def useful_until(queued: Queued) -> datetime | None:
    """Until when a post is of any use; None for pages, which always are."""
    span = _USEFUL_FOR.get(queued.post.kind)
    return queued.post.due_at + span if span else None


@dataclass(slots=True)
class Parcel:
    """Posts that leave together on one way. `sent` counts the parts that have gone; `tries` the failures of the next.

    One that has begun is finished where it began, before anything else but pages: half a list helps nobody.
    """

    members: tuple[Queued, ...]
    route: Route
    item: Item
    parts: tuple[OutgoingMessage, ...]
    sent: int = 0
    tries: int = 0
    not_before: datetime | None = None
    began: datetime | None = field(default=None)

    @property
    def next_item(self) -> Item:
        """The part that goes next, as the manners see it."""
        if not self.sent:
            return replace(self.item, text=self.parts[0].text)
        return Item(
            key=self.item.key,
            text=self.parts[self.sent].text,
            priority=Priority.PAGE if self.item.is_page else Priority.REPLY,
            chat=self.item.chat,
            account=self.item.account,
            not_before=self.not_before,
        )

    @property
    def may_be_rerouted(self) -> bool:
        """Say whether this may leave on another way than its own: pages of which nothing has gone yet."""
        return not self.sent and all(queued.post.kind == "page" for queued in self.members)

    @property
    def is_done(self) -> bool:
        return self.sent == len(self.parts)


def item_of(queued: Queued, route: Route) -> Item:
    """Return what the manners must know of a post on its way."""
    post = queued.post
    asked_for = post.answers and post.kind != "page"
    return Item(
        key=post.dedupe_key,
        text=route.says or post.text,
        priority=Priority.REPLY if asked_for else _PRIORITY.get(post.kind, Priority.DIGEST),
        chat=route.chat,
        account=route.account,
        expires_at=useful_until(queued),
        acknowledges=post.kind == ACK or (route.stands_in and route.chat is not None),
    )


def call_beside(page: Post, route: Route, now: datetime) -> Post:
    """Return the post that calls the person of a page in the group of `route`."""
    return Post(
        dedupe_key=f"{CALL}:{page.dedupe_key}",
        kind=CALL,
        text=route.says or "",
        due_at=now,
        chat=route.chat,
        mentions=route.mentions,
        urgent=True,
        incident=page.incident,
    )


def detail_of(page: Post, now: datetime) -> Post:
    """Return the post that waits for the person of a page, who was called in a group, to open a private way."""
    return Post(
        dedupe_key=f"{DETAIL}:{page.dedupe_key}",
        kind=DETAIL,
        text=page.text,
        due_at=now,
        account=page.account,
        answers=True,
        incident=page.incident,
    )


def parcels(carried: Iterable[tuple[Queued, Route]], max_bytes: int) -> list[Parcel]:
    """Return the parcels of one channel in the order of their first posts."""
    by_key = {queued.post.dedupe_key: (queued, route) for queued, route in carried}
    batches = coalesced([item_of(queued, route) for queued, route in by_key.values()])
    return [_parcel([by_key[item.key] for item in few], few, max_bytes) for b in batches for few in _in_fives(b)]


def part_texts(text: str, max_bytes: int) -> Iterator[str]:
    """Yield the texts in which a long one leaves."""
    return split_text(text, max_bytes)


def _in_fives(batch: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Each person said to is called by name, and nobody calls more than five at once."""
    for start in range(0, len(batch), MOST_MENTIONS):
        yield batch[start : start + MOST_MENTIONS]


def _parcel(carried: Sequence[tuple[Queued, Route]], items: Sequence[Item], max_bytes: int) -> Parcel:
    route, text = carried[0][1], "\n".join(dict.fromkeys(item.text for item in items))
    mentions = tuple(dict.fromkeys(account for _, way in carried for account in way.mentions))[:MOST_MENTIONS]
    parts = tuple(
        OutgoingMessage(text=piece, chat=route.chat, account=route.account, mentions=() if number else mentions)
        for number, piece in enumerate(part_texts(text, max_bytes))
    )
    return Parcel(tuple(queued for queued, _ in carried), route, items[0], parts)
