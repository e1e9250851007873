"""A port that cannot be had ends `gridbot run` at once, in one sentence that names the port and the setting."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.serving import AddressError

ROOT = Path(__file__).parents[3]
BASE64 = "a" * 43
APP = {f"GRIDBOT_CHANNELS__WECOM_APP__PAGER__{name}": value for name, value in
       (("SECRET", "s"), ("TOKEN", "t"), ("AES_KEY", BASE64))}  # fmt: skip
ONEBOT = {"GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN": "a-token-of-our-own"}


@pytest.fixture
def busy() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def run(folder: Path, text: str, *words: str, **environment: str) -> tuple[int, list[str]]:
    """Start the program in a folder with these settings; its exit status and what it says on the way."""
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")}
    command = [sys.executable, "-m", "bot.cli", "run", "--no-demo", *words]
    env = {**clean, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_busy_port_of_the_pages_is_named_with_both_ways_out(tmp_path: Path, busy: int) -> None:
    status, (said,) = run(tmp_path, f"web: {{port: {busy}}}")
    assert status == 3
    assert f"port {busy} on 127.0.0.1 is taken by another program" in said
    assert "web.port in config.yaml" in said
    assert "gridbot run --port" in said


def test_port_of_the_command_line_goes_before_the_file(tmp_path: Path, busy: int) -> None:
    status, (said,) = run(tmp_path, "web: {port: 1}", "--port", str(busy))
    assert (status, f"port {busy} " in said) == (3, True)


def test_busy_port_of_a_callback_names_the_accounts_setting(tmp_path: Path, busy: int) -> None:
    text = (
        f'web: {{port: 0}}\nchannels: {{wecom_app: {{pager: {{corp_id: c, agent_id: 1, listen: "127.0.0.1:{busy}"}}}}}}'
    )
    status, (said,) = run(tmp_path, text, **APP)
    assert status == 3
    assert f"port {busy} on 127.0.0.1 is taken" in said
    assert "channels.wecom_app.pager.listen in config.yaml" in said


def test_busy_port_of_a_reverse_websocket_names_the_accounts_setting(tmp_path: Path, busy: int) -> None:
    text = f'web: {{port: 0}}\nchannels: {{onebot: {{qq: {{listen: "127.0.0.1:{busy}"}}}}}}'
    status, (said,) = run(tmp_path, text, **ONEBOT)
    assert (status, "channels.onebot.qq.listen in config.yaml" in said) == (3, True)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("no-such-host.invalid", "there is no host called 'no-such-host.invalid'"),
        ("a..b", "there is no host called 'a..b'"),
        ("203.0.113.7", "203.0.113.7 is no address of this machine"),
    ],
)
def test_host_that_is_not_here_is_named(tmp_path: Path, host: str, told: str) -> None:
    status, (said,) = run(tmp_path, f"web: {{host: '{host}'}}")
    assert status == 2
    assert told in said
    assert "web.host" in said


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "８０８０"])
def test_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    status, said = run(tmp_path, "", f"--port={port}")
    assert (status, "is no port" in said[-1]) == (2, True)


def test_port_of_the_system_is_told_apart_from_a_busy_one() -> None:
    """Whoever runs the tests may be allowed to listen there, so the refusal is made up."""
    refused = AddressError("127.0.0.1", 80, "web.port", PermissionError(errno.EACCES, "Permission denied"))
    assert not refused.is_busy
    assert str(refused) == "port 80 on 127.0.0.1 is only for the system: choose one from 1024 on by web.port"
    taken = AddressError("127.0.0.1", 8080, "web.port", PermissionError(errno.EACCES, "Permission denied"))
    assert "Permission denied" in str(taken)
