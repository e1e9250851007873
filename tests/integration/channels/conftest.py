"""A real npm gateway as a process of its own, and a sink that remembers what a channel told it."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channels.base import Channel, ChannelStatus, Echo, Gap
from bot.channels.wechaty_link import LinkTiming
from bot.channels.wechaty_puppet import WechatyChannel, WechatySettings
from bot.clock import SystemClock
from domain.messages import IncomingMessage
from tests.integration.channels.bench import Benches, benches
from tests.integration.channels.onebot_peer import Peers, implementation_at

GATEWAY = Path(__file__).parents[2] / "gateway"
QUICK = LinkTiming(heartbeat=0.5, grace=1.0, greeting=2.0, start=10.0, call=2.0, send=1.5)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class MemorySink:
    """Keeps everything; `until` waits for it without guessing how long that takes."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.echoes: list[Echo] = []
        self.gaps: list[Gap] = []
        self.statuses: list[ChannelStatus] = []
        self._changed = asyncio.Event()
        self.runs: asyncio.Task[None] | None = None

    async def accept(self, message: IncomingMessage) -> None:
        self.messages.append(message)
        self._changed.set()

    async def echoed(self, echo: Echo) -> None:
        self.echoes.append(echo)
        self._changed.set()

    async def gap(self, gap: Gap) -> None:
        self.gaps.append(gap)
        self._changed.set()

    def status(self, status: ChannelStatus) -> None:
        self.statuses.append(status)
        self._changed.set()

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def last(self) -> ChannelStatus:
        return self.statuses[-1] if self.statuses else ChannelStatus(False)

    async def until(self, fact: Callable[["MemorySink"], bool], seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while not fact(self):
                self._changed.clear()
                changed = asyncio.ensure_future(self._changed.wait())
                await asyncio.wait({changed, *([self.runs] if self.runs else [])}, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
                if self.runs is not None and self.runs.done():
                    self.runs.result()
                    raise AssertionError("a channel must never end by itself")

    async def online(self, seconds: float = 30) -> None:
        await self.until(lambda sink: sink.last.connected, seconds)


class Gateway:
    """The mock gateway's process. `store` outlives a kill, as the database of a real gateway does."""

    def __init__(self, store: Path, environment: dict[str, str] | None = None) -> None:
        self.port, self.control = free_port(), free_port()
        self.token = "token"
        self._store = store
        self._environment = environment or {}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        settings = {
            "GATEWAY_PORT": str(self.port),
            "CONTROL_PORT": str(self.control),
            "GATEWAY_STORE": str(self._store),
            "GATEWAY_TOKEN": self.token,
            **self._environment,
        }
        self._process = subprocess.Popen(
            ["node", "gateway-mock.mjs"],
            cwd=GATEWAY,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        while "gateway listening" not in (line := self._process.stdout.readline()):
            assert line, "the gateway ended before it listened"

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGCONT)
        self._process.kill()
        self.wait()

    def wait(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()
        self._process = None

    async def tell(self, command: str, **body: Any) -> Any:
        return await asyncio.to_thread(self._post, command, body)

    def _post(self, command: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.control}/{command}", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="session")
def node_modules() -> None:
    """The gateway's npm packages, installed when they are missing."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is missing: the Wechaty channel was not tried against a real gateway")
    if not (GATEWAY / "node_modules" / "wechaty-puppet-service" / "package.json").exists():
        install = ["npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]
        result = subprocess.run(install, cwd=GATEWAY, capture_output=True, text=True, timeout=300)
        if result.returncode != 0:
            pytest.skip(f"npm install failed: the Wechaty channel was not tried: {result.stderr[-300:]}")


@pytest.fixture(scope="module")
def gateway(node_modules: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway that the tests of a file share; they leave it as they found it."""
    process = Gateway(tmp_path_factory.mktemp("gateway") / "messages.jsonl")
    process.start()
    yield process
    process.kill()


@pytest.fixture
def own_gateway(node_modules: None, tmp_path: Path) -> Iterator[Gateway]:
    """A gateway for one test, not started yet, that the test may kill."""
    process = Gateway(tmp_path / "messages.jsonl")
    yield process
    process.kill()


@pytest.fixture
def secure_gateway(node_modules: None, tmp_path: Path) -> Iterator[Callable[[str, str], Gateway]]:
    """Starts a gateway that speaks TLS with a certificate and a key (PEM)."""
    started: list[Gateway] = []

    def start(certificate: str, key: str) -> Gateway:
        names = ("WECHATY_PUPPET_SERVICE_TLS_SERVER_CERT", "WECHATY_PUPPET_SERVICE_TLS_SERVER_KEY", "GATEWAY_TLS")
        gateway = Gateway(tmp_path / "messages.jsonl", dict(zip(names, (certificate, key, "1"), strict=True)))
        started.append(gateway)
        gateway.start()
        return gateway

    yield start
    for gateway in started:
        gateway.kill()


@asynccontextmanager
async def running(channel: Channel) -> AsyncIterator[MemorySink]:
    """Run `channel` for the length of a block."""
    sink = MemorySink()
    task = sink.runs = asyncio.create_task(channel.run(sink))
    try:
        yield sink
        assert not task.done(), "a channel must never end by itself"
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def run() -> Callable[[Channel], AbstractAsyncContextManager[MemorySink]]:
    return running


@pytest.fixture
def until() -> Callable[..., Awaitable[None]]:
    """Wait for a fact about something that tells nobody when it changes: a process, a port."""

    async def wait(fact: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
        async with asyncio.timeout(seconds):
            while not await fact():
                await asyncio.sleep(0.05)

    return wait


@pytest.fixture
def new_channel(tmp_path: Path) -> Callable[..., WechatyChannel]:
    def make(gateway: Gateway, timing: LinkTiming = QUICK, **changes: Any) -> WechatyChannel:
        invites = changes.pop("may_invite", lambda account: False)
        settings = WechatySettings(
            endpoint=f"127.0.0.1:{gateway.port}",
            token=gateway.token,
            cache=tmp_path,
            timing=timing,
            echo_seconds=1.0,
        )
        return WechatyChannel(replace(settings, **changes), SystemClock(), Random(1).random, invites)

    return make


def _self_signed(name: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2040, 1, 1, tzinfo=UTC)
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode(), private.decode()


@pytest.fixture
def self_signed() -> Callable[[str], tuple[str, str]]:
    """Makes a certificate and its key (PEM) for a host name."""
    return _self_signed


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def connect(port: int) -> Peers:
    return partial(implementation_at, port)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Benches]:
    with benches(tmp_path) as make:
        yield make
