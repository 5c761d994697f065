"""Binds a tab's token to the browser that owns it, so that a stolen token is worthless.

Reflex keeps a tab's state under a token that the browser makes up and sends in the address of the socket. The guard
replaces it by an HMAC over that token and the session (or, for a visitor, over an HttpOnly cookie).
"""

import hashlib
import hmac
import re
import secrets
from uuid import UUID

from talento.services.cookies import cookie_in, visitor_cookie, visitor_in

# Reflex makes its tokens with any digit from 8 to f where a UUIDv4 has 8 to b
CLIENT_TOKEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89a-f][0-9a-f]{3}-[0-9a-f]{12}")
MONTH = 30 * 86400

__all__ = [
    "Binder",
    "cookie_in",
    "is_client_token",
    "new_visitor",
    "unnamed",
    "visitor_cookie",
    "visitor_in",
    "without",
]


class Binder:
    """Makes the effective tokens of this site."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"talento: tokens of tabs", "sha256")

    def bound(self, owner: str, token: str) -> str:
        """The token that Reflex sees; it looks like the UUIDv4 that Reflex expects. Source: RX-01."""
        digest = hmac.digest(self._key, f"{owner}\0{token}".encode(), "sha256")
        return str(UUID(bytes=digest[:16], version=4))


def is_client_token(text: str) -> bool:
    """Whether a browser could have made this token."""
    return CLIENT_TOKEN.fullmatch(text) is not None


def new_visitor(is_https: bool) -> str:
    """A `Set-Cookie` value that names a new visitor."""
    secure = "; Secure" if is_https else ""
    name, value = visitor_cookie(is_https), secrets.token_urlsafe(24)
    return f"{name}={value}; Path=/; Max-Age={MONTH}; HttpOnly; SameSite=Lax{secure}"


def without(cookies: str, *names: str) -> str:
    """The cookie header without some of its cookies."""
    kept = [part for part in cookies.split(";") if part.split("=")[0].strip() not in names]
    return ";".join(kept).strip()


def unnamed(address: str, agent: str) -> str:
    """Stands for a browser that keeps no cookies: the best that is known of it."""
    return "unnamed:" + hashlib.sha256(f"{address}\0{agent}".encode()).hexdigest()
