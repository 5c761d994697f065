"""Whose desk a project's desk is: staff to whom it is open, tablets paired for it, its team to look at, and admins."""

from sqlalchemy import Select, or_, select

from talento.errors import Forbidden, NotFound
from talento.models.casting import Project, ProjectMember
from talento.models.presence import DeskGrant, DeviceScope
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission


def project(work: Work, project_id: int, *, records: bool = False, lock: bool = False) -> Project:
    """A project whose desk the actor keeps, or may look at.

    Args:
        records: whether something is to be recorded, which the casting team may not.

    Raises:
        NotFound: none, deleted, or not open to them.
    """
    work.require(Permission.RECORD_PRESENCE if records else Permission.SEE_SHEET)
    query = theirs(work).where(Project.id == project_id)
    found = work.session.scalars(query.with_for_update(of=Project) if lock else query).first()
    if found is None:
        raise NotFound("There is no such desk, or it is not open to you.")
    return found


def by_code(work: Work, code: str) -> Project:
    """The same by the project's code, as the address of the desk says it."""
    work.require(Permission.SEE_SHEET)
    found = work.session.scalars(theirs(work).where(Project.code == code.strip().upper()[:20])).first()
    if found is None:
        raise NotFound("There is no such desk, or it is not open to you.")
    return found


def is_theirs(work: Work, code: str) -> bool:
    """Whether the actor may open the desk with this code."""
    return work.session.scalars(theirs(work).where(Project.code == code.strip().upper()[:20])).first() is not None


def theirs(work: Work) -> Select:
    """The projects whose desks the actor may open; completed ones can still be looked at."""
    kept = select(Project).where(Project.deleted_at.is_(None))
    if work.actor.can(Permission.ADMINISTER):
        return kept
    if work.actor.device_id is not None:
        scope = select(DeviceScope.project_id).where(DeviceScope.device_id == work.actor.device_id)
        return kept.where(Project.id.in_(scope))
    ways = []
    if work.actor.can(Permission.RECORD_PRESENCE):
        ways.append(Project.id.in_(select(DeskGrant.project_id).where(DeskGrant.user_id == work.actor.user_id)))
    if work.actor.can(Permission.CASTING):
        ways.append(Project.id.in_(select(ProjectMember.project_id).where(ProjectMember.user_id == work.actor.user_id)))
    if not ways:
        raise Forbidden("You are not allowed to do this.")
    return kept.where(or_(*ways))


def is_open(project: Project) -> bool:
    """Whether scans are taken."""
    return project.status is not ProjectStatus.COMPLETED
