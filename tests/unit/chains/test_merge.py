"""What a post does to a chain: one test a rule, the posts written as a group would write them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import pytest

from domain.chains.merge import ChainState, LatePost, Post, PostEntry, Ruling, State, fold

START = datetime(2026, 7, 3, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Chain:
    """A chain in the making. Who speaks is the account; "wx501" lives in room 501, "head" leads the unit."""

    state: ChainState = field(default_factory=ChainState)
    posts: list[Post] = field(default_factory=list)

    def say(self, who: str, *lines: str, minute: int | None = None, authors: tuple[str, ...] = ()) -> list[str]:
        at = START + timedelta(minutes=len(self.posts) * 2 if minute is None else minute)
        vouched = authors or (None,) * len(lines)
        entries = tuple(PostEntry(line, _room(line), author) for line, author in zip(lines, vouched, strict=True))
        role = "unit_head" if who == "head" else "resident"
        home = None if who in ("head", "") else f"3-1-{who[2:5]}"
        order = (at, len(self.posts))
        self.posts.append(Post(f"m-{len(self.posts) + 1}", who, home, role, at, order, entries))
        return [str(change.kind) for change in self.state.apply(self.posts[-1])]

    @property
    def live(self) -> list[str]:
        return [entry.text for entry in self.state.entries if entry.state is State.LIVE]

    def states(self) -> dict[str, str]:
        return {entry.text: str(entry.state) for entry in self.state.entries}


def _room(line: str) -> str | None:
    digits = line[:3]
    return f"3-1-{digits}" if digits.isdigit() else None


@pytest.fixture
def chain() -> Chain:
    chain = Chain()
    chain.say("wx501", "501 阿兰 1份")
    return chain


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
        entries = tuple(PostEntry(line, _room(line)) for line in lines[: n + 1])
        state.apply(Post(f"m-{n}", f"wx{500 + n}", f"3-1-{500 + n}", "resident", at, (at, n), entries))
    at = START + timedelta(hours=1)
    entries = tuple(PostEntry(line, _room(line)) for line in [*lines[:2], "520 迟到"])
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
