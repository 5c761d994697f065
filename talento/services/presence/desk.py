"""The desk of a project: one scan in, one scan out, the day's sheet. Staff to whom it is open, and admins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Select, select

from talento.errors import Conflict, Invalid, NotFound, Refusal
from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole, Project
from talento.models.cinema import CinemaTalent
from talento.models.presence import CallTime, PresenceEvent
from talento.services import audit, live, preferences, text
from talento.services.badges import revocation, signature
from talento.services.casting import scanning
from talento.services.cinema import faces
from talento.services.preferences import registry
from talento.services.presence import access, events, folds
from talento.services.presence.events import New
from talento.services.presence.stays import LONGEST, Stay, day_of, is_overdue, is_there
from talento.services.work import Work
from talento.vocabulary.presence import Action, Source, Standing

AHEAD = timedelta(minutes=2)
"""How far a device's corrected clock may run ahead before its scans are refused."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the desk: nothing but what the desk needs (`product.md` §3)."""

    assignment_id: int
    code: str
    name: str
    photo_url: str
    role: str
    kind: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan did. `outcome`: `in`, `out`, or `repeated` when it was the same scan again.

    `since` and `by` say of a repeated scan when and by whom the first one was recorded.
    """

    person: Person
    outcome: str
    at: datetime
    since: datetime | None
    by: str
    worked_minutes: int
    client_id: str


@dataclass(frozen=True, slots=True)
class StayView:
    """One stay on a sheet; the ids are those of its events, for corrections."""

    arrived_at: datetime
    left_at: datetime | None
    arrival: str
    departure: str
    minutes: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on a day's sheet. `standing`: slug of `Standing`."""

    person: Person
    standing: str
    call_at: datetime | None
    stays: list[StayView]
    minutes: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A day at the desk, people in the order of their numbers; `counts` by slug of `Standing`."""

    project_id: int
    code: str
    name: str
    zone: str
    day: date
    today: date
    is_open: bool
    may_record: bool
    lines: list[Line]
    counts: dict[str, int]


def sheet(work: Work, project_id: int, *, day: date | None = None, locale: str) -> Sheet:
    """A shooting day of a project; today's, where it is shot, when none is named.

    Raises:
        NotFound: no such desk, or not open to them.
    """
    project = access.project(work, project_id)
    today = day_of(work.now, project.zone, project.day_break)
    shown = day or today
    lines = _lines(work, project, shown, locale)
    counts = Counter(line.standing for line in lines)
    return Sheet(
        project_id=project_id,
        code=project.code,
        name=project.name,
        zone=project.zone,
        day=shown,
        today=today,
        is_open=access.is_open(project),
        may_record=_may_record(work, project_id),
        lines=lines,
        counts={one.value: counts.get(one.value, 0) for one in Standing},
    )


def scan(
    work: Work,
    project_id: int,
    scanned: str,
    *,
    client_id: str = "",
    source: Source = Source.TYPED,
    at: datetime | None = None,
    device_at: datetime | None = None,
    locale: str = "en",
) -> Scan:
    """Note an arrival, or the departure of somebody who is here. Sent twice, it is noted once and answered alike.

    Args:
        scanned: a badge, a signed badge, a profile's QR, any code or alias.
        client_id: the scan's own UUID, made where it happened; one is made when it is empty.
        at: when it happened, by the corrected clock of the device; now when it is not given.

    Raises:
        NotFound: unknown, or not on this project; the sentence says which.
        Invalid: a forged, expired or revoked badge, or a clock that is wrong.
        Conflict: the project is completed.
    """
    project = access.project(work, project_id, records=True)
    if not access.is_open(project):
        raise Conflict("This project is completed.")
    assignment = assigned(work, project, scanned)
    key = client_id or str(uuid4())
    moment = _checked_time(work, at)
    seen = events.known(work, events.checked_id(key))
    if seen is not None and seen.assignment_id != assignment.id:
        raise Conflict("Another scan has this number already.")
    work.session.refresh(assignment, with_for_update=True)
    new = New(key, assignment.id or 0, Action.SCAN, moment, device_at or moment, source)
    if events.write(work, project_id, new):
        live.publish(work, "presence", project_id)
    return _answer(work, project, assignment, events.checked_id(key), moment, locale)


def assigned(work: Work, project: Project, scanned: str) -> Assignment:
    """Whose badge, QR or code this is, on this project.

    Raises:
        NotFound: nobody's, or nobody's on this project.
        Invalid: a forged, expired or revoked badge.
    """
    if len(scanned) > signature.LONGEST:
        raise Invalid("This is far too long to be a code.")
    try:
        known = revocation.identify(work, scanned)
    except NotFound:
        talent = scanning.known(work, scanned)
        found = _of_talent(work, project, talent) if talent else None
        if talent is None:
            raise NotFound("Nobody has this code.") from None
        if found is None:
            raise NotFound("{name} is not on this project.", name=faces.shown_name(talent)) from None
        return found
    row = work.get(Assignment, known.assignment_id)
    if row.project_id != project.id:
        raise NotFound("This badge belongs to another project.")
    _refuse_suspended(work, row)
    return row


def everybody(work: Work, project_id: int, *, is_arrival: bool, ids: list[int], reason: str) -> list[str]:
    """Note the arrival, or the departure, of these people at once; returns the ids of what was noted, for undoing it.

    Whoever is here already, or is not here, is left alone.

    Raises:
        NotFound, Conflict: as `scan`.
        Invalid: no reason.
    """
    project = access.project(work, project_id, records=True)
    if not access.is_open(project):
        raise Conflict("This project is completed.")
    said, noted = reason_given(reason), []
    rows = select(Assignment).where(
        Assignment.project_id == project_id, Assignment.id.in_(ids), Assignment.removed_at.is_(None)
    )
    chosen = [row.id or 0 for row in work.session.scalars(rows.order_by(Assignment.id).with_for_update())]
    there = folded(work, project, chosen)
    for assignment_id in chosen:
        is_here = _is_here(there.get(assignment_id, []), work.now)
        if is_here is is_arrival:
            continue
        action = Action.IN if is_arrival else Action.OUT
        new = New(str(uuid4()), assignment_id, action, work.now, work.now, Source.EVERYBODY, reason=said)
        events.write(work, project_id, new)
        noted.append(new.client_id)
    if noted:
        audit.activity(work, "everybody_in" if is_arrival else "everybody_out", "project", project_id, count=len(noted))
        live.publish(work, "presence", project_id)
    return noted


def cancel(work: Work, project_id: int, client_ids: list[str], *, reason: str) -> None:
    """Take events back; they stay written down, beside who took them back and why.

    Raises:
        Invalid: no reason.
        NotFound: an event that is not of this project.
    """
    access.project(work, project_id, records=True)
    said = reason_given(reason)
    for client_id in client_ids:
        row = event_of(work, project_id, client_id)
        new = New(str(uuid4()), row.assignment_id, Action.CANCEL, work.now, work.now, Source.CORRECTION,
                  target=row.client_id, reason=said)  # fmt: skip
        events.write(work, project_id, new)
        audit.activity(work, "presence_cancelled", "assignment", row.assignment_id, event=client_id, reason=said)
    live.publish(work, "presence", project_id)


def correct(work: Work, project_id: int, client_id: str, *, at: datetime, reason: str) -> None:
    """Say that an event happened at another time; the old time is kept beside it.

    Raises:
        Invalid: no reason, or a time that has not come yet.
        NotFound: an event that is not of this project.
    """
    access.project(work, project_id, records=True)
    said, moment = reason_given(reason), past(work, at)
    row = event_of(work, project_id, client_id)
    new = New(str(uuid4()), row.assignment_id, Action.MOVE, moment, work.now, Source.CORRECTION,
              target=row.client_id, reason=said)  # fmt: skip
    events.write(work, project_id, new)
    details = {"event": client_id, "was": row.at.isoformat(), "is": moment.isoformat(), "reason": said}
    audit.activity(work, "presence_corrected", "assignment", row.assignment_id, **details)
    live.publish(work, "presence", project_id)


def add(
    work: Work, project_id: int, assignment_id: int, *, arrived_at: datetime, left_at: datetime | None, reason: str
) -> None:
    """Write a stay, or its end, by hand.

    Raises:
        Invalid: no reason, a departure before the arrival or longer than 16 hours after it, a time that has not come.
        NotFound: somebody who is not on this project.
    """
    access.project(work, project_id, records=True)
    said, start = reason_given(reason), past(work, arrived_at)
    end = past(work, left_at) if left_at else None
    if end is not None and not timedelta() < end - start <= LONGEST:
        raise Invalid("A stay ends after it began, at most 16 hours later.", field="left_at")
    row = work.session.get(Assignment, assignment_id)
    if row is None or row.project_id != project_id:
        raise NotFound("Nobody is assigned under this code.")
    for action, at in ((Action.IN, start), (Action.OUT, end)):
        if at is not None:
            new = New(str(uuid4()), assignment_id, action, at, at, Source.CORRECTION, reason=said)
            events.write(work, project_id, new)
    audit.activity(work, "presence_added", "assignment", assignment_id, reason=said)
    live.publish(work, "presence", project_id)


def suggestions(work: Work, project_id: int, typed: str, *, locale: str, most: int = 8) -> list[Person]:
    """Who of the project has a name or a code that begins so, for typing by hand."""
    project = access.project(work, project_id)
    words = text.line(typed)[:60].casefold().split()
    if not words:
        return []
    people = [person for person, _ in assigned_people(work, project, locale)]
    return [one for one in people if all(word in f"{one.name} {one.code}".casefold() for word in words)][:most]


def _lines(work: Work, project: Project, day: date, locale: str) -> list[Line]:
    people = assigned_people(work, project, locale)
    ids = [person.assignment_id for person, _ in people]
    there, calls = folded(work, project, ids), call_times(work, ids, day)
    is_today = day == day_of(work.now, project.zone, project.day_break)
    lines = []
    for person, is_removed in people:
        mine = [
            _stay_view(stay, work.now, project)
            for stay in there.get(person.assignment_id, [])
            if day_of(stay.arrived_at, project.zone, project.day_break) == day
            or (is_today and is_there(stay, work.now))
        ]
        if is_removed and not mine:
            continue
        call_at = calls.get(person.assignment_id)
        stands = standing(mine, call_at, work.now)
        lines.append(Line(person, stands.value, call_at, mine, sum(stay.minutes for stay in mine)))
    return lines


def assigned_people(work: Work, project: Project, locale: str) -> list[tuple[Person, bool]]:
    """Everybody who is, or was, on the project, by number; and whether they were taken off."""
    rows = work.session.execute(
        select(Assignment, CinemaTalent, CastingRole.name)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(CastingRole, CastingRole.id == Assignment.role_id, isouter=True)
        .where(Assignment.project_id == project.id)
        .order_by(Assignment.number)
    )
    return [(_person(*row, locale=locale), row[0].removed_at is not None) for row in rows]


def _person(assignment: Assignment, talent: CinemaTalent, role: str | None, *, locale: str) -> Person:
    """Who it is; a child whose guardian took the consent back is a code without a name or a face."""
    is_withheld = faces.is_withheld(talent)
    return Person(
        assignment_id=assignment.id or 0,
        code=assignment.code,
        name=assignment.code if is_withheld else faces.shown_name(talent),
        photo_url=f"/files/{talent.photo_id}" if talent.photo_id and not is_withheld else "",
        role=role or assignment.kind.label(locale),
        kind=assignment.kind.value,
    )


def folded(work: Work, project: Project, ids: list[int]) -> dict[int, Sequence[Stay]]:
    """The stays of these people, by assignment."""
    return {key: fold.stays for key, fold in folds.folds(work, project, ids).items()}


def call_times(work: Work, ids: list[int] | Select, day: date) -> dict[int, datetime]:
    """When these people are called on a shooting day, by assignment."""
    rows = select(CallTime).where(CallTime.assignment_id.in_(ids), CallTime.day == day)
    return {row.assignment_id: row.at for row in work.session.scalars(rows)}


def _stay_view(stay: Stay, now: datetime, project: Project) -> StayView:
    return StayView(
        arrived_at=stay.arrived_at,
        left_at=stay.left_at,
        arrival=stay.arrival,
        departure=stay.departure,
        minutes=int(stay.worked.total_seconds() // 60),
        is_overdue=is_overdue(stay, now, project.zone, project.day_break),
    )


def standing(mine: list[StayView], call_at: datetime | None, now: datetime) -> Standing:
    """Where somebody stands: by their stays of the day, else by the call time and what admins call late."""
    if mine:
        last = mine[-1]
        return Standing.HERE if last.left_at is None and now - last.arrived_at <= LONGEST else Standing.LEFT
    if call_at is not None and now > call_at + timedelta(hours=preferences.value(registry.NO_SHOW_AFTER)):
        return Standing.NO_SHOW
    if call_at is not None and now > call_at + timedelta(minutes=preferences.value(registry.LATE_AFTER)):
        return Standing.LATE
    return Standing.EXPECTED


def _answer(work: Work, project: Project, assignment: Assignment, client_id: str, at: datetime, locale: str) -> Scan:
    """What this very event did, read back from the stays: asked again, it answers the same."""
    talent = work.get(CinemaTalent, assignment.talent_id)
    role = work.session.get(CastingRole, assignment.role_id) if assignment.role_id else None
    person = _person(assignment, talent, role.name if role else None, locale=locale)
    mine = folded(work, project, [assignment.id or 0]).get(assignment.id or 0, [])
    for stay in mine:
        if stay.departure == client_id:
            return Scan(person, "out", stay.left_at or at, None, "", int(stay.worked.total_seconds() // 60), client_id)
        if stay.arrival == client_id:
            return Scan(person, "in", stay.arrived_at, None, "", 0, client_id)
    since, by = _before(work, mine, at)
    return Scan(person, "repeated", at, since, by, 0, client_id)


def _before(work: Work, mine: Sequence[Stay], at: datetime) -> tuple[datetime | None, str]:
    """The mark that a repeated scan repeats, and who recorded it."""
    marks = [(stay.arrived_at, stay.arrival) for stay in mine]
    marks += [(stay.left_at, stay.departure) for stay in mine if stay.left_at]
    earlier = [mark for mark in marks if mark[0] <= at]
    if not earlier:
        return None, ""
    moment, key = max(earlier)
    row = events.known(work, key)
    return moment, events.authors(work, [row])[key] if row else ""


def _of_talent(work: Work, project: Project, talent: CinemaTalent) -> Assignment | None:
    row = work.session.scalars(
        select(Assignment).where(
            Assignment.project_id == project.id, Assignment.talent_id == talent.id, Assignment.removed_at.is_(None)
        )
    ).first()
    if row is not None:
        _refuse_suspended(work, row)
    return row


def _refuse_suspended(work: Work, row: Assignment) -> None:
    talent = work.get(CinemaTalent, row.talent_id)
    if work.get(User, talent.user_id).suspended_at is not None:
        raise Refusal("{name} is suspended.", name=faces.shown_name(talent))


def _is_here(mine: Sequence[Stay], now: datetime) -> bool:
    return bool(mine) and is_there(mine[-1], now)


def _may_record(work: Work, project_id: int) -> bool:
    try:
        access.project(work, project_id, records=True)
    except Refusal:
        return False
    return True


def event_of(work: Work, project_id: int, client_id: str) -> PresenceEvent:
    """An event of a project.

    Raises:
        NotFound: there is none with this id.
    """
    row = events.known(work, events.checked_id(client_id))
    if row is None or row.project_id != project_id:
        raise NotFound("There is no such scan.")
    return row


def oldest_scan() -> timedelta:
    """How old a scan may be that a tablet kept while it had no network; admins decide."""
    return timedelta(hours=preferences.value(registry.SCANS_KEPT))


def _checked_time(work: Work, at: datetime | None) -> datetime:
    if at is None:
        return work.now
    if not work.now - oldest_scan() <= at <= work.now + AHEAD:
        raise Invalid("The clock of this device is wrong. Set it, and scan again.", field="at")
    return at


def past(work: Work, at: datetime) -> datetime:
    """A time that has come.

    Raises:
        Invalid: it lies ahead.
    """
    if at > work.now + AHEAD:
        raise Invalid("This time has not come yet.", field="at")
    return at


def reason_given(said: str) -> str:
    """Why something is changed.

    Raises:
        Invalid: nothing was said.
    """
    reason = text.line(said)[:300]
    if not any(character.isalnum() for character in reason):
        raise Invalid("Please say why, in a few words.", field="reason")
    return reason
