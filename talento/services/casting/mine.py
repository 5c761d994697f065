"""The talent's side of casting: their bookings, what they are asked, what they answer. Never a board's columns."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.casting import Assignment, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.services import audit, live, text
from talento.services.casting import papers
from talento.services.presence import calls, hours
from talento.services.presence.calls import OwnCall
from talento.services.presence.hours import Day, History
from talento.services.work import Work
from talento.vocabulary.casting import Answer, ProjectStatus
from talento.vocabulary.permissions import Permission

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Casting:
    """A project somebody is booked on, as they see it. `answer` is a slug of `Answer`, `status` of `ProjectStatus`."""

    assignment_id: int
    code: str
    project: str
    production: str
    production_type: str
    status: str
    role: str
    kind: str
    description: str
    days: str
    starts_on: date | None
    place: str
    contact: str
    answer: str
    answer_reason: str
    is_closed: bool
    zone: str
    calls: list[OwnCall]
    worked: list[Day]
    minutes: int


def castings(work: Work, *, locale: str) -> list[Casting]:
    """One's own bookings: those to come first, by their first day, then what is over, latest first.

    Raises:
        NotFound: the account has no cinema profile.
    """
    talent = profile(work)
    rows = work.session.execute(
        select(Assignment, Project, CastingRole.name)
        .join(Project, Project.id == Assignment.project_id)
        .join(CastingRole, CastingRole.id == Assignment.role_id, isouter=True)
        .where(Assignment.talent_id == talent.id, Assignment.removed_at.is_(None), Project.deleted_at.is_(None))
    )
    called, worked = calls.own(work), hours.own(work, locale=locale)
    found = [
        _casting(work, row, project, role, called, worked.get(row.id or 0), locale=locale)
        for row, project, role in rows
    ]
    open_ones = sorted(
        (one for one in found if not one.is_closed), key=lambda one: (one.starts_on or date.max, one.code)
    )
    closed = sorted((one for one in found if one.is_closed), key=lambda one: one.starts_on or date.min, reverse=True)
    return open_ones + closed


def respond(work: Work, assignment_id: int, *, accepts: bool, reason: str = "") -> None:
    """Accept or decline one's own booking; declining wants a reason. The team sees it at once.

    Raises:
        NotFound: it is somebody else's, or over.
        Invalid: declined without a reason.
        Conflict: the project is completed.
    """
    talent = profile(work)
    row = work.session.get(Assignment, assignment_id, with_for_update=True)
    if row is None or row.talent_id != talent.id or row.removed_at is not None:
        raise NotFound("This booking is no longer there.")
    if work.get(Project, row.project_id).status is ProjectStatus.COMPLETED:
        raise Conflict("This project is completed.")
    row.answer = Answer.ACCEPTED if accepts else Answer.DECLINED
    row.answer_reason = "" if accepts else required_reason(reason)
    row.answered_at = work.now
    audit.activity(work, "booking_answered", "assignment", row.id, code=row.code, answer=row.answer.value)
    live.publish(work, "assignment", row.project_id)
    if row.role_id is not None:
        live.publish(work, "role", row.role_id)


def profile(work: Work) -> CinemaTalent:
    """One's own cinema profile.

    Raises:
        NotFound: there is none.
    """
    work.require(Permission.OWN_PROFILE)
    found = work.session.scalars(select(CinemaTalent).where(CinemaTalent.user_id == work.actor.user_id)).first()
    if found is None:
        raise NotFound("Your account has no cinema profile.")
    return found


def required_reason(said: str) -> str:
    """A reason in words.

    Raises:
        Invalid: none was given, or it is too long.
    """
    reason = text.lines(said)
    if not any(character.isalnum() for character in reason):
        raise Invalid("Please say why, in a few words.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("At most {count} characters, please.", field="reason", count=LONGEST_REASON)
    return reason


def _casting(
    work: Work,
    row: Assignment,
    project: Project,
    role: str | None,
    called: list[OwnCall],
    worked: History | None,
    *,
    locale: str,
) -> Casting:
    heading = papers.heading(work, project, locale)
    return Casting(
        assignment_id=row.id or 0,
        code=row.code,
        project=heading.name,
        production=heading.production,
        production_type=heading.production_type,
        status=project.status.value,
        role=role or row.kind.label(locale),
        kind=row.kind.value,
        description=row.description,
        days=papers.days(project, row, locale),
        starts_on=row.starts_on or project.starts_on,
        place=papers.place(project, locale),
        contact=papers.contact(work, project),
        answer=row.answer.value,
        answer_reason=row.answer_reason,
        is_closed=project.status is ProjectStatus.COMPLETED,
        zone=project.zone,
        calls=[one for one in called if one.assignment_id == row.id],
        worked=worked.days if worked else [],
        minutes=worked.total.minutes if worked else 0,
    )
