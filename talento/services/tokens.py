"""Random secrets for cookies and links: the owner holds the token, the database its hash."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What the database keeps of a token (64 hexadecimal digits)."""
    return hashlib.sha256(token.encode()).hexdigest()
