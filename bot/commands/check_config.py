"""`gridbot check-config`: says whether the settings can be used, and if not, which one and what to do."""

import argparse

from bot.commands.opening import config_argument, configuration


def arguments(parser: argparse.ArgumentParser) -> None:
    config_argument(parser)


def run(options: argparse.Namespace) -> int:
    config = configuration(options)
    print(f"the configuration is fine: data in {config.data}, page on {config.web.host}:{config.web.port}")  # noqa: T201
    return 0
