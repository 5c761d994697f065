"""Somebody wanted on two sets at once: found before a booking is made, and shown on boards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from talento.errors import Conflict
from talento.i18n import phrase
from talento.models.casting import Assignment, Project
from talento.models.cinema import Unavailability
from talento.services.casting import access
from talento.services.days import day
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Busy:
    """Days on which somebody is taken. `project` is empty when the reader may not know of it."""

    starts_on: date
    ends_on: date
    project: str = ""
    is_calendar: bool = False
    """Whether the person said so themselves, rather than being booked."""


class DoubleBooked(Conflict):
    """Somebody is taken on these days already; a reason overrides it. `busy` says by what."""

    def __init__(self, name: str, busy: list[Busy], locale: str) -> None:
        first = busy[0]
        sentence = (
            phrase("{name} is not available from {start} to {end}.")
            if first.is_calendar
            else phrase("{name} is booked for {project} from {start} to {end}.")
            if first.project
            else phrase("{name} is booked for another project from {start} to {end}.")
        )
        start, end = day(first.starts_on, locale), day(first.ends_on, locale)
        super().__init__(sentence, name=name, project=first.project, start=start, end=end)
        self.busy = busy


def span(starts_on: date | None, ends_on: date | None) -> Days | None:
    """The days from one to the other; one alone counts for itself, none at all can't overlap anything."""
    first, last = starts_on or ends_on, ends_on or starts_on
    return (first, last) if first and last else None


def busy(work: Work, talent_ids: Iterable[int], days: Days | None, *, but: int) -> dict[int, list[Busy]]:
    """Who of these people is taken on some of these days, by another project than `but` or by their own calendar."""
    wanted = list(talent_ids)
    if days is None or not wanted:
        return {}
    found: dict[int, list[Busy]] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for talent_id, one in [*_bookings(work, some, but), *_calendar(work, some)]:
            if one.starts_on <= days[1] and days[0] <= one.ends_on:
                found.setdefault(talent_id, []).append(one)
    return found


def _bookings(work: Work, talent_ids: list[int], but: int) -> list[tuple[int, Busy]]:
    rows = work.session.execute(
        select(Assignment, Project)
        .join(Project, Project.id == Assignment.project_id)
        .where(
            Assignment.talent_id.in_(talent_ids),
            Assignment.removed_at.is_(None),
            Assignment.project_id != but,
            Project.deleted_at.is_(None),
            Project.status != ProjectStatus.COMPLETED,
        )
        .order_by(Assignment.id)
    ).all()
    known = _known(work, {project.id or 0 for _, project in rows})
    found = []
    for assignment, project in rows:
        days = span(assignment.starts_on or project.starts_on, assignment.ends_on or project.ends_on)
        if days:
            found.append((assignment.talent_id, Busy(*days, project.name if project.id in known else "")))
    return found


def _known(work: Work, project_ids: set[int]) -> set[int]:
    """Those of these projects that the reader works on: the names of others stay theirs."""
    theirs = access.theirs(work).where(Project.id.in_(project_ids))
    return {row.id or 0 for row in work.session.scalars(theirs)} if project_ids else set()


def _calendar(work: Work, talent_ids: list[int]) -> list[tuple[int, Busy]]:
    rows = work.session.scalars(select(Unavailability).where(Unavailability.talent_id.in_(talent_ids)))
    return [(row.talent_id, Busy(row.starts_on, row.ends_on, is_calendar=True)) for row in rows]
