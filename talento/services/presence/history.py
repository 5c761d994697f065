"""A person's day at a desk: the stays, and every event behind them with its old values and its author."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from talento.errors import NotFound
from talento.models.accounts import User
from talento.models.presence import PresenceEvent
from talento.services.presence import access, desk, events
from talento.services.presence.desk import Line
from talento.services.presence.stays import day_of, void
from talento.services.work import Work
from talento.vocabulary.presence import Action


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it was written down. `was`: the time before a correction; `of`: what a cancellation took back."""

    client_id: str
    action: str
    at: datetime
    was: datetime | None
    of: str
    source: str
    by: str
    made_at: datetime
    reason: str
    is_void: bool


@dataclass(frozen=True, slots=True)
class PersonDay:
    """Somebody's line on a sheet, and how it came about, in the order in which it was written down."""

    line: Line
    entries: list[Entry]


def person_day(work: Work, project_id: int, assignment_id: int, *, day: date | None = None, locale: str) -> PersonDay:
    """The day of one person; today when none is named.

    Raises:
        NotFound: nobody of this desk.
    """
    sheet = desk.sheet(work, project_id, day=day, locale=locale)
    line = next((one for one in sheet.lines if one.person.assignment_id == assignment_id), None)
    if line is None:
        raise NotFound("Nobody is assigned under this code.")
    return PersonDay(line, _entries(work, project_id, line, sheet.day))


def _entries(work: Work, project_id: int, line: Line, day: date) -> list[Entry]:
    project = access.project(work, project_id)
    rows = work.session.execute(
        select(PresenceEvent, User.name)
        .join(User, User.id == PresenceEvent.user_id, isouter=True)
        .where(PresenceEvent.project_id == project_id, PresenceEvent.assignment_id == line.person.assignment_id)
        .order_by(PresenceEvent.id)
    ).all()
    known = {row.client_id: row for row, _ in rows}
    shown = {key for stay in line.stays for key in (stay.arrival, stay.departure)}
    taken_back = void(events.mark(row) for row in known.values())

    def is_of_the_day(row: PresenceEvent) -> bool:
        first = _origin(row, known)
        days = {day_of(one.at, project.zone, project.day_break) for one in (row, first)}
        return first.client_id in shown or (day in days and first.action in (Action.SCAN, Action.IN, Action.OUT))

    return [_entry(row, name, known, row.client_id in taken_back) for row, name in rows if is_of_the_day(row)]


def _origin(row: PresenceEvent, known: dict[str, PresenceEvent]) -> PresenceEvent:
    """The scan that a correction or a cancellation is about in the end."""
    seen: set[str] = set()
    while row.target in known and row.client_id not in seen:
        seen.add(row.client_id)
        row = known[row.target]
    return row


def _entry(row: PresenceEvent, name: str | None, known: dict[str, PresenceEvent], is_void: bool) -> Entry:
    target = known.get(row.target)
    return Entry(
        client_id=row.client_id,
        action=row.action.value,
        at=row.at,
        was=_before(row, target, known) if row.action is Action.MOVE and target else None,
        of=target.action.value if target else "",
        source=row.source.value,
        by=name or "",
        made_at=row.received_at,
        reason=row.reason,
        is_void=is_void,
    )


def _before(row: PresenceEvent, target: PresenceEvent, known: dict[str, PresenceEvent]) -> datetime:
    """The time that a correction replaced: that of the correction before it, else the scan's own."""
    earlier = [
        one
        for one in known.values()
        if one.action is Action.MOVE and one.target == target.client_id and (one.id or 0) < (row.id or 0)
    ]
    return earlier[-1].at if earlier else target.at
