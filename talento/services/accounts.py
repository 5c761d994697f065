"""Accounts: sign in and out, passwords, single-use links, suspension."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound, TooMany
from talento.i18n import phrase
from talento.models.accounts import Link, Session, User
from talento.models.cinema import CinemaAlias, CinemaTalent
from talento.models.talents import CodeAlias, Talent
from talento.services import (
    audit,
    ceremonies,
    codes,
    entry,
    factors,
    live,
    passkeys,
    passwords,
    preferences,
    sessions,
    throttle,
)
from talento.services.ceremonies import Purpose as Ceremony
from talento.services.ceremonies import Question, Reply
from talento.services.entry import Asked, SignedIn
from talento.services.mail import messages, unsubscribing
from talento.services.preferences import registry
from talento.services.security import rules, suspicion
from talento.services.text import email_address, line
from talento.services.tokens import digest, new_token
from talento.services.turns import Lane
from talento.services.work import Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.permissions import Permission, Role

NO_ENTRY = phrase("The e-mail, code or password is not right.")


class Purpose(StrEnum):
    """What a single-use link lets its holder do."""

    ACTIVATE = "activate"
    RESET = "reset"


STAFF = (Role.ADMIN, Role.RECRUITER, Role.PRESENCE)
"""Those who are invited; talents register themselves."""
LASTS = {Purpose.ACTIVATE: timedelta(hours=72), Purpose.RESET: timedelta(minutes=30)}


@dataclass(frozen=True, slots=True)
class Account:
    """An account as its owner and admins see it."""

    id: int
    email: str
    name: str
    role: Role
    locale: str
    is_suspended: bool


def sign_in(actor: Actor, *, identifier: str, password: str, is_remembered: bool = False) -> SignedIn | Asked:
    """Sign a visitor in by e-mail or code; whoever has a second factor is asked for it first.

    Every refusal reads the same and costs the same, whether the account exists or not (`AU-05`).

    Raises:
        Invalid: wrong, unknown, suspended, locked or without a password.
        TooMany: too many tries from this address.
    """
    run(actor, _spend, throttle.SIGN_IN)
    user = look(actor, _user_called, identifier)
    key = _failure_key(user, identifier, actor.browser)
    is_right = len(password.encode()) <= passwords.LONGEST_BYTES and passwords.matches(
        password,
        user.password_hash if user else None,
        lane=look(actor, _lane, user, key),
        is_pointless=lambda: look(actor, throttle.is_blocked, key),
    )
    if user is None or not is_right or user.suspended_at or look(actor, throttle.is_blocked, key):
        run(actor, _note_failure, key, user.id if user else None, "failed_login")
        raise Invalid(NO_ENTRY)
    may_renew = passwords.is_outdated(user.password_hash or "") and not preferences.value(registry.READ_ONLY)
    fresh = passwords.hashed(password) if may_renew else None
    return run(actor, _enter, user.id, key, is_remembered, fresh)


def sign_out(work: Work, token: str | None) -> None:
    """End the session that holds the token; nothing happens when there is none."""
    sessions.end(work, token)


def request_reset(work: Work, *, identifier: str) -> None:
    """Mail a link to choose a new password, if there is such an account; the caller can't tell (`AU-06`).

    Raises:
        TooMany: too many requests from this address.
    """
    throttle.spend(work, throttle.FORMS, throttle.place(work))
    user = _user_called(work, identifier)
    if user is None or user.suspended_at:
        return
    try:
        throttle.spend(work, throttle.MAIL_TO_ONE, f"user:{user.id}")
    except TooMany:
        return
    messages.password_reset(work, user, new_link(work, user, Purpose.RESET))
    audit.security(work, "reset_requested", user_id=user.id)


def new_link(work: Work, user: User, purpose: Purpose) -> str:
    """A fresh single-use address for this person; earlier ones of the same purpose stop working."""
    work.session.execute(
        update(Link)
        .where(Link.user_id == user.id, Link.purpose == purpose.value, Link.used_at.is_(None))
        .values(used_at=work.now)
    )
    return first_link(work, user.id or 0, purpose, password_version=user.password_version)


def first_link(work: Work, user_id: int, purpose: Purpose, *, password_version: int = 1) -> str:
    """A single-use address for somebody who has no other one."""
    token = new_token()
    work.insert(
        Link,
        user_id=user_id,
        purpose=purpose.value,
        token_hash=digest(token),
        password_version=password_version,
        created_at=work.now,
        expires_at=work.now + LASTS[purpose],
    )
    return f"{settings().base_url}/password/{quote(token)}"


def link_owner(work: Work, token: str) -> Account:
    """Whose password a link would set.

    Raises:
        NotFound: it was used, has expired, or never existed.
    """
    return account_of(_link_and_user(work, token)[1])


def set_password(actor: Actor, *, token: str, password: str) -> None:
    """Choose a password with a single-use link; every session of the account ends.

    Raises:
        NotFound: the link was used, has expired, or never existed.
        Invalid: the password is too weak.
    """
    run(actor, _spend, throttle.FORMS)
    about = look(actor, _words_about_link, token)
    kept = passwords.hashed(passwords.checked(password, about))
    run(actor, _use_link, token, kept)


def change_password(actor: Actor, *, current: str, new: str) -> None:
    """Replace your own password; your other sessions end.

    Raises:
        Invalid: the current one is not right, or the new one is too weak or the same.
    """
    run(actor, _spend, throttle.FORMS)
    user = look(actor, _only_myself)
    if not passwords.matches(current, user.password_hash):
        run(actor, _note_failure, f"account:{user.id}", user.id, "failed_login")
        raise Invalid("This is not your current password.", field="current")
    if current == new:
        raise Invalid("Choose a password that differs from the current one.", field="new")
    kept = passwords.hashed(passwords.checked(new, [user.email, user.name], field="new"))
    run(actor, _replace_password, kept)


def confirm(actor: Actor, *, proof: str) -> None:
    """Prove again that it is you: by password, or by a code of your second factor.

    Raises:
        Invalid: it is neither.
        TooMany: too many wrong ones.
    """
    run(actor, _spend, throttle.FORMS)
    user = look(actor, _only_myself)
    key = f"confirm:{user.id}"
    run(actor, throttle.refuse_blocked, key)
    if not _is_proof(actor, user, proof):
        run(actor, _note_failure, key, user.id, "confirm_failed")
        raise Invalid("This is not right. Please try again.", field="proof")
    run(actor, _proved, key)


def to_confirm(work: Work) -> Question | None:
    """Ask for one of your passkeys, to prove again that it is you; None when you have none that could be used."""
    user = _myself(work)
    if not ceremonies.host() or not passkeys.of(work, user.id or 0):
        return None
    return passkeys.ask_for_one(work, Ceremony.CONFIRM, ceremonies.in_session(work.actor.session_id), user.id or 0)


def confirm_with_passkey(actor: Actor, *, reply: Reply) -> None:
    """Prove again that it is you, by a passkey.

    Raises:
        Invalid: it is not one of yours.
        TooMany: too many tries from this address.
        Unauthorized: it was asked for too long ago, in another session, or answered before.
    """
    run(actor, _spend, throttle.FORMS)
    user = look(actor, _myself)
    holder = ceremonies.in_session(actor.session_id)
    challenge = run(actor, ceremonies.redeem, Ceremony.CONFIRM, holder, reply.ticket)
    if not run(actor, passkeys.passes, user.id or 0, challenge, reply.credential):
        raise Invalid(passkeys.REFUSED)
    run(actor, _proved, f"confirm:{user.id}")


def is_fresh(work: Work) -> None:
    """Nothing happens when you proved moments ago who you are.

    Raises:
        NotFresh: it is too long ago.
    """
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()


def me(work: Work) -> Account:
    """Your own account."""
    return account_of(_myself(work))


def choose_locale(work: Work, locale: str) -> None:
    """Remember the language of your interface and mails; whoever impersonates you changes only what they see."""
    if work.actor.by_id is None:
        _myself(work).locale = "fr" if locale == "fr" else "en"


def suspend(work: Work, user_id: int) -> None:
    """Shut an account out at once: its sessions end wherever they are open.

    Raises:
        Forbidden: you are not an admin, or it is your own account.
        Conflict: it is the last admin.
    """
    work.require(Permission.ADMINISTER)
    user = work.get(User, user_id)
    if user.id == work.actor.user_id:
        raise Forbidden("You can't suspend your own account.")
    _keep_an_admin(work, user)
    user.suspended_at = work.now
    sessions.end_all(work, user_id)
    _roster_changed(work, user_id)
    audit.security(work, "suspended", severity="warning", subject=user_id)


def reactivate(work: Work, user_id: int) -> None:
    """Let a suspended account in again."""
    work.require(Permission.ADMINISTER)
    work.get(User, user_id).suspended_at = None
    _roster_changed(work, user_id)
    audit.security(work, "reactivated", subject=user_id)


def change_role(work: Work, user_id: int, role: str) -> None:
    """Give somebody another role; they sign in again, and have the rights of the new one from then on.

    Raises:
        Forbidden: you are not an admin, or it is your own account.
        NotFresh: you proved who you are too long ago.
        Invalid: there is no such role.
        Conflict: it is the last admin.
    """
    work.require(Permission.ADMINISTER)
    work.require_fresh()
    user, wanted = work.get(User, user_id), Role.parse(role)
    if wanted is None:
        raise Invalid("Please choose one of the options.", field="role")
    if user.id == work.actor.user_id:
        raise Forbidden("You can't change your own role.")
    if wanted is user.role:
        return
    _keep_an_admin(work, user)
    was, user.role = user.role, wanted
    sessions.end_all(work, user_id)
    audit.security(
        work, "account_role_changed", severity="warning", subject=user_id, was=was.value, **{"is": wanted.value}
    )


def end_sessions(work: Work, user_id: int) -> None:
    """Sign somebody out everywhere."""
    work.require(Permission.ADMINISTER)
    sessions.end_all(work, work.get(User, user_id).id)
    audit.security(work, "sessions_ended", subject=user_id)


def create_staff(work: Work, *, email: str, role: Role, name: str = "", password_hash: str | None = None) -> User:
    """An account without a talent profile, as the operator or an admin makes it.

    Raises:
        Conflict: the e-mail is taken.
    """
    work.require(Permission.ADMINISTER)
    user = User(
        email=email_address(email), name=name, role=role, password_hash=password_hash, created_at=work.now,
        email_verified_at=work.now if password_hash else None,
    )  # fmt: skip
    work.session.add(user)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict("This e-mail already has an account.", field="email") from error
    audit.security(work, "account_created", subject=user.id, role=role.value)
    return user


def invite(work: Work, *, email: str, role: str, name: str = "", locale: str = "en") -> str:
    """Make an account for somebody who works here, and mail them a link to choose a password; returns their address.

    Raises:
        Forbidden: you are not an admin.
        NotFresh: you proved who you are too long ago.
        Invalid: that is no address, or no role of those who work here.
        Conflict: the address has an account.
    """
    work.require(Permission.ADMINISTER)
    work.require_fresh()
    wanted = Role.parse(role)
    if wanted not in STAFF:
        raise Invalid("Please choose one of the options.", field="role")
    user = create_staff(work, email=email, role=wanted, name=line(name)[:210])
    user.locale = "fr" if locale == "fr" else "en"
    messages.invitation(work, user, first_link(work, user.id or 0, Purpose.ACTIVATE))
    return user.email


def change_email(work: Work, user: User, email: str) -> None:
    """Give an account another address; the old one is told.

    Raises:
        NotFresh: who asks proved who they are too long ago.
        InvalidForm: it is taken.
    """
    if email == user.email:
        return
    work.require_fresh()
    if work.session.scalar(select(User.id).where(User.email == email)):
        raise InvalidForm({"email": Conflict("This e-mail already has an account.", field="email")})
    audit.security(work, "email_changed")
    messages.email_changed(work, user, email)
    unsubscribing.moved(work, user.email, email)
    user.email, user.email_verified_at = email, None


def account_of(user: User) -> Account:
    """The view of a row."""
    return Account(user.id or 0, user.email, user.name, user.role, user.locale, user.suspended_at is not None)


def _spend(work: Work, limits: tuple[throttle.Limit, ...]) -> None:
    throttle.spend(work, limits, throttle.place(work))


def _myself(work: Work) -> User:
    work.require(Permission.OWN_PROFILE)
    return work.get(User, work.actor.user_id)


def _only_myself(work: Work) -> User:
    work.require_self()
    return _myself(work)


def _user_called(work: Work, identifier: str) -> User | None:
    said = identifier.replace("\0", "").strip()[:254]  # PostgreSQL takes no NUL in a text
    if "@" in said:
        return work.session.scalars(select(User).where(User.email == said.lower())).first()
    code = codes.normalize(said)
    owner = select(Talent.user_id).outerjoin(CodeAlias, CodeAlias.talent_id == Talent.id)
    general = owner.where((Talent.code == code) | (CodeAlias.code == code))
    owner = select(CinemaTalent.user_id).outerjoin(CinemaAlias, CinemaAlias.talent_id == CinemaTalent.id)
    cinema = owner.where((CinemaTalent.code == code) | (CinemaAlias.code == code))
    found = general.union(cinema).limit(1).scalar_subquery()
    return work.session.scalars(select(User).where(User.id == found)).first()


def _failure_key(user: User | None, identifier: str, browser: str) -> str:
    """One counter for all names of an account; a browser its owner used before has one of its own (`AU-07`)."""
    if user is None:
        return f"nobody:{digest(identifier.strip().lower())[:32]}"
    if entry.is_known(user.id or 0, browser):
        return f"account:{user.id}:{digest(browser)[:16]}"
    return f"account:{user.id}"


def _lane(work: Work, user: User | None, key: str) -> Lane:
    if user is not None and entry.is_known(user.id or 0, work.actor.browser):
        return Lane.KNOWN
    return Lane.WARY if throttle.has_failed(work, key) or suspicion.has_failed(work) else Lane.NEW


def _is_proof(actor: Actor, user: User, proof: str) -> bool:
    if factors.looks_like_code(proof):
        return look(actor, factors.is_on, user.id or 0) and run(actor, factors.passes, user.id or 0, proof)
    return len(proof.encode()) <= passwords.LONGEST_BYTES and passwords.matches(proof, user.password_hash)


def _proved(work: Work, key: str) -> None:
    throttle.succeeded(work, key)
    if work.actor.session_id is not None:
        work.get(Session, work.actor.session_id).proved_at = work.now
    audit.security(work, "confirmed")


def _note_failure(work: Work, key: str, user_id: int | None, event: str) -> None:
    failures = throttle.failed(work, key)
    severity = "warning" if failures >= throttle.FREE_FAILURES else "info"
    audit.security(work, event, severity=severity, user_id=user_id, failures=failures)
    suspicion.suspect(work, rules.ONE_ACCOUNT, user_id=user_id)
    suspicion.suspect(work, rules.MANY_ACCOUNTS, of=str(user_id or key))


def _enter(work: Work, user_id: int, key: str, is_remembered: bool, fresh_hash: str | None) -> SignedIn | Asked:
    user = work.get(User, user_id)
    if user.suspended_at:
        raise Invalid(NO_ENTRY)
    throttle.succeeded(work, key)
    if fresh_hash:
        user.password_hash = fresh_hash
    return entry.let_in(work, user, is_remembered=is_remembered)


def _link_and_user(work: Work, token: str) -> tuple[Link, User]:
    found = work.session.execute(
        select(Link, User)
        .join(User, User.id == Link.user_id)
        .where(Link.token_hash == digest(token[:100]), Link.purpose.in_(list(Purpose)))
    ).first()
    if found is None or _is_spent(work, *found):
        raise NotFound("This link was already used or has expired. Ask for a new one.")
    return found[0], found[1]


def _is_spent(work: Work, link: Link, user: User) -> bool:
    is_stale = link.password_version != user.password_version or link.expires_at <= work.now
    return link.used_at is not None or is_stale or user.suspended_at is not None


def _words_about_link(work: Work, token: str) -> Iterable[str]:
    user = _link_and_user(work, token)[1]
    return [user.email, user.name]


def _use_link(work: Work, token: str, kept: str) -> None:
    link, user = _link_and_user(work, token)
    used = update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=work.now)
    if work.changed(used) != 1:
        raise NotFound("This link was already used or has expired. Ask for a new one.")
    user.email_verified_at = user.email_verified_at or work.now
    _store_password(work, user, kept)
    throttle.succeeded(work, f"account:{user.id}")
    sessions.end_all(work, user.id or 0)


def _replace_password(work: Work, kept: str) -> None:
    user = _myself(work)
    _store_password(work, user, kept)
    sessions.end_all(work, user.id or 0, but=work.actor.session_id)


def _store_password(work: Work, user: User, kept: str) -> None:
    user.password_hash = kept
    user.password_version += 1
    audit.security(work, "password_change", user_id=user.id)
    messages.password_changed(work, user)


def _keep_an_admin(work: Work, user: User) -> None:
    if user.role is not Role.ADMIN:
        return
    active = select(User.id).where(User.role == Role.ADMIN, User.suspended_at.is_(None)).order_by(User.id)
    if set(work.session.scalars(active.with_for_update())) <= {user.id}:  # two who do this to each other take turns
        raise Conflict("This is the last active admin.")


def _roster_changed(work: Work, user_id: int) -> None:
    for talent_id in work.session.scalars(select(Talent.id).where(Talent.user_id == user_id)):
        live.publish(work, "talent", talent_id or 0)
    for talent_id in work.session.scalars(select(CinemaTalent.id).where(CinemaTalent.user_id == user_id)):
        live.publish(work, "cinema", talent_id or 0)
