"""Where a gateway may live: an explicit address, on this machine or in a private network unless allowed otherwise."""

import ssl
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

_PRIVATE = tuple(
    ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",  # carrier and overlay networks such as Tailscale
        "::1/128",
        "fc00::/7",
    )
)
_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


class EndpointError(ValueError):
    """The address of a gateway is missing, unreadable, or open to the world without being allowed to be."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Host and port of a gateway."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Endpoint":
        """Read `host:port` or `[v6]:port`; raises EndpointError for anything else."""
        host, colon, port = text.strip().rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not (colon and host and port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
            raise EndpointError(f"an endpoint is written host:port, not {text!r}")
        if "/" in host or "@" in host or any(letter.isspace() for letter in host):
            raise EndpointError(f"{host!r} is no host name")
        return cls(host.lower(), int(port))

    @property
    def is_private(self) -> bool:
        """Say whether only this machine or a private network reaches it. Names with dots are taken for public ones."""
        try:
            address = ip_address(self.host)
        except ValueError:
            return "." not in self.host or self.host.endswith(_PRIVATE_SUFFIXES)
        return any(address in network for network in _PRIVATE)

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def private_endpoint(text: str, allow_public: bool) -> Endpoint:
    """The endpoint in `text`; one open to the world is refused unless `allow_public`: its traffic is people's talk."""
    endpoint = Endpoint.parse(text)
    if not endpoint.is_private and not allow_public:
        raise EndpointError(f"{endpoint} is not private; a gateway belongs on loopback or a private network")
    return endpoint


def client_tls(authority: Path | None, protocols: tuple[str, ...] = ()) -> ssl.SSLContext:
    """A verifying client context that trusts `authority` (a PEM file), or the system's authorities where it is None."""
    context = ssl.create_default_context(cafile=str(authority) if authority else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context
