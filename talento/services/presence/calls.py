"""Call times: when whom is wanted on a shooting day. The team and admins set them, and have them mailed."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from talento.errors import Invalid
from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.models.presence import CallTime
from talento.services import audit, live, text
from talento.services.casting import access, papers
from talento.services.cinema import faces
from talento.services.days import hour, weekday
from talento.services.mail import messages, unsubscribing
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.casting import Answer
from talento.vocabulary.permissions import Permission

LONGEST_NOTE = 300
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:hH]([0-5][0-9])(?::00)?")


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody of the project on a day; `at` None while they are not called. `is_told`: the mail of this very time."""

    assignment_id: int
    code: str
    name: str
    photo_url: str
    role: str
    role_id: int
    has_declined: bool
    is_booked: bool
    is_to_guardian: bool
    at: datetime | None
    note: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """How many were mailed, how many knew already, and how many want no such mail."""

    mailed: int
    known: int
    unsubscribed: int


@dataclass(frozen=True, slots=True)
class OwnCall:
    """A call as the one who is called sees it, in the zone of the project."""

    assignment_id: int
    day: date
    at: datetime
    note: str
    zone: str


def calls(work: Work, project_id: int, day: date, *, locale: str) -> list[CallLine]:
    """Everybody on a project by number, with their call on a shooting day.

    Raises:
        NotFound: no such project of theirs.
    """
    project = access.project(work, project_id)
    return [_line(project, day, row, locale) for row in _rows(work, project_id, day)]


def call(work: Work, project_id: int, day: date, ids: Collection[int], *, at: str, note: str = "") -> int:
    """Call these people at an hour of the clock where the project is shot; returns how many calls are new or other.

    An hour before the day-break belongs to the night that the shooting day ends with. Whoever was told another time
    before has not been told this one.

    Raises:
        Invalid: nobody, no hour, or an hour that the clocks leave out that day.
        Conflict: the project is completed.
    """
    project = access.project(work, project_id, is_open=True, lock=True)
    moment, said = instant(at, day, project), _note(note)
    people = [row[0].id or 0 for row in _rows(work, project_id, day) if row[0].id in ids]
    if not people:
        raise Invalid("Please choose somebody.")
    there = {row.assignment_id: row for row in _calls(work, people, day)}
    changed = 0
    for key in people:
        row = there.get(key)
        if row is None:
            work.insert(CallTime, assignment_id=key, day=day, at=moment, note=said)
        elif (row.at, row.note) != (moment, said):
            row.at, row.note, row.mailed_at = moment, said, None
        else:
            continue
        changed += 1
    if changed:
        details = {"day": day.isoformat(), "at": moment.isoformat(), "count": changed}
        audit.activity(work, "called", "project", project_id, **details)
        _publish(work, project_id)
    return changed


def uncall(work: Work, project_id: int, day: date, ids: Collection[int]) -> int:
    """Take the calls of these people back; returns how many there were.

    Raises:
        Conflict: the project is completed.
    """
    access.project(work, project_id, is_open=True, lock=True)
    people = [row[0].id or 0 for row in _rows(work, project_id, day) if row[0].id in ids]
    rows = _calls(work, people, day)
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    if rows:
        audit.activity(work, "uncalled", "project", project_id, day=day.isoformat(), count=len(rows))
        _publish(work, project_id)
    return len(rows)


def mail(work: Work, project_id: int, day: date, ids: Collection[int], *, is_again: bool = False) -> Sent:
    """Mail their calls to these people: once for each time that is set, unless `is_again`; guardians get those of
    people under 18. The rows are held until the mails are written, so that two who press at once send one.
    Whoever wants no such mail gets none, and counts as not told.

    Raises:
        Invalid: none of them is called that day.
        Conflict: the project is completed.
    """
    project = access.project(work, project_id, is_open=True, lock=True)
    rows = [row for row in _rows(work, project_id, day) if row[0].id in ids and row[4] is not None]
    if not rows:
        raise Invalid("None of them has a call time on this day.")
    left = [row for row in rows if unsubscribing.has_left(work, papers.address(row[1], row[2]), "call_time")]
    willing = [row for row in rows if row not in left]
    due = [row for row in willing if row[4] is not None and (is_again or row[4].mailed_at is None)]
    for assignment, talent, user, role, called in due:
        if called is not None:
            letter = _letter(work, project, assignment, talent, user, role, called)
            reader = None if faces.is_minor(talent) else user
            messages.call_time(work, letter, email=papers.address(talent, user), user=reader)
            called.mailed_at = work.now
            audit.activity(work, "call_mailed", "assignment", assignment.id, day=day.isoformat())
    if due:
        _publish(work, project_id)
    return Sent(len(due), len(willing) - len(due), len(left))


def own(work: Work) -> list[OwnCall]:
    """One's own calls from today on, the next first."""
    work.require(Permission.OWN_PROFILE)
    rows = work.session.execute(
        select(CallTime, Project.zone)
        .join(Assignment, Assignment.id == CallTime.assignment_id)
        .join(Project, Project.id == Assignment.project_id)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .where(CinemaTalent.user_id == work.actor.user_id, Assignment.removed_at.is_(None))
        .where(Project.deleted_at.is_(None), CallTime.at >= work.now - timedelta(hours=12))
        .order_by(CallTime.at)
    )
    return [OwnCall(row.assignment_id, row.day, row.at, row.note, zone) for row, zone in rows]


def instant(typed: str, day: date, project: Project) -> datetime:
    """The instant of an hour of the clock on a shooting day, in UTC.

    Raises:
        Invalid: it is no hour, or one that the clocks leave out.
    """
    said = CLOCK.fullmatch(text.line(typed)[:20])
    if said is None:
        raise Invalid("Please give a time such as 07:30.", field="at")
    clock, zone = time(int(said[1]), int(said[2])), ZoneInfo(project.zone)
    on = day + timedelta(days=1) if clock < time(project.day_break) else day
    local = datetime.combine(on, clock, zone)
    found = local.astimezone(ZoneInfo("UTC"))
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid("The clocks leave this hour out on that day. Please give another.", field="at")
    return found


Row = tuple[Assignment, CinemaTalent, User, str | None, CallTime | None]


def _rows(work: Work, project_id: int, day: date) -> list[Row]:
    rows = work.session.execute(
        select(Assignment, CinemaTalent, User, CastingRole.name)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .join(CastingRole, CastingRole.id == Assignment.role_id, isouter=True)
        .where(Assignment.project_id == project_id, Assignment.removed_at.is_(None), User.suspended_at.is_(None))
        .order_by(Assignment.number)
    ).all()
    there = {row.assignment_id: row for row in _calls(work, [row[0].id or 0 for row in rows], day)}
    return [(row[0], row[1], row[2], row[3], there.get(row[0].id or 0)) for row in rows]


def _calls(work: Work, ids: Collection[int], day: date) -> list[CallTime]:
    wanted = select(CallTime).where(CallTime.assignment_id.in_(ids), CallTime.day == day)
    return list(work.session.scalars(wanted.execution_options(populate_existing=True)))


def _line(project: Project, day: date, row: Row, locale: str) -> CallLine:
    assignment, talent, _, role, called = row
    first, last = assignment.starts_on or project.starts_on, assignment.ends_on or project.ends_on
    return CallLine(
        assignment_id=assignment.id or 0,
        code=assignment.code,
        name=faces.shown_name(talent),
        photo_url=f"/files/{talent.photo_id}" if talent.photo_id else "",
        role=role or assignment.kind.label(locale),
        role_id=assignment.role_id or 0,
        has_declined=assignment.answer is Answer.DECLINED,
        is_booked=(first is None or first <= day) and (last is None or day <= last),
        is_to_guardian=faces.is_minor(talent),
        at=called.at if called else None,
        note=called.note if called else "",
        is_told=bool(called and called.mailed_at),
    )


def _letter(
    work: Work,
    project: Project,
    assignment: Assignment,
    talent: CinemaTalent,
    user: User,
    role: str | None,
    called: CallTime,
) -> messages.Called:
    locale, local = user.locale, called.at.astimezone(ZoneInfo(project.zone))
    heading = papers.heading(work, project, locale)
    return messages.Called(
        locale=locale,
        name=talent.guardian_name if faces.is_minor(talent) else talent.first_name,
        talent=faces.shown_name(talent),
        is_to_guardian=faces.is_minor(talent),
        project=heading.name,
        production=heading.production,
        role=role or assignment.kind.label(locale),
        day=weekday(local.date(), locale),
        hour=hour(local, locale),
        place=papers.place(project, locale),
        contact=papers.contact(work, project),
        code=assignment.code,
        note=called.note,
        link=f"{settings().base_url}/my-castings",
    )


def _note(said: str) -> str:
    note = text.lines(said)
    if len(note) > LONGEST_NOTE:
        raise Invalid("At most {count} characters, please.", field="note", count=LONGEST_NOTE)
    return note


def _publish(work: Work, project_id: int) -> None:
    live.publish(work, "presence", project_id)
    live.publish(work, "assignment", project_id)
