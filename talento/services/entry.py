"""Between the right password and the session: what a second factor has to say. A passkey goes the whole way alone.

The browser holds a token that is good for this one thing, for a few minutes, and opens nothing by itself.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from talento.errors import Invalid, Unauthorized
from talento.models.accounts import Entry, User
from talento.services import audit, ceremonies, factors, passkeys, sessions, throttle
from talento.services.ceremonies import Purpose, Question, Reply
from talento.services.factors import Enrollment, Held
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
    """The password was right, and something is missing: what a second factor says, or (`must_enroll`) having one."""

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


def ways(work: Work, token: str) -> Held:
    """What the owner of a token can answer with.

    Raises:
        Unauthorized: the password was typed too long ago, or elsewhere.
    """
    return factors.held(work, _owner(work, token)[1].id or 0)


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


# With a passkey


def to_sign_in(work: Work, visitor: str) -> Question:
    """Ask a visitor's browser for whichever passkey of this site it holds.

    Raises:
        Conflict: the site has no name that keys could be bound to.
    """
    return ceremonies.ask_for_one(work, Purpose.SIGN_IN, visitor)


def sign_in(actor: Actor, *, visitor: str, reply: Reply, is_remembered: bool = False) -> SignedIn:
    """Sign a visitor in with a passkey alone: holding it and having been verified by it are two factors.

    Raises:
        Invalid: it is unknown, removed, copied, or of a suspended account; which, is not told.
        TooMany: too many tries from this address.
        Unauthorized: it was asked for too long ago, elsewhere, or answered before.
    """
    run(actor, _spend, throttle.SIGN_IN)
    challenge = run(actor, ceremonies.redeem, Purpose.SIGN_IN, visitor, reply.ticket)
    return _passed(run(actor, _opened, challenge, reply.credential, is_remembered))


def to_answer(work: Work, token: str) -> Question:
    """Ask for a passkey instead of a code.

    Raises:
        Conflict: they have none.
        Unauthorized: the password was typed too long ago, or elsewhere.
    """
    return passkeys.ask_for_one(work, Purpose.CODE, digest(token), _owner(work, token)[1].id or 0)


def answer_with_passkey(actor: Actor, *, token: str, reply: Reply) -> SignedIn:
    """Sign in with a passkey instead of a code.

    Raises:
        Invalid, TooMany, Unauthorized: as `sign_in`.
    """
    run(actor, _spend)
    challenge = run(actor, ceremonies.redeem, Purpose.CODE, digest(token), reply.ticket)
    return _passed(run(actor, _answered_with_passkey, token, challenge, reply.credential))


def to_enroll(work: Work, token: str) -> Question:
    """Begin with a passkey, for somebody who needs a second factor to sign in.

    Raises:
        Conflict, Unauthorized: as `to_sign_in`, as `enroll`.
    """
    return passkeys.ask_for_new(work, Purpose.ENROLL, digest(token), _owner(work, token, must_enroll=True)[1])


def enroll_passkey(actor: Actor, *, token: str, reply: Reply) -> tuple[SignedIn, list[str]]:
    """Finish with the passkey that was made: signs in, and returns the recovery codes.

    Raises:
        Invalid, Conflict: as `passkeys.keep`.
        TooMany, Unauthorized: as `sign_in`.
    """
    run(actor, _spend)
    challenge = run(actor, ceremonies.redeem, Purpose.ENROLL, digest(token), reply.ticket)
    return run(actor, _enrolled_with_passkey, token, challenge, reply.credential)


def device_token(user_id: int, salt: str) -> str:
    """Proof that a browser was signed in to this account before; it opens nothing by itself."""
    signed = hmac.new(settings().secret_key.encode(), f"device:{user_id}:{salt}".encode(), hashlib.sha256)
    return f"{salt}.{signed.hexdigest()}"


def is_known(user_id: int, browser: str) -> bool:
    """Whether a browser shows that somebody signed in to this account with it before."""
    return bool(browser) and hmac.compare_digest(browser, device_token(user_id, browser.partition(".")[0]))


def _spend(work: Work, limits: tuple[throttle.Limit, ...] = throttle.FORMS) -> None:
    throttle.spend(work, limits, throttle.place(work))


def _passed(signed: SignedIn | None) -> SignedIn:
    if signed is None:
        raise Invalid(passkeys.REFUSED)
    return signed


def _opened(work: Work, challenge: bytes, credential: str, is_remembered: bool) -> SignedIn | None:
    user = passkeys.owner(work, challenge, credential)
    return _session(work, user, is_remembered=is_remembered, way="passkey") if user else None


def _answered_with_passkey(work: Work, token: str, challenge: bytes, credential: str) -> SignedIn | None:
    entry, user = _owner(work, token)
    return _finished(work, entry, user) if passkeys.passes(work, user.id or 0, challenge, credential) else None


def _enrolled_with_passkey(work: Work, token: str, challenge: bytes, credential: str) -> tuple[SignedIn, list[str]]:
    entry, user = _owner(work, token, must_enroll=True)
    codes = passkeys.keep(work, user, challenge, credential)
    return _finished(work, entry, user), codes


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
    if work.changed(used) != 1:
        raise Unauthorized("That took too long. Please sign in again.")
    return _session(work, user, is_remembered=entry.is_remembered)


def _session(work: Work, user: User, *, is_remembered: bool, **how: str) -> SignedIn:
    arrivals.note(work, user, is_known=is_known(user.id or 0, work.actor.browser))
    token, lasts = sessions.start(work, user, is_remembered=is_remembered)
    audit.security(work, "successful_login", user_id=user.id, **how)
    return SignedIn(token, lasts, device_token(user.id or 0, new_token()[:16]), user.role)
