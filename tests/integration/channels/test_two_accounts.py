"""Two accounts in one group: each message counts once, each post goes out once, limits are shared."""

from bot.channels.base import (
    UnknownSendError,
)
from domain.roles import Chat
from models import roster
from tests.integration.channels.bench import Bench, Benches, Platform
from tests.world import LANE


def bind(b: Bench, chat: str, channel: str) -> None:
    known = b.world.store.write(
        lambda c: roster.bind_chat(c, LANE, Chat(chat, "3栋1单元群", "unit", "3-1", channel), None)
    )
    known.result()


async def test_message_that_two_accounts_hear_counts_once(bench: Benches) -> None:
    b = bench(Platform("wechaty:east"), Platform("wechaty:west"))
    await b.hear("wechaty:east", "帮我带土豆两斤")
    b.wait(seconds=9)
    await b.hear("wechaty:west", "帮我带土豆两斤")
    b.work_off()
    assert b.world.orders("3-1-502") == {"土豆": "2斤"}


async def test_group_with_two_accounts_gets_each_post_once(bench: Benches) -> None:
    east, west = Platform("wechaty:east"), Platform("wechaty:west")
    b = bench(east, west)
    bind(b, "g-3-1", "wechaty:east")
    await b.hear("wechaty:east", "早上好呀")
    await b.hear("wechaty:west", "早上好呀")
    b.post("【3栋1单元群】早上好", kind="prompt", chat="g-3-1")
    await b.drain_for(60)
    assert (len(east.sent), len(west.sent)) == (1, 0)


async def test_groups_of_a_lost_account_are_taken_over_and_given_back(bench: Benches) -> None:
    east, west = Platform("wechaty:east"), Platform("wechaty:west")
    b = bench(east, west)
    bind(b, "g-3-1", "wechaty:east")
    await b.hear("wechaty:west", "早上好呀")
    b.link("wechaty:east", connected=False)
    b.post("断线时", kind="digest", chat="g-3-1")
    await b.drain()
    assert (east.sent, west.sent) == ([], [])  # it may be back in a moment
    b.wait(seconds=70)
    await b.drain()
    b.link("wechaty:east")
    b.wait(seconds=30)
    b.post("回来后", kind="digest", chat="g-3-1")
    await b.drain()
    assert (east.texts, west.texts) == (["回来后"], ["断线时"])


async def test_accounts_of_one_group_share_its_limits(bench: Benches) -> None:
    east, west = Platform("wechaty:east"), Platform("wechaty:west")
    b = bench(east, west)
    bind(b, "g-3-1", "wechaty:east")
    await b.hear("wechaty:west", "早上好呀")
    for number in range(3):
        b.post(f"摘要{number}", kind="digest", chat="g-3-1")
    await b.drain_for(90)
    b.link("wechaty:east", connected=False)
    b.wait(seconds=70)
    for number in range(3, 6):
        b.post(f"摘要{number}", kind="digest", chat="g-3-1")
    await b.drain_for(90)
    assert (len(east.sent), len(west.sent)) == (3, 1)


async def test_what_our_other_account_says_is_no_message_but_proves_that_it_arrived(bench: Benches) -> None:
    east, west = Platform("wechaty:east"), Platform("wechaty:west")
    b = bench(east, west)
    bind(b, "g-3-1", "wechaty:east")
    b.link("wechaty:east", account="wx_bot_east")
    east.errors = [UnknownSendError("no answer")]
    b.post("#接龙\n代购\n1. 502 土豆两斤", kind="digest", chat="g-3-1")
    await b.drain()
    assert b.states() == ["unknown"]
    await b.hear("wechaty:west", "#接龙\n代购\n1. 502 土豆两斤", who="wx_bot_east")
    assert (b.states(), b.world.logged()) == (["sent"], [])
