"""A week of 36 groups on a virtual clock: no limit passed, quiet hours kept, prompts and pages in time.

The checks below count the messages themselves and share no code with the manners they judge.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.manners import Manners, MannersSettings
from bot.verdicts import Go, Item, Planned, Priority, Reason, Refuse, Wait

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 0, 0, tzinfo=SHANGHAI)
GROUPS = [f"第{number}网格" for number in range(1, 37)]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PROMPT_TIMES = (time(8, 30), time(17, 30))
DIGEST_TIME = time(19, 10)


@dataclass(frozen=True, slots=True)
class Arrival:
    at: datetime
    item: Item


@dataclass(frozen=True, slots=True)
class Outcome:
    sent: list[tuple[datetime, Arrival]]
    refused: list[tuple[Reason, Arrival]]
    left: list[Arrival]


def scheduled(days: int, times: tuple[time, ...], priority: Priority, within: timedelta) -> Iterator[Arrival]:
    for day in range(days):
        for clock in times:
            at = datetime.combine((MONDAY + day * DAY).date(), clock, SHANGHAI)
            for group in GROUPS:
                text = f"{group}：请报平安" if priority is Priority.PROMPT else f"{group}今日摘要 {at:%d日%H点}"
                key = f"{group} {at}"
                yield Arrival(at, Item(key=key, text=text, priority=priority, chat=group, expires_at=at + within))


def answers(random: Random, days: int, a_day: int) -> Iterator[Arrival]:
    """Residents ask at all hours, most of them around the prompts; three of four answers go to the group."""
    for number in range(days * a_day):
        at = MONDAY + timedelta(seconds=random.uniform(0, days * 86_400))
        if random.random() < 0.4:
            at = at.replace(hour=random.choice((8, 17)), minute=random.randrange(60))
        text = random.choice(("收到", "已登记", f"第{number}号问题的回答"))
        place = {"chat": random.choice(GROUPS)} if random.random() < 0.75 else {"account": f"居民{number}"}
        yield Arrival(at, Item(key=f"r{number}", text=text, priority=Priority.REPLY, expires_at=at + HOUR, **place))  # type: ignore[arg-type]


def pages(random: Random, days: int, count: int) -> Iterator[Arrival]:
    for number in range(count):
        at = MONDAY + timedelta(seconds=random.uniform(0, days * 86_400))
        yield Arrival(at, Item(key=f"p{number}", text=f"求助{number}", priority=Priority.PAGE, account="网格员"))


def play(manners: Manners, arrivals: list[Arrival], planned_day: int, end: datetime) -> Outcome:
    """Ask the manners as a sender would: whenever something arrives or a wait is over."""
    coming = sorted(arrivals, key=lambda arrival: arrival.at, reverse=True)
    posts = sorted(arrival.at for arrival in arrivals if arrival.item.is_unsolicited)
    pending: dict[str, Arrival] = {}
    outcome = Outcome([], [], [])
    now = MONDAY
    while now < end:
        while coming and coming[-1].at <= now:
            arrival = coming.pop()
            pending[arrival.item.key] = arrival
        unsent = sum(1 for arrival in pending.values() if arrival.item.is_unsolicited)
        planned = Planned(unsent + sum(1 for at in posts if now < at <= now + HOUR), planned_day)
        choice = manners.choose(now, [arrival.item for arrival in pending.values()], planned)
        upcoming = coming[-1].at if coming else end
        if choice is None or isinstance(choice.verdict, Wait):
            now = min(upcoming, choice.verdict.until) if choice and isinstance(choice.verdict, Wait) else upcoming
            continue
        arrival = pending.pop(choice.item.key)
        if isinstance(choice.verdict, Refuse):
            outcome.refused.append((choice.verdict.why, arrival))
        else:
            assert choice.verdict == Go()
            manners.sent(now, choice.item)
            outcome.sent.append((now, arrival))
    outcome.left.extend(pending.values())
    return outcome


def most_within(times: list[datetime], span: timedelta) -> int:
    """The most messages in any stretch of `span`, its end excluded."""
    times, most, first = sorted(times), 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def assert_within_limits(outcome: Outcome) -> None:
    all_times = [at for at, _ in outcome.sent]
    assert most_within(all_times, MINUTE) <= 6
    assert most_within(all_times, HOUR) <= 60
    assert most_within(all_times, DAY) <= 300
    by_group: defaultdict[str, list[tuple[datetime, Item]]] = defaultdict(list)
    for at, arrival in outcome.sent:
        if arrival.item.chat is not None:
            by_group[arrival.item.chat].append((at, arrival.item))
    for posts in by_group.values():
        times = [at for at, _ in posts]
        assert most_within(times, HOUR) <= 6
        assert most_within(times, timedelta(seconds=20)) <= 1
        assert max(Counter(at.date() for at, item in posts if item.is_unsolicited).values(), default=0) <= 4
        for text, count in Counter(item.text for _, item in posts).items():
            assert count <= 3 or most_within([at for at, item in posts if item.text == text], 5 * MINUTE) <= 3
        assert not [at for at in times if at.hour >= 21 or at.hour < 8 or at.hour in (12, 13)]


def assert_same_text_in_few_groups(outcome: Outcome) -> None:
    by_text: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for at, arrival in outcome.sent:
        if arrival.item.chat is not None and arrival.item.priority is not Priority.PROMPT:
            by_text[arrival.item.text].append((at, arrival.item.chat))
    for posts in by_text.values():
        for start, _ in posts:
            assert len({chat for at, chat in posts if start <= at < start + HOUR}) <= 10


def assert_gaps(outcome: Outcome) -> None:
    for (before, _), (at, arrival) in zip(outcome.sent, outcome.sent[1:], strict=False):
        assert arrival.item.is_page or at - before >= timedelta(seconds=3)


def test_week_of_36_groups_stays_within_every_limit() -> None:
    random = Random(5)
    prompts = list(scheduled(7, PROMPT_TIMES, Priority.PROMPT, HOUR))
    digests = list(scheduled(7, (DIGEST_TIME,), Priority.DIGEST, HOUR))
    arrivals = [*prompts, *digests, *answers(random, 7, a_day=900), *pages(random, 7, count=60)]
    manners = Manners(MannersSettings(), random.random)
    outcome = play(manners, arrivals, planned_day=len(GROUPS) * 3, end=MONDAY + 7 * DAY)

    assert_within_limits(outcome)
    assert_same_text_in_few_groups(outcome)
    assert_gaps(outcome)
    waits = [(at - arrival.at, arrival.item.priority) for at, arrival in outcome.sent]
    assert max(wait for wait, priority in waits if priority is Priority.PAGE) <= timedelta(seconds=5)
    assert sum(1 for _, arrival in outcome.sent if arrival.item.is_page) == 60
    assert sum(1 for _, priority in waits if priority is Priority.PROMPT) == 7 * 2 * 36
    assert max(wait for wait, priority in waits if priority is Priority.PROMPT) <= HOUR
    assert sum(1 for _, priority in waits if priority is Priority.DIGEST) == 7 * 36
    assert sum(1 for _, priority in waits if priority is Priority.REPLY) >= 7 * 100
    assert {why for why, _ in outcome.refused} <= {Reason.LATE, Reason.LOOP}


def test_first_week_of_an_account_listens_ramps_up_and_prompts_nobody() -> None:
    random = Random(6)
    prompts = list(scheduled(7, PROMPT_TIMES, Priority.PROMPT, HOUR))
    arrivals = [*prompts, *answers(random, 7, a_day=400), *pages(random, 7, count=30)]
    manners = Manners(MannersSettings(), random.random, since=MONDAY)
    outcome = play(manners, arrivals, planned_day=0, end=MONDAY + 7 * DAY)

    assert_within_limits(outcome)
    assert_gaps(outcome)
    assert not [arrival for _, arrival in outcome.sent if arrival.item.priority is Priority.PROMPT]
    chatter = [at for at, arrival in outcome.sent if not arrival.item.is_page]
    began = MONDAY + timedelta(hours=8)
    assert min(chatter) >= began
    counts = [sum(1 for at in chatter if began + day * DAY <= at < began + (day + 1) * DAY) for day in range(3)]
    assert [count <= most for count, most in zip(counts, (10, 30, 100), strict=True)] == [True] * 3
    assert max(at - a.at for at, a in outcome.sent if a.item.is_page) <= timedelta(seconds=5)
