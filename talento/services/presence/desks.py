"""To whom a project's desk is open, and how long a QR may be held before the camera. Its team and admins decide."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from talento.errors import Invalid, NotFound
from talento.models.accounts import User
from talento.models.presence import DeskGrant
from talento.services import audit, live
from talento.services.casting import access
from talento.services.casting.team import called
from talento.services.text import line
from talento.services.work import Work
from talento.vocabulary.permissions import GRANTS, Permission, Role

FOUND_AT_MOST = 8
COOL_DOWNS = (5, 600)
"""Fewest and most seconds in which the same badge is one scan."""

KEEPERS = tuple(
    role for role in Role if Permission.RECORD_PRESENCE in GRANTS[role] and Permission.ADMINISTER not in GRANTS[role]
)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody of the presence staff."""

    id: int
    name: str
    email: str
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """A project's desk as its team sets it up; `cool_down` in seconds."""

    keepers: list[Keeper]
    cool_down: int


def desk(work: Work, project_id: int) -> DeskView:
    """Who keeps the desk, by name.

    Raises:
        NotFound: no such project of theirs.
    """
    project = access.project(work, project_id)
    found = (
        select(User)
        .join(DeskGrant, DeskGrant.user_id == User.id)
        .where(DeskGrant.project_id == project_id)
        .order_by(User.name, User.id)
    )
    return DeskView([_keeper(user) for user in work.session.scalars(found)], project.cool_down)


def staff(work: Work, project_id: int, text: str) -> list[Keeper]:
    """Presence staff who answer to a name or an e-mail and do not keep this desk yet."""
    access.project(work, project_id)
    words = line(text)[:100].lower().split()[:4]
    if not words:
        return []
    there = select(DeskGrant.user_id).where(DeskGrant.project_id == project_id)
    found = select(User).where(_may_keep(), User.id.not_in(there), *map(called, words)).order_by(User.name, User.id)
    return [_keeper(user) for user in work.session.scalars(found.limit(FOUND_AT_MOST))]


def open_to(work: Work, project_id: int, user_id: int) -> None:
    """Let somebody of the presence staff keep the desk; once more changes nothing.

    Raises:
        NotFound: no such account, or not of the presence staff.
    """
    access.project(work, project_id, lock=True)
    if work.session.scalar(select(User.id).where(User.id == user_id, _may_keep())) is None:
        raise NotFound("Nobody of the presence staff has this account.")
    if work.session.get(DeskGrant, (project_id, user_id)) is None:
        values = {"granted_at": work.now, "granted_by": work.actor.user_id}
        work.insert(DeskGrant, project_id=project_id, user_id=user_id, **values)
        _note(work, project_id, "desk_opened", user_id)


def close_to(work: Work, project_id: int, user_id: int) -> None:
    """Take the desk from somebody; their next scan is refused.

    Raises:
        NotFound: it was not open to them.
    """
    access.project(work, project_id, lock=True)
    grant = work.session.get(DeskGrant, (project_id, user_id))
    if grant is None:
        raise NotFound("The desk is not open to this person.")
    work.session.delete(grant)
    work.session.flush()
    _note(work, project_id, "desk_closed", user_id)


def set_cool_down(work: Work, project_id: int, seconds: int) -> None:
    """Say for how long the same badge, held before the camera, is one scan.

    Raises:
        Invalid: too short or too long.
        Conflict: the project is completed.
    """
    project = access.project(work, project_id, is_open=True, lock=True)
    least, most = COOL_DOWNS
    if not least <= seconds <= most:
        raise Invalid("Between {least} and {most} seconds, please.", field="cool_down", least=least, most=most)
    if project.cool_down != seconds:
        was, project.cool_down = project.cool_down, seconds
        audit.activity(work, "cool_down_changed", "project", project_id, was=was, seconds=seconds)
        live.publish(work, "project", project_id)
        live.publish(work, "presence", project_id)


def _may_keep() -> ColumnElement[bool]:
    return and_(or_(*(User.role == role for role in KEEPERS)), User.suspended_at.is_(None))


def _keeper(user: User) -> Keeper:
    return Keeper(user.id or 0, user.name or user.email, user.email, user.suspended_at is not None)


def _note(work: Work, project_id: int, action: str, user_id: int) -> None:
    audit.activity(work, action, "project", project_id, keeper=user_id)
    live.publish(work, "project", project_id)
    live.publish(work, "presence", project_id)
