"""What every channel to a real platform promises: name, limit, no private message to strangers, a self-check."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.channels.base import Channel, ChecksItself, NamesChats, OutgoingMessage, SendError
from bot.channels.onebot import OneBotChannel, OneBotSettings
from bot.channels.wechaty_puppet import WechatyChannel, WechatySettings
from bot.channels.wecom_bot import WecomBotChannel, WecomBotSettings
from bot.channels.wecom_callback import WecomAppChannel, WecomAppSettings
from bot.channels.wecom_webhook import WecomWebhookChannel, WecomWebhookSettings
from bot.clock import SimulatedClock

CLOCK = SimulatedClock(datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
KEY = base64.b64encode(bytes(32)).decode()[:43]


def channels(folder: Path) -> dict[str, Channel]:
    random = Random(1).random
    return {
        "wechaty": WechatyChannel(WechatySettings(endpoint="localhost:1", token="t", cache=folder), CLOCK, random),
        "wecom": WecomBotChannel(WecomBotSettings(bot_id="b", secret="s"), CLOCK, random),
        "wecom-webhook": WecomWebhookChannel(WecomWebhookSettings(keys={"g": "k"}), CLOCK),
        "wecom-app": WecomAppChannel(
            WecomAppSettings(corp_id="c", agent_id=1, secret="s", token="t", aes_key=KEY), CLOCK
        ),
        "onebot": OneBotChannel(OneBotSettings(token="a-token-of-our-own"), CLOCK, random),
    }


NAMES = ("wechaty", "wecom", "wecom-webhook", "wecom-app", "onebot")


@pytest.mark.parametrize("name", NAMES)
def test_channel_is_stored_under_its_own_name_and_can_be_tried(tmp_path: Path, name: str) -> None:
    channel = channels(tmp_path)[name]
    assert channel.name == name
    assert isinstance(channel, ChecksItself)
    assert channel.limit.max_bytes >= 2_000


@pytest.mark.parametrize("name", ["wechaty", "wecom", "wecom-webhook", "onebot"])
def test_stranger_is_not_written_to_in_private(tmp_path: Path, name: str) -> None:
    assert not channels(tmp_path)[name].can_dm("stranger")


@pytest.mark.parametrize("name", ["wechaty", "onebot"])
def test_channels_into_ordinary_groups_tell_what_a_group_is_called(tmp_path: Path, name: str) -> None:
    assert isinstance(channels(tmp_path)[name], NamesChats)


@pytest.mark.parametrize("name", NAMES)
async def test_message_without_addressee_is_refused_for_good(tmp_path: Path, name: str) -> None:
    with pytest.raises(SendError) as refused:
        await channels(tmp_path)[name].send(OutgoingMessage(text="好"))
    assert not refused.value.retryable
