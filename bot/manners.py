"""How an account behaves in other people's groups: when a message may go, must wait, or is better not sent at all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channels.base import RateLimit
from bot.group_history import GroupHistory, text_key
from bot.pacing import MessageBudget, Window
from bot.quiet import QuietHours
from bot.verdicts import BudgetUse, Choice, Go, Item, Planned, Priority, Reason, Refuse, Sent, Verdict, Wait

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)
PER_MINUTE = Window(6, MINUTE, reserved=1)
PER_HOUR = Window(60, HOUR, reserved=5)
PER_DAY = Window(300, DAY, reserved=20)
PER_GROUP_AND_HOUR = Window(6, HOUR, reserved=1)
NOTHING_PLANNED = Planned()


@dataclass(frozen=True, slots=True, kw_only=True)
class MannersSettings:
    """The limits of one account. Nobody publishes safe numbers; these are the project's (PLATFORMS, "Manners").

    `reserved` of each window is kept for pages. `ramp` holds the messages a day of a new account's first days.
    """

    minute: Window = PER_MINUTE
    hour: Window = PER_HOUR
    day: Window = PER_DAY
    group_hour: Window = PER_GROUP_AND_HOUR
    group_gap: timedelta = timedelta(seconds=20)
    gap_from: timedelta = timedelta(seconds=3)
    gap_to: timedelta = timedelta(seconds=12)
    same_text_groups: int = 10
    unsolicited_a_day: int = 4
    quiet: QuietHours = field(default_factory=QuietHours)
    listening: timedelta = timedelta(hours=8)
    ramp: tuple[int, ...] = (10, 30, 100)
    without_prompts: timedelta = timedelta(days=7)
    stop: timedelta = timedelta(hours=12)
    loop_repeats: int = 3
    loop_span: timedelta = timedelta(minutes=5)

    @property
    def windows(self) -> tuple[Window, Window, Window]:
        """The account's windows, shortest first."""
        return (self.minute, self.hour, self.day)

    def within(self, limit: RateLimit) -> "MannersSettings":
        """These manners, made stricter where the platform bears less."""
        return replace(
            self,
            minute=self.minute.capped(limit.per_minute),
            hour=self.hour.capped(limit.per_hour),
            day=self.day.capped(limit.per_day),
        )


@dataclass(frozen=True, slots=True)
class _Bound:
    """A rule's answer: not before `at`, because of `why`."""

    at: datetime
    why: Reason


class Manners:
    """The manners of one account, asked before each message and told of each one sent.

    `random` yields numbers in 0..1. `since` is when the account began; None is an account of long standing. `groups`
    may be shared by accounts that serve the same groups, so that together they post no more than one would.
    Pages keep to the account's windows and the platform's stop, and to nothing else: help outranks manners.
    """

    def __init__(
        self,
        settings: MannersSettings,
        random: Callable[[], float],
        since: datetime | None = None,
        groups: GroupHistory | None = None,
        stopped_until: datetime | None = None,
    ) -> None:
        self._settings = settings
        self._random = random
        self._since = since
        self._groups = groups if groups is not None else GroupHistory()
        self._stopped_until = stopped_until
        self._all = MessageBudget()
        self._ordinary = MessageBudget()
        self._answers = MessageBudget()
        self._next_at: datetime | None = None

    def replay(self, rows: Iterable[Sent]) -> "Manners":
        """Take in what was sent before a restart (at least the last 24 hours); returns itself."""
        for row in sorted(rows, key=lambda row: row.at):
            self.sent(row.at, row.item)
        return self

    def sent(self, now: datetime, item: Item) -> None:
        """Count `item` as sent at `now`; call it for each message handed over, whatever the platform answered."""
        self._all.record(now)
        if not item.is_page:
            self._ordinary.record(now)
        if item.priority is Priority.REPLY:
            self._answers.record(now)
        if item.chat is not None:
            is_prompt = item.priority is Priority.PROMPT
            self._groups.record(now, item.chat, text_key(item.text), item.is_unsolicited, is_prompt)
        spread = self._settings.gap_to - self._settings.gap_from
        self._next_at = now + self._settings.gap_from + spread * self._random()
        for budget in (self._all, self._ordinary, self._answers):
            budget.forget(now - DAY)

    def stop(self, now: datetime, seconds: float | None = None) -> datetime:
        """The platform complained: send nothing for `seconds` (the settings' span when None). Returns until when."""
        span = self._settings.stop if seconds is None else timedelta(seconds=seconds)
        self._stopped_until = max(now + span, self._stopped_until or now)
        return self._stopped_until

    @property
    def stopped_until(self) -> datetime | None:
        """Until when the platform's complaint stops all sending; to be kept over restarts."""
        return self._stopped_until

    def decide(self, now: datetime, item: Item, planned: Planned = NOTHING_PLANNED) -> Verdict:
        """Say whether `item` may go at `now`. `Wait.until` is a lower bound: ask again then."""
        refused = self._refusal(now, item)
        if refused is not None:
            return Refuse(refused)
        latest = max(self._bounds(now, item, planned), key=lambda bound: bound.at)
        if item.chat is not None and not item.is_page:
            open_at = self._settings.quiet.over_at(latest.at)
            latest = latest if open_at == latest.at else _Bound(open_at, Reason.QUIET)
        if item.expires_at is not None and latest.at >= item.expires_at:
            return Refuse(Reason.LATE)
        return Go() if latest.at <= now else Wait(latest.at, latest.why)

    def choose(self, now: datetime, items: Sequence[Item], planned: Planned = NOTHING_PLANNED) -> Choice | None:
        """The first item, by priority and then by place in `items`, that need not wait; else the one that waits least.

        Within a conversation items of one priority keep their order: a message in two parts never arrives reversed.
        """
        soonest: tuple[datetime, Choice] | None = None
        held: set[tuple[Priority, str | None, str | None]] = set()
        for item in sorted(items, key=lambda item: item.priority):
            place = (item.priority, item.chat, item.account)
            if place in held:
                continue
            verdict = self.decide(now, item, planned)
            if not isinstance(verdict, Wait):
                return Choice(item, verdict)
            held.add(place)
            if soonest is None or verdict.until < soonest[0]:
                soonest = (verdict.until, Choice(item, verdict))
        return soonest[1] if soonest else None

    def budget(self, now: datetime) -> BudgetUse:
        """How much of each window is used at `now`."""
        minute, hour, day = ((self._all.used(now, window.span), window.limit) for window in self._settings.windows)
        stopped = self._stopped_until if self._stopped_until and self._stopped_until > now else None
        return BudgetUse(minute, hour, (day[0], min(day[1], self._day_limit(now))), stopped)

    def _refusal(self, now: datetime, item: Item) -> Reason | None:
        settings = self._settings
        if item.chat is not None and self._repeats(now, item) >= settings.loop_repeats:
            return Reason.LOOP
        if item.priority is Priority.PROMPT and self._age(now) < settings.without_prompts:
            return Reason.NEW_ACCOUNT
        if item.chat is not None and item.is_unsolicited:
            today = settings.quiet.day_of(now)
            if self._groups.unsolicited(item.chat, today) >= settings.unsolicited_a_day:
                return Reason.UNSOLICITED
        return None

    def _repeats(self, now: datetime, item: Item) -> int:
        return self._groups.repeats(item.chat or "", text_key(item.text), now - self._settings.loop_span)

    def _bounds(self, now: datetime, item: Item, planned: Planned) -> Iterable[_Bound]:
        yield _Bound(item.not_before or now, Reason.NOT_YET)
        yield _Bound(self._stopped_until or now, Reason.STOPPED)
        for window in self._settings.windows:
            total = window.limit if item.is_page else window.limit - min(1, window.reserved)
            yield _Bound(self._all.free_at(now, total, window.span), Reason.ACCOUNT_LIMIT)
        if not item.is_page:
            yield from self._ordinary_bounds(now, item, planned)

    def _ordinary_bounds(self, now: datetime, item: Item, planned: Planned) -> Iterable[_Bound]:
        """What binds all but pages. Pages are not counted: a night of them must not cost the morning's prompts."""
        yield _Bound(self._next_at or now, Reason.GAP)
        if self._since is not None:
            yield _Bound(self._since + self._settings.listening, Reason.LISTENING)
        for window in self._settings.windows:
            free = self._ordinary.free_at(now, window.limit - window.reserved, window.span)
            yield _Bound(free, Reason.ACCOUNT_LIMIT)
        yield _Bound(self._ordinary.free_at(now, self._day_limit(now), DAY), Reason.ACCOUNT_LIMIT)
        if item.priority is Priority.REPLY:
            yield from self._answer_bounds(now, planned)
        if item.chat is not None:
            yield from self._group_bounds(now, item.chat, item, planned)

    def _answer_bounds(self, now: datetime, planned: Planned) -> Iterable[_Bound]:
        """Answers leave room for what is planned, but always keep a fifth: prompts must not silence the bot.

        Of the day a quarter more than its posts is kept, or today's would wait for yesterday's to leave the window.
        """
        hour, day = self._settings.hour, self._settings.day
        free = self._ordinary.free_at(now, hour.limit - hour.reserved - planned.hour, HOUR)
        yield _Bound(min(free, self._answers.free_at(now, hour.limit // 5, HOUR)), Reason.ANSWERS_LIMIT)
        share = max(day.limit // 5, day.limit - day.reserved - planned.day * 5 // 4)
        yield _Bound(self._answers.free_at(now, share, DAY), Reason.ANSWERS_LIMIT)

    def _group_bounds(self, now: datetime, chat: str, item: Item, planned: Planned) -> Iterable[_Bound]:
        settings, history = self._settings, self._groups.budget(chat)
        last = history.last()
        yield _Bound(last + settings.group_gap if last else now, Reason.GROUP_GAP)
        kept = 1 if item.priority is Priority.REPLY and planned.hour else 0
        limit = settings.group_hour.limit - settings.group_hour.reserved - kept
        yield _Bound(history.free_at(now, limit, settings.group_hour.span), Reason.GROUP_LIMIT)
        if item.priority is not Priority.PROMPT:
            free = self._groups.same_text_free_at(now, chat, text_key(item.text), settings.same_text_groups, HOUR)
            yield _Bound(free, Reason.SAME_TEXT)

    def _age(self, now: datetime) -> timedelta:
        return timedelta.max if self._since is None else now - self._since

    def _day_limit(self, now: datetime) -> int:
        """Messages a day at the account's age, urgent pages aside."""
        usual, age = self._settings.day.limit, self._age(now)
        if age == timedelta.max:
            return usual
        stage = max(0, (age - self._settings.listening) // DAY)
        return min(usual, self._settings.ramp[stage]) if stage < len(self._settings.ramp) else usual
