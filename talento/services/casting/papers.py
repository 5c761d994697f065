"""What papers say of a project and its people. The team and admins; a talent of themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update

from talento.errors import NotFound
from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole, Production, Project
from talento.models.cinema import CinemaTalent
from talento.services.badges import revocation
from talento.services.badges.signature import Badge
from talento.services.casting import access
from talento.services.cinema import faces
from talento.services.cinema.rows import ROWS
from talento.services.days import span
from talento.services.reference import book
from talento.services.work import Work
from talento.vocabulary.casting import TalentType
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True, slots=True)
class Heading:
    """A project as the head of a paper shows it, in the language of the paper."""

    code: str
    name: str
    production: str
    production_type: str
    dates: str

    @property
    def line(self) -> str:
        """Everything but the name, on one line."""
        return " · ".join(part for part in (self.code, self.production, self.production_type, self.dates) if part)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast; `contact` is what the reader may know, `role` the name of the part, else its kind."""

    assignment_id: int
    talent_id: int
    code: str
    talent_code: str
    name: str
    photo_id: str
    age: int
    place: str
    kind: TalentType
    role: str
    days: str
    contact: tuple[str, ...]
    badge: Badge


def cast(
    work: Work, project_id: int, *, locale: str, ids: Collection[int] | None = None
) -> tuple[Heading, list[Member]]:
    """A project's people by number, or those of them whose assignments are named; nobody who was taken off, nor a
    child whose guardian took the consent back.

    Raises:
        NotFound: no such project of theirs.
    """
    project = access.project(work, project_id)
    wanted: list[Any] = [Assignment.project_id == project_id, faces.consented(work.now.date())]
    if ids is not None:
        wanted.append(Assignment.id.in_(ids))
    return heading(work, project, locale), _members(work, project, wanted, locale)


def own(work: Work, assignment_id: int, *, locale: str) -> tuple[Heading, Member]:
    """One's own assignment.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    work.require(Permission.OWN_PROFILE)
    mine = CinemaTalent.user_id == work.actor.user_id
    return _one(work, [Assignment.id == assignment_id, mine], locale)


def one(work: Work, assignment_id: int, *, locale: str) -> tuple[Heading, Member]:
    """One assignment on a project of the actor's.

    Raises:
        NotFound: there is none.
    """
    work.require(Permission.CASTING)
    row = work.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound("There is no such assignment.")
    access.project(work, row.project_id)
    return _one(work, [Assignment.id == assignment_id, faces.consented(work.now.date())], locale)


def note_made(work: Work, ids: Collection[int]) -> None:
    """Remember that badges of these assignments were made."""
    work.require(Permission.OWN_PROFILE)
    work.session.execute(update(Assignment).where(Assignment.id.in_(ids)).values(badge_made_at=work.now))


def heading(work: Work, project: Project, locale: str) -> Heading:
    """A project as papers and mails name it."""
    company = work.session.get(Production, project.production_id) if project.production_id else None
    return Heading(
        code=project.code,
        name=project.name,
        production=company.name if company else "",
        production_type=project.production_type.label(locale),
        dates=span(project.starts_on, project.ends_on, locale),
    )


def days(project: Project, assignment: Assignment, locale: str) -> str:
    """The days of an assignment in words; the project's where it has none of its own."""
    return span(assignment.starts_on or project.starts_on, assignment.ends_on or project.ends_on, locale)


def place(project: Project, locale: str) -> str:
    """The main shooting place in words."""
    city = book().cities[project.city_id]
    name = project.city_typed if city.is_unlisted and project.city_typed else city.label(locale)
    return f"{name}, {book().countries[project.country].label(locale)}"


def contact(work: Work, project: Project) -> str:
    """Whom talents ask about a project: its own contact, else the company's."""
    own = [project.contact_name, project.contact_phone, project.contact_email]
    if any(own):
        return " · ".join(part for part in own if part)
    company = work.session.get(Production, project.production_id) if project.production_id else None
    parts = [company.name, company.phone, company.email] if company else []
    return " · ".join(part for part in parts if part)


def address(talent: CinemaTalent, user: User) -> str:
    """Where a message about somebody goes: to the guardian of those under 18 (`GD-08`)."""
    return (ROWS.opened(talent, "guardian_email") if faces.is_minor(talent) else "") or user.email


def _one(work: Work, wanted: list[Any], locale: str) -> tuple[Heading, Member]:
    found = work.session.execute(_rows(wanted)).first()
    if found is None:
        raise NotFound("There is no such assignment.")
    project = work.get(Project, found[0].project_id)
    return heading(work, project, locale), _member(work, project, *found, locale=locale)


def _members(work: Work, project: Project, wanted: list[Any], locale: str) -> list[Member]:
    return [_member(work, project, *row, locale=locale) for row in work.session.execute(_rows(wanted))]


def _rows(wanted: list[Any]) -> Select:
    return (
        select(Assignment, CinemaTalent, User, CastingRole.name)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .join(CastingRole, CastingRole.id == Assignment.role_id, isouter=True)
        .where(Assignment.removed_at.is_(None), *wanted)
        .order_by(Assignment.number)
    )


def _member(
    work: Work,
    project: Project,
    assignment: Assignment,
    talent: CinemaTalent,
    user: User,
    role: str | None,
    *,
    locale: str,
) -> Member:
    face = faces.face(talent, [], locale)
    return Member(
        assignment_id=assignment.id or 0,
        talent_id=talent.id or 0,
        code=assignment.code,
        talent_code=talent.code,
        name=face.name,
        photo_id=talent.photo_id or "",
        age=face.age,
        place=face.place,
        kind=assignment.kind,
        role=role or assignment.kind.label(locale),
        days=days(project, assignment, locale),
        contact=_contact(work, talent, user),
        badge=revocation.claims(assignment, project, work.now.date()),
    )


def _contact(work: Work, talent: CinemaTalent, user: User) -> tuple[str, ...]:
    """Phone and e-mail for those who may know them; never those of somebody under 18 (`GD-08`)."""
    if faces.is_minor(talent) or not work.actor.can(Permission.CONTACT_DETAILS):
        return ()
    return tuple(part for part in (ROWS.opened(talent, "phone"), user.email) if part)
