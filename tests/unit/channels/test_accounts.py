"""Accounts come from the configuration, their secrets from the environment, their code only when they are named."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.config import Config, ConfigError, load
from bot.platforms import Surroundings, accounts, platforms

ROOT = Path(__file__).parents[3]
AES = "a" * 43
TOKENS = {
    "GRIDBOT_CHANNELS__WECHATY__EAST__TOKEN": "gateway-token",
    "GRIDBOT_CHANNELS__WECHATY__WEST__TOKEN": "1234567890123456789",
    "GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN": "a-token-of-our-own",
    "GRIDBOT_CHANNELS__WECOM_BOT__DESK__SECRET": "s",
    "GRIDBOT_CHANNELS__WECOM_WEBHOOK__GROUPS__KEYS": '{"G-Shop": "key-1", "g-work": "key-2"}',
    "GRIDBOT_CHANNELS__WECOM_APP__PAGER__SECRET": "s",
    "GRIDBOT_CHANNELS__WECOM_APP__PAGER__TOKEN": "t",
    "GRIDBOT_CHANNELS__WECOM_APP__PAGER__AES_KEY": AES,
}
EVERYTHING = """
channels:
  wechaty:
    east: {endpoint: "127.0.0.1:8788", since: 2026-10-01}
    west: {endpoint: "127.0.0.1:8789"}
    parked: {endpoint: "127.0.0.1:8788", enabled: false}
  onebot: {qq: {}}
  wecom_bot: {desk: {bot_id: robot}}
  wecom_webhook: {groups: {}}
  wecom_app: {pager: {corp_id: corp, agent_id: 7}}
"""


def loaded(folder: Path, text: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def built(config: Config, folder: Path) -> dict[str, object]:
    clock = SimulatedClock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
    return dict(platforms(config.channels, Surroundings(clock=clock, random=lambda: 0.5, cache=folder)))


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in TOKENS.items():
        monkeypatch.setenv(name, value)


def test_nothing_is_on_but_the_page(tmp_path: Path) -> None:
    assert list(accounts(loaded(tmp_path, "").channels)) == []
    assert list(accounts(load(ROOT / "config.yaml").channels)) == []


def test_every_account_becomes_a_channel_under_its_own_name(secrets: None, tmp_path: Path) -> None:
    channels = built(loaded(tmp_path, EVERYTHING), tmp_path)
    assert {name: channel.name for name, channel in channels.items()} == {  # type: ignore[attr-defined]
        name: name
        for name in (
            "wechaty:east",
            "wechaty:west",
            "onebot:qq",
            "wecom:desk",
            "wecom-webhook:groups",
            "wecom-app:pager",
        )
    }


def test_groups_of_a_webhook_keep_their_spelling(secrets: None, tmp_path: Path) -> None:
    robot = built(loaded(tmp_path, EVERYTHING), tmp_path)["wecom-webhook:groups"]
    assert robot.serves("G-Shop")  # type: ignore[attr-defined]
    assert not robot.serves("g-shop")  # type: ignore[attr-defined]


def test_account_without_its_secret_names_the_variable(tmp_path: Path) -> None:
    config = loaded(tmp_path, "channels: {onebot: {qq: {}}}")
    with pytest.raises(ConfigError, match="GRIDBOT_CHANNELS__ONEBOT__QQ__TOKEN"):
        built(config, tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('channels: {wechaty: {east: {endpoint: "h:1", token: abc}}}', "GRIDBOT_CHANNELS__WECHATY__EAST__TOKEN"),
        ("channels: {wecom_webhook: {g: {keys: {a: b}}}}", "GRIDBOT_CHANNELS__WECOM_WEBHOOK__G__KEYS"),
        ("channels: {wechatty: {}}", "did you mean “wechaty”"),
        ("channels: {onebot: {qq: {lisen: x}}}", "did you mean “listen”"),
        ("channels: {onebot: {Mein-QQ: {}}}", "small letters"),
        ("channels: {wechaty: {east: {}}}", "channels.wechaty.east.endpoint"),
        ('channels: {wechaty: {a: {endpoint: "h:1"}, b: {endpoint: "h:1"}}}', "two accounts use gateway h:1"),
        ("channels: {onebot: {a: {}, b: {}}}", "two accounts use address"),
        ('manners: {quiet: ["nachts"]}', "21:00-08:00"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_remedy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, text)
    assert told in str(refused.value)


def test_refusal_never_repeats_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDBOT_CHANNELS__WECOM_WEBHOOK__G__KEYS", "hush-hush")
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, "channels: {wecom_webhook: {g: {}}}")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('channels: {wechaty: {east: {endpoint: "gateway.example.com:8788"}}}', "not private"),
        ("channels: {onebot: {qq: {listen: 0.0.0.0:8095, allow_public: true}}}", "certificate"),
        ('channels: {wecom_bot: {desk: {bot_id: r, address: "ws://plain"}}}', "wss"),
        ('channels: {wecom_bot: {desk: {bot_id: r, tls_ca: "/nowhere.pem"}}}', "channels.wecom_bot.desk"),
    ],
)
def test_account_that_would_be_unsafe_is_refused_by_its_name(tmp_path: Path, text: str, told: str) -> None:
    environment = pytest.MonkeyPatch()
    for name, value in TOKENS.items():
        section = name.split("__")[1].lower()
        if section in text and "WEST" not in name:
            environment.setenv(name, value)
    try:
        with pytest.raises(ConfigError, match=told):
            built(loaded(tmp_path, text), tmp_path)
    finally:
        environment.undo()


def test_code_of_a_platform_is_not_loaded_before_it_is_needed() -> None:
    look = (
        "import sys, bot.app, bot.commands.channel; print([m for m in sys.modules if m.startswith('bot.channels.w')])"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['bot.channels.webchat']"
