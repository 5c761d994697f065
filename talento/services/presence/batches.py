"""What tablets send: scans in batches, late, twice or in any order; and the copy of a desk they work on."""

import base64
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from talento.errors import Invalid, Refusal
from talento.models.casting import Assignment, Project
from talento.models.cinema import CinemaAlias, CinemaTalent
from talento.models.talents import Talent
from talento.services import audit
from talento.services.badges import keys, revocation
from talento.services.presence import access, desk
from talento.services.presence.desk import Person
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.presence import Source

AT_MOST = 500
SKEWED = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Sent:
    """A scan as a tablet sends it; `device_at` is what its own clock said."""

    client_id: str
    scanned: str
    source: str
    device_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a scan: `in`, `out`, `repeated`, or `refused` with the sentence that says why."""

    client_id: str
    outcome: str
    sentence: str
    person: Person | None
    at: datetime | None
    since: datetime | None
    by: str
    worked_minutes: int


def take(
    actor: Actor, project_id: int, scans: list[Sent], *, device_now: datetime, device_id: int | None = None
) -> list[Answer]:
    """Note a batch of scans, each in a transaction of its own: one that is refused does not stop the others.

    Times are corrected by what the device's clock differs from ours.

    Raises:
        NotFound, Forbidden: no such desk, or not open to the actor.
        Invalid: too many scans at once.
    """
    if len(scans) > AT_MOST:
        raise Invalid("At most {count} scans at once.", count=AT_MOST)
    now, project = look(actor, _checked, project_id)
    offset = now - device_now
    if abs(offset) > SKEWED:
        run(actor, _note_skew, project_id, offset, device_id)
    return [_one(actor, project_id, one, offset, device_id) for one in scans]


def snapshot(work: Work, project_id: int, *, locale: str) -> dict[str, Any]:
    """What a tablet keeps to work without a network: names, roles, codes, who is here, the key, the revoked badges."""
    project = access.project(work, project_id, records=True)
    sheet = desk.sheet(work, project_id, locale=locale)
    codes = _codes(work, project)
    here = {
        line.person.assignment_id: line.stays[-1].arrived_at.isoformat()
        for line in sheet.lines
        if line.standing == "here"
    }
    return {
        "project": {
            "id": project_id,
            "code": project.code,
            "name": project.name,
            "zone": project.zone,
            "day_break": project.day_break,
            "cool_down": project.cool_down,
            "is_open": access.is_open(project),
        },
        "now": work.now.isoformat(),
        "people": [
            {
                "id": line.person.assignment_id,
                "code": line.person.code,
                "name": line.person.name,
                "role": line.person.role,
                "kind": line.person.kind,
                "photo": line.person.photo_url,
                **codes.get(line.person.assignment_id, {"talent_code": "", "aliases": []}),
            }
            for line in sheet.lines
            if line.person.assignment_id in codes
        ],
        "here": here,
        "key": base64.b64encode(keys.signing_key().public_key().public_bytes_raw()).decode(),
        "revoked": revocation.revoked(work),
    }


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as it is sent."""
    said = asdict(answer)
    return said | {name: said[name].isoformat() if said[name] else None for name in ("at", "since")}


def _checked(work: Work, project_id: int) -> tuple[datetime, Project]:
    return work.now, access.project(work, project_id, records=True)


def _one(actor: Actor, project_id: int, sent: Sent, offset: timedelta, device_id: int | None) -> Answer:
    try:
        found = run(
            actor, desk.scan, project_id, sent.scanned, client_id=sent.client_id, source=_source(sent.source),
            at=sent.device_at + offset, device_at=sent.device_at, device_id=device_id, locale=actor.locale,
        )  # fmt: skip
    except Refusal as refusal:
        run(actor, _note_refused, project_id, sent, refusal, device_id)
        return Answer(sent.client_id, "refused", refusal.text(actor.locale), None, None, None, "", 0)
    return Answer(
        sent.client_id, found.outcome, "", found.person, found.at, found.since, found.by, found.worked_minutes
    )


def _source(said: str) -> Source:
    return Source.parse(said) or Source.TYPED


def _note_skew(work: Work, project_id: int, offset: timedelta, device_id: int | None) -> None:
    seconds = round(offset.total_seconds())
    audit.security(work, "device_clock", severity="warning", project=project_id, device=device_id, seconds=seconds)


def _note_refused(work: Work, project_id: int, sent: Sent, refusal: Refusal, device_id: int | None) -> None:
    said = {"project": project_id, "device": device_id, "why": refusal.sentence, "scanned": sent.scanned[:40]}
    audit.security(work, "scan_refused", severity="warning", **said)


def _codes(work: Work, project: Project) -> dict[int, dict[str, Any]]:
    """The further codes of everybody on the project: cinema code, general code, aliases."""
    rows = work.session.execute(
        select(Assignment.id, CinemaTalent.id, CinemaTalent.code, Talent.code)
        .join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
        .join(Talent, Talent.user_id == CinemaTalent.user_id, isouter=True)
        .where(Assignment.project_id == project.id, Assignment.removed_at.is_(None))
    ).all()
    older: dict[int, list[str]] = {}
    wanted = select(CinemaAlias).where(CinemaAlias.talent_id.in_([row[1] for row in rows]))
    for alias in work.session.scalars(wanted):
        older.setdefault(alias.talent_id, []).append(alias.code)
    return {
        row[0]: {"talent_code": row[2], "aliases": [code for code in (row[3], *older.get(row[1], [])) if code]}
        for row in rows
    }
