"""When a message may go: each rule of PLATFORMS, "Manners", as a fact."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels.base import RateLimit
from bot.group_history import GroupHistory
from bot.manners import Manners, MannersSettings
from bot.verdicts import Go, Item, Planned, Priority, Reason, Refuse, Sent, Wait, coalesced

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)


def manners(since: datetime | None = None, groups: GroupHistory | None = None) -> Manners:
    return Manners(MannersSettings(), lambda: 0.5, since=since, groups=groups)


def item(text: str = "收到", priority: Priority = Priority.REPLY, **given: object) -> Item:
    place = {} if "account" in given else {"chat": "g1"}
    return Item(key=text, text=text, priority=priority, **(place | given))  # type: ignore[arg-type]


def page(**given: object) -> Item:
    return item("3-1-502 求助", Priority.PAGE, **given)


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def send_many(subject: Manners, count: int, start: datetime, every: float, **given: str | None) -> datetime:
    now = start
    for number in range(count):
        now = start + timedelta(seconds=number * every)
        subject.sent(now, item(f"第{number}条", **{"account": f"a{number}", **given}))  # type: ignore[arg-type]
    return now


def test_first_message_may_go_at_once() -> None:
    assert manners().decide(MORNING, item()) == Go()


def test_gap_between_two_messages_is_drawn_between_3_and_12_seconds() -> None:
    subject = manners()
    subject.sent(MORNING, item(account="a"))
    verdict = subject.decide(MORNING, item(account="b"))
    assert verdict == Wait(MORNING + timedelta(seconds=7.5), Reason.GAP)


def test_one_group_hears_us_every_20_seconds_at_most() -> None:
    subject = manners()
    subject.sent(MORNING, item("甲"))
    assert subject.decide(MORNING, item("乙")) == Wait(MORNING + timedelta(seconds=20), Reason.GROUP_GAP)
    assert subject.decide(MORNING + timedelta(seconds=20), item("乙")) == Go()


def test_sixth_message_of_a_minute_is_kept_for_a_page() -> None:
    subject = manners()
    now = send_many(subject, 5, MORNING, every=2) + timedelta(seconds=30)
    assert subject.decide(now, item(account="z")) == Wait(MORNING + timedelta(minutes=1), Reason.ACCOUNT_LIMIT)
    assert subject.decide(now, page(account="z")) == Go()


def test_even_pages_keep_to_six_a_minute() -> None:
    subject = manners()
    now = send_many(subject, 6, MORNING, every=1)
    assert subject.decide(now, page(account="z")) == Wait(MORNING + timedelta(minutes=1), Reason.ACCOUNT_LIMIT)


def test_hour_and_day_of_an_account_are_bounded() -> None:
    hour, day = manners(), manners()
    now = send_many(hour, 55, MORNING, every=30) + timedelta(minutes=1)
    assert hour.decide(now, item(account="z")) == Wait(MORNING + timedelta(hours=1), Reason.ACCOUNT_LIMIT)
    now = send_many(day, 280, MORNING, every=120) + timedelta(minutes=1)
    assert day.decide(now, item(account="z")) == Wait(MORNING + timedelta(days=1), Reason.ACCOUNT_LIMIT)


def test_sixth_message_of_a_group_s_hour_is_kept_for_a_page() -> None:
    subject = manners()
    now = send_many(subject, 5, MORNING, every=60, account=None, chat="g1") + timedelta(minutes=1)
    assert subject.decide(now, item("再来")) == Wait(MORNING + timedelta(hours=1), Reason.GROUP_LIMIT)
    assert subject.decide(now, page()) == Go()


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(21), at(8, day=3)),
        (at(23, 59), at(8, day=3)),
        (at(3), at(8)),
        (at(7, 59), at(8)),
        (at(12), at(14)),
        (at(13, 59), at(14)),
    ],
)
def test_groups_are_left_in_peace_in_quiet_hours(now: datetime, until: datetime) -> None:
    assert manners().decide(now, item()) == Wait(until, Reason.QUIET)


@pytest.mark.parametrize("now", [at(8), at(11, 59), at(14), at(20, 59)])
def test_outside_quiet_hours_groups_may_be_written_to(now: datetime) -> None:
    assert manners().decide(now, item()) == Go()


def test_quiet_hours_are_those_of_the_residents_whatever_the_zone_of_the_clock() -> None:
    utc = at(22).astimezone(ZoneInfo("UTC"))
    assert manners().decide(utc, item()) == Wait(at(8, day=3), Reason.QUIET)


def test_private_messages_and_pages_know_no_quiet_hours() -> None:
    assert manners().decide(at(23), item(account="a")) == Go()
    assert manners().decide(at(23), page()) == Go()


def test_wait_that_would_end_in_quiet_hours_lasts_until_they_are_over() -> None:
    subject = manners()
    subject.sent(at(20, 59) + timedelta(seconds=50), item("甲"))
    assert subject.decide(at(20, 59) + timedelta(seconds=55), item("乙")) == Wait(at(8, day=3), Reason.QUIET)


def test_same_text_reaches_ten_groups_an_hour() -> None:
    subject = manners()
    for number in range(10):
        subject.sent(MORNING + timedelta(minutes=number), item("停水通知", Priority.DIGEST, chat=f"g{number}"))
    now = MORNING + timedelta(minutes=20)
    eleventh = item("停水通知", Priority.DIGEST, chat="other")
    assert subject.decide(now, eleventh) == Wait(MORNING + timedelta(hours=1), Reason.SAME_TEXT)
    assert subject.decide(now, item("另一条", Priority.DIGEST, chat="other")) == Go()


def test_prompts_are_exempt_from_the_same_text_rule() -> None:
    subject = manners()
    for number in range(10):
        subject.sent(MORNING + timedelta(minutes=number), item("请报平安", Priority.PROMPT, chat=f"g{number}"))
    assert subject.decide(at(9, 20), item("请报平安", Priority.PROMPT, chat="other")) == Go()


def test_group_sees_four_unsolicited_posts_a_day() -> None:
    subject = manners()
    for number in range(4):
        subject.sent(at(8 + number), item(f"播报{number}", Priority.DIGEST))
    assert subject.decide(at(15), item("播报", Priority.DIGEST)) == Refuse(Reason.UNSOLICITED)
    assert subject.decide(at(15), item("回答")) == Go()
    assert subject.decide(at(8, day=3), item("播报", Priority.DIGEST)) == Go()


def test_accounts_that_share_groups_share_the_groups_budget() -> None:
    groups = GroupHistory()
    first, second = manners(groups=groups), manners(groups=groups)
    for number in range(4):
        first.sent(at(8 + number), item(f"播报{number}", Priority.DIGEST))
    assert second.decide(at(15), item("播报", Priority.DIGEST)) == Refuse(Reason.UNSOLICITED)


def test_same_text_is_refused_after_three_times_in_five_minutes() -> None:
    subject = manners()
    for number in range(3):
        subject.sent(MORNING + timedelta(seconds=60 * number), item("你好"))
    assert subject.decide(at(9, 4), item(" 你好\n")) == Refuse(Reason.LOOP)
    assert subject.decide(at(9, 4), item("再见")) == Go()
    assert subject.decide(at(9, 6), item("你好")) == Go()


def test_new_account_listens_for_eight_hours() -> None:
    subject = manners(since=MORNING)
    assert subject.decide(at(10), item(account="a")) == Wait(at(17), Reason.LISTENING)
    assert subject.decide(at(17), item(account="a")) == Go()


def test_new_account_ramps_up_over_three_days() -> None:
    allowed = []
    for days in range(4):
        subject = manners(since=MORNING - timedelta(hours=8, days=days))
        now, count = MORNING, 0
        while isinstance(subject.decide(now, item(f"{count}", account=f"a{count}")), Go):
            subject.sent(now, item(f"{count}", account=f"a{count}"))
            count, now = count + 1, now + timedelta(seconds=70)
        allowed.append(count)
    assert allowed == [10, 30, 100, 280]


def test_new_account_sends_no_prompts_in_its_first_week() -> None:
    subject = manners(since=MORNING)
    assert subject.decide(at(15, day=8), item("请报平安", Priority.PROMPT)) == Refuse(Reason.NEW_ACCOUNT)
    assert subject.decide(at(15, day=9), item("请报平安", Priority.PROMPT)) == Go()


def test_pages_skip_listening_ramp_gap_and_quiet_hours() -> None:
    subject = manners(since=at(22))
    for number in range(3):
        now = at(22, number)
        assert subject.decide(now, page(account="lead")) == Go()
        subject.sent(now, page(account="lead"))
        assert subject.decide(now, page(account="deputy")) == Go()
        subject.sent(now, page(account="deputy"))


def test_platform_s_complaint_stops_everything_for_twelve_hours() -> None:
    subject = manners()
    subject.stop(MORNING)
    assert subject.decide(at(10), page(account="lead")) == Wait(at(21), Reason.STOPPED)
    assert subject.decide(at(21), page(account="lead")) == Go()
    assert subject.stopped_until == at(21)


def test_answers_leave_room_for_what_is_planned() -> None:
    subject, planned = manners(), Planned(hour=36, day=72)
    now = send_many(subject, 19, MORNING, every=30) + timedelta(minutes=1)
    assert subject.decide(now, item(account="z"), planned) == Wait(at(10), Reason.ANSWERS_LIMIT)
    assert subject.decide(now, item("请报平安", Priority.PROMPT), planned) == Go()
    assert subject.decide(now, item(account="z")) == Go()


def test_answers_keep_a_fifth_however_much_is_planned() -> None:
    subject, planned = manners(), Planned(hour=500, day=5000)
    now = send_many(subject, 11, MORNING, every=30) + timedelta(minutes=1)
    assert subject.decide(now, item(account="z"), planned) == Go()


def test_message_that_would_come_too_late_is_refused() -> None:
    assert manners().decide(at(22), item(expires_at=at(23))) == Refuse(Reason.LATE)


def test_message_for_later_waits() -> None:
    assert manners().decide(MORNING, item(not_before=at(10))) == Wait(at(10), Reason.NOT_YET)


def test_most_urgent_message_is_chosen_first() -> None:
    queue = [item("问", Priority.PROMPT), item("摘要", Priority.DIGEST), item("答"), page()]
    subject, order = manners(), []
    now = MORNING
    while queue:
        choice = subject.choose(now, queue)
        assert choice is not None
        if isinstance(choice.verdict, Wait):
            now = choice.verdict.until
            continue
        order.append(choice.item.text)
        subject.sent(now, choice.item)
        queue.remove(choice.item)
    assert order == ["3-1-502 求助", "答", "摘要", "问"]


def test_message_that_must_wait_does_not_hold_up_other_conversations() -> None:
    choice = manners().choose(at(22), [item("群里"), item("私下", account="a")])
    assert choice is not None
    assert choice.item.text == "私下"


def test_parts_of_one_message_keep_their_order() -> None:
    first, second = item("上", not_before=at(10)), item("下")
    choice = manners().choose(MORNING, [first, second])
    assert choice is not None
    assert (choice.item, choice.verdict) == (first, Wait(at(10), Reason.NOT_YET))


def test_nothing_to_send_is_no_choice() -> None:
    assert manners().choose(MORNING, []) is None


def test_restart_forgets_nothing() -> None:
    rows = [Sent(MORNING + timedelta(minutes=number), item(f"播报{number}", Priority.DIGEST)) for number in range(4)]
    subject = manners().replay(reversed(rows))
    assert subject.decide(at(15), item("播报", Priority.DIGEST)) == Refuse(Reason.UNSOLICITED)
    assert subject.budget(at(9, 4)).hour == (4, 60)


def test_board_sees_what_is_used_and_what_the_ramp_allows() -> None:
    subject = manners(since=MORNING - timedelta(hours=9))
    subject.sent(MORNING, item(account="a"))
    use = subject.budget(MORNING)
    assert (use.minute, use.hour, use.day, use.stopped_until) == ((1, 6), (1, 60), (1, 10), None)


def test_stricter_platform_lowers_the_limits() -> None:
    settings = MannersSettings().within(RateLimit(per_minute=2, per_hour=20, per_day=1000))
    assert (settings.minute.limit, settings.hour.limit, settings.day.limit) == (2, 20, 300)


def test_acknowledgements_of_one_group_become_one_batch() -> None:
    first, other = item("收到 101", acknowledges=True), item("问一下")
    second, elsewhere = item("收到 102", acknowledges=True), item("收到 103", acknowledges=True, chat="g2")
    assert coalesced([first, other, second, elsewhere]) == ((first, second), (other,), (elsewhere,))


def test_private_acknowledgements_stay_apart() -> None:
    first, second = item("甲", account="a", acknowledges=True), item("乙", account="a", acknowledges=True)
    assert coalesced([first, second]) == ((first,), (second,))
