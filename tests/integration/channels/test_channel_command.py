"""`gridbot channel`, `check-config` and `doctor` tell an operator what is set up, what works and what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TOKEN = {"GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN": "a-token-of-our-own"}


@pytest.fixture
def port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def gridbot(folder: Path, text: str, *words: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")}
    command = [sys.executable, "-m", "bot.cli", *words]
    env = {**clean, "PYTHONPATH": str(ROOT), "COLUMNS": "300", **(environment or {})}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_list_names_every_account_and_the_variables_it_needs(tmp_path: Path) -> None:
    status, said = gridbot(tmp_path, "channels: {onebot: {qq: {}}, wecom_app: {pager: {corp_id: c, agent_id: 1}}}",
                           "channel", "list", environment=TOKEN)  # fmt: skip
    assert status == 1
    assert "onebot:qq: on, unofficial: the account may be banned" in said
    assert "GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN is set" in said
    assert "wecom-app:pager: on, official" in said
    assert "GRIDBOT_CHANNELS__WECOM_APP__PAGER__AES_KEY IS MISSING" in said


def test_test_says_what_works_and_what_comes_next(tmp_path: Path, port: int) -> None:
    text = f'channels: {{onebot: {{qq: {{listen: "127.0.0.1:{port}"}}}}}}'
    status, said = gridbot(tmp_path, text, "channel", "test", "onebot", environment=TOKEN)
    assert status == 0
    assert [line.split()[:2] for line in said.splitlines()[1:3]] == [["ok", "settings:"], ["ok", "address:"]]
    assert "next: gridbot run" in said


def test_test_says_what_to_do_about_what_fails(tmp_path: Path, port: int) -> None:
    text = f'channels: {{wechaty: {{east: {{endpoint: "127.0.0.1:{port}"}}}}}}'
    secret = {"GRIDBOT_CHANNELS__WECHATY__EAST__TOKEN": "hush-hush"}
    status, said = gridbot(tmp_path, text, "channel", "test", "wechaty:east", environment=secret)
    assert status == 1
    assert "FAILED   connection and token" in said
    assert "is the gateway running" in said
    assert "hush-hush" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("channel", "test"), "which one?"),
        (("channel", "test", "telegram"), "no such account is set up"),
        (("channel", "test", "onebot"), "which of them?"),
        (("channel", "test", "onebot:qq"), "set the environment variable GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN"),
        (("check-config",), "set the environment variable GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN"),
        (("doctor",), "gridbot channel list names every variable"),
        (("run",), "set the environment variable GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN"),
    ],
)
def test_what_cannot_run_is_refused_in_words(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    text = 'channels: {onebot: {qq: {}, other: {listen: "127.0.0.1:9"}}}'
    status, said = gridbot(tmp_path, text, *words)
    assert status != 0
    assert told in said
    assert "Traceback" not in said


def test_good_settings_are_called_fine_and_the_channels_named(tmp_path: Path) -> None:
    status, said = gridbot(tmp_path, "channels: {onebot: {qq: {}}}", "check-config", environment=TOKEN)
    assert status == 0
    assert "channels: webchat, onebot:qq" in said
