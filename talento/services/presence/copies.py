"""The copy of a desk that a tablet works on without a network: who is expected, who is here, what a badge must say."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from talento.errors import NotFound
from talento.models.accounts import User
from talento.models.casting import Assignment, CastingRole, Project, RevokedBadge
from talento.models.cinema import CinemaAlias, CinemaTalent
from talento.models.files import StoredFile
from talento.models.presence import PresenceEvent
from talento.models.talents import Talent
from talento.services import preferences
from talento.services.badges import keys, revocation
from talento.services.cinema import faces
from talento.services.preferences import registry
from talento.services.presence import access, desk, folds
from talento.services.presence.desk import Line, Person
from talento.services.presence.stays import LONGEST, Stay, day_of
from talento.services.uploads import store
from talento.services.uploads.store import Content
from talento.services.work import Actor, Work, look

RECENT = timedelta(hours=24)


def snapshot(work: Work, project_id: int, *, locale: str) -> dict[str, Any]:
    """What a tablet keeps: names, roles, codes, today's sheet, the marks it goes on from, the key, the revoked badges.

    Raises:
        NotFound: no such desk, or not open to them.
    """
    project = access.project(work, project_id, records=True)
    lines = desk.sheet(work, project_id, locale=locale).lines
    codes = _codes(work, project)
    return {
        "project": {
            "id": project_id,
            "code": project.code,
            "name": project.name,
            "zone": project.zone,
            "day_break": project.day_break,
            "cool_down": project.cool_down,
            "late_after": _late()[0],
            "no_show_after": _late()[1],
            "is_open": access.is_open(project),
        },
        "now": work.now.isoformat(),
        "version": version(work, project_id),
        "people": [
            _person(project, line) | codes[line.person.assignment_id]
            for line in lines
            if line.person.assignment_id in codes
        ],
        "here": {
            line.person.assignment_id: line.stays[-1].arrived_at.isoformat()
            for line in lines
            if line.standing == "here"
        },
        "marks": _marks(work, project, [line.person.assignment_id for line in lines]),
        "key": base64.b64encode(keys.signing_key().public_key().public_bytes_raw()).decode(),
        "revoked": revocation.revoked(work),
    }


def version(work: Work, project_id: int) -> str:
    """What the copy depends on, in a word: another one means that the copy is old. Much cheaper than the copy.

    Raises:
        NotFound: no such desk, or not open to them.
    """
    project = access.project(work, project_id, records=True)
    day = day_of(work.now, project.zone, project.day_break)
    noted = select(func.count(), func.max(PresenceEvent.id)).where(PresenceEvent.project_id == project_id)
    roles = select(func.max(CastingRole.updated_at)).where(CastingRole.project_id == project_id)
    called = [(key, at, desk.standing([], at, work.now).value) for key, at in _called(work, project, day)]
    parts = (
        day,
        work.now.replace(minute=0, second=0, microsecond=0),
        (project.name, project.zone, project.day_break, project.cool_down, project.status),
        tuple(work.session.execute(noted).one()),
        [tuple(row) for row in work.session.execute(_people(project))],
        work.session.scalar(roles),
        work.session.scalar(select(func.max(RevokedBadge.id))),
        called,
        _late(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def _late() -> tuple[int, int]:
    """After how many minutes somebody is late, and after how many hours they are not expected any more."""
    return preferences.value(registry.LATE_AFTER), preferences.value(registry.NO_SHOW_AFTER)


def face(actor: Actor, code: str, assignment_id: int) -> Content:
    """The small photo of somebody on the project, for whoever may see the sheet.

    Raises:
        NotFound: no such desk, nobody, no photo, or one that is withheld.
    """
    return store.content(look(actor, _face, code, assignment_id), "face")


def photo_address(code: str, person: Person) -> str:
    """Where the tablet finds somebody's photo; a new photo has a new address."""
    kept = person.photo_url.rpartition("/")[2]
    return f"/desk/{code}/faces/{person.assignment_id}?v={kept[:8]}" if kept else ""


def _face(work: Work, code: str, assignment_id: int) -> StoredFile:
    project = access.by_code(work, code)
    row = work.session.get(Assignment, assignment_id)
    is_theirs = row is not None and row.project_id == project.id and row.removed_at is None
    talent = work.session.get(CinemaTalent, row.talent_id) if row is not None and is_theirs else None
    kept = work.session.get(StoredFile, talent.photo_id) if talent is not None and talent.photo_id else None
    if talent is None or kept is None or faces.is_withheld(talent):
        raise NotFound("There is no such picture.")
    return kept


def _person(project: Project, line: Line) -> dict[str, Any]:
    last = line.stays[-1] if line.stays else None
    return {
        "id": line.person.assignment_id,
        "code": line.person.code,
        "name": line.person.name,
        "role": line.person.role,
        "kind": line.person.kind,
        "photo": photo_address(project.code, line.person),
        "standing": line.standing,
        "call_at": _said(line.call_at),
        "arrived_at": _said(last.arrived_at if last else None),
        "left_at": _said(last.left_at if last else None),
        "minutes": line.minutes,
    }


def _said(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _marks(work: Work, project: Project, ids: list[int]) -> list[dict[str, Any]]:
    """What counts of the last day for each of them, from the beginning of a stay on, so that a tablet folds on alike.

    A scan is an arrival or a departure by what was before it: a list that began in the middle would read it wrongly.
    """
    since, found = work.now - RECENT, []
    for assignment_id, fold in folds.folds(work, project, ids).items():
        begins = _begins(fold.stays, since)
        found += [
            {"assignment_id": assignment_id, "at": one.at.isoformat(), "action": one.action.value, "client_id": one.id}
            for one in fold.counted
            if one.at >= begins
        ]
    return found


def _begins(there: Iterable[Stay], since: datetime) -> datetime:
    touching = [one.arrived_at for one in there if (one.left_at or one.arrived_at + LONGEST) >= since]
    return min([*touching, since])


def _called(work: Work, project: Project, day: date) -> list[tuple[int, datetime]]:
    ids = select(Assignment.id).where(Assignment.project_id == project.id)
    return sorted(desk.call_times(work, ids, day).items())


def _people(project: Project) -> Select[Any]:
    """Everything about the people of a project that a copy shows, or refuses somebody by."""
    of_assignment = (Assignment.id, Assignment.removed_at, Assignment.role_id, Assignment.kind, Assignment.badge_serial)
    of_talent = (CinemaTalent.updated_at, CinemaTalent.photo_id, CinemaTalent.guardian_consented_at)
    columns: tuple[Any, ...] = (*of_assignment, *of_talent, User.suspended_at)
    return (
        select(*columns)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .where(Assignment.project_id == project.id)
        .order_by(Assignment.id)
    )


def _codes(work: Work, project: Project) -> dict[int, dict[str, Any]]:
    """What else is known of everybody on the project: cinema code, general code, aliases, whether suspended."""
    rows = work.session.execute(
        select(Assignment.id, CinemaTalent.id, CinemaTalent.code, Talent.code, User.suspended_at)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(User, User.id == CinemaTalent.user_id)
        .join(Talent, Talent.user_id == CinemaTalent.user_id, isouter=True)
        .where(Assignment.project_id == project.id, Assignment.removed_at.is_(None))
    ).all()
    older: dict[int, list[str]] = {}
    wanted = select(CinemaAlias).where(CinemaAlias.talent_id.in_([row[1] for row in rows]))
    for alias in work.session.scalars(wanted):
        older.setdefault(alias.talent_id, []).append(alias.code)
    return {
        row[0]: {
            "talent_code": row[2],
            "aliases": [code for code in (row[3], *older.get(row[1], [])) if code],
            "is_suspended": row[4] is not None,
        }
        for row in rows
    }
