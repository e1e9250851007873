"""The program around its channels: what a stop leaves unheard, who may invite, what the operator is told, callbacks."""

import asyncio
import io
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.accounts import manners_of
from bot.app import Program, build
from bot.channels.base import ChannelStatus, LinkState
from bot.clock import SimulatedClock
from bot.commands.paging import reach_of_workers
from bot.config import Config
from bot.heartbeat import Heartbeat
from bot.keeping import keep_running
from bot.links import Links
from bot.outlook import Outlook
from bot.serving import serve_calls
from bot.signing_in import Announcer
from bot.verdicts import Item, Planned, Priority, Reason, Refuse, Wait
from domain.roles import Person, Role
from domain.slots import Timetable
from models import gaps, roster, settings
from models.directory import load_directory
from tests.integration.channels.bench import Bench, Platform
from tests.world import LANE, WORKER, World, at

EAST = "wechaty:east"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, Platform(EAST), Platform("onebot:qq"))
    yield made
    made.world.close()


# ---- what a stop leaves unheard --------------------------------------------------------------------------------------
def noted(world: World) -> list[tuple[str, datetime, datetime]]:
    with world.store.read() as connection:
        return sorted(gaps.overlapping(connection, LANE, at("00:00"), at("23:59")))


def heartbeat(bench: Bench) -> Heartbeat:
    links = Links()
    links.note(EAST, ChannelStatus(False), bench.clock.now())
    links.note("onebot:qq", ChannelStatus(True), bench.clock.now())
    bench.links = links
    return Heartbeat(bench.world.store, LANE, bench.clock, links, [EAST, "onebot:qq"])


def test_stop_of_more_than_a_minute_is_a_gap_of_every_channel_until_it_is_linked(bench: Bench) -> None:
    heartbeat(bench).start()
    bench.clock.advance_to(at("09:10"))
    beating = heartbeat(bench)
    beating.start()
    bench.clock.advance_to(at("09:11"))
    bench.links.note(EAST, ChannelStatus(True), at("09:11"))
    bench.clock.advance_to(at("09:12"))
    beating.beat()
    bench.clock.advance_to(at("09:20"))
    beating.beat()
    assert noted(bench.world) == [("onebot:qq", at("09:00"), at("09:10")), (EAST, at("09:00"), at("09:11"))]


def test_quick_restart_is_no_gap(bench: Bench) -> None:
    heartbeat(bench).start()
    bench.clock.advance_to(at("09:00:50"))
    heartbeat(bench).start()
    assert noted(bench.world) == []


def test_first_start_has_missed_nothing(bench: Bench) -> None:
    heartbeat(bench).start()
    assert noted(bench.world) == []


# ---- accounts over restarts ------------------------------------------------------------------------------------------
def item(priority: Priority) -> Item:
    return Item(key="k", text="早上好", priority=priority, chat="g-3-1")


def test_new_unofficial_account_listens_first_and_posts_no_prompts_in_its_first_week(bench: Bench) -> None:
    channels = {EAST: Platform(EAST), "wecom:desk": Platform("wecom:desk")}
    first = manners_of(Config(), channels, bench.world.store, LANE, at("09:00"))
    assert first[EAST].decide(at("09:01"), item(Priority.REPLY)) == Wait(at("17:00"), Reason.LISTENING)
    later = manners_of(Config(), channels, bench.world.store, LANE, at("10:00"))
    assert later[EAST].decide(at("18:00"), item(Priority.PROMPT)) == Refuse(Reason.NEW_ACCOUNT)
    assert not isinstance(first["wecom:desk"].decide(at("09:01"), item(Priority.PROMPT)), Wait | Refuse)


def test_silence_imposed_by_a_platform_outlives_a_restart(bench: Bench) -> None:
    until = at("21:00")
    bench.world.store.write(lambda c: settings.save(c, LANE, f"stopped:{EAST}", until.isoformat())).result()
    manners = manners_of(Config(), {EAST: Platform(EAST)}, bench.world.store, LANE, at("09:00"))
    assert manners[EAST].stopped_until == until


# ---- what is to come -------------------------------------------------------------------------------------------------
def test_prompts_and_lists_to_come_are_counted_by_the_account_of_their_group(bench: Bench) -> None:
    def home(post: object, _directory: object) -> str | None:
        return EAST if getattr(post, "chat", None) == "g-3-1" else "onebot:qq"

    outlook = Outlook(Timetable(), {}, home)
    with bench.world.store.read() as connection:
        directory = load_directory(connection, bench.world.store.ring, LANE)
    planned = outlook.planned(at("16:30"), directory, {})
    assert planned[EAST].hour == 1  # the evening's prompt
    assert planned[EAST].day == 5  # two prompts, two second calls, a digest
    assert planned["onebot:qq"].day == 5 + 2 + 2  # the other unit, the lists of two groups, two summaries
    assert isinstance(planned[EAST], Planned)


# ---- the operator ----------------------------------------------------------------------------------------------------
def told(*statuses: ChannelStatus, channel: str = EAST) -> str:
    out = io.StringIO()
    announcer, before = Announcer(out), ChannelStatus(False)
    for status in statuses:
        announcer.announce(channel, before, status)
        before = status
    return out.getvalue()


def test_code_to_scan_is_drawn_on_the_console_once() -> None:
    wanted = ChannelStatus(False, qr="https://login.example/code", state=LinkState.SIGN_IN)
    text = told(wanted, wanted)
    assert text.count("scan this code") == 1
    assert "▄" in text
    assert "login.example" not in text


def test_sign_out_and_return_are_said_but_no_short_loss() -> None:
    out, lost = ChannelStatus(False, state=LinkState.SIGNED_OUT), ChannelStatus(False, state=LinkState.LOST)
    back = ChannelStatus(True, state=LinkState.ONLINE, account="wx_bot")
    assert told(lost) == ""
    assert told(out, back).splitlines() == [
        "wechaty:east: was signed out; nothing is heard until somebody signs in again",
        "wechaty:east: connected as wx_bot",
    ]
    assert told(back, channel="webchat") == ""


def test_only_who_is_in_charge_may_put_the_bot_into_a_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN", "a-token-of-our-own")
    world = World(tmp_path)
    config = Config(community={"name": "测试社区"}, channels={"onebot": {"qq": {}}})
    program: Program = build(config, world.store, SimulatedClock(at("09:00")))
    may_invite = program.channels["onebot:qq"]._may_invite  # type: ignore[attr-defined]
    assert [may_invite(account) for account in (WORKER, "wx_head", "wx_31502", "nobody")] == [True, False, False, False]
    world.close()


# ---- paging ----------------------------------------------------------------------------------------------------------
async def test_doctor_counts_only_ways_that_have_been_used(bench: Bench) -> None:
    people = [
        Person(WORKER, Role.GRID_WORKER, "全部", "周小禾"),
        Person("qq-zhou", Role.GRID_WORKER, "全部", "周小禾"),
        Person("wx_silent", Role.GRID_LEAD, "全部", "秦望"),
    ]
    store = bench.world.store
    store.write(lambda c: roster.save_people(c, store.ring, LANE, people)).result()
    await bench.hear(EAST, "早", chat="g-work", who=WORKER)
    await bench.hear("onebot:qq", "在", chat=None, who="qq-zhou")
    with store.read() as connection:
        directory = load_directory(connection, store.ring, LANE)
        now = bench.clock.now()
        reached = list(reach_of_workers(connection, store.ring, LANE, directory, [EAST, "onebot:qq"], now))
        elsewhere = list(reach_of_workers(connection, store.ring, LANE, directory, ["webchat"], now))
    assert {r.account: r.ways for r in reached} == {
        WORKER: ("as qq-zhou on onebot:qq", "by name in 工作群"),
        "qq-zhou": ("in private on onebot:qq, wrote on 2026-07-03",),
        "wx_silent": (),
    }
    assert [r.ways for r in elsewhere] == [(), (), ()]


# ---- a channel that falls --------------------------------------------------------------------------------------------
async def test_channel_that_falls_is_shown_as_gone_and_started_again(bench: Bench) -> None:
    runs: list[int] = []
    up_again = asyncio.Event()

    class Falling(Platform):
        async def run(self, sink: object) -> None:
            runs.append(1)
            if len(runs) == 1:
                raise ValueError("a frame nobody foresaw")
            up_again.set()
            await asyncio.Event().wait()

    keeping = asyncio.create_task(keep_running(Falling(EAST), bench.sinks[EAST], pause=0))
    async with asyncio.timeout(5):
        await up_again.wait()
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    assert (len(runs), bench.links[EAST].is_linked) == (2, False)


# ---- callbacks -------------------------------------------------------------------------------------------------------
class Called(Platform):
    """A platform that calls us."""

    def __init__(self, name: str, listen: str, path: str) -> None:
        super().__init__(name)
        self.listen, self._path = listen, path

    def routes(self) -> list[web.RouteDef]:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=self.name)

        return [web.post(self._path, answer)]


async def test_callbacks_of_one_address_are_served_together_and_take_calls_that_no_browser_makes() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{listener.getsockname()[1]}"
    runners = await serve_calls(
        [Called("wecom-app:a", listen, "/a"), Platform(EAST), Called("wecom-app:b", listen, "/b")]
    )
    try:
        async with aiohttp.ClientSession() as http:
            for path, name in (("/a", "wecom-app:a"), ("/b", "wecom-app:b")):
                async with http.post(f"http://{listen}{path}") as answer:
                    assert (answer.status, await answer.text()) == (200, name)
            async with http.get(f"http://{listen}/board") as answer:
                assert answer.status == 404
    finally:
        for runner in runners:
            await runner.cleanup()
    assert len(runners) == 1
