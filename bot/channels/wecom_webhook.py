"""WeCom group robots (webhook): they can only speak, one robot a group, twenty messages a minute."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels.base import (
    ChannelStatus,
    CheckStep,
    LinkState,
    OutgoingMessage,
    RateLimit,
    RateLimitedError,
    Receipt,
    RefusedSendError,
    SendError,
    Sink,
    UnknownSendError,
)
from bot.channels.endpoints import client_tls
from bot.channels.wecom_api import API, StaleToken, call
from bot.clock import Clock
from bot.pacing import TokenBucket

CHANNEL = "wecom-webhook"
LIMIT = RateLimit(per_minute=20, per_hour=1_200, per_day=10_000, max_bytes=2_048)
MOST_MENTIONS = 5
MAX_FILE = 20 * 1024 * 1024
MIN_FILE = 6  # bytes; WeCom refuses less


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomWebhookSettings:
    """`keys`: the robot's key (the part of its address after `key=`) by the name under which the group is known."""

    keys: Mapping[str, str]
    channel: str = CHANNEL
    api: str = API
    tls_ca: Path | None = None


class WecomWebhookChannel:
    """A `Channel` without ears: `run` only waits."""

    def __init__(self, settings: WecomWebhookSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._tls: ssl.SSLContext = client_tls(settings.tls_ca)
        full = TokenBucket.full(LIMIT.per_minute, timedelta(minutes=1), clock.now())
        self._buckets = dict.fromkeys(settings.keys, full)

    @property
    def name(self) -> str:
        """The name under which messages of this channel are stored."""
        return self._settings.channel

    @property
    def limit(self) -> RateLimit:
        """What WeCom allows one robot."""
        return LIMIT

    def can_dm(self, account: str) -> bool:  # noqa: ARG002 - the contract's parameter
        """A group robot speaks in its group only."""
        return False

    def serves(self, chat: str) -> bool:
        """Say whether this group has a robot."""
        return chat in self._settings.keys

    async def run(self, sink: Sink) -> None:
        """Wait until cancelled; nothing ever arrives."""
        sink.status(ChannelStatus(True, "sends only", state=LinkState.ONLINE))
        await asyncio.Event().wait()

    async def send(self, message: OutgoingMessage) -> Receipt:
        """Post one text; accounts in `mentions` are called, everybody never is."""
        if len(message.text.encode()) > LIMIT.max_bytes:
            raise RefusedSendError(f"a group robot's text has at most {LIMIT.max_bytes} bytes")
        called = [account for account in message.mentions if account.lower() != "@all"][:MOST_MENTIONS]
        await self._post(message.chat, {"msgtype": "text", "text": {"content": message.text, "mentioned_list": called}})
        return Receipt()

    async def send_file(self, chat: str, filename: str, content: bytes) -> Receipt:
        """Post a file, such as the day's list; WeCom keeps it for three days."""
        if not MIN_FILE <= len(content) <= MAX_FILE:
            raise RefusedSendError(f"a file has {MIN_FILE} bytes to {MAX_FILE} bytes")
        form = aiohttp.FormData()
        form.add_field("media", content, filename=filename, content_type="application/octet-stream")
        answer = await self._call(chat, "upload_media", form, {"type": "file"})
        media = answer.get("media_id")
        if not isinstance(media, str):
            raise UnknownSendError("WeCom gave the file no id")
        await self._post(chat, {"msgtype": "file", "file": {"media_id": media}})
        return Receipt()

    async def check(self) -> AsyncIterator[CheckStep]:
        """Try every key without posting: a message without a type is refused, a wrong key differently so."""
        for chat in self._settings.keys:
            try:
                await self._call(chat, "send", {})
                yield CheckStep(chat, True)
            except SendError as error:
                yield CheckStep(chat, str(error).startswith(("40008", "40058", "44004")), str(error))

    async def _post(self, chat: str | None, body: Mapping[str, Any]) -> None:
        now = self._clock.now()
        bucket = self._buckets.get(chat or "")
        if chat is None or bucket is None:
            raise RefusedSendError("no group robot is set up for this group")
        if bucket.wait(now):
            raise RateLimitedError(f"{LIMIT.per_minute} messages a minute went through this robot")
        self._buckets[chat] = bucket.taken(now)
        await self._call(chat, "send", body)

    async def _call(
        self, chat: str, action: str, body: Mapping[str, Any] | aiohttp.FormData, more: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        key = self._settings.keys.get(chat)
        if key is None:
            raise RefusedSendError("no group robot is set up for this group")
        url = f"{self._settings.api}/cgi-bin/webhook/{action}"
        connector = aiohttp.TCPConnector(ssl=self._tls)
        async with aiohttp.ClientSession(connector=connector) as http:
            try:
                return await call(http, url, {"key": key, **(more or {})}, body)
            except StaleToken:
                raise RefusedSendError("WeCom does not know this robot's key") from None
