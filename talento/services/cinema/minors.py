"""Who sees the photos of people under 18: admins, and the teams of projects that consider or employ them (`GD-08`)."""

from collections.abc import Iterable

from sqlalchemy import select, union

from talento.models.casting import Assignment, Candidate, CastingRole, Project, ProjectMember
from talento.services.work import Work
from talento.vocabulary.permissions import Permission


def shown(work: Work, talent_ids: Iterable[int]) -> set[int]:
    """Those of these children whose photos the actor may see."""
    wanted = set(talent_ids)
    if not wanted or work.actor.can(Permission.ADMINISTER):
        return wanted
    if not work.actor.can(Permission.CASTING):
        return set()
    mine = (
        select(Project.id)
        .join(ProjectMember, ProjectMember.project_id == Project.id)
        .where(ProjectMember.user_id == work.actor.user_id, Project.deleted_at.is_(None))
    )
    considered = (
        select(Candidate.talent_id)
        .join(CastingRole, CastingRole.id == Candidate.role_id)
        .where(Candidate.talent_id.in_(wanted), CastingRole.deleted_at.is_(None), CastingRole.project_id.in_(mine))
    )
    assigned = select(Assignment.talent_id).where(
        Assignment.talent_id.in_(wanted), Assignment.removed_at.is_(None), Assignment.project_id.in_(mine)
    )
    return set(work.session.scalars(union(considered, assigned)))
