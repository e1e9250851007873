"""What a post does to a chain: one test a rule, the posts written as a group would write them."""

from datetime import timedelta

import pytest

from domain.chains.merge import Ruling
from tests.unit.chains.acting import START, Chain


def test_two_neighbours_who_post_at_once_both_stay(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx503", "501 阿兰 1份", "503 老佟 3份")
    assert chain.live == ["501 阿兰 1份", "502 小武 2份", "503 老佟 3份"]
    assert (chain.state.standing, chain.state.missing) == (3, 1)


def test_an_entry_remembers_the_messages_that_made_it(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx501", "501 阿兰 4份", "502 小武 2份")
    assert [entry.sources for entry in chain.state.entries] == [("m-1", "m-3"), ("m-2",)]


def test_the_own_line_written_anew_is_an_edit(chain: Chain) -> None:
    assert chain.say("wx501", "501 阿兰 3份") == ["edited"]
    assert chain.live == ["501 阿兰 3份"]


def test_a_partner_may_write_the_households_line_anew(chain: Chain) -> None:
    assert chain.say("wx501b", "501 阿兰 3份") == ["edited"]


def test_an_old_copy_does_not_bring_an_old_text_back(chain: Chain) -> None:
    chain.say("wx501", "501 阿兰 3份")
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.live == ["501 阿兰 3份", "502 小武 2份"]


def test_a_marked_line_is_cancelled_and_keeps_its_words(chain: Chain) -> None:
    assert chain.say("wx501", "501 阿兰 1份 取消") == ["cancelled"]
    assert chain.states() == {"501 阿兰 1份 取消": "cancelled"}


@pytest.mark.parametrize(
    "words", ["501 阿兰 1份。取消", "501 阿兰 1份（已取消）", "501 阿兰 1份 不要了", "501 阿兰 取消", "501取消"]
)
def test_a_withdrawal_is_understood_in_other_words(chain: Chain, words: str) -> None:
    assert chain.say("wx501", words) == ["cancelled"]


@pytest.mark.parametrize("words", ["501 阿兰 1份 不要辣", "501 阿兰 1份 别取消", "501 阿兰 1份，香菜不要"])
def test_a_taste_is_no_withdrawal(chain: Chain, words: str) -> None:
    assert chain.say("wx501", words) == ["edited"]


def test_an_article_taken_back_leaves_the_entry_standing() -> None:
    chain = Chain()
    chain.say("wx501", "501 阿兰 土豆2斤 西瓜1个")
    assert chain.say("wx501", "501 阿兰 土豆2斤 西瓜取消") == ["edited"]


def test_a_cancelled_line_does_not_come_back_with_an_old_copy(chain: Chain) -> None:
    chain.say("wx501", "501 阿兰 1份 取消")
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.live == ["502 小武 2份"]


def test_its_owner_may_add_it_again_knowingly(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.say("wx501", "502 小武 2份") == ["cancelled"]
    chain.say("wx503", "502 小武 2份", "503 老佟 3份")
    assert chain.say("wx501", "502 小武 2份", "503 老佟 3份", "501 阿兰 1份") == ["restored"]
    assert chain.live == ["501 阿兰 1份", "502 小武 2份", "503 老佟 3份"]


def test_the_last_line_taken_out_by_its_writer_is_withdrawn(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.say("wx502", "501 阿兰 1份") == ["cancelled"]


def test_a_line_somebody_else_took_out_is_disputed_and_stays_in_force(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.say("wx503", "502 小武 2份", "503 老佟 3份") == ["added", "disputed"]
    assert [entry.text for entry in chain.state.in_force] == ["501 阿兰 1份", "502 小武 2份", "503 老佟 3份"]


def test_a_line_somebody_else_rewrote_keeps_its_owners_words(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx503", "501 阿兰 9份", "502 小武 2份")
    assert chain.states() == {"501 阿兰 1份": "disputed", "502 小武 2份": "live"}


def test_a_disputed_line_written_anew_by_its_owner_stands(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx503", "502 小武 2份", "503 老佟 3份")
    assert chain.say("wx501", "502 小武 2份", "503 老佟 3份", "501 阿兰 2份") == ["restored"]


def test_a_head_may_correct_and_remove_what_he_relayed(chain: Chain) -> None:
    chain.say("head", "501 阿兰 1份", "504 静好 1份（代）")
    assert chain.say("head", "501 阿兰 1份", "504 静好 2份（代）") == ["edited"]
    chain.say("wx502", "501 阿兰 1份", "504 静好 2份（代）", "502 小武 2份")
    assert chain.say("head", "501 阿兰 1份", "502 小武 2份") == ["cancelled"]


def test_a_head_may_not_remove_what_a_resident_wrote(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    assert chain.say("head", "502 小武 2份") == ["disputed"]


def test_the_household_itself_may_change_what_was_relayed(chain: Chain) -> None:
    chain.say("head", "501 阿兰 1份", "504 静好 1份（代）")
    assert chain.say("wx504", "501 阿兰 1份", "504 静好 5份") == ["edited"]


def test_a_ruling_settles_a_dispute(chain: Chain) -> None:
    chain.say("wx502", "501 阿兰 1份", "502 小武 2份")
    chain.say("wx503", "502 小武 2份", "503 老佟 3份")
    disputed = chain.state.entries[0].id
    changes = chain.state.apply(Ruling("r-1", disputed, False, (START + timedelta(hours=1), 0)))
    assert [str(change.kind) for change in changes] == ["cancelled"]
    assert chain.states()["501 阿兰 1份"] == "cancelled"


def test_a_household_may_stand_twice_on_purpose(chain: Chain) -> None:
    chain.say("wx501", "501 阿兰 1份", "501 阿兰 给妈妈带2份")
    assert chain.live == ["501 阿兰 1份", "501 阿兰 给妈妈带2份"]


def test_a_line_thought_replaced_that_its_owner_shows_beside_the_new_one_is_a_second_entry() -> None:
    chain = Chain()
    chain.say("wx502", "502 小武 2份")
    chain.say("wx501", "502 小武 2份", "501 阿兰 土豆2斤")
    chain.say("wx501", "502 小武 2份", "501 阿兰 鸡蛋1板")
    chain.say("wx501", "502 小武 2份", "501 阿兰 土豆2斤", "501 阿兰 鸡蛋1板")
    assert chain.live == ["502 小武 2份", "501 阿兰 鸡蛋1板", "501 阿兰 土豆2斤"]


def test_a_list_pasted_twice_counts_once(chain: Chain) -> None:
    chain.say("wx502", *(["501 阿兰 1份", "502 小武 2份"] * 2))
    assert chain.live == ["501 阿兰 1份", "502 小武 2份"]


def test_equal_lines_without_a_name_are_different_people() -> None:
    chain = Chain()
    chain.say("wxa", "一份")
    chain.say("wxb", "一份", "一份")
    assert chain.live == ["一份", "一份"]


def test_the_own_one_of_equal_lines_is_the_one_that_goes() -> None:
    chain = Chain()
    chain.say("wxa", "一份")
    chain.say("wxb", "一份", "一份")
    chain.say("wxc", "一份", "一份", "两份")
    chain.say("wxb", "一份", "两份")
    assert [(entry.owner, str(entry.state)) for entry in chain.state.entries] == [
        ("wxa", "live"), ("wxb", "cancelled"), ("wxc", "live"),
    ]  # fmt: skip
