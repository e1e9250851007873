"""WeCom's HTTP interface: one POST, its error codes, and what they mean for a message."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.channels.base import (
    RateLimitedError,
    RefusedSendError,
    SendError,
    TemporarySendError,
    UnknownSendError,
)

API = "https://qyapi.weixin.qq.com"
RATE_CODES = frozenset({45009, 45033, 60020})
REFUSED_CODES = frozenset({40003, 40008, 40031, 40033, 40035, 40058, 44004, 45002, 60111, 81013, 86008, 93000, 93004})
STALE_TOKEN_CODES = frozenset({40014, 42001})
SECONDS = 10.0


class StaleToken(Exception):
    """The access token has run out or was withdrawn; a new one is to be fetched."""


async def call(
    http: aiohttp.ClientSession,
    url: str,
    query: Mapping[str, str],
    body: Mapping[str, Any] | aiohttp.FormData | None,
) -> Mapping[str, Any]:
    """POST `body` (GET where it is None) and return the answer; raises SendError by what that, or its absence, means.

    Nothing raised here repeats `query`, which holds keys and tokens.
    """
    content: dict[str, Any] = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
    request = http.get(url, params=query) if body is None else http.post(url, params=query, **content)
    try:
        async with asyncio.timeout(SECONDS), request as response:
            if response.status >= 500:
                raise UnknownSendError(f"WeCom answers {response.status}")
            answer = await response.json(content_type=None)
    except aiohttp.ClientConnectorError as error:
        raise TemporarySendError(f"WeCom cannot be reached: {type(error).__name__}") from None
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise UnknownSendError(f"WeCom did not answer: {type(error).__name__}") from None
    if not isinstance(answer, dict):
        raise UnknownSendError("WeCom's answer is unreadable")
    code = answer.get("errcode", 0)
    if code in STALE_TOKEN_CODES:
        raise StaleToken
    if code != 0:
        raise error_of(code, str(answer.get("errmsg", ""))[:200])
    return answer


def error_of(code: object, said: str) -> SendError:
    """The error for a WeCom code: busy now, never, or try again."""
    text = f"{code}: {said}"
    if code in RATE_CODES:
        return RateLimitedError(text)
    return RefusedSendError(text) if code in REFUSED_CODES else TemporarySendError(text)
