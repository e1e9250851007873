"""One WebSocket connection of a WeCom smart robot: subscribe, answer the heartbeat, match answers to requests.

The frames are those of the vendor's SDKs (`@wecom/aibot-node-sdk`, `wecom-aibot-python-sdk` 1.0.2):
`{"cmd", "headers": {"req_id"}, "body"}`, answered by `{"headers": {"req_id"}, "errcode", "errmsg"}`.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

import aiohttp

from bot.channels.supervision import LinkLost
from bot.clock import Clock
from bot.logs import get_logger

log = get_logger("wecom")

MAX_FRAME = 1_000_000  # bytes
FrameHandler = Callable[[Mapping[str, Any]], None]


class Displaced(LinkLost):
    """A newer connection of the same robot took over; WeCom allows one."""


class Rejected(LinkLost):
    """WeCom does not know this robot and secret."""


class AnswerError(Exception):
    """WeCom answered a request with an error code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code}: {said}")
        self.code = code
        self.said = said


class AnswerTimedOut(LinkLost):
    """No answer in time; whether WeCom acted, nobody knows."""


class WecomSocket:
    """Used once, like every link. `on_message` and `on_event` get the bodies of pushed frames."""

    def __init__(self, clock: Clock, answer_seconds: float, on_message: FrameHandler, on_event: FrameHandler) -> None:
        self._clock = clock
        self._answer_seconds = answer_seconds
        self._on_message = on_message
        self._on_event = on_event
        self._answers: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self.heard_at: datetime | None = None

    async def hold(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        credentials: Mapping[str, str],
        heartbeat: float,
        on_up: Callable[[], None],
    ) -> None:
        """Subscribe, call `on_up`, and stay until the connection is lost; always ends with LinkLost."""
        self._socket = socket
        reading = asyncio.ensure_future(self._read(socket))
        try:
            try:
                await self.request("aibot_subscribe", credentials)
            except AnswerError as error:
                raise Rejected(f"subscription refused, {error.code}") from error
            on_up()
            await self._beat(reading, heartbeat)
        finally:
            self._socket = None
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            self._fail_all(LinkLost("the connection was lost"))

    async def request(self, command: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Send one frame and wait for its answer; raises AnswerError, AnswerTimedOut or LinkLost."""
        if self._socket is None:
            raise LinkLost("not connected")
        request_id = f"{command}_{token_hex(8)}"
        frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": request_id}}
        if body is not None:
            frame["body"] = body
        answer: asyncio.Future[Mapping[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[request_id] = answer
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
            async with asyncio.timeout(self._answer_seconds):
                return await answer
        except TimeoutError as error:
            raise AnswerTimedOut(f"no answer to {command}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise LinkLost(f"{type(error).__name__} at {command}") from error
        finally:
            self._answers.pop(request_id, None)

    async def _beat(self, reading: "asyncio.Future[None]", seconds: float) -> None:
        while True:
            done, _ = await asyncio.wait({reading}, timeout=seconds)
            if done:
                reading.result()
            try:
                await self.request("ping")
            except AnswerError as error:
                raise LinkLost(f"heartbeat refused, {error.code}") from error

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for message in socket:
                self.heard_at = self._clock.now()
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data)
            raise LinkLost(f"WeCom closed the connection, code {socket.close_code}")
        except LinkLost as lost:
            self._fail_all(lost)
            raise

    def _take(self, text: str) -> None:
        frame = _frame(text)
        body = frame.get("body")
        command = frame.get("cmd")
        if command == "aibot_msg_callback" and isinstance(body, dict):
            self._on_message(body)
        elif command == "aibot_event_callback" and isinstance(body, dict):
            self._take_event(body)
        else:
            self._answer(frame)

    def _take_event(self, body: Mapping[str, Any]) -> None:
        event = body.get("event")
        if isinstance(event, dict) and event.get("eventtype") == "disconnected_event":
            raise Displaced("a newer connection of this robot took over")
        self._on_event(body)

    def _answer(self, frame: Mapping[str, Any]) -> None:
        headers = frame.get("headers")
        request_id = headers.get("req_id") if isinstance(headers, dict) else None
        answer = self._answers.get(request_id) if isinstance(request_id, str) else None
        if answer is None or answer.done():
            return
        code = frame.get("errcode", 0)
        if code == 0:
            answer.set_result(frame)
        else:
            answer.set_exception(AnswerError(code if isinstance(code, int) else -1, str(frame.get("errmsg", ""))[:200]))

    def _fail_all(self, lost: LinkLost) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(lost)


def _frame(text: str) -> Mapping[str, Any]:
    try:
        frame = json.loads(text)
    except ValueError:
        log.warning("wecom_frame_unreadable")
        return {}
    return frame if isinstance(frame, dict) else {}
