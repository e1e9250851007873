"""Imports every table, so that the metadata is whole for migrations."""

from models import (
    chains,
    disputes,
    facts,
    forwards,
    gaps,
    incidents,
    jobs,
    lanes,
    log,
    outbox,
    phones,
    roster,
    rounds,
    settings,
    voices,
    webchat,
)
from models.base import metadata

__all__ = [
    "chains",
    "disputes",
    "facts",
    "forwards",
    "gaps",
    "incidents",
    "jobs",
    "lanes",
    "log",
    "metadata",
    "outbox",
    "phones",
    "roster",
    "rounds",
    "settings",
    "voices",
    "webchat",
]
