"""The accounts on chat platforms that an operator sets up: by platform, then by a name of the operator's choice.

Everything here is off until an account is named. What is `SecretStr` comes by the environment only.
"""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


def _plain(name: str) -> str:
    """Refuse a name that no environment variable could carry."""
    if not _NAME.fullmatch(name):
        raise ValueError("an account's name has small letters, digits and _ only, the first a letter")
    return name


AccountName = Annotated[str, AfterValidator(_plain)]


class Account(BaseModel):
    """What every account has. `since`: the day from which it was in use, which decides how much it may say."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    enabled: bool = True
    since: date | None = None

    @property
    def began(self) -> datetime | None:
        """The moment from which the account was in use; None where the operator does not say."""
        return datetime.combine(self.since, time(), UTC) if self.since else None


class WechatyAccount(Account):
    endpoint: str
    token: SecretStr = SecretStr("")
    allow_public: bool = False
    tls: bool = False
    tls_ca: Path | None = None
    tls_name: str | None = None
    take_over: bool = False


class OneBotAccount(Account):
    token: SecretStr = SecretStr("")
    listen: str = "127.0.0.1:8095"
    path: str = "/onebot/v11/ws"
    allow_public: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None


class WecomRobot(Account):
    bot_id: str
    secret: SecretStr = SecretStr("")
    name: str = ""
    address: str = "wss://openws.work.weixin.qq.com"
    tls_ca: Path | None = None


class WecomWebhook(Account):
    keys: dict[str, SecretStr] = Field(default_factory=dict)
    api: str = "https://qyapi.weixin.qq.com"
    tls_ca: Path | None = None


class WecomApp(Account):
    corp_id: str
    agent_id: int = Field(ge=1)
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aes_key: SecretStr = SecretStr("")
    groups: tuple[str, ...] = ()
    listen: str = "127.0.0.1:8096"
    path: str = "/wecom/callback"
    api: str = "https://qyapi.weixin.qq.com"
    tls_ca: Path | None = None


class Channels(BaseModel):
    """Every way in and out. The embedded page is on; platforms are on once one of their accounts is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    webchat: bool = True
    console: bool = False
    wechaty: dict[AccountName, WechatyAccount] = Field(default_factory=dict)
    onebot: dict[AccountName, OneBotAccount] = Field(default_factory=dict)
    wecom_bot: dict[AccountName, WecomRobot] = Field(default_factory=dict)
    wecom_webhook: dict[AccountName, WecomWebhook] = Field(default_factory=dict)
    wecom_app: dict[AccountName, WecomApp] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _nothing_twice(self) -> "Channels":
        """Refuse two accounts on one gateway, robot or address: they would drive each other out."""
        taken = [
            *(f"gateway {a.endpoint}" for a in self.wechaty.values() if a.enabled),
            *(f"address {a.listen}" for a in self.onebot.values() if a.enabled),
            *(f"robot {a.bot_id}" for a in self.wecom_bot.values() if a.enabled),
            *(f"address {a.listen}{a.path}" for a in self.wecom_app.values() if a.enabled),
        ]
        twice = sorted({one for one in taken if taken.count(one) > 1})
        if twice:
            raise ValueError(f"two accounts use {', '.join(twice)}; give each its own, or set enabled: false for one")
        return self
