"""Passkeys of an account: added, named and removed by their owner, and answered with (`AU-14`).

A passkey verifies its owner before it answers, so that it opens an account by itself, and does instead of a code.
Whoever calls `keep` for somebody has made sure that it is them.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from talento.errors import Conflict, Invalid, NotFound
from talento.i18n import phrase, say
from talento.models.accounts import Passkey, User
from talento.services import audit, ceremonies, factors, live, sessions
from talento.services.ceremonies import Purpose, Question, Reply
from talento.services.mail import messages
from talento.services.security import rules, suspicion
from talento.services.text import line
from talento.services.work import Actor, Work, run
from talento.vocabulary.permissions import Permission

MOST = 20
LONGEST_NAME = 60
REFUSED = phrase("This passkey is not accepted here. Please use another way.")
NOT_MADE = phrase("The passkey could not be added. Please try again, or use another device.")


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey, as its owner sees it. `is_synced`: their other devices have it, too."""

    id: int
    name: str
    is_synced: bool
    created_at: datetime
    used_at: datetime | None


def mine(work: Work) -> list[PasskeyView]:
    """Your own passkeys, oldest first."""
    work.require(Permission.OWN_PROFILE)
    keys = of(work, work.actor.user_id or 0)
    return [PasskeyView(key.id or 0, key.name, key.is_synced, key.created_at, key.used_at) for key in keys]


def of(work: Work, user_id: int) -> list[Passkey]:
    """Somebody's passkeys, oldest first."""
    return list(work.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)))


def to_add(work: Work) -> Question:
    """Begin with a passkey of your own; nothing changes until `add`.

    Raises:
        Conflict: you have as many as can be, or the site has no name that keys could be bound to.
    """
    user = _myself(work)
    return ask_for_new(work, Purpose.ADD, ceremonies.in_session(work.actor.session_id), user)


def add(actor: Actor, *, reply: Reply) -> list[str]:
    """Keep the passkey that was made; returns the recovery codes, if it is your first second factor.

    Raises:
        Invalid: it is not what was asked for.
        Conflict: it is somebody's already.
        Unauthorized: it was asked for too long ago, or kept before.
    """
    run(actor, _myself)
    challenge = run(actor, ceremonies.redeem, Purpose.ADD, ceremonies.in_session(actor.session_id), reply.ticket)
    return run(actor, _add, challenge, reply.credential)


def rename(work: Work, passkey_id: int, name: str) -> None:
    """Call a passkey of yours something else.

    Raises:
        NotFound: there is none, or it is not yours.
        Invalid: it is called nothing.
    """
    user = _myself(work)
    key, said = _own(work, passkey_id), line(name)[:LONGEST_NAME]
    if not said:
        raise Invalid("Please give it a name.", field="name")
    if said == key.name:
        return
    audit.security(work, "passkey_renamed", was=key.name, **{"is": said})
    key.name = said
    live.publish(work, "session", user.id or 0)


def remove(work: Work, passkey_id: int) -> None:
    """Do without a passkey: it opens nothing any more.

    Raises:
        NotFound: there is none, or it is not yours.
        Conflict: it is your only second factor, and the site requires one of you.
    """
    user = _myself(work)
    key = _own(work, passkey_id)
    factors.refuse_last(work, user)
    work.session.delete(key)
    work.session.flush()
    audit.security(work, "passkey_removed", passkey=key.name)
    factors.taken(work, user, "passkey_removed")


# What signing in asks


def ask_for_new(work: Work, purpose: Purpose, holder: str, user: User) -> Question:
    """Have somebody's device make one.

    Raises:
        Conflict: they have as many as can be, or the site has no name that keys could be bound to.
    """
    known = of(work, user.id or 0)
    if len(known) >= MOST:
        raise Conflict("These are as many passkeys as can be. Remove one first.")
    return ceremonies.ask_for_new(work, purpose, holder, user, known)


def ask_for_one(work: Work, purpose: Purpose, holder: str, user_id: int) -> Question:
    """Have somebody use one of theirs.

    Raises:
        Conflict: they have none, or the site has no name that keys could be bound to.
    """
    known = of(work, user_id)
    if not known:
        raise Conflict("This account has no passkey.")
    return ceremonies.ask_for_one(work, purpose, holder, known)


def keep(work: Work, user: User, challenge: bytes, credential: str) -> list[str]:
    """Make a key that was just made a way into somebody's account; returns the recovery codes if it is the first.

    Raises:
        Invalid: it is not what was asked for.
        Conflict: it is somebody's already.
    """
    key = ceremonies.made(credential, challenge)
    if key is None:
        raise Invalid(NOT_MADE)
    before = factors.held_alone(work, user.id or 0)
    name = sessions.device_named(work.actor.agent)[:LONGEST_NAME] or say(user.locale, "Passkey")
    is_new = work.insert_new(
        Passkey,
        user_id=user.id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=name,
        transports=key.transports,
        is_synced=key.is_synced,
        created_at=work.now,
    )
    if not is_new:
        raise Conflict("This passkey is in use already.")
    audit.security(work, "passkey_added", user_id=user.id, passkey=name)
    return factors.added(work, user, "passkey_added", before)


def passes(work: Work, user_id: int, challenge: bytes, credential: str) -> bool:
    """Whether one of somebody's passkeys has answered to that challenge. What was refused is noted."""
    return _owner(work, challenge, credential, user_id) is not None


def owner(work: Work, challenge: bytes, credential: str) -> User | None:
    """Whose passkey has answered to that challenge; None when none has. What was refused is noted."""
    return _owner(work, challenge, credential, None)


def _myself(work: Work) -> User:
    work.require(Permission.OWN_PROFILE)
    work.require_fresh()
    return work.get(User, work.actor.user_id)


def _own(work: Work, passkey_id: int) -> Passkey:
    key = work.session.get(Passkey, passkey_id)
    if key is None or key.user_id != work.actor.user_id:
        raise NotFound("There is no such passkey.")
    return key


def _add(work: Work, challenge: bytes, credential: str) -> list[str]:
    return keep(work, _myself(work), challenge, credential)


def _owner(work: Work, challenge: bytes, credential: str, user_id: int | None) -> User | None:
    """The owner of the passkey that has answered, who is `user_id` where the site knows already whom it has asked."""
    shown = ceremonies.shown(credential)
    found = _found(work, shown.credential_id, user_id) if shown else None
    if shown is None or found is None:
        _note_refusal(work, user_id)
        return None
    key, user = found
    count = ceremonies.signed(credential, challenge, key.public_key)
    is_theirs = shown.handle == ceremonies.handle_of(user) or (shown.handle is None and user_id is not None)
    if count is None or user.suspended_at or not is_theirs:
        _note_refusal(work, user.id)
        return None
    if not _count(work, key, count):
        audit.security(work, "passkey_copied", severity="critical", user_id=user.id, passkey=key.name)
        suspicion.suspect(work, rules.COPIED, user_id=user.id)
        messages.factor_changed(work, user, "passkey_copied")
        return None
    return user


def _found(work: Work, credential_id: str, user_id: int | None) -> tuple[Passkey, User] | None:
    wanted = [Passkey.credential_id == credential_id, *([Passkey.user_id == user_id] if user_id is not None else [])]
    found = select(Passkey, User).join(User, User.id == Passkey.user_id).where(*wanted)
    return work.session.execute(found).tuples().first()


def _count(work: Work, key: Passkey, count: int) -> bool:
    """Raise the counter; False when it did not grow, here or at the same moment: then there are two of the key.

    Keys that are kept by a password manager do not count: theirs stays 0.
    """
    grows = Passkey.sign_count < count if count else Passkey.sign_count == 0
    raised = update(Passkey).where(Passkey.id == key.id, grows).values(sign_count=count, used_at=work.now)
    return work.changed(raised) == 1


def _note_refusal(work: Work, user_id: int | None) -> None:
    audit.security(work, "passkey_refused", severity="warning", user_id=user_id)
