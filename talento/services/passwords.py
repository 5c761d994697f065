"""Passwords: what is accepted, and how they are hashed and checked (`AU-01` to `AU-05`)."""

import base64
import hashlib
import hmac
import threading
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import bcrypt
from zxcvbn import zxcvbn

from talento.errors import Invalid, Unavailable
from talento.settings import settings

SHORTEST = 12
LONGEST_BYTES = 1_024
SCORE = 3
JUDGED = 72  # zxcvbn slows down on long texts; past this length they are strong anyway
AT_ONCE = 2
WAITING = 50

R = TypeVar("R")


def checked(password: str, about: Iterable[str] = (), *, field: str = "password") -> str:
    """The password, if it is long and unusual enough.

    Args:
        about: words an attacker would try first, such as the owner's names and address.

    Raises:
        Invalid: says what would be accepted.
    """
    if len(password.encode()) > LONGEST_BYTES:
        raise Invalid("This password is too long.", field=field)
    if len(password) < SHORTEST:
        raise Invalid("Use at least {count} characters; a short sentence works well.", field=field, count=SHORTEST)
    words = ["talento", *(word for text in about for word in (text, *text.replace("@", " ").split()) if word)]
    if zxcvbn(password[:JUDGED], user_inputs=words)["score"] < SCORE:
        raise Invalid("This password is easy to guess. Add a few unrelated words.", field=field)
    return password


def hashed(password: str) -> str:
    """What the database keeps. Waits its turn: only a few run at once."""
    return _in_turn(lambda: bcrypt.hashpw(_material(password), bcrypt.gensalt(settings().bcrypt_cost)).decode())


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the owner's. Costs the same when there is none to compare with."""
    right = _in_turn(lambda: bcrypt.checkpw(_material(password), (kept or _decoy()).encode()))
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with another cost than today's."""
    return not kept.startswith(f"$2b${settings().bcrypt_cost:02d}$")


def _material(password: str) -> bytes:
    """44 bytes without NUL whatever the password: bcrypt itself stops at 72 bytes."""
    pepper = hashlib.sha256(b"talento pepper" + settings().secret_key.encode()).digest()
    mixed = hmac.new(pepper, unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.b64encode(mixed.digest())


@lru_cache
def _decoy() -> str:
    return bcrypt.hashpw(b"nobody", bcrypt.gensalt(settings().bcrypt_cost)).decode()


_running = threading.Semaphore(AT_ONCE)
_places = threading.Semaphore(AT_ONCE + WAITING)


def _in_turn(job: Callable[[], R]) -> R:
    if not _places.acquire(blocking=False):
        raise Unavailable("Many people are signing in right now. Please try again in a moment.")
    try:
        with _running:
            return job()
    finally:
        _places.release()
