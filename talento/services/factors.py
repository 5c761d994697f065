"""Second factors: an app that shows a new code every thirty seconds (`AU-13`), passkeys, and codes on paper.

Whoever calls `begin`, `confirm`, `added` or `taken` for somebody has made sure that it is them.
"""

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
from talento.models.accounts import Factor, Passkey, User
from talento.services import audit, live, preferences, recovery, sessions, throttle
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
OBLIGED = frozenset({Role.ADMIN, Role.RECRUITER})
WRONG = phrase("This code is not right, or was already used. Wait for the next one and try again.")


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody can prove themselves with besides the password."""

    has_app: bool = False
    passkeys: int = 0

    @property
    def is_on(self) -> bool:
        """Whether there is anything."""
        return self.has_app or self.passkeys > 0


@dataclass(frozen=True, slots=True)
class FactorView:
    """Somebody's second factor, as its owner sees it. `can_drop_app`: the site leaves them the choice."""

    is_on: bool = False
    has_app: bool = False
    has_passkey: bool = False
    is_required: bool = False
    can_drop_app: bool = False
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
    user_id = user.id or 0
    mine = held(work, user_id)
    return FactorView(
        is_on=mine.is_on,
        has_app=mine.has_app,
        has_passkey=mine.passkeys > 0,
        is_required=is_required(user.role),
        can_drop_app=mine.has_app and (mine.passkeys > 0 or not is_required(user.role)),
        since=_since(work, user_id),
        codes_left=recovery.left(work, user_id),
    )


def enroll(work: Work) -> Enrollment:
    """Begin with an app of your own, or with another one; nothing changes until `turn_on`."""
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    return begin(work, work.get(User, work.actor.user_id))


def turn_on(actor: Actor, *, code: str) -> list[str]:
    """Finish with a code of the new app; returns the recovery codes, if new ones were made: they are shown once.

    Raises:
        Invalid: the code is not right.
        TooMany: too many wrong ones.
    """
    run(actor, _require_fresh)
    codes = run(actor, confirm, actor.user_id or 0, code)
    if codes is None:
        raise Invalid(WRONG, field="code")
    return codes


def drop_app(work: Work) -> None:
    """Do without the app.

    Raises:
        Conflict: it is your only second factor, and the site requires one of you.
    """
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    user = work.get(User, work.actor.user_id)
    if _confirmed(work, user.id or 0) is None:
        return
    refuse_last(work, user)
    work.session.execute(delete(Factor).where(Factor.user_id == user.id))
    audit.security(work, "app_removed", user_id=user.id)
    taken(work, user, "app_removed")


def renew(work: Work) -> list[str]:
    """New recovery codes; the former ones stop working.

    Raises:
        Conflict: there is no second factor to recover.
    """
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    user = work.get(User, work.actor.user_id)
    if not is_on(work, user.id or 0):
        raise Conflict("Set up an app or a passkey first.")
    codes = recovery.renewed(work, user)
    audit.security(work, "recovery_renewed", user_id=user.id)
    messages.factor_changed(work, user, "recovery_renewed")
    live.publish(work, "session", user.id or 0)
    return codes


def remove_for(work: Work, user_id: int) -> None:
    """Help somebody who has lost everything they had besides the password: they sign in with that alone.

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
    return held(work, user_id).is_on


def held(work: Work, user_id: int) -> Held:
    """What somebody has."""
    return among(work, [user_id]).get(user_id, Held())


def held_alone(work: Work, user_id: int) -> Held:
    """What somebody has; whoever else is about to change it waits for the end of this transaction."""
    work.session.execute(select(User.id).where(User.id == user_id).with_for_update())
    return held(work, user_id)


def among(work: Work, user_ids: list[int]) -> dict[int, Held]:
    """What each of some accounts has; those with nothing are not in it."""
    apps = select(Factor.user_id).where(Factor.user_id.in_(user_ids), Factor.confirmed_at.is_not(None))
    with_app = set(work.session.scalars(apps))
    counted = select(Passkey.user_id, func.count()).where(Passkey.user_id.in_(user_ids)).group_by(Passkey.user_id)
    passkeys = dict(work.session.execute(counted).tuples().all())
    return {user_id: Held(user_id in with_app, passkeys.get(user_id, 0)) for user_id in with_app | passkeys.keys()}


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
    """Make the app that was begun a second factor, if `code` is one of its; None when it is not.

    Recovery codes come with the first second factor, and with another app: the former one may have been lost.

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
    before = held_alone(work, user_id)
    work.session.execute(delete(Factor).where(Factor.user_id == user_id, Factor.id != factor.id))
    factor.confirmed_at = work.now
    throttle.succeeded(work, key_of(user_id))
    what = "factor_replaced" if before.has_app else "factor_on"
    audit.security(work, what, user_id=user_id)
    if before.has_app:
        _tell(work, user, what)
        return recovery.renewed(work, user)
    return added(work, user, what, before)


def added(work: Work, user: User, what: str, before: Held) -> list[str]:
    """Somebody has a second factor more: tell them. Returns the recovery codes that come with the first one."""
    _tell(work, user, what)
    return [] if before.is_on else recovery.renewed(work, user)


def taken(work: Work, user: User, what: str) -> None:
    """Somebody has a second factor less: tell them. Recovery codes go with the last one."""
    if not is_on(work, user.id or 0):
        recovery.forget(work, user)
        what = "factor_off"
        is_helped = work.actor.role is Role.ADMIN and work.actor.user_id != user.id
        whose = {"subject": user.id} if is_helped else {"user_id": user.id}
        audit.security(work, "factor_off", severity="warning", **whose)
    _tell(work, user, what)


def refuse_last(work: Work, user: User) -> None:
    """Go on only if somebody may have a second factor less.

    Raises:
        Conflict: it is their only one, and the site requires one of them.
    """
    mine = held_alone(work, user.id or 0)
    if is_required(user.role) and mine.has_app + mine.passkeys <= 1:
        raise Conflict("This site requires a second factor of your account. Add another one first.")


def passes(work: Work, user_id: int, code: str) -> bool:
    """Whether this is a code of somebody's app, or one of their recovery codes; either counts once.

    Raises:
        TooMany: too many wrong codes.
    """
    throttle.refuse_blocked(work, key_of(user_id))
    factor = _confirmed(work, user_id)
    if not (factor and _takes(work, factor, code)) and not recovery.opens(work, user_id, code):
        _failed(work, user_id)
        return False
    throttle.succeeded(work, key_of(user_id))
    return True


def remove(work: Work, user: User) -> bool:
    """Take somebody's app, passkeys and recovery codes away; says whether there was any."""
    if not is_on(work, user.id or 0):
        return False
    for table in (Factor, Passkey):
        work.session.execute(delete(table).where(table.user_id == user.id))
    taken(work, user, "factor_off")
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


def _tell(work: Work, user: User, what: str) -> None:
    """A second factor changed: it is mailed, and the person's other browsers sign in again (`AU-10`)."""
    messages.factor_changed(work, user, what)
    sessions.end_all(work, user.id or 0, but=work.actor.session_id if work.actor.user_id == user.id else None)
    live.publish(work, "session", user.id or 0)


def _since(work: Work, user_id: int) -> datetime | None:
    """Since when somebody has had the oldest of what they have."""
    app = select(Factor.confirmed_at).where(Factor.user_id == user_id, Factor.confirmed_at.is_not(None))
    key = select(Passkey.created_at).where(Passkey.user_id == user_id)
    return min([*work.session.scalars(app), *work.session.scalars(key)], default=None)


def _failed(work: Work, user_id: int) -> None:
    failures = throttle.failed(work, key_of(user_id))
    severity = "warning" if failures >= throttle.FREE_FAILURES else "info"
    audit.security(work, "factor_failed", severity=severity, user_id=user_id, failures=failures)


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
    return work.changed(later) == 1


def _seed(factor: Factor) -> bytes:
    return b32decode(keyring().open(factor.secret, "factor", factor.uid, "secret"))
