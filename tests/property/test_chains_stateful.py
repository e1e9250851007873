"""Chains acted by people who copy, fork, edit, cancel and spoil them; what is known of each act must come out.

As in a real group, somebody copies the newest post he saw or an older one, types, and posts. A line that is missing
because an older post was copied still stands; somebody else's removal is acted only where no copy could explain it.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.chains.merge import ChainState, Post, PostEntry, State, fold
from domain.chains.similarity import line_key

SCHEDULES = 10_000 if os.environ.get("GRIDBOT_RELEASE") == "1" else 500
START = datetime(2026, 7, 3, 8, 2, tzinfo=timezone(timedelta(hours=8)))
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = ["秀兰", "建国", "桂英", "志强", "丽华", "伟", "芳", "娜", "敏", "静"]
SPREAD = st.integers(0, 5)
LINE = tuple[int, str]


@dataclass
class Act:
    """The truth about one entry; `unsure`: its own hand showed a list without it, perhaps by mistake."""

    text: str
    home: int
    hand: str
    state: State = State.LIVE
    unsure: bool = False


@dataclass
class Version:
    """One post as it was meant: entry numbers with the text shown."""

    lines: list[LINE]
    hand: str

    def without(self, number: int) -> set[LINE]:
        return {line for line in self.lines if line[0] != number}

    def shows(self) -> set[int]:
        return {number for number, _ in self.lines}


@dataclass
class Stage:
    """The group: who lives where, what was posted, and what is true."""

    people: int
    named: str
    acts: list[Act] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    clock: datetime = START

    def label(self, home: int) -> str:
        name = SURNAMES[home % 20] + GIVEN[(home // 20 + home) % 10]
        room = f"{home // 2 % 18 + 1}0{home % 2 + 1 + home // 36 * 2}"
        return {"room": f"{room} {name}", "key": f"{name} 3-1-{room}", "name": f"{name}{home}"}[self.named]

    def subject(self, home: int) -> str:
        return f"~{self.label(home)}" if self.named == "name" else f"3-1-{self.label(home)}"

    def gone_for_sure(self, gone: int, kept: set[int]) -> bool:
        """Some line that is still there has never been shown without the one that is gone."""
        for other in kept:
            holding = [version for version in self.versions if other in version.shows()]
            if holding and all(gone in version.shows() for version in holding):
                return True
        return False

    def left_for_sure(self, gone: int, lines: list[LINE], hand: str) -> bool:
        """The list was made from a version later than any that showed it, and not one that the same hand had copied."""
        numbered = list(enumerate(self.versions))
        shown = max((n for n, version in numbered if set(version.lines) == set(lines)), default=-1)
        made_from = [n for n, v in numbered[shown + 1 :] if gone in v.shows() and set(lines) == v.without(gone)]
        newest = max(n for n, version in numbered if gone in version.shows())
        copied = any(v.hand == hand and set(lines) <= set(v.lines) for _, v in numbered[shown + 1 :])
        return bool(made_from) and (newest in made_from or shown < 0 or not copied)

    def said_before(self, gone: int, lines: list[LINE], hand: str) -> bool:
        """The hand showed this very list itself, as the last who did, and none with its own line since."""
        shown = max((n for n, version in enumerate(self.versions) if set(version.lines) == set(lines)), default=-1)
        later = self.versions[shown + 1 :]
        own_last = shown >= 0 and self.versions[shown].hand == hand
        return own_last and not any(version.hand == hand and gone in version.shows() for version in later)

    def post(self, hand: str, lines: list[LINE], wait: int, spoil: Callable[[str], str], doubled: bool = False) -> None:
        self.versions.append(Version(lines, hand))
        for act in (self.acts[number] for number, text in lines if text == self.acts[number].text):
            if act.unsure and act.hand == hand:
                act.state, act.unsure = State.LIVE, False
        self.clock += timedelta(seconds=wait)
        entries = [PostEntry(spoil(text), self.subject(self.acts[number].home)) for number, text in lines]
        home = int(hand[1:])
        role = "unit_head" if home == 0 else "resident"
        order = (self.clock, len(self.posts))
        shown = tuple(entries * 2 if doubled else entries)
        self.posts.append(Post(f"m-{order[1]}", hand, self.subject(home), role, self.clock, order, shown))


def tidy(text: str) -> str:
    return text


def spaced(text: str) -> str:
    return text.replace(" ", "  ")


def wide(text: str) -> str:
    return text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})


def dotted(text: str) -> str:
    return text.replace(" ", "，") + "。"


SPOIL = st.sampled_from([tidy, tidy, tidy, spaced, wide, dotted])


class Group(RuleBasedStateMachine):
    """One chain from its opening on; the head lives at home 0 and speaks for homes without an account."""

    @initialize(people=st.integers(5, 120), named=st.sampled_from(["room", "key", "name"]), seed=st.integers(0, 2**20))
    def open(self, people: int, named: str, seed: int) -> None:
        self.stage = Stage(people, named)
        self.state = ChainState()
        self.merged = 0
        dice = random.Random(seed)
        self.stage.post("p0", [], 1, tidy)
        for _ in range(dice.randrange(people // 2)):
            self._add(dice.randrange(people), dice.randrange(5), dice.randint(1, 90), tidy, dice.randint(0, 99))

    def _base(self, back: int, holding: int | None = None) -> list[LINE] | None:
        seen = [v for v in self.stage.versions if holding is None or holding in v.shows()]
        return list(seen[max(0, len(seen) - 1 - back)].lines) if seen else None

    def _add(self, home: int, back: int, wait: int, spoil: Callable[[str], str], reading: int) -> None:
        if any(act.home == home for act in self.stage.acts):
            return
        hand = f"p{home}" if home % 4 else "p0"
        self.stage.acts.append(Act(f"{self.stage.label(home)} 36.{reading}", home, hand))
        lines = self._base(back) or []
        self.stage.post(hand, [*lines, (len(self.stage.acts) - 1, self.stage.acts[-1].text)], wait, spoil)

    def _live(self, pick: int) -> int | None:
        live = [n for n, act in enumerate(self.stage.acts) if act.state is State.LIVE]
        return live[pick % len(live)] if live else None

    @rule(home=st.integers(0, 119), back=SPREAD, wait=st.integers(1, 300), spoil=SPOIL, reading=st.integers(0, 99))
    def add(self, home: int, back: int, wait: int, spoil: Callable[[str], str], reading: int) -> None:
        self._add(home % self.stage.people, back, wait, spoil, reading)

    @rule(pick=st.integers(0, 119), back=SPREAD, wait=st.integers(1, 300), spoil=SPOIL)
    def edit(self, pick: int, back: int, wait: int, spoil: Callable[[str], str]) -> None:
        reading = len(self.stage.posts)
        self._reword(pick, back, wait, spoil, lambda act: f"{self.stage.label(act.home)} 37.{reading}", State.LIVE)

    @rule(pick=st.integers(0, 119), back=SPREAD, wait=st.integers(1, 300), spoil=SPOIL)
    def mark(self, pick: int, back: int, wait: int, spoil: Callable[[str], str]) -> None:
        self._reword(pick, back, wait, spoil, lambda act: f"{act.text} 取消", State.CANCELLED)

    def _reword(
        self, pick: int, back: int, wait: int, spoil: Callable[[str], str], words: Callable[[Act], str], state: State
    ) -> None:
        number = self._live(pick)
        base = None if number is None else self._base(back, number)
        if number is None or base is None:
            return
        act = self.stage.acts[number]
        act.text, act.state = words(act), state
        lines = [(n, act.text if n == number else text) for n, text in base]
        self.stage.post(act.hand, lines, wait, spoil)

    @rule(pick=st.integers(0, 119), back=SPREAD, wait=st.integers(1, 300), spoil=SPOIL, other=st.integers(0, 119))
    def take_out(self, pick: int, back: int, wait: int, spoil: Callable[[str], str], other: int) -> None:
        number = self._live(pick)
        base = None if number is None else self._base(back, number)
        if number is None or base is None:
            return
        lines = [line for line in base if line[0] != number]
        if not self.stage.gone_for_sure(number, {n for n, _ in lines}):
            return
        act = self.stage.acts[number]
        stranger = other % self.stage.people
        foreign = other % 2 and f"p{stranger}" != act.hand and stranger != act.home
        act.state = State.DISPUTED if foreign else State.CANCELLED
        self.stage.post(f"p{stranger}" if foreign else act.hand, lines, wait, spoil)

    @rule(pick=st.integers(0, 119), back=SPREAD, wait=st.integers(61, 300), spoil=SPOIL)
    def leave(self, pick: int, back: int, wait: int, spoil: Callable[[str], str]) -> None:
        """Take the own line out of a list; where that may be an older list sent by mistake, it is asked about."""
        number = self._live(pick)
        if number is None or self.stage.acts[number].hand == "p0":
            return
        act = self.stage.acts[number]
        lines = [line for line in self._base(back, number) or [] if line[0] != number]
        if lines:
            if self.stage.left_for_sure(number, lines, act.hand):
                act.state = State.CANCELLED
            elif not self.stage.said_before(number, lines, act.hand):
                act.state, act.unsure = State.DISPUTED, True
            self.stage.post(act.hand, lines, wait, spoil)

    @precondition(lambda self: self.stage.posts)
    @rule(wait=st.integers(1, 40))
    def deliver_again(self, wait: int) -> None:
        last = self.stage.posts[-1]
        self.stage.versions.append(self.stage.versions[-1])
        self.stage.clock += timedelta(seconds=wait)
        order = (self.stage.clock, len(self.stage.posts))
        again = Post(f"m-{order[1]}", last.author, last.author_key, last.role, self.stage.clock, order, last.entries)
        self.stage.posts.append(again)

    @rule(home=st.integers(0, 119), back=SPREAD, wait=st.integers(61, 300))
    def paste_twice(self, home: int, back: int, wait: int) -> None:
        lines = self._base(back)
        if lines:
            self.stage.post(f"p{home % self.stage.people}", lines, wait, tidy, doubled=True)

    @invariant()
    def what_stands_is_what_was_meant(self) -> None:
        if not hasattr(self, "stage"):
            return
        for post in self.stage.posts[self.merged :]:
            self.state.apply(post)
        self.merged = len(self.stage.posts)
        found = {(line_key(entry.text), entry.state) for entry in self.state.entries}
        meant = {(line_key(act.text), act.state) for act in self.stage.acts}
        assert found == meant
        assert len(self.state.entries) == len(self.stage.acts)

    def teardown(self) -> None:
        if not hasattr(self, "stage"):
            return
        dice = random.Random(len(self.stage.posts))
        late = sorted(self.stage.posts, key=lambda post: post.said_at + timedelta(seconds=dice.uniform(0, 60)))
        assert fold(late).entries == self.state.entries


TestGroup = Group.TestCase
TestGroup.settings = settings(
    max_examples=SCHEDULES,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
