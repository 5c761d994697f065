"""Assignments: a cinema talent on a project, once, under a number that is never given again."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlalchemy import select

from talento.errors import Conflict, Invalid, InvalidForm, NotFound
from talento.models.accounts import User
from talento.models.casting import Assignment, Candidate, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.services import audit, codes, live, text
from talento.services.badges import withdrawal
from talento.services.casting import access, candidates, overlaps, scanning
from talento.services.casting.projects import check_days
from talento.services.casting.roster import Assigned as Assigned
from talento.services.casting.roster import roster as roster
from talento.services.cinema import faces
from talento.services.work import Work
from talento.vocabulary.casting import Answer, Stage, TalentType
from talento.vocabulary.permissions import Permission


@dataclass(frozen=True, slots=True)
class Made:
    """A new assignment."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Terms:
    """As what somebody is assigned, and when; without days, for as long as the project lasts."""

    kind: TalentType
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    overlap_reason: str = ""


def assign(
    work: Work,
    project_id: int,
    *,
    scanned: str = "",
    talent_id: int | None = None,
    role_id: int | None = None,
    kind: str = "",
    description: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    overlap_reason: str = "",
) -> Made:
    """Put somebody on a project, by any of their codes or by key; on the board of the role they become booked.

    Args:
        kind: slug of `TalentType`; empty for the role's own, or for an extra.
        overlap_reason: why an overlap with another booking is accepted.

    Raises:
        NotFound: unknown project, role, code or person.
        Conflict: on the project already (by whom and when), completed project, or a minor without consent.
        DoubleBooked: taken elsewhere on these days, and no reason was given.
        InvalidForm, Invalid: the end is before the start, an unknown kind of part.
    """
    role = access.role(work, role_id, lock=True, is_open=True)[0] if role_id else None
    project = access.project(work, project_id, lock=True, is_open=True)
    _check_belongs(role, project_id)
    talent = faces.visible(work, talent_id) if talent_id else scanning.somebody(work, scanned)
    terms = _terms(role, kind, description, starts_on, ends_on, overlap_reason)
    made = book(work, project, role, talent, terms)
    if role is not None:
        _stand(work, role, talent, Stage.BOOKED)
    return Made(made.id or 0, made.code, faces.shown_name(talent))


def edit(
    work: Work,
    assignment_id: int,
    *,
    role_id: int | None = None,
    kind: str = "",
    description: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    overlap_reason: str = "",
) -> None:
    """Change as what, and when, somebody is on a project; a change of role moves them on both boards.

    Raises:
        NotFound, Conflict, DoubleBooked, InvalidForm, Invalid: as `assign`.
    """
    seen = _assignment(work, assignment_id)
    before, role = _lock_roles(work, seen.role_id, role_id)
    _check_belongs(role, seen.project_id)
    project = access.project(work, seen.project_id, lock=True, is_open=True)
    row = _held(work, seen)
    talent = _locked(work, row.talent_id)
    said = overlap_reason or row.overlap_reason
    terms = _terms(role, kind or row.kind.value, description, starts_on, ends_on, said)
    _apply(work, project, role, row, talent, terms)
    if before is not None and (role is None or before.id != role.id):
        _stand(work, before, talent, Stage.RELEASED)
    if role is not None and (before is None or before.id != role.id):
        _stand(work, role, talent, Stage.BOOKED)
    _note(work, row, "assignment_changed")


def remove(work: Work, assignment_id: int, reason: str) -> None:
    """Take somebody off a project: the badge is revoked, the card of the board is released.

    Raises:
        NotFound: no such assignment, or not of a project of theirs.
        Conflict: the project is completed.
        Invalid: no reason.
    """
    seen = _assignment(work, assignment_id)
    role, _ = _lock_roles(work, seen.role_id, None)
    access.project(work, seen.project_id, is_open=True)
    row, said = _held(work, seen), text.line(reason)[:300]
    if not said:
        raise Invalid("Please give a reason.", field="reason")
    end(work, row, said)
    talent = work.session.get(CinemaTalent, row.talent_id)
    if role is not None and talent is not None:
        _stand(work, role, talent, Stage.RELEASED, said)


def book(work: Work, project: Project, role: CastingRole | None, talent: CinemaTalent, terms: Terms) -> Assignment:
    """Write an assignment. Callers hold the role's row and then the project's, in this order.

    Raises:
        Conflict: there is one already, and who made it when.
        DoubleBooked: taken elsewhere on these days, and no reason was given.
    """
    _locked(work, talent.id or 0)
    known = of_talent(work, project.id or 0, talent.id or 0)
    if known is not None and known.removed_at is None:
        raise _taken(work, known, project, talent)
    if known is None:
        number = codes.new_assignment_number(work, project.id or 0)
        known = Assignment(
            project_id=project.id,
            talent_id=talent.id,
            number=number,
            code=codes.assignment_code(project.code, number),
            kind=terms.kind,
            assigned_at=work.now,
        )
        work.session.add(known)
    known.removed_at = known.answered_at = known.mailed_at = None
    known.answer, known.answer_reason = Answer.WAITING, ""
    known.assigned_at, known.assigned_by = work.now, work.actor.user_id
    _apply(work, project, role, known, talent, terms)
    _note(work, known, "assigned")
    return known


def end(work: Work, row: Assignment, reason: str) -> None:
    """End an assignment: its badge is not accepted any more, its number stays its own."""
    row.removed_at = work.now
    withdrawal.withdraw(work, row, reason=reason)
    work.session.flush()
    _note(work, row, "assignment_removed", reason=reason)


def of_talent(work: Work, project_id: int, talent_id: int) -> Assignment | None:
    """The assignment of somebody on a project, present or past, held until the transaction ends."""
    found = select(Assignment).where(Assignment.project_id == project_id, Assignment.talent_id == talent_id)
    return work.session.scalars(found.with_for_update().execution_options(populate_existing=True)).first()


def day_of(said: str, field: str) -> date | None:
    """A day as a form gives it; None when it was left out.

    Raises:
        InvalidForm: it is not a day.
    """
    if not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError as error:
        raise InvalidForm({field: Invalid("This is not a date.", field=field)}) from error


def moment(at: datetime, zone: str, locale: str) -> str:
    """An instant in words, on the clocks of the set: 12 March 2027, 09:00."""
    return format_datetime(at, "d MMMM y, HH:mm", tzinfo=ZoneInfo(zone), locale="fr" if locale == "fr" else "en")


def _terms(
    role: CastingRole | None, kind: str, description: str, starts_on: date | None, ends_on: date | None, reason: str
) -> Terms:
    check_days(starts_on, ends_on)
    known = TalentType.parse(kind) if kind else role.kind if role else TalentType.EXTRA
    if known is None:
        raise Invalid("Please choose one of the options.", field="kind")
    return Terms(known, text.lines(description)[:500], starts_on, ends_on, text.line(reason)[:500])


def _apply(
    work: Work, project: Project, role: CastingRole | None, row: Assignment, talent: CinemaTalent, terms: Terms
) -> None:
    days = overlaps.span(terms.starts_on or project.starts_on, terms.ends_on or project.ends_on)
    taken = overlaps.busy(work, [talent.id or 0], days, but=project.id or 0).get(talent.id or 0)
    if taken and not terms.overlap_reason:
        raise overlaps.DoubleBooked(faces.shown_name(talent), taken, work.actor.locale)
    if taken:
        audit.activity(work, "overlap_accepted", "talent", talent.id, code=row.code, reason=terms.overlap_reason)
    row.role_id, row.kind, row.description = (role.id if role else None), terms.kind, terms.description
    row.starts_on, row.ends_on = terms.starts_on, terms.ends_on
    row.overlap_reason = terms.overlap_reason if taken else ""
    work.session.flush()


def _taken(work: Work, known: Assignment, project: Project, talent: CinemaTalent) -> Conflict:
    by = work.session.get(User, known.assigned_by) if known.assigned_by else None
    at = moment(known.assigned_at, project.zone, work.actor.locale)
    return Conflict(
        "{name} is on this project already, as {code}: assigned by {by} on {at}.",
        name=faces.shown_name(talent),
        code=known.code,
        by=(by.name or by.email) if by else "Talento",
        at=at,
    )


def _stand(work: Work, role: CastingRole, talent: CinemaTalent, stage: Stage, reason: str = "") -> None:
    """Let a board say what the assignment says. A release moves only those who were booked."""
    card: Candidate | None = candidates.find(work, role.id or 0, talent.id or 0)
    if card is None and stage is Stage.BOOKED:
        candidates.add(work, role.id or 0, talent.id or 0, stage)
    elif card is not None and (card.stage is Stage.BOOKED) != (stage is Stage.BOOKED):
        candidates.shift(work, card, stage, reason=reason)
    live.publish(work, "role", role.id or 0)


def _assignment(work: Work, assignment_id: int) -> Assignment:
    """An assignment of a project of the actor's, not removed.

    Raises:
        NotFound: otherwise.
    """
    work.require(Permission.CASTING)
    row = work.session.get(Assignment, assignment_id)
    if row is None or row.removed_at is not None:
        raise NotFound("There is no such assignment.")
    access.project(work, row.project_id)
    return row


def _held(work: Work, seen: Assignment) -> Assignment:
    """The same row, held until the transaction ends.

    Raises:
        Conflict: it was changed since it was looked at.
    """
    role_id = seen.role_id
    work.session.refresh(seen, with_for_update=True)
    if seen.removed_at is not None or seen.role_id != role_id:
        raise Conflict("Somebody changed this assignment just now. Please look again.")
    return seen


def _lock_roles(
    work: Work, before_id: int | None, after_id: int | None
) -> tuple[CastingRole | None, CastingRole | None]:
    """Hold both roles, in the order of their keys so that nobody waits in a circle."""
    held: dict[int, CastingRole] = {}
    for role_id in sorted({key for key in (before_id, after_id) if key}):
        query = select(CastingRole).where(CastingRole.id == role_id).with_for_update()
        row = work.session.scalars(query).first()
        if row is not None:
            held[role_id] = row
    if after_id and (after_id not in held or held[after_id].deleted_at is not None):
        raise NotFound("There is no such role.")
    return held.get(before_id or 0), held.get(after_id or 0)


def _locked(work: Work, talent_id: int) -> CinemaTalent:
    """Hold a person's row: bookings of one person on two projects take turns, so that each sees the other."""
    query = select(CinemaTalent).where(CinemaTalent.id == talent_id)
    return work.session.scalars(query.with_for_update(key_share=True)).one()


def _check_belongs(role: CastingRole | None, project_id: int) -> None:
    if role is not None and role.project_id != project_id:
        raise NotFound("There is no such role.")


def _note(work: Work, row: Assignment, action: str, **details: object) -> None:
    audit.activity(work, action, "assignment", row.id, project=row.project_id, talent=row.talent_id, **details)
    live.publish(work, "assignment", row.project_id)
