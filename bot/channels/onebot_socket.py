"""One reverse WebSocket of a OneBot v11 implementation: events come in, actions go out and are answered by `echo`."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.supervision import LinkLost
from bot.clock import Clock
from bot.logs import get_logger

log = get_logger("onebot")

MISSED_BEATS = 3


class ActionTimedOut(LinkLost):
    """No answer in time; whether the action was done, nobody knows."""


class ActionFailed(Exception):
    """The implementation answered an action with a failure."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.code = code


class OneBotSocket:
    """Lives as long as its connection. `silence` is how long it may say nothing before it is taken for dead."""

    def __init__(
        self, socket: web.WebSocketResponse, clock: Clock, silence: float, on_event: Callable[[Mapping[str, Any]], None]
    ) -> None:
        self._socket = socket
        self._clock = clock
        self._silence = silence
        self._on_event = on_event
        self._answers: dict[str, asyncio.Future[Any]] = {}
        self.heard_at: datetime = clock.now()

    async def read(self) -> None:
        """Take in frames until the connection ends or falls silent."""
        try:
            while True:
                frame = await self._next()
                if frame is None:
                    return
                self.heard_at = self._clock.now()
                self._take(frame)
        finally:
            self._fail_all()
            await self._socket.close()

    async def close(self) -> None:
        """End the connection; what waits for answers fails."""
        await self._socket.close()

    async def act(self, action: str, seconds: float, **params: Any) -> Any:
        """Do `action` and return its data; raises ActionFailed, ActionTimedOut or LinkLost."""
        echo = token_hex(8)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[echo] = answer
        try:
            await self._socket.send_json({"action": action, "params": params, "echo": echo})
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError as error:
            raise ActionTimedOut(f"no answer to {action}") from error
        except (aiohttp.ClientError, OSError, RuntimeError) as error:
            raise LinkLost(f"{type(error).__name__} at {action}") from error
        finally:
            self._answers.pop(echo, None)

    async def _next(self) -> str | None:
        """The next text frame; None at the end of the connection or of our patience."""
        while True:
            try:
                message = await self._socket.receive(timeout=self._silence)
            except TimeoutError:
                log.warning("onebot_silent")
                return None
            if message.type is aiohttp.WSMsgType.TEXT:
                return str(message.data)
            if message.type is not aiohttp.WSMsgType.BINARY:
                return None

    def _take(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            log.warning("onebot_frame_unreadable")
            return
        if not isinstance(frame, dict):
            return
        if "post_type" in frame:
            self._heed_heartbeat(frame)
            self._on_event(frame)
        else:
            self._answer(frame)

    def _heed_heartbeat(self, event: Mapping[str, Any]) -> None:
        """An implementation that says how often its heart beats is given up after three missed beats."""
        interval = event.get("interval")
        if event.get("meta_event_type") == "heartbeat" and isinstance(interval, int) and interval > 0:
            self._silence = min(self._silence, MISSED_BEATS * interval / 1000)

    def _answer(self, frame: Mapping[str, Any]) -> None:
        echo = frame.get("echo")
        answer = self._answers.get(echo) if isinstance(echo, str) else None
        if answer is None or answer.done():
            return
        if frame.get("status") in ("ok", "async"):
            answer.set_result(frame.get("data"))
        else:
            code = frame.get("retcode")
            said = str(frame.get("wording") or frame.get("message") or frame.get("msg") or "")[:200]
            answer.set_exception(ActionFailed(code if isinstance(code, int) else -1, said))

    def _fail_all(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(LinkLost("the connection was lost"))
