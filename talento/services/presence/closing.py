"""Departures that were forgotten: proposed with a time, and never written down until somebody says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from talento.errors import Conflict, Invalid
from talento.models.casting import Project
from talento.services import audit, live
from talento.services.presence import access, desk, events
from talento.services.presence.desk import Person
from talento.services.presence.events import New
from talento.services.presence.stays import LONGEST, Stay, begins_at, day_of, is_overdue
from talento.services.work import Work
from talento.vocabulary.presence import Action, Source

SOON = timedelta(hours=10)
"""How long a day is taken to have been when nobody else's departure says it."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """An open stay that was probably forgotten, and when it may have ended."""

    person: Person
    day: date
    arrived_at: datetime
    arrival: str
    suggested_at: datetime


def overdue(work: Work, project_id: int, *, locale: str) -> list[Overdue]:
    """The stays still open after the next day-break, the latest first.

    The time proposed is when the last of the others left that day, else ten hours after the arrival; never later than
    the day-break.
    """
    project = access.project(work, project_id)
    people = [person for person, _ in desk.assigned_people(work, project, locale)]
    there = desk.folded(work, project, [person.assignment_id for person in people])
    lasts = _last_departures(project, there)
    found = [
        _overdue(project, person, stay, lasts)
        for person in people
        for stay in there.get(person.assignment_id, [])
        if is_overdue(stay, work.now, project.zone, project.day_break)
    ]
    return sorted(found, key=lambda one: one.arrived_at, reverse=True)


def close(work: Work, project_id: int, arrival: str, *, left_at: datetime, reason: str) -> None:
    """Say when somebody left whose departure was not scanned.

    Args:
        arrival: the id of the event that began the stay.

    Raises:
        Invalid: no reason, a time before the arrival or over 16 hours after it, or one that has not come.
        Conflict: the stay is closed already.
        NotFound: no such arrival on this project.
    """
    project = access.project(work, project_id, records=True, lock=True)
    said, moment = desk.reason_given(reason), desk.past(work, left_at)
    row = desk.event_of(work, project_id, arrival)
    stays = desk.folded(work, project, [row.assignment_id]).get(row.assignment_id, [])
    stay = next((one for one in stays if one.arrival == row.client_id), None)
    if stay is None or stay.left_at is not None:
        raise Conflict("This stay has an end already.")
    if not timedelta() < moment - stay.arrived_at <= LONGEST:
        raise Invalid("A stay ends after it began, at most 16 hours later.", field="left_at")
    new = New(str(uuid4()), row.assignment_id, Action.OUT, moment, work.now, Source.CORRECTION, reason=said)
    events.write(work, project_id, new)
    audit.activity(work, "presence_closed", "assignment", row.assignment_id, at=moment.isoformat(), reason=said)
    live.publish(work, "presence", project_id)


def _last_departures(project: Project, there: Mapping[int, Sequence[Stay]]) -> dict[date, datetime]:
    lasts: dict[date, datetime] = {}
    for stay in (one for mine in there.values() for one in mine):
        if stay.left_at is not None:
            day = day_of(stay.arrived_at, project.zone, project.day_break)
            lasts[day] = max(stay.left_at, lasts.get(day, stay.left_at))
    return lasts


def _overdue(project: Project, person: Person, stay: Stay, lasts: dict[date, datetime]) -> Overdue:
    day = day_of(stay.arrived_at, project.zone, project.day_break)
    latest = min(begins_at(day + timedelta(days=1), project.zone, project.day_break), stay.arrived_at + LONGEST)
    said = lasts.get(day)
    is_likely = said is not None and stay.arrived_at < said <= latest
    suggested = said if said is not None and is_likely else min(stay.arrived_at + SOON, latest)
    return Overdue(person, day, stay.arrived_at, stay.arrival, suggested)
