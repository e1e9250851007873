"""Fixtures that every test may use."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.world import World

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("default")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A small community with a clock that stands at 07:00 of the test day."""
    community = World(tmp_path)
    yield community
    community.close()
