"""Who is really calling: the address, scheme and host of a request, believing only the proxies we trust."""

from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.types import Scope

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Network:
    """The site's own origins and the proxies in front of it."""

    origins: tuple[str, ...]
    trusted_proxies: str = ""

    @cached_property
    def _trusted(self) -> tuple:
        return tuple(ip_network(text.strip(), strict=False) for text in self.trusted_proxies.split(",") if text.strip())

    @cached_property
    def _hosts(self) -> frozenset[str]:
        return frozenset(_netloc(origin) for origin in self.origins)

    def resolved(self, scope: Scope) -> Scope:
        """The scope as the visitor sent it: `X-Forwarded-*` counts only from a trusted proxy. Source: AU-09."""
        peer = scope.get("client") or ("", 0)
        if not self._trusts(peer[0]):
            return dict(scope)
        return dict(scope) | {
            "client": (self._visitor(header(scope, b"x-forwarded-for"), peer[0]), 0),
            "scheme": _scheme(scope, header(scope, b"x-forwarded-proto")),
        }

    def _visitor(self, forwarded: str, peer: str) -> str:
        """The nearest address that is not one of our proxies: everything left of it is hearsay."""
        for address in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not _is_address(address):
                return peer
            peer = address
            if not self._trusts(address):
                break
        return peer

    def _trusts(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._trusted)

    def is_own_host(self, scope: Scope) -> bool:
        """Whether the request is addressed to this site by one of its names."""
        host = header(scope, b"host")
        return _netloc(f"{_http_scheme(scope)}://{host}") in self._hosts

    def is_own_origin(self, origin: str) -> bool:
        """Whether a page of this site speaks. `null`, sub-domains and other ports are foreign."""
        return origin in self.origins

    def is_local(self, scope: Scope) -> bool:
        """Whether the call comes from this machine and passed no proxy."""
        address = (scope.get("client") or ("",))[0]
        return _is_address(address) and ip_address(address).is_loopback and not header(scope, b"x-forwarded-for")


def header(scope: Scope, name: bytes) -> str:
    """A header's value, several joined as HTTP says; empty when absent."""
    glue = "; " if name == b"cookie" else ", "
    return glue.join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def neighbourhood(address: str) -> str:
    """What counts as one visitor for a cap: an IPv4 address, or the /64 that one IPv6 customer holds."""
    if not _is_address(address) or ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _netloc(url: str) -> str:
    """Host and port in lower case, the scheme's own port left out; empty for what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    return host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def _http_scheme(scope: Scope) -> str:
    scheme = str(scope.get("scheme", "http"))
    return scheme.replace("ws", "http", 1) if scheme in ("ws", "wss") else scheme


def _scheme(scope: Scope, forwarded: str) -> str:
    """The visitor's scheme in the words of this scope (`wss` for a websocket over https)."""
    chosen = forwarded.split(",")[-1].strip().lower()
    if chosen not in ("http", "https"):
        return scope.get("scheme", "http")
    return chosen.replace("http", "ws") if scope["type"] == "websocket" else chosen
