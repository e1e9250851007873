"""Reads config.yaml and the environment into one checked value and composes the packages' own settings.

The environment (`GRIDBOT_…`, `__` between levels) wins over the file. An unknown key is refused with its path and the
nearest known one. Secrets come by environment or key file only; a secret in the file is refused.
"""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.config_channels import Channels
from bot.config_problems import misplaced, problem, unreadable
from bot.quiet import QuietHours, QuietSpan
from domain.slots import Timetable, parse_time

_HOST = re.compile(r"[\w.:-]+")


class ConfigError(Exception):
    """The configuration cannot be used; each line of the message names a setting and what to do."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_MINUTES_A_DAY = 24 * 60


def _clock(value: Any) -> Any:
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if not 0 <= value < _MINUTES_A_DAY:
        raise ValueError("this is no time of the day; write it like 08:00")
    return time(value // 60, value % 60)  # YAML 1.1 reads 17:00 as sixty times seventeen


class Community(_Section):
    name: str = "海达社区"
    operator: str = ""


class TimesOfChat(_Section):
    morning: time | None = None
    evening: time | None = None

    @field_validator("morning", "evening", mode="before")
    @classmethod
    def _time_of_day(cls, value: Any) -> Any:
        return _clock(value)


class Schedule(_Section):
    morning: time = time(8)
    evening: time = time(17)
    second_call_after_minutes: int = Field(120, ge=10, le=600)
    cutoff: time = time(15)
    summary: time = time(20, 30)
    grace_minutes: int = Field(60, ge=1, le=600)
    per_chat: dict[str, TimesOfChat] = Field(default_factory=dict)

    @field_validator("morning", "evening", "cutoff", "summary", mode="before")
    @classmethod
    def _time_of_day(cls, value: Any) -> Any:
        return _clock(value)


class Web(_Section):
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65_535)
    public_url: str = ""
    keep_messages_days: int = Field(30, ge=1, le=365)

    @field_validator("public_url")
    @classmethod
    def _bare_address(cls, value: str) -> str:
        return _address(value) if value else value


def _address(text: str) -> str:
    """Return the scheme and host of an address in a form to which a path can be added. Raises ValueError."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host) or port == 0:
        raise ValueError("this is no address of a page; write it like https://gl.example.cn")
    if "@" in parts.netloc:
        raise ValueError("an address for residents holds no name and password; write it like https://gl.example.cn")
    if parts.path not in ("", "/") or "?" in text or "#" in text:
        raise ValueError("the pages stand at the top of their address: leave out what follows the host and the port")
    return f"{parts.scheme}://{parts.netloc}"


class Privacy(_Section):
    raw_text_days: int = Field(7, ge=1, le=30)
    health_days: int = Field(14, ge=1, le=60)
    orders_days: int = Field(30, ge=1, le=365)


class MannersSection(_Section):
    per_minute: int = Field(6, ge=1, le=60)
    per_hour: int = Field(60, ge=1, le=1_000)
    per_day: int = Field(300, ge=1, le=10_000)
    unsolicited_per_day: int = Field(4, ge=0, le=20)
    group_gap_seconds: int = Field(20, ge=0, le=600)
    per_group_hour: int = Field(6, ge=1, le=60)
    gap_seconds_from: int = Field(3, ge=0, le=600)
    gap_seconds_to: int = Field(12, ge=0, le=600)
    same_text_groups: int = Field(10, ge=1, le=1_000)
    stop_hours: int = Field(12, ge=1, le=168)
    quiet: tuple[str, ...] = ("21:00-08:00", "12:00-14:00")

    @field_validator("quiet")
    @classmethod
    def _spans(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for span in value:
            _quiet_span(span)
        return value

    @property
    def quiet_hours(self) -> QuietHours:
        return QuietHours(tuple(_quiet_span(span) for span in self.quiet))


def _quiet_span(text: str) -> QuietSpan:
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"“{text}” is no stretch of the day; write it like 21:00-08:00")
    return QuietSpan(parse_time(start.strip()), parse_time(end.strip()))


class Config(BaseSettings):
    """Everything an operator can set; see config.yaml, where each setting is explained."""

    model_config = SettingsConfigDict(
        env_prefix="GRIDBOT_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
        hide_input_in_errors=True,
    )
    data: Path = Path("data")
    community: Community = Community()
    schedule: Schedule = Schedule()
    web: Web = Web()
    channels: Channels = Channels()
    privacy: Privacy = Privacy()
    manners: MannersSection = MannersSection()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library names the parameters
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    @property
    def timetable(self) -> Timetable:
        s = self.schedule
        return Timetable(s.morning, s.evening, s.cutoff, timedelta(minutes=s.second_call_after_minutes), s.summary)


class _Mute(Config):
    """The settings for whoever speaks on no channel: what is wrong with an account is no matter of theirs."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        if isinstance(env_settings, EnvSettingsSource):
            named = env_settings.env_vars.items()
            env_settings.env_vars = {n: value for n, value in named if not n.lower().startswith("gridbot_channels")}
        return env_settings, init_settings


def load(path: Path | None, *, channels: bool = True) -> Config:
    """Return the checked configuration of a file (None: defaults and environment). Raises ConfigError.

    Without `channels` nothing of that section is looked at: a half-finished account must not keep the books shut.
    """
    values = _read_yaml(path) if path else {}
    if not channels:
        values.pop("channels", None)
    problems = misplaced(values, Config, ())
    if problems:
        raise ConfigError("\n".join(problems))
    try:
        return Config(**values) if channels else _Mute(**values)
    except ValidationError as error:
        raise ConfigError("\n".join(problem(e) for e in error.errors())) from None
    except SettingsError as error:
        raise ConfigError(unreadable(str(error))) from None


def find(named: str | None) -> Path | None:
    """Return the file to read: the one named, else config.yaml in this folder, else none. Raises ConfigError."""
    if named is not None and not Path(named).is_file():
        raise ConfigError(f"{named}: there is no such file; name one with --config, or leave it out for the defaults")
    here = Path("config.yaml")
    return Path(named) if named else here if here.is_file() else None


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        what = getattr(error, "problem", None) or "it does not parse"
        raise ConfigError(
            f"{path}{where}: this is no valid YAML ({what}); check the indentation and the quotes"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); it must be a UTF-8 text file") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: expected settings like “web:”, found {type(values).__name__}")
    return values
