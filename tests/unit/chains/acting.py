"""A chain in the making, acted by people who post to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from domain.chains.merge import ChainState, Post, PostEntry, State

START = datetime(2026, 7, 3, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Chain:
    """A chain in the making. Who speaks is the account; "wx501" lives in room 501, "head" leads the unit."""

    state: ChainState = field(default_factory=ChainState)
    posts: list[Post] = field(default_factory=list)

    def say(self, who: str, *lines: str, minute: int | None = None, authors: tuple[str, ...] = ()) -> list[str]:
        at = START + timedelta(minutes=len(self.posts) * 2 if minute is None else minute)
        vouched = authors or (None,) * len(lines)
        entries = tuple(PostEntry(line, room_of(line), author) for line, author in zip(lines, vouched, strict=True))
        role = "unit_head" if who == "head" else "resident"
        home = None if who in ("head", "") else f"3-1-{who[2:5]}"
        order = (at, len(self.posts))
        self.posts.append(Post(f"m-{len(self.posts) + 1}", who, home, role, at, order, entries))
        return [str(change.kind) for change in self.state.apply(self.posts[-1])]

    @property
    def live(self) -> list[str]:
        return [entry.text for entry in self.state.entries if entry.state is State.LIVE]

    def states(self) -> dict[str, str]:
        return {entry.text: str(entry.state) for entry in self.state.entries}


def room_of(line: str) -> str | None:
    digits = line[:3]
    return f"3-1-{digits}" if digits.isdigit() else None
