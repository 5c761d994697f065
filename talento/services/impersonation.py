"""An administrator sees and does what somebody else would, in this browser only, until they stop.

The session stays the administrator's: it ends when theirs would, and whatever needs a fresh proof is refused meanwhile
(`work.require_fresh`). Every entry of the logs says who it really was (`audit`).
"""

from talento.errors import Conflict, Forbidden
from talento.models.accounts import Session, User
from talento.services import audit, live, sessions
from talento.services.work import Work
from talento.vocabulary.permissions import Permission, Role


def start(work: Work, user_id: int) -> None:
    """Act in somebody's name from now on, in every tab of this browser.

    Raises:
        Forbidden: you are not an administrator, or they are one.
        NotFresh: you proved who you are too long ago.
        NotFound: there is no such account.
        Conflict: the account is suspended.
    """
    work.require(Permission.ADMINISTER)
    work.require_fresh()
    other = work.get(User, user_id)
    if other.role is Role.ADMIN:
        raise Forbidden("You can't act in the name of an administrator.")
    if other.suspended_at:
        raise Conflict("This account is suspended. Reactivate it first.")
    work.get(Session, work.actor.session_id).as_id = other.id
    audit.security(work, "impersonation_started", severity="warning", subject=user_id)
    _changed(work, work.actor.user_id)


def stop(work: Work) -> None:
    """Be yourself again; nothing happens when you are."""
    if work.actor.by_id is None:
        return
    work.get(Session, work.actor.session_id).as_id = None
    audit.security(work, "impersonation_ended", user_id=work.actor.by_id, subject=work.actor.user_id)
    _changed(work, work.actor.by_id)


def _changed(work: Work, owner_id: int | None) -> None:
    live.publish(work, "session", owner_id or 0)
    work.after_commit(sessions.forget_cached)
