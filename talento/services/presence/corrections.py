"""What was corrected at a desk: the old value, the new one, why, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from talento.models.accounts import User
from talento.models.casting import Project
from talento.models.presence import PresenceEvent
from talento.services.presence.stays import MARKS, day_of
from talento.services.work import Work
from talento.vocabulary.presence import Action, Source


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `was` and `now` are instants: None where there was nothing before, or is nothing after."""

    assignment_id: int
    day: date
    action: str
    was: datetime | None
    now: datetime | None
    reason: str
    by: str
    made_at: datetime


def by_event(work: Work, rows: Sequence[PresenceEvent], project: Project) -> dict[str, list[Correction]]:
    """The corrections of some events, oldest first, by the id of the arrival or departure that they are about.

    Args:
        rows: every event of the people concerned.
    """
    events = {row.client_id: row for row in rows}
    made = sorted((row for row in rows if row.source is Source.CORRECTION), key=lambda row: (row.received_at, row.id))
    names = _names(work, made)
    stands: dict[str, datetime | None] = {}
    found: dict[str, list[Correction]] = {}
    for row in made:
        about = _about(row, events)
        if about is None:
            continue
        is_new = row is about
        was = None if is_new else stands.get(about.client_id, about.at)
        now = row.at if is_new else _after(row, about, events, stands)
        stands[about.client_id] = now
        day = day_of(about.at, project.zone, project.day_break)
        one = Correction(row.assignment_id, day, row.action.value, was, now, row.reason,
                         names.get(row.user_id or 0, ""), row.received_at)  # fmt: skip
        found.setdefault(about.client_id, []).append(one)
    return found


def _about(row: PresenceEvent, events: Mapping[str, PresenceEvent]) -> PresenceEvent | None:
    """The arrival or departure that a correction is about, through corrections of corrections."""
    seen: set[str] = set()
    while row.action not in MARKS:
        if row.target in seen or row.target not in events:
            return None
        seen.add(row.target)
        row = events[row.target]
    return row


def _after(
    row: PresenceEvent,
    about: PresenceEvent,
    events: Mapping[str, PresenceEvent],
    stands: Mapping[str, datetime | None],
) -> datetime | None:
    """The time that stands after a correction; None when the event counts no more."""
    if row.action is Action.MOVE:
        return row.at
    target = events[row.target]
    if target is about:
        return None
    return about.at if stands.get(about.client_id, about.at) is None or target.action is Action.MOVE else None


def _names(work: Work, rows: Sequence[PresenceEvent]) -> dict[int, str]:
    keys = {row.user_id for row in rows if row.user_id}
    return dict(work.session.execute(select(User.id, User.name).where(User.id.in_(keys))).tuples().all())
