"""Where a gateway may live."""

import pytest

from bot.channels.endpoints import Endpoint, EndpointError, private_endpoint


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1:18788",
        "localhost:1",
        "gateway:18788",
        "10.3.2.1:18788",
        "172.16.0.9:1",
        "172.31.255.255:1",
        "192.168.1.20:1",
        "100.64.0.1:1",
        "[::1]:18788",
        "[fd00::7]:1",
        "nas.local:1",
        "puppet.internal:1",
    ],
)
def test_private_addresses_are_accepted(text: str) -> None:
    assert str(private_endpoint(text, allow_public=False)) == text


@pytest.mark.parametrize(
    "text",
    [
        "8.8.8.8:1",
        "172.32.0.1:1",
        "192.169.0.1:1",
        "0.0.0.0:1",
        "gateway.example.com:443",
        "[2001:db8::1]:1",
        "169.254.169.254:80",
    ],
)
def test_public_addresses_need_permission(text: str) -> None:
    with pytest.raises(EndpointError):
        private_endpoint(text, allow_public=False)
    assert str(private_endpoint(text, allow_public=True)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        ":18788",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "http://a:1/x:2",
        "a b:1",
        "u@h:1",
        "h:１",
    ],
)
def test_anything_else_is_no_endpoint(text: str) -> None:
    with pytest.raises(EndpointError):
        Endpoint.parse(text)
