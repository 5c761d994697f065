"""Who may work on a project: its team, and admins. For everybody else it does not exist."""

from sqlalchemy import Select, select

from talento.errors import Conflict, NotFound
from talento.models.casting import CastingRole, Project, ProjectMember
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission


def project(work: Work, project_id: int, *, lock: bool = False, is_open: bool = False) -> Project:
    """A project the actor works on.

    Args:
        lock: hold the row until the transaction ends: changes to one project take turns.
        is_open: refuse a project that is completed.

    Raises:
        NotFound: none, deleted, or not theirs.
        Conflict: it is completed.
    """
    work.require(Permission.CASTING)
    query = theirs(work).where(Project.id == project_id, Project.deleted_at.is_(None))
    found = work.session.scalars(_held(query, of=Project) if lock else query).first()
    if found is None:
        raise NotFound("There is no such project, or you are not on its team.")
    if is_open and not may_change(found):
        raise Conflict("This project is completed. Set it back to shooting to change it.")
    return found


def role(work: Work, role_id: int, *, lock: bool = False, is_open: bool = False) -> tuple[CastingRole, Project]:
    """A role of a project the actor works on, and that project.

    Raises:
        NotFound, Conflict: as `project`.
    """
    work.require(Permission.CASTING)
    query = select(CastingRole).where(CastingRole.id == role_id, CastingRole.deleted_at.is_(None))
    found = work.session.scalars(_held(query, of=CastingRole) if lock else query).first()
    if found is None:
        raise NotFound("There is no such role.")
    return found, project(work, found.project_id, is_open=is_open)


def may_change(project: Project) -> bool:
    """Whether a project may still be changed."""
    return project.status is not ProjectStatus.COMPLETED


def theirs(work: Work) -> Select:
    """The projects the actor works on, deleted ones included."""
    if work.actor.can(Permission.ADMINISTER):
        return select(Project)
    mine = select(ProjectMember.project_id).where(ProjectMember.user_id == work.actor.user_id)
    return select(Project).where(Project.id.in_(mine))


def _held(query: Select, *, of: type) -> Select:
    """The same rows, locked and as they are now, whatever was read of them before."""
    return query.with_for_update(of=of).execution_options(populate_existing=True)
