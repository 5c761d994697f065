"""Slowing down those who try too often: counts shared by all processes (`AU-07`, `AU-08`)."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from sqlalchemy import bindparam, delete, text

from talento.errors import TooMany
from talento.models.accounts import Throttle
from talento.models.types import Instant
from talento.services import preferences
from talento.services.preferences import Preference, registry
from talento.services.tokens import digest
from talento.services.work import Work


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `hits` per `window` for one key; a setting may say how many."""

    name: str
    hits: int | Preference[int]
    window: timedelta

    @property
    def most(self) -> int:
        return self.hits if isinstance(self.hits, int) else preferences.value(self.hits)


SIGN_IN = (
    Limit("sign-in/minute", 20, timedelta(minutes=1)),
    Limit("sign-in/hour", 200, timedelta(hours=1)),
)
FORMS = (
    Limit("form/minute", 20, timedelta(minutes=1)),
    Limit("form/hour", registry.FORMS_PER_HOUR, timedelta(hours=1)),
)
MAIL_TO_ONE = (Limit("mail/hour", registry.MAILS_PER_HOUR, timedelta(hours=1)),)
UPLOADS = (
    Limit("upload/minute", 30, timedelta(minutes=1)),
    Limit("upload/hour", registry.UPLOADS_PER_HOUR, timedelta(hours=1)),
)

PAIRING = (Limit("pairing/minute", 10, timedelta(minutes=1)), Limit("pairing/hour", 60, timedelta(hours=1)))

FREE_FAILURES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(minutes=15)
LAST_FAILURE = 100
KEPT = timedelta(days=2)

_NEW = text("INSERT INTO throttle (key, hits, since) VALUES (:key, 0, :since) ON CONFLICT (key) DO NOTHING").bindparams(
    bindparam("since", type_=Instant)
)


def spend(work: Work, limits: tuple[Limit, ...], key: str) -> None:
    """Count one try.

    Raises:
        TooMany: the key has used up its tries; nothing else should be done.
    """
    for limit in limits:
        row = _row(work, f"{limit.name}:{key}")
        if row.since + limit.window <= work.now:
            row.hits, row.since = 0, work.now
        row.hits += 1
        if row.hits > limit.most:
            wait = row.since + limit.window - work.now
            raise TooMany(
                "Too many tries. Please wait {wait} and try again.", wait=said(wait), retry_after=_whole(wait)
            )


def is_first(work: Work, limit: Limit, key: str) -> bool:
    """Count something, and say whether that is still within the limit: for what is told once, not refused."""
    try:
        spend(work, (limit,), key)
    except TooMany:
        return False
    return True


def tally(work: Work, key: str, window: timedelta, *, of: str = "") -> int:
    """Count something; returns how many there were within the window, which begins with the first of them.

    Args:
        of: what happened to whom: the same one counts once.
    """
    row = _row(work, key)
    if row.since + window <= work.now:
        row.hits, row.since = 0, work.now
    if of:
        one = _row(work, f"{key}:{digest(of)[:24]}")
        if one.hits and one.since >= row.since:
            return row.hits
        one.hits, one.since = 1, work.now
    row.hits += 1
    return row.hits


def sweep(work: Work) -> int:
    """Forget counts that no window reaches any more; an account's failures in a row stay. Returns how many went."""
    key: Any = Throttle.key
    old = (Throttle.since < work.now - KEPT) & (~key.startswith("failures:") | key.startswith("failures:nobody:"))
    return work.changed(delete(Throttle).where(old))


def place(work: Work) -> str:
    """What an address counts as: itself for IPv4, for IPv6 the /64 that one customer holds."""
    try:
        found = ip_address(work.actor.ip)
    except ValueError:
        return work.actor.ip or "unknown"
    if found.version == 4 or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", None) or found)
    return str(ip_network(f"{found}/64", strict=False))


def failed(work: Work, key: str) -> int:
    """Count a failed password; after the free ones each further one doubles the wait. Returns the failures in a row."""
    row = _row(work, f"failures:{key}")
    row.hits += 1
    beyond = row.hits - FREE_FAILURES
    if beyond >= 0:
        row.blocked_until = work.now + min(FIRST_DELAY * 2 ** min(beyond, 20), LONGEST_DELAY)
    return row.hits


def succeeded(work: Work, key: str) -> None:
    """Forget the failures of a key."""
    row = _row(work, f"failures:{key}")
    row.hits, row.blocked_until = 0, None


def has_failed(work: Work, key: str) -> bool:
    """Whether the last try of a key failed."""
    row = work.session.get(Throttle, f"failures:{key}")
    return row is not None and row.hits > 0


def counted(work: Work, key: str, window: timedelta) -> int:
    """What `tally` has counted within the window."""
    row = work.session.get(Throttle, key)
    return row.hits if row is not None and row.since + window > work.now else 0


def is_blocked(work: Work, key: str) -> bool:
    """Whether a key must wait, or (after a hundred failures in a row) can only go on with a link by mail."""
    row = work.session.get(Throttle, f"failures:{key}")
    if row is None:
        return False
    return row.hits >= LAST_FAILURE or (row.blocked_until is not None and row.blocked_until > work.now)


def refuse_blocked(work: Work, key: str) -> None:
    """Go on only if a key need not wait; others who try at the same moment wait for this transaction.

    Raises:
        TooMany: it must, and for how long.
    """
    row = _row(work, f"failures:{key}")
    if row.blocked_until is not None and row.blocked_until > work.now:
        wait = row.blocked_until - work.now
        raise TooMany("Too many tries. Please wait {wait} and try again.", wait=said(wait), retry_after=_whole(wait))


def said(wait: timedelta) -> str:
    """A wait, short enough for a sentence in any language."""
    seconds = _whole(wait)
    return f"{seconds} s" if seconds < 100 else f"{-(-seconds // 60)} min"


def _whole(wait: timedelta) -> int:
    return max(1, int(wait.total_seconds()) + 1)


def _row(work: Work, key: str) -> Throttle:
    work.session.execute(_NEW, {"key": key[:120], "since": work.now})
    return work.session.get_one(Throttle, key[:120], with_for_update=True, populate_existing=True)
