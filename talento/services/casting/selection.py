"""Selection mails: telling people that they were chosen, once each unless somebody asks again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from talento.errors import Invalid
from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.services import audit, live, text
from talento.services.casting import access, papers
from talento.services.cinema import faces
from talento.services.mail import messages, unsubscribing
from talento.services.mail.messages import Selection
from talento.services.work import Work
from talento.settings import settings

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who was chosen; `mailed_at` says when they were told last. A minor's mail goes to the guardian.

    `is_unsubscribed`: they want no such mail, and are told by other means.
    """

    assignment_id: int
    code: str
    name: str
    role: str
    mailed_at: datetime | None
    is_to_guardian: bool
    is_unsubscribed: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The mail as one of the recipients would get it, in their language."""

    subject: str
    html: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails are on their way, how many people had theirs already, and how many want none."""

    count: int
    skipped: int
    unsubscribed: int


def recipients(work: Work, project_id: int, *, locale: str) -> list[Recipient]:
    """Who was chosen for a project, in the order of their numbers."""
    project = access.project(work, project_id)
    return [
        Recipient(
            assignment_id=assignment.id or 0,
            code=assignment.code,
            name=faces.shown_name(talent),
            role=role or assignment.kind.label(locale),
            mailed_at=assignment.mailed_at,
            is_to_guardian=faces.is_minor(talent),
            is_unsubscribed=_has_left(work, talent, user),
        )
        for assignment, talent, user, role in _chosen(work, project, None)
    ]


def preview(work: Work, project_id: int, assignment_id: int, *, note: str = "") -> Preview:
    """The mail that one person would get; nothing is sent.

    Raises:
        Invalid: they are not on the project any more.
    """
    project = access.project(work, project_id)
    rows = _chosen(work, project, [assignment_id])
    if not rows:
        raise Invalid("Nobody is assigned yet.")
    assignment, talent, user, role = rows[0]
    letter = messages.selection_letter(work, _selection(work, project, assignment, talent, user, role, _note(note)))
    return Preview(letter.subject, letter.html(), letter.text(), papers.address(talent, user))


def send(work: Work, project_id: int, ids: Collection[int] | None, *, note: str = "", is_again: bool = False) -> Sent:
    """Tell these people, or everybody, that they were chosen: role, project, contact, and their badge attached.

    Whoever wants no such mail gets none, and counts as not told.

    The rows are held until the mails are written: two who press the button at once send one mail a person.

    Args:
        is_again: also tell those who were told before.

    Raises:
        Conflict: the project is completed.
        Invalid: there is nobody to tell.
    """
    project = access.project(work, project_id, is_open=True)
    said = _note(note)
    rows = _chosen(work, project, ids, lock=True)
    if not rows:
        raise Invalid("Nobody is assigned yet.")
    willing = [row for row in rows if not _has_left(work, row[1], row[2])]
    due = [row for row in willing if is_again or row[0].mailed_at is None]
    for assignment, talent, user, role in due:
        chosen = _selection(work, project, assignment, talent, user, role, said)
        messages.selection(
            work, chosen, email=papers.address(talent, user), user=None if faces.is_minor(talent) else user
        )
        assignment.mailed_at = work.now
        audit.activity(work, "selection_mailed", "assignment", assignment.id, code=assignment.code)
    if due:
        live.publish(work, "assignment", project_id)
    return Sent(len(due), len(willing) - len(due), len(rows) - len(willing))


def _has_left(work: Work, talent: CinemaTalent, user: User) -> bool:
    return unsubscribing.has_left(work, papers.address(talent, user), "selection")


def _chosen(
    work: Work, project: Project, ids: Collection[int] | None, *, lock: bool = False
) -> list[tuple[Assignment, CinemaTalent, User, str | None]]:
    query = (
        select(Assignment, CinemaTalent, User, CastingRole.name)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .join(CastingRole, CastingRole.id == Assignment.role_id, isouter=True)
        .where(Assignment.project_id == project.id, Assignment.removed_at.is_(None), User.suspended_at.is_(None))
        .where(faces.consented(work.now.date()))
        .order_by(Assignment.number)
    )
    if ids is not None:
        query = query.where(Assignment.id.in_(ids))
    rows = work.session.execute(query.with_for_update(of=Assignment) if lock else query)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _selection(
    work: Work,
    project: Project,
    assignment: Assignment,
    talent: CinemaTalent,
    user: User,
    role: str | None,
    note: str,
) -> Selection:
    heading = papers.heading(work, project, user.locale)
    return Selection(
        locale=user.locale,
        assignment_id=assignment.id or 0,
        name=talent.guardian_name if faces.is_minor(talent) else talent.first_name,
        talent=faces.shown_name(talent),
        is_to_guardian=faces.is_minor(talent),
        project=heading.name,
        production=heading.production,
        production_type=heading.production_type,
        role=role or assignment.kind.label(user.locale),
        description=assignment.description,
        days=papers.days(project, assignment, user.locale),
        contact=papers.contact(work, project),
        code=assignment.code,
        note=note,
        link=f"{settings().base_url}/my-castings",
    )


def _note(said: str) -> str:
    note = text.lines(said)
    if len(note) > LONGEST_NOTE:
        raise Invalid("At most {count} characters, please.", field="note", count=LONGEST_NOTE)
    return note
