"""Taking the own line out of a list, and what looks like it: old lists shown again, second deliveries, forwards."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.chains.merge import Post, PostEntry, fold
from tests.unit.chains.acting import START, Chain, room_of

ALAN, WU, TONG, JING = "501 阿兰 1份", "502 小武 2份", "503 老佟 3份", "504 静好 4份"


@pytest.fixture
def merged(chain: Chain) -> Chain:
    """502 and 503 posted at once, and somebody joined their lists."""
    chain.say("wx502", ALAN, WU)
    chain.say("wx503", ALAN, TONG)
    chain.say("head", ALAN, TONG, WU)
    return chain


def test_who_leaves_right_after_a_merge_is_out_although_the_list_looks_like_an_older_one(merged: Chain) -> None:
    assert merged.say("wx502", ALAN, TONG) == ["cancelled"]


def test_a_fork_in_between_does_not_hide_that_somebody_left(merged: Chain) -> None:
    merged.say("wx504", ALAN, JING)
    assert merged.say("wx502", ALAN, TONG) == ["cancelled"]
    assert merged.live == [ALAN, TONG, JING]


def test_who_takes_both_own_lines_out_is_out_with_both(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU, "502 小武 给妈妈5份")
    chain.say("wx503", ALAN, TONG)
    chain.say("head", ALAN, WU, "502 小武 给妈妈5份", TONG)
    assert chain.say("wx502", ALAN, TONG) == ["cancelled", "cancelled"]


def test_an_older_list_that_others_showed_since_is_asked_about(merged: Chain) -> None:
    merged.say("wx504", ALAN, TONG, JING)
    assert merged.say("wx502", ALAN, TONG, JING) == ["disputed"]
    assert [entry.text for entry in merged.state.in_force] == [ALAN, WU, TONG, JING]


def test_who_leaves_by_an_older_copy_of_the_merge_is_out(merged: Chain) -> None:
    merged.say("wx504", ALAN, TONG, WU, JING)
    assert merged.say("wx502", ALAN, TONG) == ["cancelled"]
    assert merged.live == [ALAN, TONG, JING]


def test_the_list_that_one_copied_oneself_may_be_sent_by_mistake_and_is_asked_about(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU)
    chain.say("wx503", ALAN, WU, TONG)
    assert chain.say("wx502", ALAN) == ["disputed"]
    assert [entry.text for entry in chain.state.in_force] == [ALAN, WU, TONG]


def test_who_shows_the_own_line_again_did_not_mean_to_go(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU)
    chain.say("wx503", ALAN, WU, TONG)
    chain.say("wx502", ALAN)
    assert chain.say("wx502", ALAN, WU, TONG) == ["restored"]
    assert chain.live == [ALAN, WU, TONG]


def test_who_shows_his_own_list_again_says_nothing_new(merged: Chain) -> None:
    merged.say("wx504", ALAN, TONG, JING)
    assert merged.say("wx502", TONG, JING) == ["disputed"]
    assert merged.say("wx502", TONG, JING) == []
    assert merged.states()[ALAN] == "disputed"


def test_a_head_who_shows_an_old_list_reminds(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU)
    chain.say("head", ALAN, WU, TONG + "（代）")
    assert chain.say("head", ALAN, WU) == []


def test_somebody_elses_old_list_takes_nobody_out(merged: Chain) -> None:
    assert merged.say("wx505", ALAN, TONG) == []


def test_who_joins_forks_and_forgets_himself_stays(merged: Chain) -> None:
    merged.say("wx504", ALAN, JING)
    assert merged.say("wx502", ALAN, TONG, JING) == []


def test_a_list_shown_twice_within_a_minute_takes_nothing_out_for_sure(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU, minute=2)
    chain.say("wx502", ALAN, WU, "502 小武 给妈妈5份", minute=2)
    assert chain.say("wx502", ALAN, WU, minute=3) == ["disputed"]


def test_a_second_delivery_by_another_account_of_the_household_brings_no_old_text_back(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU, minute=2)
    chain.say("wx502", ALAN, "502 小武 5份", minute=2)
    assert chain.say("wx502-on-another-bridge", ALAN, WU, minute=3) == []
    assert chain.live == [ALAN, "502 小武 5份"]


def test_an_undated_forward_of_an_old_list_changes_nothing(merged: Chain) -> None:
    old = _forwarded(merged, "wx502", ALAN, TONG)
    assert merged.state.apply(old) == ()


def test_an_undated_forward_takes_nobody_out(chain: Chain) -> None:
    chain.say("wx502", ALAN, WU)
    chain.say("wx503", ALAN, WU, TONG)
    [change] = chain.state.apply(_forwarded(chain, "wx502", ALAN, TONG))
    assert (change.kind, change.text) == ("disputed", WU)


def test_the_order_of_delivery_changes_nothing(merged: Chain) -> None:
    merged.say("wx504", ALAN, JING)
    merged.say("wx502", ALAN, TONG)
    merged.say("wx504", ALAN, TONG)
    assert fold(reversed(merged.posts)).entries == fold(merged.posts[::2] + merged.posts[1::2]).entries
    assert fold(merged.posts).entries == merged.state.entries


def _forwarded(chain: Chain, who: str, *lines: str) -> Post:
    at = START + timedelta(hours=2)
    entries = tuple(PostEntry(line, room_of(line)) for line in lines)
    return replace(chain.posts[-1], source="f-1", author=who, author_key=f"3-1-{who[2:]}", role="resident",
                   said_at=at, order=(at, 99), entries=entries, undated=True)  # fmt: skip
