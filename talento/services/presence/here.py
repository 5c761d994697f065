"""How many people are on set now, project by project, for the team and admins."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from talento.models.casting import Project
from talento.models.presence import PresenceEvent
from talento.services.casting import access
from talento.services.presence import folds
from talento.services.presence.stays import LONGEST, is_there
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True, slots=True)
class Here:
    """A project with people on set."""

    project_id: int
    code: str
    name: str
    people: int


def here(work: Work) -> list[Here]:
    """The reader's projects that have somebody on set, most people first."""
    work.require(Permission.CASTING)
    wanted = access.theirs(work).where(Project.deleted_at.is_(None), Project.status != ProjectStatus.COMPLETED)
    projects = {row.id or 0: row for row in work.session.scalars(wanted)}
    found = [
        Here(key, projects[key].code, projects[key].name, count)
        for key, ids in _lately(work, projects).items()
        if (count := _count(work, projects[key], ids))
    ]
    return sorted(found, key=lambda one: (-one.people, one.name))


def _lately(work: Work, project_ids: Iterable[int]) -> dict[int, list[int]]:
    """By project, those of whom something was noted within the longest stay; nobody else can be here."""
    since = work.now - LONGEST
    noted = or_(PresenceEvent.at >= since, PresenceEvent.received_at >= since)
    rows = select(PresenceEvent.project_id, PresenceEvent.assignment_id).distinct()
    found: dict[int, list[int]] = {}
    for project_id, assignment_id in work.session.execute(
        rows.where(PresenceEvent.project_id.in_(list(project_ids)), noted)
    ):
        found.setdefault(project_id, []).append(assignment_id)
    return found


def _count(work: Work, project: Project, ids: list[int]) -> int:
    found = folds.folds(work, project, ids).values()
    return sum(bool(one.stays) and is_there(one.stays[-1], work.now) for one in found)
