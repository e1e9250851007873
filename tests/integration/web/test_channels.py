"""The two channels that need no platform: the page's own and the console."""

import asyncio
import io
from datetime import datetime

import pytest

from bot.channels.base import ChannelStatus, Echo, Gap, OutgoingMessage
from bot.channels.console import Console
from bot.channels.webchat import WebChat
from bot.clock import SimulatedClock
from domain.messages import Bubble, IncomingMessage

NOW = datetime.fromisoformat("2026-07-03T08:05:00+08:00")


class Heard:
    """A sink that remembers, and can refuse."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.refuses = False
        self.more = asyncio.Event()

    async def accept(self, message: IncomingMessage) -> None:
        if self.refuses:
            raise OSError("the disk is full")
        self.messages.append(message)
        self.more.set()

    async def echoed(self, echo: Echo) -> None: ...

    async def gap(self, gap: Gap) -> None: ...

    def status(self, status: ChannelStatus) -> None: ...


class Remembered:
    """A history in memory."""

    def __init__(self) -> None:
        self.bubbles: list[Bubble] = []

    async def add(self, *, room: str, account: str, name: str, at: datetime, kind: str, text: str) -> Bubble:
        bubble = Bubble(len(self.bubbles) + 1, room, account, name, at, kind, text)
        self.bubbles.append(bubble)
        return bubble


async def test_the_bot_speaks_in_the_group_or_to_one_account_alone() -> None:
    history = Remembered()
    page = WebChat(history, SimulatedClock(NOW))
    receipt = await page.send(OutgoingMessage(text="早上好", chat="g-3-1"))
    await page.send(OutgoingMessage(text="收到", account="web-li"))
    assert receipt.external_id == "1"
    assert [(b.room, b.account, b.text) for b in history.bubbles] == [
        ("g-3-1", "bot", "早上好"),
        ("@web-li", "bot", "收到"),
    ]


def test_only_accounts_of_the_page_can_be_reached_in_private() -> None:
    page = WebChat(Remembered(), SimulatedClock(NOW))
    assert page.can_dm("web-li")
    assert not page.can_dm("wx_4f2a")


async def test_what_the_program_did_not_take_may_be_said_again_under_the_same_mark() -> None:
    page, sink = WebChat(Remembered(), SimulatedClock(NOW)), Heard()
    running = asyncio.create_task(page.run(sink))
    sink.refuses = True
    with pytest.raises(OSError, match="disk"):
        await page.say("g-3-1", "web-li", "李秀兰", None, "都好", "n1")
    sink.refuses = False
    await page.say("g-3-1", "web-li", "李秀兰", None, "都好", "n1")
    await page.say("g-3-1", "web-li", "李秀兰", None, "都好", "n1")
    running.cancel()
    assert [m.external_id for m in sink.messages] == ["web-li:n1"]


async def test_a_page_that_is_too_slow_is_told_to_read_again() -> None:
    page = WebChat(Remembered(), SimulatedClock(NOW))
    ear = page.subscribe(lambda room: room == "g-3-1")
    for number in range(600):
        await page.send(OutgoingMessage(text=str(number), chat="g-3-1"))
    await page.send(OutgoingMessage(text="elsewhere", chat="g-3-2"))
    assert await ear.next() is None
    following = await ear.next()
    assert following is not None
    assert following.text == "500"
    ear.close()


async def test_console_lines_become_messages_and_answers_are_printed() -> None:
    sink, output = Heard(), io.StringIO()
    lines = io.StringIO("土豆两斤\n\n#接龙\\n报平安\\n1. 502 都好\n")
    console = Console(SimulatedClock(NOW), lines, output, account="me", sender_name="李秀兰", chat="g-3-1")
    running = asyncio.create_task(console.run(sink))
    while len(sink.messages) < 2:
        await sink.more.wait()
        sink.more.clear()
    await console.send(OutgoingMessage(text="收到", account="me"))
    running.cancel()
    assert [m.text for m in sink.messages] == ["土豆两斤", "#接龙\n报平安\n1. 502 都好"]
    assert len({m.external_id for m in sink.messages}) == 2
    assert output.getvalue() == "[@me] 收到\n"
    assert console.can_dm("me")
    assert not console.can_dm("you")
