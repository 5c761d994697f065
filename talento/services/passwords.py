"""Passwords: what is accepted, and how they are hashed and checked (`AU-01` to `AU-05`)."""

import base64
import hashlib
import hmac
import os
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial

import bcrypt
from zxcvbn import zxcvbn

from talento import clock
from talento.errors import Invalid
from talento.services.turns import AT_ONCE, Lane, turns
from talento.settings import settings

SHORTEST = 12
LONGEST_BYTES = 1_024
SCORE = 3
JUDGED = 72  # zxcvbn slows down on long texts; past this length they are strong anyway


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
    with turns.place(Lane.NEW), turns.turn(Lane.NEW):
        return bcrypt.hashpw(_material(password), bcrypt.gensalt(settings().bcrypt_cost)).decode()


def matches(
    password: str, kept: str | None, *, lane: Lane = Lane.NEW, is_pointless: Callable[[], bool] = lambda: False
) -> bool:
    """Whether the password is the owner's. Takes as long when there is none to compare with.

    Args:
        lane: who goes first when several wait.
        is_pointless: asked when the turn has come; when it is, nothing is compared and only the time passes.
    """
    with turns.place(lane):
        with turns.turn(lane):
            is_over = is_pointless()
            is_right = not is_over and _compared(password, kept or _decoy(), lane)
            if lane is Lane.WARY and not is_over:
                time.sleep(_took[lane])  # guessing takes half a core at most
        if is_over:
            time.sleep((_took[lane] or max(_took.values())) * (2 if lane is Lane.WARY else 1))
    return is_right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with another cost than today's."""
    return not kept.startswith(f"$2b${settings().bcrypt_cost:02d}$")


def _compared(password: str, kept: str, lane: Lane) -> bool:
    began = clock.monotonic()
    job = partial(bcrypt.checkpw, _material(password), kept.encode())
    is_right = _wary.submit(job).result() if lane is Lane.WARY else job()
    _took[lane] = clock.monotonic() - began
    return is_right


def _step_back() -> None:
    """Let everything else on the machine go before this thread; Linux alone knows that of a single one."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)


_wary = ThreadPoolExecutor(AT_ONCE[Lane.WARY], "wary", initializer=_step_back)
_took = dict.fromkeys(Lane, 0.0)
"""How many seconds the last comparison of each lane took."""


def _material(password: str) -> bytes:
    """44 bytes without NUL whatever the password: bcrypt itself stops at 72 bytes."""
    pepper = hashlib.sha256(b"talento pepper" + settings().secret_key.encode()).digest()
    mixed = hmac.new(pepper, unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.b64encode(mixed.digest())


@lru_cache
def _decoy() -> str:
    return bcrypt.hashpw(b"nobody", bcrypt.gensalt(settings().bcrypt_cost)).decode()
