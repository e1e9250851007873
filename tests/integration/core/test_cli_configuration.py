"""Settings that are wrong are named with their path and the remedy, wherever they stand."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.config import Config, load
from tests.integration.core.command_line import ROOT, fails

CONFIGS = {
    "unknown section": ("wbe:\n  port: 1", "wbe", "web"),
    "unknown key": ("web:\n  prot: 1", "web.prot", "port"),
    "wrong type": ("web:\n  port: eighty", "web.port", "eighty"),
    "out of range": ("web:\n  port: 99999", "web.port", "65535"),
    "section that is a list": ("web: [1]", "web", ""),
    "section that is a text": ("schedule: morgens", "schedule", ""),
    "no time": ("schedule:\n  morning: '25:00'", "schedule.morning", "08:00"),
    "time that is yes": ("schedule:\n  morning: yes", "schedule.morning", ""),
    "time beyond the day": ("schedule:\n  morning: 99:00", "schedule.morning", ""),
    "unknown time of a chat": ("schedule:\n  per_chat:\n    g-1: {noon: '12:00'}", "per_chat.g-1", "noon"),
    "times of a chat as a list": ("schedule:\n  per_chat:\n    g-1: ['12:00']", "per_chat", ""),
    "not even settings": ("- a\n- b", "expected settings", ""),
    "a text": ("just words", "expected settings", ""),
    "tabs": ("web:\n\tport: 1", "line 2", "indentation"),
    "address with a path": ("web: {public_url: 'https://gl.example.cn/pages'}", "web.public_url", "leave out"),
    "address with a query": ("web: {public_url: 'https://gl.example.cn?a=1'}", "web.public_url", "leave out"),
    "address with a name": (
        "web: {public_url: 'https://me:pw@gl.example.cn'}",
        "web.public_url",
        "https://gl.example.cn",
    ),
    "address of no page": ("web: {public_url: 'ftp://gl.example.cn'}", "web.public_url", "https://gl.example.cn"),
    "address without a scheme": ("web: {public_url: gl.example.cn}", "web.public_url", "https://gl.example.cn"),
    "address without a host": ("web: {public_url: 'https://'}", "web.public_url", "https://gl.example.cn"),
    "object of python": ("data: !!python/object/apply:os.system ['true']", "no valid YAML", ""),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_bad_setting_is_named_with_path_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text, path, remedy = CONFIGS[name]
    (tmp_path / "config.yaml").write_text(text + "\n", encoding="utf-8")
    status, told = fails(capsys, "check-config", "--config", str(tmp_path / "config.yaml"))
    assert status == 2
    assert path in told
    assert remedy in told


def test_environment_wins_over_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text("web: {port: 9001, host: 127.0.0.2}\n", encoding="utf-8")
    monkeypatch.setenv("GRIDBOT_WEB__PORT", "9002")
    with pytest.raises(SystemExit) as ended:
        main(["check-config", "--config", str(tmp_path / "config.yaml")])
    assert ended.value.code == 0
    assert "127.0.0.2:9002" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "value"), [("GRIDBOT_WEB__PORT", "eighty"), ("GRIDBOT_WEB", "no json")])
def test_bad_environment_is_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    status, told = fails(capsys, "check-config")
    assert (status, "web" in told.lower()) == (2, True)


def test_file_of_the_project_runs_as_it_stands_and_holds_the_defaults() -> None:
    assert load(ROOT / "config.yaml") == Config()
