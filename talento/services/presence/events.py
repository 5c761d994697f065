"""What happened at a desk, written down: each event once, however often it is sent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talento.errors import Invalid
from talento.models.accounts import User
from talento.models.presence import Device, PresenceEvent
from talento.services.presence.stays import Mark
from talento.services.work import Work
from talento.vocabulary.presence import Action, Source


@dataclass(frozen=True, slots=True)
class New:
    """An event to write down. `at` is when it happened by the corrected clock, `device_at` by the device's own."""

    client_id: str
    assignment_id: int
    action: Action
    at: datetime
    device_at: datetime
    source: Source
    target: str = ""
    reason: str = ""


def write(work: Work, project_id: int, new: New) -> bool:
    """Write an event down; False when it was there already, which is no error.

    Raises:
        Invalid: its id is no UUID.
    """
    row = {
        "client_id": checked_id(new.client_id),
        "project_id": project_id,
        "assignment_id": new.assignment_id,
        "action": new.action,
        "at": new.at,
        "device_at": new.device_at,
        "received_at": work.now,
        "source": new.source,
        "device_id": work.actor.device_id,
        "user_id": work.actor.user_id,
        "target": new.target,
        "reason": new.reason[:300],
    }
    return work.insert_new(PresenceEvent, **row)


def known(work: Work, client_id: str) -> PresenceEvent | None:
    """The event with this id, if it was written down."""
    return work.session.scalars(select(PresenceEvent).where(PresenceEvent.client_id == client_id)).first()


def marks(work: Work, project_id: int, ids: Collection[int]) -> dict[int, list[Mark]]:
    """What happened to each of these people of a project, as stays see it."""
    one = PresenceEvent
    query = select(one.assignment_id, one.client_id, one.action, one.at, one.device_at, one.target)
    query = query.where(one.project_id == project_id, one.assignment_id.in_(ids)).order_by(one.id)
    found: dict[int, list[Mark]] = {}
    for assignment_id, *said in work.session.execute(query):
        found.setdefault(assignment_id, []).append(Mark(*said))
    return found


def mark(row: PresenceEvent) -> Mark:
    """One row as stays see it."""
    return Mark(row.client_id, row.action, row.at, row.device_at, row.target)


def authors(work: Work, rows: Iterable[PresenceEvent]) -> dict[str, str]:
    """The name of who noted each event, a person or a tablet, by the event's id."""
    noted = list(rows)
    people = _names(work, User, {row.user_id for row in noted})
    tablets = _names(work, Device, {row.device_id for row in noted})
    return {row.client_id: people.get(row.user_id) or tablets.get(row.device_id) or "" for row in noted}


def _names(work: Work, table: type[User] | type[Device], ids: Collection[int | None]) -> dict[int | None, str]:
    rows = work.session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return dict(rows.tuples().all())


def checked_id(text: str) -> str:
    """An event's id in its usual form.

    Raises:
        Invalid: it is no UUID.
    """
    try:
        return str(UUID(text[:40]))
    except ValueError as error:
        raise Invalid("This scan has no valid number of its own.") from error
