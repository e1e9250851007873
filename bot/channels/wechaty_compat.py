"""Lets wechaty 0.10.7 (2022) load on today's Python and libraries, without its side effects.

Nothing of wechaty is imported before `load` is called: the import creates folders, takes over loggers with everyday
names and would print what residents wrote.
"""

import importlib
import importlib.util
import logging
import os
import socket
import sys
import types
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Sdk:
    """What of the SDK is used: the service client, its gRPC stub and channel, and the ways in which a call can fail."""

    puppet_service: Any
    puppet_options: Any
    puppet_stub: Any
    grpc_channel: Any
    grpc_configuration: Any
    call_error: type[Exception]
    link_errors: tuple[type[BaseException], ...]


def load(cache: Path) -> Sdk:
    """Import the SDK's service client; `cache` is where wechaty may write. Safe to call again."""
    before = _consoles()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of libraries that were current in 2022
        prepare(cache)
        service = importlib.import_module("wechaty_puppet_service")
        puppet = importlib.import_module("wechaty_puppet")
        stub = importlib.import_module("wechaty_grpc.wechaty")
        client = importlib.import_module("grpclib.client")
        config = importlib.import_module("grpclib.config")
        errors = importlib.import_module("grpclib.exceptions")
    quiet_loggers(before)
    return Sdk(
        puppet_service=service.PuppetService,
        puppet_options=puppet.PuppetOptions,
        puppet_stub=stub.PuppetStub,
        grpc_channel=client.Channel,
        grpc_configuration=config.Configuration,
        call_error=errors.GRPCError,
        # betterproto asserts that an answer came, which fails when the peer ends a call without one
        link_errors=(OSError, TimeoutError, errors.StreamTerminatedError, errors.ProtocolError, AssertionError),
    )


def prepare(cache: Path) -> None:
    """Make `import wechaty` possible: call it before any wechaty package is imported."""
    os.environ.setdefault("CACHE_DIR", str(cache))
    _restore_pyee_emitter()
    _restore_urllib3_get_host()
    _restore_telnetlib()
    _make_options_hashable()


def quiet_loggers(before: frozenset[str]) -> None:
    """Take back the loggers that now write to the console: they print message texts and tokens.

    `before` names those that did so already, which are left alone.
    """
    for name in _consoles() - before:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.ERROR)


def _consoles() -> frozenset[str]:
    loggers = logging.root.manager.loggerDict.items()
    return frozenset(
        name
        for name, logger in loggers
        if isinstance(logger, logging.Logger) and any(isinstance(h, logging.StreamHandler) for h in logger.handlers)
    )


def _restore_pyee_emitter() -> None:
    """Version 12 of pyee moved the emitter that wechaty imports from the top."""
    pyee = importlib.import_module("pyee")
    if "AsyncIOEventEmitter" not in vars(pyee):
        emitter = importlib.import_module("pyee.asyncio").AsyncIOEventEmitter
        pyee.AsyncIOEventEmitter = emitter  # type: ignore[attr-defined]


def _restore_urllib3_get_host() -> None:
    """Version 2 of urllib3 dropped `get_host`; wechaty uses it for link cards only."""
    urllib3 = importlib.import_module("urllib3")
    if not hasattr(urllib3, "get_host"):
        parse = importlib.import_module("urllib3.util").parse_url

        def get_host(url: str) -> tuple[str, str | None, int | None]:
            parts = parse(url)
            return parts.scheme or "http", parts.hostname, parts.port

        urllib3.get_host = get_host  # type: ignore[attr-defined]


def _restore_telnetlib() -> None:
    """Python 3.13 dropped telnetlib; wechaty only opens a connection with it to see whether a port answers."""
    if importlib.util.find_spec("telnetlib") is not None:
        return
    module = types.ModuleType("telnetlib")

    class Telnet:
        def open(self, host: str, port: int = 0, timeout: float = 3) -> None:
            socket.create_connection((host, port), timeout).close()

    module.Telnet = Telnet  # type: ignore[attr-defined]
    sys.modules["telnetlib"] = module


def _make_options_hashable() -> None:
    """Python 3.11 refuses an unhashable default in a dataclass, which WechatyOptions has."""
    options = importlib.import_module("wechaty_puppet.schemas.puppet").PuppetOptions
    if options.__hash__ is None:
        options.__hash__ = object.__hash__
