"""Between the right password and the session: what a second factor has to say.

The browser holds a token that is good for this one thing, for a few minutes, and opens nothing by itself.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from talento.errors import Invalid, Unauthorized
from talento.models.accounts import Entry, User
from talento.services import audit, factors, sessions, throttle
from talento.services.factors import Enrollment
from talento.services.security import arrivals
from talento.services.tokens import digest, new_token
from talento.services.work import Actor, Work, run
from talento.settings import settings
from talento.vocabulary.permissions import Role

COOKIE = "__Host-talento-entry" if settings().is_https else "talento-entry"
DEVICE = "__Host-talento-device" if settings().is_https else "talento-device"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the browser is given: a session token, a token that says it is a known device, and where to go."""

    token: str
    lasts: timedelta | None
    device: str
    role: Role


@dataclass(frozen=True, slots=True)
class Asked:
    """The password was right, and something is missing: a code, or (`must_enroll`) an app that shows them."""

    token: str
    must_enroll: bool


def let_in(work: Work, user: User, *, is_remembered: bool) -> SignedIn | Asked:
    """Somebody's password was right: a session, or the question that comes before it."""
    has_factor = factors.is_on(work, user.id or 0)
    if not has_factor and not factors.is_required(user.role):
        return _session(work, user, is_remembered=is_remembered)
    token = new_token()
    work.session.execute(delete(Entry).where(Entry.expires_at <= work.now))
    work.insert(
        Entry,
        user_id=user.id,
        token_hash=digest(token),
        password_version=user.password_version,
        is_remembered=is_remembered,
        expires_at=work.now + LASTS,
    )
    audit.security(work, "factor_asked", user_id=user.id)
    return Asked(token, must_enroll=not has_factor)


def answer(actor: Actor, *, token: str, code: str) -> SignedIn:
    """Sign in with a code of the app, or with a recovery code.

    Raises:
        Invalid: the code is not right.
        TooMany: too many wrong ones.
        Unauthorized: the password was typed too long ago, or elsewhere.
    """
    run(actor, _spend)
    signed = run(actor, _answered, token, code)
    if signed is None:
        raise Invalid(factors.WRONG, field="code")
    return signed


def enroll(work: Work, token: str) -> Enrollment:
    """Begin with an app, for somebody who needs one to sign in.

    Raises:
        Unauthorized: the password was typed too long ago, or a code is asked instead.
    """
    return factors.begin(work, _owner(work, token, must_enroll=True)[1])


def turn_on(actor: Actor, *, token: str, code: str) -> tuple[SignedIn, list[str]]:
    """Finish with the first code of the app: signs in, and returns the recovery codes.

    Raises:
        Invalid, TooMany, Unauthorized: as `answer`.
    """
    run(actor, _spend)
    done = run(actor, _enrolled, token, code)
    if done is None:
        raise Invalid(factors.WRONG, field="code")
    return done


def device_token(user_id: int, salt: str) -> str:
    """Proof that a browser was signed in to this account before; it opens nothing by itself."""
    signed = hmac.new(settings().secret_key.encode(), f"device:{user_id}:{salt}".encode(), hashlib.sha256)
    return f"{salt}.{signed.hexdigest()}"


def is_known(user_id: int, browser: str) -> bool:
    """Whether a browser shows that somebody signed in to this account with it before."""
    return bool(browser) and hmac.compare_digest(browser, device_token(user_id, browser.partition(".")[0]))


def _spend(work: Work) -> None:
    throttle.spend(work, throttle.FORMS, throttle.place(work))


def _answered(work: Work, token: str, code: str) -> SignedIn | None:
    entry, user = _owner(work, token)
    return _finished(work, entry, user) if factors.passes(work, user.id or 0, code) else None


def _enrolled(work: Work, token: str, code: str) -> tuple[SignedIn, list[str]] | None:
    entry, user = _owner(work, token, must_enroll=True)
    codes = factors.confirm(work, user.id or 0, code)
    return None if codes is None else (_finished(work, entry, user), codes)


def _owner(work: Work, token: str, *, must_enroll: bool = False) -> tuple[Entry, User]:
    found = work.session.execute(
        select(Entry, User).join(User, User.id == Entry.user_id).where(Entry.token_hash == digest(token[:100]))
    ).first()
    if found is None or _is_over(work, *found) or (must_enroll and factors.is_on(work, found[1].id or 0)):
        raise Unauthorized("That took too long. Please sign in again.")
    return found[0], found[1]


def _is_over(work: Work, entry: Entry, user: User) -> bool:
    is_stale = entry.password_version != user.password_version or entry.expires_at <= work.now
    return entry.used_at is not None or is_stale or user.suspended_at is not None


def _finished(work: Work, entry: Entry, user: User) -> SignedIn:
    used = update(Entry).where(Entry.id == entry.id, Entry.used_at.is_(None)).values(used_at=work.now)
    if work.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise Unauthorized("That took too long. Please sign in again.")
    return _session(work, user, is_remembered=entry.is_remembered)


def _session(work: Work, user: User, *, is_remembered: bool) -> SignedIn:
    arrivals.note(work, user, is_known=is_known(user.id or 0, work.actor.browser))
    token, lasts = sessions.start(work, user, is_remembered=is_remembered)
    audit.security(work, "successful_login", user_id=user.id)
    return SignedIn(token, lasts, device_token(user.id or 0, new_token()[:16]), user.role)
