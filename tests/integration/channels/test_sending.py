"""Posts find their way: long ones in parts, answers to where people were heard, help past a silenced account."""

import asyncio
from datetime import timedelta

from bot.channels.base import (
    Echo,
    OutgoingMessage,
    Receipt,
    RefusedSendError,
    TemporarySendError,
    TooFrequentError,
    UnknownSendError,
)
from domain.wording.checkins import neutral_in_group
from models import settings
from tests.integration.channels.bench import Benches, Platform
from tests.world import LANE, WORKER, at


# ---- long posts -----------------------------------------------------------------------------------------------------
async def test_long_post_goes_in_parts_with_the_accounts_gap_between(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER}, max_bytes=30)
    b = bench(east)
    b.post("一二三四五六七\n八九十十一十二\n末", account=WORKER)
    await b.drain()
    assert east.texts == ["一二三四五六七"]
    b.wait(seconds=3)
    await b.drain()
    b.wait(seconds=3)
    await b.drain()
    assert east.texts == ["一二三四五六七", "八九十十一十二\n末"]
    assert b.states() == ["sent"]


async def test_each_part_counts_against_the_accounts_limits(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER}, max_bytes=30)
    b = bench(east)
    b.post("\n".join(["一二三四五六七八九"] * 4), account=WORKER)
    await b.drain_for(20)
    assert len(east.sent) == 4
    assert b.manners["wechaty:east"].budget(b.clock.now()).hour[0] == 4


async def test_failed_part_is_tried_again_and_what_has_gone_is_not_repeated(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER}, max_bytes=30)
    b = bench(east)
    b.post("一二三四五六七\n八九十十一十二\n末", account=WORKER)
    await b.drain()
    east.errors = [TemporarySendError("busy")]
    await b.drain_for(30)
    assert east.texts == ["一二三四五六七", "八九十十一十二\n末"]
    assert b.states() == ["sent"]


async def test_page_goes_between_the_parts_of_a_list(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER}, max_bytes=60)
    b = bench(east)
    b.post("\n".join(["一二三四五六七八九十"] * 4), account=WORKER)
    await b.drain()
    b.post("急：502 摔倒", kind="page", account=WORKER, urgent=True)
    await b.drain()
    assert east.texts[-1] == "急：502 摔倒"


# ---- where people are ------------------------------------------------------------------------------------------------
async def test_answer_goes_to_the_account_that_heard_the_question(bench: Benches) -> None:
    east, west = Platform("wechaty:east", {"wx_31502"}), Platform("wechaty:west", {"wx_31502"})
    b = bench(east, west)
    await b.hear("wechaty:west", "我的", chat=None)
    b.post("您家今天都好", account="wx_31502", answers=True)
    await b.drain()
    assert (east.texts, west.texts) == ([], ["您家今天都好"])


async def test_app_that_writes_to_any_member_is_not_given_other_platforms_people(bench: Benches) -> None:
    east, app = Platform("wechaty:east"), Platform("wecom-app:pager", {"wx_31502", "chen"})
    b = bench(app, east)
    await b.hear("wechaty:east", "我的")
    b.post("您家今天都好", account="wx_31502", answers=True)
    b.post("汇总", kind="summary", account="chen")
    await b.drain()
    assert (app.texts, east.texts) == (["汇总"], [])


async def test_who_cannot_be_written_to_gets_a_line_without_content_in_the_group(bench: Benches) -> None:
    east = Platform("wechaty:east")
    b = bench(east)
    await b.hear("wechaty:east", "我的")
    b.wait(minutes=5)
    b.post("您家今天：发热 38.5", account="wx_31502", answers=True)
    await b.drain_for(2)
    assert [(m.chat, m.text, m.mentions) for m in east.sent] == [("g-3-1", neutral_in_group(), ("wx_31502",))]
    assert [(q.state, q.error) for q in b.queued("reply")] == [("new", "no_private_way")]


async def test_private_way_may_still_open_while_a_channel_learns_its_friends(bench: Benches) -> None:
    east = Platform("wechaty:east")
    b = bench(east)
    await b.hear("wechaty:east", "我的")
    b.post("您家今天都好", account="wx_31502", answers=True)
    await b.drain()
    east.friends.add("wx_31502")
    b.wait(minutes=1)
    await b.drain()
    assert [(m.account, m.text) for m in east.sent] == [("wx_31502", "您家今天都好")]


async def test_waiting_acknowledgements_of_a_group_are_said_at_once(bench: Benches) -> None:
    east = Platform("wechaty:east")
    b = bench(east)
    for door in ("3-1-502", "3-1-601", "3-1-602"):
        await b.hear("wechaty:east", "我的", who=door)
    b.wait(minutes=5)
    for account in ("wx_31502", "wx_31601", "wx_31602"):
        b.post(f"答复 {account}", account=account, answers=True)
    await b.drain_for(30)
    assert [(m.text, set(m.mentions)) for m in east.sent] == [
        (neutral_in_group(), {"wx_31502", "wx_31601", "wx_31602"})
    ]
    assert [q.state for q in b.queued("ack")] == ["sent"] * 3


async def test_group_nobody_has_heard_is_nobodys_where_there_are_several_platforms(bench: Benches) -> None:
    east, qq = Platform("wechaty:east"), Platform("onebot:qq")
    b = bench(east, qq)
    b.post("早上好", kind="prompt", chat="g-3-1")
    await b.drain()
    assert (east.sent, qq.sent, [q.error for q in b.queued()]) == ([], [], ["no_way"])
    b.wait(hours=3)
    await b.drain()
    assert b.states() == ["expired"]


async def test_posts_without_a_way_do_not_stand_in_the_way_of_others(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER})
    b = bench(east)
    for number in range(1_050):
        b.post(f"给陌生人 {number}", kind="notice", account=f"stranger-{number}")
    b.wait(seconds=1)
    b.post("汇总", kind="summary", account=WORKER)
    await b.drain(3)
    await b.drain(3)
    assert east.texts == ["汇总"]


# ---- silenced and lost accounts --------------------------------------------------------------------------------------
async def test_silenced_account_sends_nothing_for_twelve_hours_even_after_a_restart(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER})
    b = bench(east)
    east.errors = [TooFrequentError("操作过于频繁")]
    b.post("一", kind="summary", account=WORKER)
    await b.drain_for(10)
    b.wait(hours=11)
    await b.drain()
    assert east.sent == []
    with b.world.store.read() as connection:
        assert (
            settings.load(connection, LANE, "stopped:wechaty:east") == (at("09:00") + timedelta(hours=12)).isoformat()
        )


async def test_page_past_a_silenced_account_goes_through_the_other_that_knows_the_worker(bench: Benches) -> None:
    east, west = Platform("wechaty:east", {WORKER}), Platform("wechaty:west", {WORKER})
    b = bench(east, west)
    await b.hear("wechaty:east", "在", chat=None, who=WORKER)
    east.errors = [TooFrequentError("banned")]
    b.post("急：502 摔倒", kind="page", account=WORKER, urgent=True)
    await b.drain()
    assert (east.texts, west.texts) == ([], ["急：502 摔倒"])


async def test_page_without_a_private_way_calls_the_worker_by_name_in_the_work_group(bench: Benches) -> None:
    east = Platform("wechaty:east")
    b = bench(east)
    await b.hear("wechaty:east", "早", chat="g-work", who=WORKER)
    b.post("急：502 摔倒", kind="page", account=WORKER, urgent=True)
    await b.drain()
    assert [(m.chat, m.mentions) for m in east.sent] == [("g-work", (WORKER,))]


async def test_slow_platform_holds_up_no_page_on_another(bench: Benches) -> None:
    never = asyncio.Event()

    class Stuck(Platform):
        async def send(self, message: OutgoingMessage) -> Receipt:
            await never.wait()
            return Receipt()

    west = Platform("wecom:desk", {WORKER})
    b = bench(Stuck("wechaty:east", {"wx_31502"}), west)
    await b.hear("wechaty:east", "我的", chat=None)
    await b.hear("wecom:desk", "在", chat=None, who=WORKER)
    b.post("慢", account="wx_31502", answers=True)
    b.post("急：502 摔倒", kind="page", account=WORKER, urgent=True)
    running = asyncio.create_task(b.sender.run(idle=0.01))
    async with asyncio.timeout(10):
        while not west.sent:
            await asyncio.sleep(0.01)
    never.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert west.texts == ["急：502 摔倒"]


# ---- what was sent before --------------------------------------------------------------------------------------------
async def test_what_is_refused_for_good_is_not_tried_again(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER})
    b = bench(east)
    east.errors = [RefusedSendError("not a friend")]
    b.post("一", account=WORKER)
    await b.drain_for(30)
    assert (east.sent, b.states()) == ([], ["refused"])


async def test_restart_counts_what_went_out_before(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER}, max_bytes=30)
    b = bench(east)
    b.post("\n".join(["一二三四五六七八九"] * 4), account=WORKER)
    await b.drain_for(20)
    b.restart()
    b.sender.recover()
    assert b.manners["wechaty:east"].budget(b.clock.now()).hour[0] == 4


async def test_echo_settles_what_nobody_answered_for(bench: Benches) -> None:
    east = Platform("wechaty:east", {WORKER})
    b = bench(east)
    east.errors = [UnknownSendError("no answer")]
    b.post("一", account=WORKER)
    await b.drain()
    await b.sinks["wechaty:east"].echoed(Echo("一", b.clock.now(), account=WORKER))
    assert b.states() == ["sent"]
