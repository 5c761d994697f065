"""The projects of a reader: found while typing, each with how far its roles are filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from talento.models.casting import Assignment, CastingRole, Production, Project, ProjectMember
from talento.services.casting import access, productions, rows
from talento.services.casting.finding import answers
from talento.services.work import Work
from talento.vocabulary.casting import ProductionType, ProjectStatus
from talento.vocabulary.permissions import Permission

PAGE = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A project in the list: `booked` of `wanted` people, `full` of `roles` roles."""

    id: int
    code: str
    name: str
    production: str
    logo_url: str
    production_type: str
    status: str
    place_en: str
    place_fr: str
    starts_on: str
    ends_on: str
    roles: int
    full: int
    wanted: int
    booked: int
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the projects that answer to a search, and how many there are in all."""

    rows: list[Line]
    total: int


@dataclass(slots=True)
class Fill:
    """How far the roles of a project are filled."""

    roles: int = 0
    full: int = 0
    wanted: int = 0
    booked: int = 0


def page(
    work: Work,
    *,
    text: str = "",
    status: str = "",
    production_type: str = "",
    is_mine: bool = False,
    is_deleted: bool = False,
    offset: int = 0,
) -> Page:
    """The reader's projects (an admin's: all), those that begin last first.

    Args:
        text: words of the name, the code, the company or the place.
        status, production_type: slugs; empty or unknown for all.
        is_mine: only those whose team the reader is on.
        is_deleted: the deleted ones instead; recruiters see those that they made themselves.
    """
    work.require(Permission.CASTING)
    wanted = [_kept(work, is_deleted), or_(answers(Project.folded, text), _made_by(text))]
    if known := ProjectStatus.parse(status):
        wanted.append(Project.status == known)
    if kind := ProductionType.parse(production_type):
        wanted.append(Project.production_type == kind)
    if is_mine:
        wanted.append(Project.id.in_(_of_team(work)))
    found = access.theirs(work).where(*wanted)
    total = work.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    latest = found.order_by(func.coalesce(Project.starts_on, date(1, 1, 1)).desc(), Project.id.desc())
    return Page(_lines(work, work.session.scalars(latest.offset(max(offset, 0)).limit(PAGE)).all()), total)


def fill(work: Work, project_ids: list[int]) -> dict[int, Fill]:
    """How far the roles of each project are filled. Those booked beyond what a role wants count no further."""
    booked = (
        select(Assignment.role_id, func.count().label("n"))
        .where(Assignment.project_id.in_(project_ids), Assignment.removed_at.is_(None))
        .group_by(Assignment.role_id)
        .subquery()
    )
    per_role = (
        select(CastingRole.project_id, CastingRole.wanted, func.coalesce(booked.c.n, 0))
        .outerjoin(booked, booked.c.role_id == CastingRole.id)
        .where(CastingRole.project_id.in_(project_ids), CastingRole.deleted_at.is_(None))
    )
    found: dict[int, Fill] = {}
    for project_id, wanted, count in work.session.execute(per_role):
        one = found.setdefault(project_id, Fill())
        one.roles += 1
        one.full += count >= wanted
        one.wanted += wanted
        one.booked += min(count, wanted)
    return found


def _kept(work: Work, is_deleted: bool) -> ColumnElement[bool]:
    if not is_deleted:
        return Project.deleted_at.is_(None)
    mine = Project.created_by == work.actor.user_id
    gone = Project.deleted_at.is_not(None)
    return gone if work.actor.can(Permission.ADMINISTER) else and_(gone, mine)


def _made_by(said: str) -> ColumnElement[bool]:
    return Project.production_id.in_(select(Production.id).where(answers(Production.folded, said)))


def _of_team(work: Work) -> Any:
    return select(ProjectMember.project_id).where(ProjectMember.user_id == work.actor.user_id)


def _lines(work: Work, found: Iterable[Project]) -> list[Line]:
    found = list(found)
    ids = [row.id or 0 for row in found]
    companies = {
        row.id: row
        for row in work.session.scalars(select(Production).where(Production.id.in_({r.production_id for r in found})))
    }
    filled = fill(work, ids)
    return [_line(row, companies.get(row.production_id), filled.get(row.id or 0, Fill())) for row in found]


def _line(row: Project, company: Production | None, filled: Fill) -> Line:
    return Line(
        id=row.id or 0,
        code=row.code,
        name=row.name,
        production=company.name if company else "",
        logo_url=productions.logo_url(company) if company else "",
        production_type=row.production_type.value,
        status=row.status.value,
        place_en=rows.row_place(row, "en"),
        place_fr=rows.row_place(row, "fr"),
        starts_on=rows.iso(row.starts_on),
        ends_on=rows.iso(row.ends_on),
        roles=filled.roles,
        full=filled.full,
        wanted=filled.wanted,
        booked=filled.booked,
        is_deleted=row.deleted_at is not None,
    )
