"""What must not matter to a chain: noise, cuts, second deliveries, late posts, old copies."""

from datetime import timedelta

import pytest

from domain.chains.merge import ChainState, LatePost, Post, PostEntry, State, fold
from tests.unit.chains.acting import START, Chain, room_of


@pytest.mark.parametrize(
    "copy", ["501  阿兰  1份", "５０１　阿兰　１份", "501，阿兰，1份。", "501阿兰1份", "501\n阿兰 1份", "501 阿兰 …"]
)
def test_noise_in_a_copied_line_matters_to_nobody(chain: Chain, copy: str) -> None:
    assert chain.say("wx502", copy, "502 小武 2份") == ["added"]


def test_a_reading_put_right_is_an_edit_and_no_noise() -> None:
    chain = Chain()
    chain.say("wx501", "501 阿兰 3.65")
    assert chain.say("wx501", "501 阿兰 36.5") == ["edited"]


def test_blank_slots_are_nobody(chain: Chain) -> None:
    assert chain.say("wx502", "501 阿兰 1份", "", "____", "…", "502 小武 2份") == ["added"]


def test_a_nickname_of_signs_is_somebody() -> None:
    chain = Chain()
    chain.say("wxa", "🌻")
    chain.say("wxb", "🌻", "^_^")
    assert chain.live == ["🌻", "^_^"]


def test_a_text_that_breaks_off_takes_nobody_out(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份 少放盐")
    chain.say("wx503", "501 阿兰 1份", "502 小武 2份 少放盐", "503 老佟 3份")
    chain.say("wx504", "501 阿兰 1份", "502 小武 2份 少放盐", "503 老佟 3份", "504 静好 1份")
    assert chain.say("wx505", "501 阿兰 1份", "502 小武 2…") == []
    assert len(chain.live) == 4


def test_a_line_first_seen_cut_short_gets_its_whole_text(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 西红柿…")
    assert chain.say("wx503", "501 阿兰 1份", "502 小武 西红柿三斤", "503 老佟 3份") == ["edited", "added"]
    assert chain.live == ["501 阿兰 1份", "502 小武 西红柿三斤", "503 老佟 3份"]


def test_the_same_message_under_another_id_changes_nothing(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份", minute=2)
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份 取消", minute=2)
    assert chain.say("wx502", "501 阿兰 1份", "502 小武 2份", minute=3) == []
    assert chain.states()["502 小武 2份 取消"] == "cancelled"


def test_a_line_first_seen_in_anothers_post_belongs_to_its_household() -> None:
    chain = Chain()
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx503", "501 阿兰 1份", "502 小武 2份", "503 老佟 3份")
    assert chain.say("wx502", "502 小武 2份", "503 老佟 3份") == ["disputed"]
    assert chain.say("wx501", "502 小武 2份", "503 老佟 3份", "501 阿兰 2份") == ["restored"]


def test_a_card_vouches_for_who_wrote_what() -> None:
    chain = Chain()
    chain.say("wxb", "一份", "一份", authors=("wxa", "wxb"))
    chain.say("wxb", "一份", "三份", authors=("wxa", "wxb"))
    assert [(entry.text, entry.owner) for entry in chain.state.entries] == [("一份", "wxa"), ("三份", "wxb")]


def test_people_of_one_household_are_told_apart_by_the_name_that_was_read() -> None:
    at = START
    first = Post("m-1", "wx501", "3-1-501", "resident", at, (at, 0), (PostEntry("501 36.5", "3-1-501", person="阿兰"),))
    second = PostEntry("501 36.7", "3-1-501", person="小武")
    later = Post("m-2", "wx501", "3-1-501", "resident", at, (at, 1), (second,))
    assert [entry.person for entry in fold([first, later]).entries] == ["阿兰", "小武"]


def test_a_late_post_is_refused_and_folded_in_its_place(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份", minute=10)
    late = Post("m-9", "wx501", "3-1-501", "resident", START, (START, 7), (PostEntry("501 阿兰 5份", "3-1-501"),))
    assert not chain.state.follows(late)
    with pytest.raises(LatePost):
        chain.state.apply(late)
    assert [entry.text for entry in fold([*chain.posts, late]).entries] == ["501 阿兰 5份", "502 小武 2份"]


def test_an_ancient_copy_beyond_the_remembered_versions_takes_nobody_out() -> None:
    state = ChainState(window=4)
    lines = [f"{500 + n} 邻居{n}" for n in range(12)]
    for n in range(12):
        at = START + timedelta(minutes=2 * n)
        entries = tuple(PostEntry(line, room_of(line)) for line in lines[: n + 1])
        state.apply(Post(f"m-{n}", f"wx{500 + n}", f"3-1-{500 + n}", "resident", at, (at, n), entries))
    at = START + timedelta(hours=1)
    entries = tuple(PostEntry(line, room_of(line)) for line in [*lines[:2], "520 迟到"])
    state.apply(Post("m-99", "wx520", "3-1-520", "resident", at, (at, 99), entries))
    assert all(entry.state is State.LIVE for entry in state.entries)


def test_an_entry_keeps_its_id_however_the_chain_is_rebuilt(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    again = fold(reversed(chain.posts))
    assert again.entries == chain.state.entries
    assert again.entry(chain.state.entries[1].id) == chain.state.entries[1]


def test_a_withdrawal_that_names_nobody_known_is_an_entry_of_its_own() -> None:
    at = START
    first = Post("m-1", "wxa", None, "resident", at, (at, 0), (PostEntry("阿兰 2份"), PostEntry("小武 3份")))
    gone = (PostEntry("小武 3份"), PostEntry("静好 1份 取消", withdrawn=True))
    later = at + timedelta(minutes=3)
    state = fold([first, Post("m-2", "wxb", None, "resident", later, (later, 1), gone)])
    assert [str(entry.state) for entry in state.entries] == ["disputed", "live", "cancelled"]


@pytest.mark.parametrize("misread", ["阿兰改", "阿兰 36.6", "小阿兰"])
def test_a_name_read_with_a_mark_too_many_is_the_same_person(misread: str) -> None:
    at, later = START, START + timedelta(minutes=3)
    first = PostEntry("501 阿兰 1份", "3-1-501", person="阿兰")
    second = PostEntry("501 阿兰改 2份", "3-1-501", person=misread)
    state = fold(
        [
            Post("m-1", "wx501", "3-1-501", "resident", at, (at, 0), (first,)),
            Post("m-2", "wx501", "3-1-501", "resident", later, (later, 1), (second,)),
        ]
    )
    assert [entry.text for entry in state.entries] == ["501 阿兰改 2份"]
