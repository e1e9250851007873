"""One chain kept by people with habits: the hoarder who copies ancient versions, the tidier who joins forks by hand,
clients that cut, flatten or double what they show, couples, second thoughts, and strangers who correct others.
"""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.chains.merge import Post, PostEntry, State, fold
from domain.chains.similarity import line_key

SEEDS = 4_000 if os.environ.get("GRIDBOT_RELEASE") == "1" else 250
START = datetime(2026, 7, 4, 9, 0, tzinfo=timezone(timedelta(hours=8)))
NAMES = [
    "阿兰", "小武", "老佟", "青青草", "Leo", "豆豆妈", "云淡风轻", "大海", "晨曦", "行者", "梅子", "Kevin",
    "向阳", "果果爸", "老兵", "乐乐", "静好", "小满", "长河", "凯旋",
]  # fmt: skip
GOODS = ["土豆", "白菜", "番茄", "黄瓜", "豆腐", "鸡蛋", "牛奶", "酱油", "苹果", "大米", "面粉", "口罩"]
Habit = Callable[[list[str], set[int]], list[str]]
HEAD = 0


@dataclass
class Entry:
    home: int
    text: str
    hands: set[int]
    state: State = State.LIVE


@dataclass
class Story:
    """Homes 0 to n-1, each with two accounts (home and home + 100); home 0 is the unit head's."""

    dice: random.Random
    homes: int
    entries: list[Entry] = field(default_factory=list)
    versions: list[dict[int, str]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    clock: datetime = START

    def who(self, home: int) -> str:
        return f"{home % 6 + 1}-{home // 6 % 4 + 1}-{home // 24 + 1}02 {NAMES[home % len(NAMES)]}"

    def basket(self) -> str:
        picked = self.dice.sample(GOODS, self.dice.randint(1, 3))
        return " ".join(f"{good}{self.dice.randint(1, 9)}份" for good in picked)

    def base(self, holding: int | None = None) -> dict[int, str]:
        seen = [v for v in self.versions if holding is None or holding in v] or [{}]
        habit = self.dice.random()
        if habit < 0.6:
            return dict(seen[-1])
        if habit < 0.85:
            return dict(self.dice.choice(seen[-6:]))
        return dict(self.dice.choice(seen))

    def is_gone_for_sure(self, gone: int, kept: dict[int, str]) -> bool:
        holding = [[v for v in self.versions if other in v] for other in kept]
        return any(all(gone in v for v in versions) for versions in holding if versions)

    def post(self, hand: int, shown: dict[int, str], spoil: Habit | None = None) -> None:
        numbers = list(shown)
        own = {at for at, n in enumerate(numbers) if self.entries[n].home == hand % 100}
        new = {at for at, n in enumerate(numbers) if not any(v.get(n) == shown[n] for v in self.versions)}
        lines = list(shown.values())
        lines = spoil(lines, own | new) if spoil else lines
        self.versions.append(shown)
        self.clock += timedelta(seconds=self.dice.randint(61, 400))
        entries = [PostEntry(line, self.subject(line)) for line in lines]
        order = (self.clock, len(self.posts))
        role = "unit_head" if hand == HEAD else "resident"
        key = self.who(hand % 100).split()[0]
        self.posts.append(Post(f"m-{order[1]}", f"wx{hand}", key, role, self.clock, order, tuple(entries)))

    def subject(self, line: str) -> str | None:
        plain = line_key(line)
        named = (self.who(home) for home in range(self.homes))
        return next((who.split()[0] for who in named if plain.startswith(line_key(who))), None)

    def live_of(self, home: int) -> list[int]:
        return [n for n, e in enumerate(self.entries) if e.home == home and e.state is State.LIVE]


def add(story: Story) -> None:
    home = story.dice.randrange(story.homes)
    if story.live_of(home) or any(e.home == home for e in story.entries):
        return
    relayed = home % 5 == 0
    hand = HEAD if relayed else story.dice.choice([home, home + 100])
    story.entries.append(Entry(home, f"{story.who(home)} {story.basket()}", {hand, home, home + 100}))
    number = len(story.entries) - 1
    story.post(hand, {**story.base(), number: story.entries[number].text}, _habit_of(story, hand))


def second_order(story: Story) -> None:
    """Somebody puts a second line under the first, seeing both."""
    live = [n for home in range(story.homes) if len(mine := story.live_of(home)) == 1 for n in mine]
    if not live:
        return
    first = story.dice.choice(live)
    entry = story.entries[first]
    base = story.base(first)
    if base.get(first) != entry.text:
        return
    story.entries.append(Entry(entry.home, f"{story.who(entry.home)} 另要{story.basket()}", entry.hands))
    story.post(story.dice.choice(sorted(entry.hands)), {**base, len(story.entries) - 1: story.entries[-1].text})


def edit(story: Story) -> None:
    number = _some_single(story)
    if number is None:
        return
    entry, base = story.entries[number], story.base(number)
    entry.text = f"{story.who(entry.home)} {story.basket()} 改{len(story.posts)}"
    story.post(story.dice.choice(sorted(entry.hands)), {**base, number: entry.text}, _habit_of(story, 0))


def withdraw(story: Story) -> None:
    number = _some_single(story)
    if number is None:
        return
    entry, base = story.entries[number], story.base(number)
    entry.text += story.dice.choice([" 取消", "（已取消）", "，取消了"])
    entry.state = State.CANCELLED
    story.post(story.dice.choice(sorted(entry.hands)), {**base, number: entry.text})


def remove(story: Story) -> None:
    number = _some_single(story)
    if number is None:
        return
    entry, base = story.entries[number], story.base(number)
    base.pop(number, None)
    if not story.is_gone_for_sure(number, base):
        return
    own = story.dice.random() < 0.6
    hand = story.dice.choice(sorted(entry.hands)) if own else _stranger(story, entry)
    entry.state = State.CANCELLED if own else State.DISPUTED
    story.post(hand, base)


def correct_another(story: Story) -> None:
    """A stranger writes something else into a line that surely stood in what he copied: the owner's word stays."""
    number = _some_single(story)
    if number is None:
        return
    entry, base = story.entries[number], story.base(number)
    rest = {n: text for n, text in base.items() if n != number}
    if base.get(number) != entry.text or not story.is_gone_for_sure(number, rest):
        return
    entry.state = State.DISPUTED
    wrong = f"{story.who(entry.home)} {story.basket()} 误{len(story.posts)}"
    story.post(_stranger(story, entry), {**base, number: wrong})


def think_again(story: Story) -> None:
    """Somebody whose line is gone types it again under the newest list."""
    gone = [n for n, e in enumerate(story.entries) if e.state is not State.LIVE and n not in story.versions[-1]]
    gone = [n for n in gone if not story.live_of(story.entries[n].home) and "取消" not in story.entries[n].text]
    newest = story.versions[-1] if story.versions else {}
    if not gone:
        return
    number = story.dice.choice(gone)
    entry = story.entries[number]
    shown = {**newest, number: entry.text}
    if any(shown.items() <= v.items() for v in story.versions):
        return
    entry.state = State.LIVE
    story.post(entry.home if entry.home else HEAD, shown)


def join_forks(story: Story) -> None:
    """The tidy neighbour puts two versions together, line by line."""
    if len(story.versions) > 2:
        one, other = story.dice.sample(story.versions[-8:], 2) if len(story.versions) > 8 else story.versions[-2:]
        quiet = [home for home in range(1, story.homes) if not any(e.home == home for e in story.entries)]
        if quiet:
            story.post(story.dice.choice(quiet), {**one, **{n: t for n, t in other.items() if n not in one}})


def remind(story: Story) -> None:
    """The head posts what he has, new or old, without a word of his own and with his own line in it."""
    own = {n: story.entries[n].text for n in story.live_of(HEAD)}
    fit = [version for version in story.versions[-5:] if own.items() <= version.items()]
    if fit:
        story.post(HEAD, dict(story.dice.choice(fit)), _habit_of(story, HEAD))


def _some_single(story: Story) -> int | None:
    live = [n for home in range(story.homes) if len(mine := story.live_of(home)) == 1 for n in mine]
    live = [n for n in live if sum(e.home == story.entries[n].home for e in story.entries) == 1]
    return story.dice.choice(live) if live and any(story.versions) else None


def _stranger(story: Story, entry: Entry) -> int:
    return story.dice.choice([h for h in range(story.homes) if h not in entry.hands and h != entry.home])


def _habit_of(story: Story, hand: int) -> Habit | None:
    return story.dice.choice([None, None, None, _cut_long_lines, _double, _squeeze, _other_dashes])


def _cut_long_lines(lines: list[str], own: set[int]) -> list[str]:
    return [line if at in own or len(line) < 18 else line[: len(line) - 2] + "…" for at, line in enumerate(lines)]


def _double(lines: list[str], own: set[int]) -> list[str]:
    return lines + lines


def _squeeze(lines: list[str], own: set[int]) -> list[str]:
    return [line.replace(" ", "") for line in lines]


def _other_dashes(lines: list[str], own: set[int]) -> list[str]:
    return [line.replace("-", "—").replace(" ", "　") for line in lines]


DEEDS = [add] * 8 + [edit] * 3 + [remove] * 2 + [second_order, withdraw, correct_another, think_again]
DEEDS += [join_forks, remind]


@settings(max_examples=SEEDS, deadline=None)
@given(st.integers(0, 2**32))
def test_every_act_of_a_lively_group_comes_out_as_it_was_meant(seed: int) -> None:
    dice = random.Random(seed)
    story = Story(dice, dice.randint(6, 48))
    for _ in range(dice.randint(10, 90)):
        dice.choice(DEEDS)(story)
    state = fold(story.posts)
    found = sorted((line_key(e.text), str(e.state)) for e in state.entries)
    meant = sorted((line_key(e.text), str(e.state)) for e in story.entries)
    assert found == meant
