"""The Wechaty channel while its gateway is killed, frozen, ended, taken over or not there yet. Times are printed."""

import asyncio
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import LinkState, OutgoingMessage, SendError
from bot.channels.endpoints import EndpointError
from bot.channels.wechaty_link import LinkTiming
from bot.pacing import RetryPolicy

pytestmark = [pytest.mark.gateway, pytest.mark.faults]

ROOM = "building3@chatroom"
AS_SHIPPED = LinkTiming()


def report(what: str, began: float) -> None:
    print(f"\n{what}: {asyncio.get_running_loop().time() - began:.1f} s")


def now() -> float:
    return asyncio.get_running_loop().time()


async def hears(sink: Any, gateway: Any, text: str) -> None:
    await gateway.tell("say", **{"from": "zhang"}, text=text)
    await sink.until(lambda it: text in it.texts)


async def test_killed_gateway_is_found_again_and_the_gap_told(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway, AS_SHIPPED)) as sink:
        await sink.online()
        await hears(sink, own_gateway, "之前")
        own_gateway.kill()
        await sink.until(lambda it: it.last.state is LinkState.LOST)
        own_gateway.start()
        began = now()
        await sink.until(lambda it: it.last.connected and it.gaps, seconds=15)
        report("back after a kill, counted from the gateway listening again", began)
        await hears(sink, own_gateway, "之后")
    assert sink.texts == ["之前", "之后"]
    assert timedelta() < sink.gaps[0].until - sink.gaps[0].since < timedelta(seconds=30)


async def test_ended_gateway_is_found_again(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway, AS_SHIPPED)) as sink:
        await sink.online()
        await own_gateway.tell("end")
        await sink.until(lambda it: not it.last.connected)
        own_gateway.wait()
        own_gateway.start()
        began = now()
        await sink.until(lambda it: it.last.connected and it.gaps, seconds=15)
        report("back after a clean end, counted from the gateway listening again", began)
        await hears(sink, own_gateway, "之后")


async def test_frozen_gateway_is_noticed_and_found_again(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway, AS_SHIPPED)) as sink:
        await sink.online()
        began = now()
        own_gateway.signal(signal.SIGSTOP)
        await sink.until(lambda it: not it.last.connected, seconds=20)
        report("freeze noticed", began)
        own_gateway.signal(signal.SIGCONT)
        began = now()
        await sink.until(lambda it: it.last.connected and it.gaps, seconds=55)
        report("back after the freeze", began)
        await hears(sink, own_gateway, "之后")


async def test_message_kept_by_the_gateway_survives_its_death(
    own_gateway: Any, run: Any, new_channel: Any, until: Any
) -> None:
    own_gateway.start()
    channel = new_channel(own_gateway)

    async def all_announced() -> bool:
        return bool(channel.outstanding == 3)

    async with run(channel) as sink:
        await sink.online()
        await own_gateway.tell("options", payloadDelay=60_000)
        for text in ("一", "二", "三"):
            await own_gateway.tell("say", **{"from": "zhang"}, text=text)
        await until(all_announced)
        own_gateway.kill()
        assert sink.texts == []
        own_gateway.start()
        await sink.until(lambda it: len(it.messages) == 3)
    assert sink.texts == ["一", "二", "三"]


async def test_message_sent_into_a_dying_gateway_is_never_sent_twice(
    own_gateway: Any, run: Any, new_channel: Any
) -> None:
    own_gateway.start()
    channel = new_channel(own_gateway)
    async with run(channel) as sink:
        await sink.online()
        await own_gateway.tell("options", sendDelay=60_000, sendSilent=True)
        sending = asyncio.create_task(channel.send(OutgoingMessage(text="只此一次", chat=ROOM)))
        while not (await own_gateway.tell("state"))["sent"]:
            await asyncio.sleep(0)
        own_gateway.kill()
        with pytest.raises(SendError) as failed:
            await sending
    assert not failed.value.retryable


async def test_twenty_kills_and_ends_in_a_row_lose_nothing_that_was_announced(
    own_gateway: Any, run: Any, new_channel: Any
) -> None:
    own_gateway.start()
    expected = []
    async with run(new_channel(own_gateway, reconnect=RetryPolicy((0.2,), endless=True))) as sink:
        for number in range(20):
            await sink.online()
            await hears(sink, own_gateway, f"第{number}次")
            expected.append(f"第{number}次")
            own_gateway.kill() if number % 2 else await own_gateway.tell("end")
            await sink.until(lambda it: not it.last.connected)
            if number % 2 == 0:
                own_gateway.wait()
            own_gateway.start()
    assert sink.texts == expected
    assert len(sink.gaps) >= 19


async def test_channel_waits_for_a_gateway_that_is_down_at_the_start(
    own_gateway: Any, run: Any, new_channel: Any
) -> None:
    async with run(new_channel(own_gateway)) as sink:
        await sink.until(lambda it: any(status.state is LinkState.LOST for status in it.statuses))
        own_gateway.start()
        await sink.online()
    assert sink.gaps == []


async def test_wrong_token_is_said_and_tried_again_without_ending(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway, token="stolen-token")) as sink:
        await sink.until(lambda it: sum(s.state is LinkState.REJECTED for s in it.statuses) >= 2)
    assert not any("stolen-token" in status.detail or status.connected for status in sink.statuses)


async def test_second_client_is_told_that_the_gateway_is_held(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway)) as first, run(new_channel(own_gateway)) as second:
        await first.until(lambda it: it.last.connected or it.last.state is LinkState.DISPLACED)
        holder, other = (first, second) if first.last.connected else (second, first)
        await other.until(lambda it: any(status.state is LinkState.DISPLACED for status in it.statuses))
        await hears(holder, own_gateway, "还在")
        assert not any(status.connected for status in other.statuses)


async def test_client_allowed_to_take_over_does_so(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway)) as first:
        await first.online()
        async with run(new_channel(own_gateway, take_over=True)) as second:
            await second.online(seconds=40)
            await first.until(lambda it: any(status.state is LinkState.DISPLACED for status in it.statuses))


async def test_unreadable_and_unknown_events_are_passed_over(own_gateway: Any, run: Any, new_channel: Any) -> None:
    own_gateway.start()
    async with run(new_channel(own_gateway)) as sink:
        await sink.online()
        await own_gateway.tell("broken", name="error", payload={"gerror": "x", "data": 1})
        await own_gateway.tell("broken", name="post", payload={"postId": "p"})
        await own_gateway.tell("broken", name="dong", payload="no object")
        await own_gateway.tell("broken", name="message", payload={})
        await hears(sink, own_gateway, "照常")


async def test_tls_with_an_own_authority(
    secure_gateway: Any, self_signed: Any, tmp_path: Path, run: Any, new_channel: Any
) -> None:
    certificate, key = self_signed("gateway.internal")
    (tmp_path / "ca.pem").write_text(certificate)
    gateway = secure_gateway(certificate, key)
    secure = {"tls": True, "tls_name": "gateway.internal"}
    async with run(new_channel(gateway, tls_ca=tmp_path / "ca.pem", **secure)) as sink:
        await sink.online()
        await hears(sink, gateway, "加密")
    async with run(new_channel(gateway, **secure)) as doubtful:
        await doubtful.until(lambda it: any(status.state is LinkState.LOST for status in it.statuses))
    assert "CERTIFICATE_VERIFY_FAILED" in doubtful.statuses[1].detail


def test_public_gateway_is_refused_unless_allowed(own_gateway: Any, new_channel: Any) -> None:
    with pytest.raises(EndpointError):
        new_channel(own_gateway, endpoint="203.0.113.9:18788")
    new_channel(own_gateway, endpoint="203.0.113.9:18788", allow_public=True)


def test_sdk_loads_without_leaving_traces(tmp_path: Path) -> None:
    program = """
import logging, os, sys
from pathlib import Path
from bot.channels.wechaty_compat import load
load(Path("cache"))
taken = [name for name, it in logging.root.manager.loggerDict.items()
         if any(isinstance(h, logging.StreamHandler) for h in getattr(it, "handlers", []))]
print(os.listdir("."), taken, "wechaty" in sys.modules)
import wechaty
"""
    root = Path(__file__).parents[3]
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True
    )
    assert (result.returncode, result.stdout.strip()) == (0, "[] [] False"), result.stderr
