"""The webhook robot and the app's callback against a local server that answers like WeCom's."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.channels.base import (
    OutgoingMessage,
    RateLimitedError,
    RefusedSendError,
    ServesChats,
    TemporarySendError,
    UnknownSendError,
)
from bot.channels.wecom_callback import WecomAppChannel
from bot.channels.wecom_crypto import Sealed
from bot.channels.wecom_webhook import WecomWebhookChannel, WecomWebhookSettings
from bot.clock import SimulatedClock
from domain.messages import MessageKind
from tests.integration.channels.wecom_http_peer import NOW, STAMP, Caller, WecomHttp, app_of, said, serving


@pytest.fixture
async def wecom() -> AsyncIterator[WecomHttp]:
    server, app = WecomHttp(), web.Application()
    app.router.add_route("*", "/cgi-bin/{tail:.*}", server.answer)
    runner, server.address = await serving(app)
    yield server
    await runner.cleanup()


def robot(wecom: WecomHttp) -> WecomWebhookChannel:
    keys = {"g1": "key-1", "g2": "key-2"}
    return WecomWebhookChannel(WecomWebhookSettings(keys=keys, api=wecom.address), SimulatedClock(NOW))


async def test_robot_posts_into_its_group_and_calls_those_named(wecom: WecomHttp) -> None:
    await robot(wecom).send(OutgoingMessage(text="摘要", chat="g2", mentions=("zhang", "@all")))
    body = {"msgtype": "text", "text": {"content": "摘要", "mentioned_list": ["zhang"]}}
    assert wecom.calls == [("webhook/send", {"key": "key-2"}, body)]


async def test_robot_posts_twenty_messages_a_minute(wecom: WecomHttp) -> None:
    channel = robot(wecom)
    for number in range(20):
        await channel.send(OutgoingMessage(text=str(number), chat="g1"))
    with pytest.raises(RateLimitedError):
        await channel.send(OutgoingMessage(text="20", chat="g1"))
    assert len(wecom.calls) == 20


@pytest.mark.parametrize(
    "message",
    [
        OutgoingMessage(text="x" * 2049, chat="g1"),
        OutgoingMessage(text="好", chat="unknown"),
        OutgoingMessage(text="好", account="zhang"),
    ],
)
async def test_what_a_robot_cannot_post_is_refused_unsent(wecom: WecomHttp, message: OutgoingMessage) -> None:
    with pytest.raises(RefusedSendError):
        await robot(wecom).send(message)
    assert wecom.calls == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"errcode": 45009, "errmsg": "api freq out of limit"}, RateLimitedError),
        ({"errcode": 93000, "errmsg": "invalid webhook url"}, RefusedSendError),
        ({"errcode": 42001, "errmsg": "expired"}, RefusedSendError),
        ({"errcode": -1, "errmsg": "busy"}, TemporarySendError),
        ([], UnknownSendError),
    ],
)
async def test_answers_say_what_may_be_done(wecom: WecomHttp, answer: Any, error: type[Exception]) -> None:
    wecom.answers = [answer]
    with pytest.raises(error) as raised:
        await robot(wecom).send(OutgoingMessage(text="好", chat="g1"))
    assert "key-1" not in str(raised.value)


@pytest.mark.parametrize("status", [500, 502])
async def test_server_error_leaves_the_outcome_unknown(wecom: WecomHttp, status: int) -> None:
    wecom.answers = [web.Response(status=status)]
    with pytest.raises(UnknownSendError):
        await robot(wecom).send(OutgoingMessage(text="好", chat="g1"))


async def test_server_that_is_not_there_certainly_got_nothing(wecom: WecomHttp) -> None:
    settings = WecomWebhookSettings(keys={"g1": "key-1"}, api="http://127.0.0.1:1")
    with pytest.raises(TemporarySendError) as raised:
        await WecomWebhookChannel(settings, SimulatedClock(NOW)).send(OutgoingMessage(text="好", chat="g1"))
    assert "key-1" not in str(raised.value)


async def test_file_is_uploaded_and_then_posted(wecom: WecomHttp) -> None:
    wecom.answers = [{"errcode": 0, "media_id": "media-1"}, {"errcode": 0}]
    await robot(wecom).send_file("g1", "名单.xlsx", b"content of the list")
    upload, post = wecom.calls
    assert upload[:2] == ("webhook/upload_media", {"key": "key-1", "type": "file"})
    assert b"content of the list" in upload[2]
    assert post[2] == {"msgtype": "file", "file": {"media_id": "media-1"}}


async def test_robot_check_posts_nothing_and_names_the_wrong_key(wecom: WecomHttp) -> None:
    wecom.answers = [{"errcode": 40008, "errmsg": "invalid message type"}, {"errcode": 93000, "errmsg": "invalid"}]
    steps = [step async for step in robot(wecom).check()]
    assert [(step.name, step.passed) for step in steps] == [("g1", True), ("g2", False)]
    assert all(body == {} for _, _, body in wecom.calls)


async def test_robot_never_ends_and_never_writes_in_private(wecom: WecomHttp, run: Any) -> None:
    channel = robot(wecom)
    async with run(channel) as sink:
        await sink.online()
    assert not channel.can_dm("zhang")


@pytest.fixture
async def callback(wecom: WecomHttp) -> AsyncIterator[tuple[WecomAppChannel, Caller]]:
    channel, server = app_of(wecom), web.Application()
    server.add_routes(channel.routes())
    runner, address = await serving(server)
    yield channel, Caller(f"{address}/wecom/callback")
    await runner.cleanup()


async def test_address_is_proved_with_the_decrypted_echo(callback: Any) -> None:
    _, caller = callback
    sealed = caller.seal("1616140317555161061")
    assert await caller.prove(sealed) == (200, "1616140317555161061")
    assert (await caller.prove(Sealed(sealed.ciphertext, "0" * 40, STAMP, "n1")))[0] == 403


async def test_members_message_arrives_once_however_often_it_is_called(callback: Any, run: Any) -> None:
    channel, caller = callback
    sealed = caller.seal(said("502 <!DOCTYPE 正常"))
    async with run(channel) as sink:
        await sink.online()
        assert [await caller.post(sealed) for _ in range(3)] == [200, 403, 403]
    message = sink.messages[0]
    assert (message.channel, message.external_id, message.chat, message.sender) == ("wecom-app", "77", None, "zhang")
    assert (message.text, message.said_at, message.kind) == ("502 <!DOCTYPE 正常", NOW, MessageKind.TEXT)
    assert len(sink.messages) == 1


async def test_callback_before_the_channel_runs_is_asked_to_come_again(callback: Any) -> None:
    _, caller = callback
    assert await caller.post(caller.seal(said("早"))) == 503


async def test_events_are_acknowledged_and_say_nothing(callback: Any, run: Any) -> None:
    channel, caller = callback
    async with run(channel) as sink:
        await sink.online()
        assert await caller.post(caller.seal(said("", MsgType="event", Event="enter_agent"))) == 200
    assert sink.messages == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"<xml>",
        b"{}",
        b"<xml><Encrypt></Encrypt></xml>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Encrypt>&a;</Encrypt></xml>',
        b"<xml>" + b"x" * 300_000 + b"</xml>",
    ],
)
async def test_bodies_that_are_no_callback_are_refused(callback: Any, run: Any, body: bytes) -> None:
    channel, caller = callback
    async with run(channel) as sink:
        await sink.online()
        assert await caller.post(caller.seal(said("真")), body) == 403
    assert sink.messages == []


async def test_message_that_could_not_be_stored_is_taken_when_it_comes_again(callback: Any, run: Any) -> None:
    channel, caller = callback
    sealed = caller.seal(said("再来"))
    async with run(channel) as sink:
        await sink.online()
        keep: Callable[..., Any] = sink.accept

        async def fails(message: object) -> None:
            sink.accept = keep
            raise OSError("disk full")

        sink.accept = fails
        assert [await caller.post(sealed) for _ in range(3)] == [500, 200, 403]
    assert sink.texts == ["再来"]


async def test_app_writes_to_a_member_and_to_its_group(wecom: WecomHttp) -> None:
    channel = app_of(wecom)
    receipt = await channel.send(OutgoingMessage(text="请看", account="zhang"))
    await channel.send(OutgoingMessage(text="通知", chat="chat-1"))
    member = {"touser": "zhang", "agentid": 7, "msgtype": "text", "text": {"content": "请看"}}
    group = {"chatid": "chat-1", "msgtype": "text", "text": {"content": "通知"}}
    assert wecom.calls == [
        ("message/send", {"access_token": "token-1"}, member),
        ("appchat/send", {"access_token": "token-1"}, group),
    ]
    assert (receipt.external_id, wecom.tokens, channel.can_dm("zhang")) == ("id-1", 1, True)


async def test_token_that_ran_out_is_fetched_anew(wecom: WecomHttp) -> None:
    clock = SimulatedClock(NOW)
    channel = app_of(wecom, clock)
    wecom.answers = [{"errcode": 42001, "errmsg": "expired"}]
    await channel.send(OutgoingMessage(text="一", account="zhang"))
    clock.advance_to(NOW.replace(hour=11))
    await channel.send(OutgoingMessage(text="二", account="zhang"))
    assert [query["access_token"] for _, query, _ in wecom.calls] == ["token-1", "token-2", "token-3"]


async def test_member_out_of_range_is_refused(wecom: WecomHttp) -> None:
    wecom.answers = [{"errcode": 0, "invaliduser": "nobody"}]
    with pytest.raises(RefusedSendError):
        await app_of(wecom).send(OutgoingMessage(text="在吗", account="nobody"))


async def test_app_check_fetches_a_token(wecom: WecomHttp) -> None:
    assert [step.passed async for step in app_of(wecom).check()] == [True]


async def test_app_is_the_way_into_the_groups_that_it_made(wecom: WecomHttp) -> None:
    channel = app_of(wecom, groups=frozenset({"chat-1"}))
    assert [isinstance(channel, ServesChats), channel.serves("chat-1"), channel.serves("g-3-1")] == [True, True, False]
