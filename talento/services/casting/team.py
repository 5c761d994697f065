"""The team of a project: who may work on it. Its members and admins change it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from talento.errors import Conflict, NotFound
from talento.models.accounts import User
from talento.models.casting import Project, ProjectMember
from talento.services import audit, live
from talento.services.casting import access
from talento.services.text import line
from talento.services.work import Work
from talento.vocabulary.permissions import GRANTS, Permission, Role

FOUND_AT_MOST = 8
ROLES = tuple(role for role in Role if Permission.CASTING in GRANTS[role])


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, or who could be."""

    id: int
    name: str
    email: str
    role: str
    is_you: bool


def members(work: Work, project_id: int) -> list[Member]:
    """Who works on a project, by name. For those whom `access` has let in."""
    found = (
        select(User)
        .join(ProjectMember, ProjectMember.user_id == User.id)
        .where(ProjectMember.project_id == project_id)
        .order_by(User.name, User.id)
    )
    return [_member(work, user) for user in work.session.scalars(found)]


def colleagues(work: Work, project_id: int, text: str) -> list[Member]:
    """Recruiters and admins who answer to a name or an e-mail and are not on the team yet."""
    access.project(work, project_id)
    words = line(text)[:100].lower().split()[:4]
    if not words:
        return []
    there = select(ProjectMember.user_id).where(ProjectMember.project_id == project_id)
    found = select(User).where(_may_join(), User.id.not_in(there), *map(called, words)).order_by(User.name, User.id)
    return [_member(work, user) for user in work.session.scalars(found.limit(FOUND_AT_MOST))]


def add(work: Work, project_id: int, user_id: int) -> None:
    """Let a recruiter or an admin work on the project; once more changes nothing.

    Raises:
        NotFound: no such account, or one that does not cast.
    """
    row = access.project(work, project_id, lock=True)
    if work.session.scalar(select(User.id).where(User.id == user_id, _may_join())) is None:
        raise NotFound("There is no such recruiter.")
    if work.session.get(ProjectMember, (project_id, user_id)) is None:
        work.insert(ProjectMember, project_id=project_id, user_id=user_id, added_at=work.now)
        _note(work, row, "project_member_added", user_id)


def remove(work: Work, project_id: int, user_id: int) -> None:
    """Take somebody off the team.

    Raises:
        NotFound: not on it.
        Conflict: the last one; only an admin may leave a project without a team.
    """
    row = access.project(work, project_id, lock=True)
    member = work.session.get(ProjectMember, (project_id, user_id))
    if member is None:
        raise NotFound("This person is not on the team.")
    count = work.session.scalar(select(func.count()).where(ProjectMember.project_id == project_id)) or 0
    if count == 1 and not work.actor.can(Permission.ADMINISTER):
        raise Conflict("Somebody has to stay on the team. Add a colleague first.")
    work.session.delete(member)
    work.session.flush()
    _note(work, row, "project_member_removed", user_id)


def called(word: str) -> ColumnElement[bool]:
    """Accounts whose name or e-mail has this word in it."""
    return or_(func.lower(User.name).contains(word, autoescape=True), User.email.contains(word, autoescape=True))


def _may_join() -> ColumnElement[bool]:
    return and_(User.role.in_(ROLES), User.suspended_at.is_(None))


def _member(work: Work, user: User) -> Member:
    return Member(user.id or 0, user.name or user.email, user.email, user.role.value, user.id == work.actor.user_id)


def _note(work: Work, row: Project, action: str, user_id: int) -> None:
    audit.activity(work, action, "project", row.id, member=user_id)
    live.publish(work, "project", row.id or 0)
