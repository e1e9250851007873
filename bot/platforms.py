"""Builds the channels of the accounts that the operator has set up; a platform's code is imported only for these."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.channels.base import Channel
from bot.clock import Clock
from bot.config import ConfigError
from bot.config_channels import (
    Account,
    Channels,
    OneBotAccount,
    WechatyAccount,
    WecomApp,
    WecomRobot,
    WecomWebhook,
)
from bot.names import kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What channels are given besides their settings.

    `may_invite`: whose invitations into groups are accepted. `partners`: who has written in private on a channel.
    """

    clock: Clock
    random: Callable[[], float]
    cache: Path
    may_invite: Callable[[str], bool] = lambda _: False
    partners: Callable[[str], Iterable[str]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class Named:
    """One account of the configuration: its channel's name ("wechaty:east") and where it is set up."""

    name: str
    section: str
    account: Account

    @property
    def kind(self) -> str:
        """The platform: what stands before the colon of the channel's name."""
        return kind_of(self.name)

    def variable(self, setting: str) -> str:
        """The environment variable that holds a secret of this account."""
        return f"GRIDBOT_{self.section}.{setting}".replace(".", "__").upper()

    @property
    def secrets(self) -> Mapping[str, bool]:
        """The environment variables this account needs, and whether each is set."""
        fields = type(self.account).model_fields.items()
        return {self.variable(key): bool(_bare(getattr(self.account, key))) for key, f in fields if _is_secret(f)}


def accounts(channels: Channels) -> Iterator[Named]:
    """Yield every account that is set up and not switched off."""
    for section in _BUILDERS:
        found: Mapping[str, Account] = getattr(channels, section)
        for name, account in found.items():
            if account.enabled:
                yield Named(f"{_KINDS[section]}:{name}", f"channels.{section}.{name}", account)


def setting_of(channel: str) -> str:
    """Return where in config.yaml the account of a channel is set up ("channels.wecom_app.pager")."""
    kind, _, name = channel.partition(":")
    section = next((section for section, known in _KINDS.items() if known == kind), kind)
    return f"channels.{section}.{name}" if name else f"channels.{section}"


def platforms(channels: Channels, given: Surroundings) -> dict[str, Channel]:
    """Return the channel of each account by its name. Raises ConfigError with every account that cannot be used."""
    built, problems = usable(channels, given)
    if problems:
        raise ConfigError("\n".join(problems))
    return built


def usable(channels: Channels, given: Surroundings) -> tuple[dict[str, Channel], list[str]]:
    """Return the channels of the accounts that can be used, and of each other account what is wrong with it."""
    built, problems = {}, []
    for named in accounts(channels):
        try:
            built[named.name] = build(named, given)
        except ConfigError as error:
            problems.append(str(error))
    return built, problems


def build(named: Named, given: Surroundings) -> Channel:
    """Return the channel of one account; it connects nowhere before it runs. Raises ConfigError."""
    missing = [variable for variable, is_set in named.secrets.items() if not is_set]
    if missing:
        raise ConfigError(f"{named.section}: set the environment variable {', '.join(missing)}")
    try:
        return _BUILDERS[named.section.split(".")[1]](named, given)
    except (ValueError, OSError) as error:
        raise ConfigError(f"{named.section}: {error}") from None


def _wechaty(named: Named, given: Surroundings) -> Channel:
    from bot.channels.wechaty_puppet import WechatyChannel, WechatySettings

    account = named.account
    assert isinstance(account, WechatyAccount)  # noqa: S101 - its section holds nothing else
    settings = WechatySettings(
        endpoint=account.endpoint,
        token=account.token.get_secret_value(),
        cache=given.cache,
        channel=named.name,
        allow_public=account.allow_public,
        tls=account.tls,
        tls_ca=account.tls_ca,
        tls_name=account.tls_name,
        take_over=account.take_over,
    )
    return WechatyChannel(settings, given.clock, given.random, given.may_invite)


def _onebot(named: Named, given: Surroundings) -> Channel:
    from bot.channels.onebot import OneBotChannel, OneBotSettings

    account = named.account
    assert isinstance(account, OneBotAccount)  # noqa: S101
    settings = OneBotSettings(
        token=account.token.get_secret_value(),
        channel=named.name,
        listen=account.listen,
        path=account.path,
        allow_public=account.allow_public,
        tls_certificate=account.tls_certificate,
        tls_key=account.tls_key,
    )
    return OneBotChannel(settings, given.clock, given.random, given.may_invite)


def _wecom_bot(named: Named, given: Surroundings) -> Channel:
    from bot.channels.wecom_bot import WecomBotChannel, WecomBotSettings

    account = named.account
    assert isinstance(account, WecomRobot)  # noqa: S101
    settings = WecomBotSettings(
        bot_id=account.bot_id,
        secret=account.secret.get_secret_value(),
        channel=named.name,
        name=account.name,
        address=account.address,
        tls_ca=account.tls_ca,
    )
    return WecomBotChannel(settings, given.clock, given.random, given.partners(named.name))


def _wecom_webhook(named: Named, given: Surroundings) -> Channel:
    from bot.channels.wecom_webhook import WecomWebhookChannel, WecomWebhookSettings

    account = named.account
    assert isinstance(account, WecomWebhook)  # noqa: S101
    keys = {chat: key.get_secret_value() for chat, key in account.keys.items()}
    settings = WecomWebhookSettings(keys=keys, channel=named.name, api=account.api, tls_ca=account.tls_ca)
    return WecomWebhookChannel(settings, given.clock)


def _wecom_app(named: Named, given: Surroundings) -> Channel:
    from bot.channels.wecom_callback import WecomAppChannel, WecomAppSettings

    account = named.account
    assert isinstance(account, WecomApp)  # noqa: S101
    settings = WecomAppSettings(
        corp_id=account.corp_id,
        agent_id=account.agent_id,
        secret=account.secret.get_secret_value(),
        token=account.token.get_secret_value(),
        aes_key=account.aes_key.get_secret_value(),
        channel=named.name,
        groups=frozenset(account.groups),
        listen=account.listen,
        path=account.path,
        api=account.api,
        tls_ca=account.tls_ca,
    )
    return WecomAppChannel(settings, given.clock)


def _is_secret(field: object) -> bool:
    return "SecretStr" in repr(getattr(field, "annotation", None))


def _bare(value: SecretStr | Mapping[str, SecretStr]) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return bool(value) and all(one.get_secret_value() for one in value.values())


_KINDS = {
    "wechaty": "wechaty",
    "onebot": "onebot",
    "wecom_bot": "wecom",
    "wecom_webhook": "wecom-webhook",
    "wecom_app": "wecom-app",
}
_BUILDERS: Mapping[str, Callable[[Named, Surroundings], Channel]] = {
    "wechaty": _wechaty,
    "onebot": _onebot,
    "wecom_bot": _wecom_bot,
    "wecom_webhook": _wecom_webhook,
    "wecom_app": _wecom_app,
}
