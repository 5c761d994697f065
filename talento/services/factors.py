"""Second factors: an app that shows a new code every thirty seconds, and codes on paper for when it is lost (`AU-13`).

Whoever calls `begin`, `confirm`, `switch_off` or `renew` for somebody has made sure that it is them.
"""

import hashlib
import hmac
import secrets
from base64 import b32decode, b32encode, b64encode
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import delete, func, select, update

from talento.errors import Conflict, Invalid
from talento.i18n import phrase
from talento.models.accounts import Factor, RecoveryCode, User
from talento.services import audit, live, preferences, sessions, throttle
from talento.services.documents import qr
from talento.services.encryption import keyring
from talento.services.mail import messages
from talento.services.preferences import registry
from talento.services.work import Actor, Work, run
from talento.vocabulary.permissions import Permission, Role

PERIOD = 30  # seconds; this and the next two are what every such app assumes. Source: RFC 6238
DIGITS = 6
SEED_BYTES = 20
DRIFT = 1
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
OBLIGED = frozenset({Role.ADMIN, Role.RECRUITER})
WRONG = phrase("This code is not right, or was already used. Wait for the next one and try again.")


@dataclass(frozen=True, slots=True)
class FactorView:
    """Somebody's second factor, as its owner sees it."""

    is_on: bool = False
    is_required: bool = False
    since: datetime | None = None
    codes_left: int = 0


@dataclass(frozen=True, slots=True)
class Enrollment:
    """What an app needs: a picture to scan, an address to open, a key to type."""

    picture: str
    address: str
    key: str


def mine(work: Work) -> FactorView:
    """Your own second factor."""
    work.require(Permission.OWN_PROFILE)
    user = work.get(User, work.actor.user_id)
    factor = _confirmed(work, user.id or 0)
    unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    left = work.session.execute(unused).scalar() or 0
    return FactorView(factor is not None, is_required(user.role), factor.confirmed_at if factor else None, left)


def enroll(work: Work) -> Enrollment:
    """Begin with an app of your own, or with another one; nothing changes until `turn_on`."""
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    return begin(work, work.get(User, work.actor.user_id))


def turn_on(actor: Actor, *, code: str) -> list[str]:
    """Finish with a code of the new app; returns the recovery codes, which are never shown again.

    Raises:
        Invalid: the code is not right.
        TooMany: too many wrong ones.
    """
    run(actor, _require_fresh)
    codes = run(actor, confirm, actor.user_id or 0, code)
    if codes is None:
        raise Invalid(WRONG, field="code")
    return codes


def switch_off(work: Work) -> None:
    """Go back to the password alone.

    Raises:
        Conflict: the site requires a second factor of you.
    """
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    user = work.get(User, work.actor.user_id)
    if is_required(user.role):
        raise Conflict("This site requires a second factor of your account. You can set up another app instead.")
    remove(work, user)


def renew(work: Work) -> list[str]:
    """New recovery codes; the former ones stop working.

    Raises:
        Conflict: there is no second factor to recover.
    """
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    user = work.get(User, work.actor.user_id)
    if _confirmed(work, user.id or 0) is None:
        raise Conflict("Set up an app first.")
    codes = _new_codes(work, user)
    audit.security(work, "recovery_renewed", user_id=user.id)
    messages.factor_changed(work, user, "recovery_renewed")
    live.publish(work, "session", user.id or 0)
    return codes


def remove_for(work: Work, user_id: int) -> None:
    """Help somebody who has lost both app and codes: they sign in with the password alone.

    Where a second factor is required, they set up a new one at their next sign-in. Their sessions end.

    Raises:
        Conflict: there is none.
    """
    work.require(Permission.ADMINISTER)
    work.require_fresh()
    if not remove(work, work.get(User, user_id)):
        raise Conflict("This account has no second factor.")


# What signing in asks


def is_on(work: Work, user_id: int) -> bool:
    """Whether somebody has a second factor."""
    return _confirmed(work, user_id) is not None


def among(work: Work, user_ids: list[int]) -> set[int]:
    """Those of some accounts that have one."""
    on = select(Factor.user_id).where(Factor.user_id.in_(user_ids), Factor.confirmed_at.is_not(None))
    return set(work.session.scalars(on))


def is_required(role: Role) -> bool:
    """Whether a role needs one."""
    return role in OBLIGED and preferences.value(registry.FACTOR_REQUIRED)


def begin(work: Work, user: User) -> Enrollment:
    """A new seed for somebody's app, in place of an earlier one that was never confirmed."""
    work.session.execute(delete(Factor).where(Factor.user_id == user.id, Factor.confirmed_at.is_(None)))
    seed, uid = secrets.token_bytes(SEED_BYTES), uuid4().hex
    secret = keyring().seal(b32encode(seed).decode(), "factor", uid, "secret")
    work.insert(Factor, uid=uid, user_id=user.id, secret=secret, last_step=0, created_at=work.now)
    address = _totp(seed).get_provisioning_uri(user.email, preferences.value(registry.SITE_NAME))
    picture = f"data:image/svg+xml;base64,{b64encode(qr.svg(address)).decode()}"
    return Enrollment(picture, address, b32encode(seed).decode())


def confirm(work: Work, user_id: int, code: str) -> list[str] | None:
    """Make the app that was begun the second factor, if `code` is one of its; None when it is not.

    Raises:
        TooMany: too many wrong codes.
    """
    throttle.refuse_blocked(work, key_of(user_id))
    begun = select(Factor).where(Factor.user_id == user_id, Factor.confirmed_at.is_(None))
    factor = work.session.scalars(begun).first()
    if factor is None or not _takes(work, factor, code):
        _failed(work, user_id)
        return None
    user = work.get(User, user_id)
    has_another = is_on(work, user_id)
    work.session.execute(delete(Factor).where(Factor.user_id == user_id, Factor.id != factor.id))
    factor.confirmed_at = work.now
    throttle.succeeded(work, key_of(user_id))
    codes = _new_codes(work, user)
    _tell(work, user, "factor_replaced" if has_another else "factor_on")
    return codes


def passes(work: Work, user_id: int, code: str) -> bool:
    """Whether this is a code of somebody's app, or one of their recovery codes; either counts once.

    Raises:
        TooMany: too many wrong codes.
    """
    throttle.refuse_blocked(work, key_of(user_id))
    factor = _confirmed(work, user_id)
    if factor is None or not (_takes(work, factor, code) or _recovers(work, user_id, code)):
        _failed(work, user_id)
        return False
    throttle.succeeded(work, key_of(user_id))
    return True


def remove(work: Work, user: User) -> bool:
    """Take somebody's second factor and recovery codes away; says whether there was one."""
    if not is_on(work, user.id or 0):
        return False
    work.session.execute(delete(Factor).where(Factor.user_id == user.id))
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    _tell(work, user, "factor_off")
    return True


def remove_of(work: Work, email: str) -> bool:
    """As the operator does it, for the owner of an address."""
    work.require(Permission.ADMINISTER)
    user = work.session.scalars(select(User).where(User.email == email.strip().lower())).first()
    return user is not None and remove(work, user)


def looks_like_code(text: str) -> bool:
    """Whether this could be a code of an app, which no password is."""
    return len(_digits(text)) == DIGITS


def key_of(user_id: int) -> str:
    """What wrong codes are counted under: only somebody who knows the password gets to type one."""
    return f"factor:{user_id}"


def _require_fresh(work: Work) -> None:
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()


def _confirmed(work: Work, user_id: int) -> Factor | None:
    on = select(Factor).where(Factor.user_id == user_id, Factor.confirmed_at.is_not(None))
    return work.session.scalars(on).first()


def _failed(work: Work, user_id: int) -> None:
    failures = throttle.failed(work, key_of(user_id))
    severity = "warning" if failures >= throttle.FREE_FAILURES else "info"
    audit.security(work, "factor_failed", severity=severity, user_id=user_id, failures=failures)


def _tell(work: Work, user: User, what: str) -> None:
    """A second factor changed: it is noted and mailed, and the person's other browsers sign in again (`AU-10`)."""
    audit.security(work, what, severity="warning" if what == "factor_off" else "info", user_id=user.id)
    messages.factor_changed(work, user, what)
    sessions.end_all(work, user.id or 0, but=work.actor.session_id if work.actor.user_id == user.id else None)
    live.publish(work, "session", user.id or 0)


# Codes of an app


def _totp(seed: bytes) -> TOTP:
    return TOTP(seed, DIGITS, SHA1(), PERIOD)  # noqa: S303 - HMAC-SHA1 is what every app assumes. Source: RFC 6238


def _digits(text: str) -> str:
    said = "".join(text.split())
    return said if len(said) == DIGITS and said.isascii() and said.isdigit() else ""


def _takes(work: Work, factor: Factor, code: str) -> bool:
    """Whether it is a code of now, or of the period before or after, that is later than any accepted one."""
    said = _digits(code)
    if not said:
        return False
    totp = _totp(_seed(factor))
    now = int(work.now.timestamp()) // PERIOD
    right = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(totp.generate(step * PERIOD), said.encode())
    ]
    return any(_take_step(work, factor, step) for step in right)


def _take_step(work: Work, factor: Factor, step: int) -> bool:
    """Accept a period's code, unless that period or a later one was accepted before, here or at the same moment."""
    later = update(Factor).where(Factor.id == factor.id, Factor.last_step < step).values(last_step=step)
    return bool(work.session.execute(later).rowcount == 1)  # type: ignore[attr-defined]


def _seed(factor: Factor) -> bytes:
    return b32decode(keyring().open(factor.secret, "factor", factor.uid, "secret"))


# Recovery codes


def _new_codes(work: Work, user: User) -> list[str]:
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        uid = uuid4().hex
        sealed = keyring().seal(_hash(uid, code), "recovery", uid, "hash")
        work.insert(RecoveryCode, uid=uid, user_id=user.id, hash=sealed)
    return ["-".join(code[at : at + 4] for at in range(0, RECOVERY_LENGTH, 4)) for code in codes]


def _hash(uid: str, code: str) -> str:
    return hashlib.sha256(f"{uid}\0{code}".encode()).hexdigest()


def _recovers(work: Work, user_id: int, said: str) -> bool:
    code = "".join(filter(str.isalnum, said.lower()))
    if len(code) != RECOVERY_LENGTH:
        return False
    unused = select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    for row in work.session.scalars(unused):
        kept = keyring().open(row.hash, "recovery", row.uid, "hash")
        if hmac.compare_digest(kept, _hash(row.uid, code)):
            return _use(work, row)
    return False


def _use(work: Work, row: RecoveryCode) -> bool:
    mark = update(RecoveryCode).where(RecoveryCode.id == row.id, RecoveryCode.used_at.is_(None))
    if work.session.execute(mark.values(used_at=work.now)).rowcount != 1:  # type: ignore[attr-defined]
        return False
    audit.security(work, "recovery_used", severity="warning", user_id=row.user_id)
    messages.factor_changed(work, work.get(User, row.user_id), "recovery_used")
    return True
