"""An account that is only half set up keeps nobody from the books; `run` and what is about channels name it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
DAY = ROOT / "tests/data/day"
HALVES = {
    "no secret": ("channels: {wecom_bot: {desk: {bot_id: robot-1}}}", {}, "GRIDBOT_CHANNELS__WECOM_BOT__DESK__SECRET"),
    "nothing but the secret": (
        "",
        {"GRIDBOT_CHANNELS__WECOM_BOT__DESK__SECRET": "hush-hush"},
        "channels.wecom_bot.desk.bot_id: this must be set in config.yaml",
    ),
    "no endpoint": ("channels: {wechaty: {east: {}}}", {}, "channels.wechaty.east.endpoint"),
    "keys that are no JSON": (
        "channels: {wecom_webhook: {groups: {}}}",
        {"GRIDBOT_CHANNELS__WECOM_WEBHOOK__GROUPS__KEYS": "hush-hush"},
        "a variable that begins with GRIDBOT_CHANNELS is no JSON",
    ),
    "a misspelt setting": ("channels: {onebot: {qq: {lisen: x}}}", {}, "did you mean “listen”"),
    "a section that is none": ("channels: [wechaty]", {}, "channels: settings are expected below this"),
}


def gridbot(folder: Path, environment: dict[str, str], *words: str) -> tuple[int, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")}
    env = {**clean, "PYTHONPATH": str(ROOT), "COLUMNS": "300", **environment}
    command = [sys.executable, "-m", "bot.cli", *words]
    done = subprocess.run(command, cwd=folder, env=env, input="", capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", HALVES)
def test_half_an_account_is_named_by_what_is_about_channels(tmp_path: Path, name: str) -> None:
    text, environment, told = HALVES[name]
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    for words in (("run", "--no-demo"), ("check-config",), ("doctor",)):
        status, said = gridbot(tmp_path, environment, *words)
        assert (words, status) == (words, 1 if words == ("doctor",) else 2)
        assert told in said
        assert "hush" not in said
        assert "Traceback" not in said
    assert "ok       disk" in said  # doctor looks at everything else as well


@pytest.mark.parametrize("name", ["no secret", "nothing but the secret", "a section that is none"])
def test_half_an_account_keeps_nobody_from_the_books(tmp_path: Path, name: str) -> None:
    text, environment, _ = HALVES[name]
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    for words in (
        ("import", "roster", str(DAY / "roster.csv"), "--data", "D"),
        ("replay", str(DAY), "--data", "D2", "--until", "2026-07-03T07:45:00+08:00"),
        ("state", "--data", "D"),
        ("trace", "3-1-502", "--data", "D"),
        ("parse", "3-1-502 都好"),
        ("explain", "3-1-502 都好"),
    ):
        status, said = gridbot(tmp_path, environment, *words)
        assert (words[0], status) == (words[0], 0), said


def test_every_account_that_cannot_be_used_is_on_the_list(tmp_path: Path) -> None:
    text = "channels: {wecom_bot: {desk: {bot_id: r}}, onebot: {qq: {}}, wecom_app: {pager: {corp_id: c, agent_id: 1}}}"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    status, said = gridbot(tmp_path, {}, "run", "--no-demo")
    assert status == 2
    named = [line.removeprefix("gridbot run: ").split(":")[0] for line in said.splitlines()]
    assert named == ["channels.onebot.qq", "channels.wecom_bot.desk", "channels.wecom_app.pager"]
