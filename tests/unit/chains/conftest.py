import pytest

from tests.unit.chains.acting import Chain


@pytest.fixture
def chain() -> Chain:
    chain = Chain()
    chain.say("wx501", "501 阿兰 1份")
    return chain
