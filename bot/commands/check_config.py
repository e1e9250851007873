"""`gridbot check-config`: says whether the settings can be used, and if not, which one and what to do."""

import argparse
import random
import tempfile
from pathlib import Path

from bot.cli import Stop
from bot.clock import SystemClock
from bot.commands.opening import config_argument, configuration
from bot.config import Config, ConfigError
from bot.platforms import Surroundings, usable


def arguments(parser: argparse.ArgumentParser) -> None:
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options, channels=True)
    try:
        on = channels_of(config)
    except ConfigError as error:
        raise Stop(str(error)) from None
    page = f"data in {config.data}, page on {config.web.host}:{config.web.port}"
    page += f" (residents: {config.web.public_url})" if config.web.public_url else ""
    print(f"the configuration is fine: {page}; channels: {', '.join(on) or 'none'}")  # noqa: T201
    return 0


def channels_of(config: Config) -> list[str]:
    """Return the names of all channels that are on, each platform's built once to see that it can be used.

    Raises ConfigError. Nothing is connected to.
    """
    on, problems = tried(config)
    if problems:
        raise ConfigError("\n".join(problems))
    return on


def tried(config: Config) -> tuple[list[str], list[str]]:
    """Return the names of the channels that are on and can be used, and what is wrong with the others."""
    with tempfile.TemporaryDirectory(prefix="gridbot-") as cache:
        given = Surroundings(clock=SystemClock(), random=random.random, cache=Path(cache))
        built, problems = usable(config.channels, given)
    own = [name for name in ("webchat", "console") if getattr(config.channels, name)]
    return [*own, *built], problems
