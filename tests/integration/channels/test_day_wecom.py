"""A recorded day told through WeCom leads to the same books as its replay.

WeCom tells who speaks by userid alone, without nickname or remark. So every account is bound to its household first,
as members do by 我是, and the day replayed is the day as WeCom delivers it.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.clock import SimulatedClock
from domain.messages import IncomingMessage, MessageKind
from tests.integration.channels import day
from tests.integration.channels.wecom_http_peer import Caller, WecomHttp, app_of, serving
from tests.integration.channels.wecom_http_peer import said as called_back
from tests.integration.channels.wecom_socket_peer import robot, text, wecom_serving


@pytest.fixture(scope="module")
def heard() -> list[IncomingMessage]:
    """The day without what WeCom tells nobody: its own notices."""
    return [message for message in day.messages() if message.kind is not MessageKind.SYSTEM]


@pytest.fixture(scope="module")
def bound(heard: list[IncomingMessage], tmp_path_factory: pytest.TempPathFactory) -> day.Doors:
    return day.doors(tmp_path_factory.mktemp("doors") / "data", heard)


def by_userid(message: IncomingMessage, **more: Any) -> IncomingMessage:
    """The message as far as WeCom delivers it: text and userid; a chain is its text, whatever card it was."""
    plain: dict[str, Any] = {"sender_name": "", "sender_alias": None, "kind": MessageKind.TEXT, "items": ()}
    return replace(message, about=None, **(plain | more))


async def assert_told(
    told: list[IncomingMessage], replayed: Iterable[IncomingMessage], bound: day.Doors, folder: Path
) -> dict[str, Any]:
    """Compare the books of what a channel heard with those of the same messages replayed; returns the books."""
    expected = await asyncio.to_thread(day.books, folder / "replayed", list(replayed), bound)
    books = await asyncio.to_thread(day.books, folder / "told", told, bound)
    day.assert_same(books, expected)
    return books


def test_only_accounts_whose_door_is_certain_are_bound(heard: list[IncomingMessage], bound: day.Doors) -> None:
    speakers = {message.sender for message in heard}
    assert len(speakers) * 0.7 < len(bound) < len(speakers)


async def test_day_through_a_smart_robot_is_the_day_replayed(
    heard: list[IncomingMessage], bound: day.Doors, tmp_path: Path, run: Any, self_signed: Any
) -> None:
    async with wecom_serving(self_signed("localhost"), tmp_path) as wecom, run(robot(wecom)) as sink:
        await sink.online()
        for message in heard:
            content = f"@小助手 {message.text}" if message.chat else message.text
            place = {"chatid": message.chat} if message.chat else {"chattype": "single"}
            told = text(content, message.external_id, create_time=int(message.said_at.timestamp()), **place)
            await wecom.push(told | {"from": {"userid": message.sender}})
        await sink.until(lambda it: len(it.messages) == len(heard), seconds=60)
    books = await assert_told(sink.messages, [by_userid(message) for message in heard], bound, tmp_path)
    assert books["checkins"]
    assert books["chains"]


async def test_day_through_an_apps_callback_is_the_day_replayed(
    heard: list[IncomingMessage], bound: day.Doors, tmp_path: Path, run: Any
) -> None:
    clock = SimulatedClock(heard[0].said_at)
    channel, server = app_of(WecomHttp(), clock), web.Application()
    server.add_routes(channel.routes())
    runner, address = await serving(server)
    caller = Caller(f"{address}/wecom/callback")
    try:
        async with run(channel) as sink:
            await sink.online()
            for number, message in enumerate(heard):
                clock.advance_to(max(clock.now(), message.said_at))
                stamp = str(int(message.said_at.timestamp()))
                fields = {"FromUserName": message.sender, "CreateTime": stamp, "MsgId": message.external_id}
                sealed = caller.seal(
                    called_back(message.text, **fields), f"n{number}", str(int(clock.now().timestamp()))
                )
                assert await caller.post(sealed) == 200
    finally:
        await runner.cleanup()
    books = await assert_told(sink.messages, [by_userid(message, chat=None) for message in heard], bound, tmp_path)
    assert books["checkins"]
