"""Buckets, retries and windows: values that take the time as an argument."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import MessageBudget, RetryPolicy, TokenBucket, Window

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_full_bucket_gives_its_capacity_and_then_asks_to_wait() -> None:
    bucket = TokenBucket.full(20, MINUTE, NOW)
    for _ in range(20):
        assert bucket.wait(NOW) == timedelta()
        bucket = bucket.taken(NOW)
    assert bucket.wait(NOW) == timedelta(seconds=3)


def test_bucket_refills_with_time_but_never_over_its_capacity() -> None:
    bucket = TokenBucket.full(20, MINUTE, NOW).taken(NOW, 20)
    assert bucket.refilled(after(30)).tokens == pytest.approx(10)
    assert bucket.refilled(after(3600)).tokens == 20


def test_clock_that_goes_back_adds_no_tokens() -> None:
    bucket = TokenBucket.full(1, MINUTE, NOW).taken(NOW)
    assert bucket.refilled(after(-300)).tokens == 0
    assert bucket.refilled(after(-300)).refilled(NOW).tokens == 0


def test_retry_policy_gives_up_after_its_last_delay() -> None:
    policy = RetryPolicy((1, 5), jitter=0)
    assert [policy.delay(attempt, 0.5) for attempt in range(3)] == [timedelta(seconds=1), timedelta(seconds=5), None]


def test_endless_policy_repeats_its_last_delay() -> None:
    assert RetryPolicy((1, 10), jitter=0, endless=True).delay(99, 0.5) == timedelta(seconds=10)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 7.0), (0.5, 10.0), (1.0, 13.0)])
def test_jitter_spreads_the_delay_both_ways(chance: float, seconds: float) -> None:
    assert RetryPolicy((10,), jitter=0.3).delay(0, chance) == timedelta(seconds=seconds)


def test_window_frees_when_its_oldest_message_leaves() -> None:
    budget = MessageBudget(after(second) for second in (0, 10, 20))
    assert budget.free_at(after(30), 4, MINUTE) == after(30)
    assert budget.free_at(after(30), 3, MINUTE) == after(60)
    assert budget.free_at(after(30), 2, MINUTE) == after(70)


def test_reports_out_of_order_count_like_others() -> None:
    budget = MessageBudget()
    for second in (20, 0, 10):
        budget.record(after(second))
    assert budget.used(after(60), MINUTE) == 2
    assert budget.last() == after(20)


def test_forgotten_messages_count_no_more() -> None:
    budget = MessageBudget([NOW])
    budget.forget(NOW)
    assert budget.last() is None
    assert budget.used(NOW, MINUTE) == 0


def test_stricter_platform_caps_the_window_and_leaves_room_for_one_message() -> None:
    window = Window(6, MINUTE, reserved=3)
    assert window.capped(10) == window
    assert window.capped(2) == Window(2, MINUTE, reserved=1)
    assert window.capped(1) == Window(1, MINUTE, reserved=0)
