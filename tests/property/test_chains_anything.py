"""Whatever is posted, in whatever order it arrives: nothing raises, nothing is invented, the same state comes out."""

from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.chains.merge import ChainState, Post, PostEntry, State, fold

START = datetime(2026, 7, 3, 8, 0, tzinfo=timezone(timedelta(hours=8)))
WORDS = st.sampled_from(
    [
        "501",
        "502",
        "阿兰",
        "小武",
        "36.5",
        "3.65",
        "2份",
        "土豆",
        "取消",
        "不要了",
        "…",
        "+1",
        "🌻",
        "。",
        "别",
        " ",
        "代",
    ]
)
LINES = st.lists(WORDS, max_size=5).map(" ".join)
ENTRIES = st.builds(
    PostEntry,
    LINES,
    st.sampled_from([None, None, "3-1-501", "3-1-502", "~阿兰"]),
    st.sampled_from([None, None, None, "wx1", "wx2"]),
    st.sampled_from([None, "阿兰", "小武"]),
    st.sampled_from([None, None, True, False]),
)
POSTS = st.lists(
    st.tuples(
        st.sampled_from(["wx1", "wx2", "wx3", ""]),
        st.sampled_from([None, "3-1-501", "3-1-502"]),
        st.sampled_from(["resident", "unit_head"]),
        st.integers(0, 300),
        st.lists(ENTRIES, max_size=6),
        st.one_of(st.none(), st.integers(0, 11)),
        st.integers(0, 6),
    ),
    max_size=12,
)


def _posts(drawn: list[tuple[str, str | None, str, int, list[PostEntry], int | None, int]]) -> list[Post]:
    """Make posts of the draws; some repeat the beginning of an earlier one and add to it."""
    posts: list[Post] = []
    at = START
    for n, (author, home, role, wait, entries, copied, upto) in enumerate(drawn):
        at += timedelta(seconds=wait)
        base = posts[copied % n].entries[:upto] if copied is not None and n else ()
        posts.append(Post(f"m-{n}", author, home, role, at, (at, n), (*base, *entries)))
    return posts


@settings(max_examples=400, deadline=None)
@given(POSTS, st.randoms(use_true_random=False))
def test_any_posts_in_any_order_of_arrival_give_one_state(drawn: list, dice: object) -> None:
    posts = _posts(drawn)
    state = ChainState(window=5)
    wide = ChainState()
    for post in posts:
        state.apply(post)
        wide.apply(post)
    arrived = list(posts)
    dice.shuffle(arrived)
    assert fold(arrived).entries == wide.entries
    written = {entry.text for post in posts for entry in post.entries}
    for merged in (*state.entries, *wide.entries):
        assert merged.text in written
        assert set(merged.sources) <= {post.source for post in posts}


@settings(max_examples=200, deadline=None)
@given(POSTS)
def test_what_changes_is_reported(drawn: list) -> None:
    state = ChainState()
    shown: dict[str, tuple[str, State]] = {}
    for post in _posts(drawn):
        reported = {change.entry for change in state.apply(post)}
        now = {entry.id: (entry.text, entry.state) for entry in state.entries}
        assert {entry for entry in now if now[entry] != shown.get(entry)} <= reported
        assert len(now) == len(state.entries)
        shown = now


@settings(max_examples=200, deadline=None)
@given(POSTS)
def test_nobody_elses_post_ends_an_entry(drawn: list) -> None:
    state = ChainState()
    for post in _posts(drawn):
        before = {entry.id: entry for entry in state.entries}
        hands = {post.author, *(entry.author for entry in post.entries)} - {""}
        state.apply(post)
        for entry in state.entries:
            if entry.state is State.CANCELLED and entry.id in before and before[entry.id].state is not State.CANCELLED:
                assert entry.owner in hands or before[entry.id].subject == post.author_key
