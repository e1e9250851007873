"""Imports every table, so that the metadata is whole for migrations."""

from models import (
    chains,
    facts,
    forwards,
    gaps,
    incidents,
    jobs,
    lanes,
    log,
    outbox,
    roster,
    rounds,
    settings,
    voices,
    webchat,
)

__all__ = [
    "chains",
    "facts",
    "forwards",
    "gaps",
    "incidents",
    "jobs",
    "lanes",
    "log",
    "outbox",
    "roster",
    "rounds",
    "settings",
    "voices",
    "webchat",
]
