"""The same chain although its title was mended, another although its title is alike."""

from datetime import datetime, timedelta, timezone

import pytest

from domain.chains.identity import Arrival, Candidate, Match, Reason, identify_chain
from domain.chains.similarity import line_key
from domain.chains.snapshot import Entry, Snapshot

START = datetime(2026, 7, 3, 8, 0, tzinfo=timezone(timedelta(hours=8)))
PEOPLE = ("501 阿兰 36.5", "502 小武 36.4", "503 老佟 正常", "504 静好 36.6")


def _chain(
    title: str = "7月3日早打卡",
    lines: tuple[str, ...] = PEOPLE,
    *,
    kind: str = "checkin",
    lasted: int = 20,
    key: str = "a",
) -> Candidate:
    known = {line_key(line) for line in lines}
    last = START + timedelta(minutes=lasted)
    return Candidate(key, "g", (title,), kind, START, last, lambda text: line_key(text) in known, len(lines), "wx501")


def _look(
    candidate: Candidate,
    title: str,
    *lines: str,
    after: timedelta = timedelta(minutes=5),
    author: str = "wx505",
    chat: str = "g",
    first: int = 1,
) -> Match:
    entries = tuple(Entry(n, line) for n, line in enumerate(lines, first))
    snapshot = Snapshot(title, candidate.kind, entries)
    return identify_chain([candidate], Arrival(chat, snapshot, candidate.last_at + after, author))


def test_a_longer_copy_is_the_same_chain() -> None:
    found = _look(_chain(), "7月3日早打卡", *PEOPLE, "505 大海 36.5")
    assert (found.chain_key, found.reason, found.shared, found.of) == ("a", Reason.SHARED_ENTRIES, 4, 5)


@pytest.mark.parametrize(
    "title", ["7月3日早打卡（请写体温）", "早上健康接龙，没写的补一下", "7月3号 早打卡", "7月2日早打卡"]
)
def test_a_mended_title_over_the_same_people_is_the_same_chain(title: str) -> None:
    assert _look(_chain(), title, *PEOPLE).chain_key == "a"


def test_the_first_copy_of_an_empty_opening_is_the_same_chain() -> None:
    found = _look(_chain(lines=()), "7月3日早打卡", "505 大海 36.5")
    assert (found.chain_key, found.reason) == ("a", Reason.SAME_TITLE)


def test_somebody_who_copied_the_empty_opening_is_in_the_same_chain() -> None:
    assert _look(_chain(), "7月3日早打卡", "505 大海 36.5").chain_key == "a"


def test_the_opening_that_comes_late_is_of_the_chain() -> None:
    chain = _chain()
    snapshot = Snapshot("7月3日早打卡", "checkin", ())
    assert identify_chain([chain], Arrival("g", snapshot, START - timedelta(seconds=40))).chain_key == "a"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("7月3日早打卡", "7月3日晚打卡"),
        ("今日上午健康接龙", "今日下午健康接龙"),
        ("买菜接龙第1轮", "买菜接龙第2轮"),
        ("周五面包", "周六面包"),
        ("早餐预订", "晚餐预订"),
        ("体温接龙 7.3", "体温接龙 7.4"),
    ],
)
def test_another_date_half_day_or_round_is_another_chain(old: str, new: str) -> None:
    found = _look(_chain(old), new, PEOPLE[0], after=timedelta(hours=3))
    assert (found.chain_key, found.reason) == (None, Reason.OTHER_OCCASION)


def test_a_moved_deadline_is_no_other_occasion() -> None:
    chain = _chain("7月3日代购接龙（上午11点截单）", kind="order")
    assert _look(chain, "7月3日代购接龙（下午3点截单）", PEOPLE[0], "505 大海 土豆2斤").chain_key == "a"


def test_the_same_title_the_next_day_is_another_chain() -> None:
    found = _look(_chain("健康打卡"), "健康打卡", PEOPLE[0], PEOPLE[2], after=timedelta(hours=24))
    assert (found.chain_key, found.reason) == (None, Reason.OTHER_DAY)


def test_an_order_list_carried_on_the_next_morning_is_the_same_chain() -> None:
    chain = _chain("鸡蛋团购", kind="order", lasted=13 * 60)
    assert _look(chain, "鸡蛋团购", *PEOPLE, "505 大海 1板", after=timedelta(hours=11)).chain_key == "a"


def test_after_two_days_nothing_is_carried_on() -> None:
    found = _look(_chain("鸡蛋团购", kind="order"), "鸡蛋团购", *PEOPLE, after=timedelta(hours=49))
    assert (found.chain_key, found.reason) == (None, Reason.TOO_OLD)


def test_a_second_round_that_starts_empty_is_another_chain() -> None:
    found = _look(_chain("买菜", kind="order"), "买菜", after=timedelta(hours=1))
    assert (found.chain_key, found.reason) == (None, Reason.NEW_ROUND)


def test_an_afternoon_list_under_the_mornings_title_is_another_chain() -> None:
    chain = _chain("健康打卡", lasted=90)
    assert _look(chain, "健康打卡", PEOPLE[2], after=timedelta(hours=7)).reason is Reason.NEW_ROUND


def test_an_old_copy_hours_later_is_of_the_chain() -> None:
    chain = _chain("鸡蛋团购", (*PEOPLE, "506 梅子 1板", "507 行者 1板"), kind="order")
    assert _look(chain, "鸡蛋团购", *PEOPLE[:2], "508 乐乐 2板", after=timedelta(hours=4)).chain_key == "a"


def test_two_lists_at_once_with_the_same_neighbours_stay_two() -> None:
    names = ("阿兰", "小武", "老佟", "静好", "大海", "梅子")
    found = _look(_chain("周六徒步报名", names, kind="signup"), "楼道大扫除志愿者", "阿兰")
    assert (found.chain_key, found.reason) == (None, Reason.OTHER_MATTER)


def test_a_list_without_its_title_is_known_by_its_people() -> None:
    assert _look(_chain(), "", *PEOPLE[1:], "505 大海 36.5").chain_key == "a"


def test_a_bare_next_number_carries_the_list_on() -> None:
    assert _look(_chain(), "", "505 大海 36.5", first=5).reason is Reason.CARRIED_ON


def test_another_group_is_another_chain() -> None:
    assert _look(_chain(), "7月3日早打卡", *PEOPLE, chat="h").reason is Reason.NO_CHAIN


def test_of_two_rounds_the_later_one_is_meant() -> None:
    first = _chain("买菜", kind="order")
    second = Candidate(
        "b",
        "g",
        ("买菜",),
        "order",
        first.last_at + timedelta(hours=3),
        first.last_at + timedelta(hours=3),
        lambda _: False,
    )
    post = Arrival("g", Snapshot("买菜", "order", (Entry(1, "505 大海 2斤"),)), second.last_at + timedelta(minutes=4))
    assert identify_chain([first, second], post).chain_key == "b"


def test_the_decision_says_what_decided_it() -> None:
    found = _look(_chain("7月3日早打卡"), "7月3日晚打卡", PEOPLE[0], after=timedelta(hours=8))
    said = found.explained()
    assert "new chain" in said
    assert "half-day" in said
    assert "1 of 1 lines" in said
