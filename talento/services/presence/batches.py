"""What tablets send: scans in batches, late, twice or in any order."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from talento.errors import Invalid, ReadOnly, Refusal
from talento.models.casting import Project
from talento.services import audit, throttle
from talento.services.badges.signature import Forged
from talento.services.presence import access, copies, desk, pairing
from talento.services.presence.desk import Person
from talento.services.security import rules, suspicion
from talento.services.throttle import Limit
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.presence import Source

AT_MOST = 500
SKEWED = timedelta(minutes=2)

_ONCE_AN_HOUR = Limit("device-clock", 1, timedelta(hours=1))


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


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a batch goes: how far our clock is from the device's, and until when the device's scans count."""

    project: Project
    offset: timedelta
    until: datetime | None


def take(actor: Actor, project_id: int, scans: list[Sent], *, device_now: datetime) -> list[Answer]:
    """Note a batch of scans, each in a transaction of its own: one that is refused does not stop the others.

    Times are corrected by what the device's clock differs from ours.

    Raises:
        NotFound, Forbidden: no such desk, or not open to the actor.
        Invalid: too many scans at once.
    """
    if len(scans) > AT_MOST:
        raise Invalid("At most {count} scans at once.", count=AT_MOST)
    there = look(actor, _checked, project_id, device_now)
    if abs(there.offset) > SKEWED:
        run(actor, _note_skew, project_id, there.offset)
    return [_one(actor, there, one) for one in scans]


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer as it is sent."""
    said = asdict(answer)
    return said | {name: said[name].isoformat() if said[name] else None for name in ("at", "since")}


def _checked(work: Work, project_id: int, device_now: datetime) -> _Desk:
    project = access.project(work, project_id, records=True)
    return _Desk(project, work.now - device_now, pairing.until(work))


def _one(actor: Actor, there: _Desk, sent: Sent) -> Answer:
    project_id, at = there.project.id or 0, sent.device_at + there.offset
    try:
        if there.until is not None and at > there.until:
            raise Invalid("The time of this device is over.")
        found = run(
            actor, desk.scan, project_id, sent.scanned, client_id=sent.client_id, source=_source(sent.source),
            at=at, device_at=sent.device_at, locale=actor.locale,
        )  # fmt: skip
    except ReadOnly:
        raise  # the tablet keeps the scan and sends it again
    except Refusal as refusal:
        run(actor, _note_refused, project_id, sent, refusal)
        return Answer(sent.client_id, "refused", refusal.text(actor.locale), None, None, None, "", 0)
    person = found.person
    if actor.device_id is not None:
        person = replace(person, photo_url=copies.photo_address(there.project.code, person))
    return Answer(sent.client_id, found.outcome, "", person, found.at, found.since, found.by, found.worked_minutes)


def _source(said: str) -> Source:
    return Source.parse(said) or Source.TYPED


def _note_skew(work: Work, project_id: int, offset: timedelta) -> None:
    """Once an hour for each device, or for each account whose browser keeps the desk."""
    who = f"{work.actor.device_id or ''}:{work.actor.user_id or ''}"
    if throttle.is_first(work, _ONCE_AN_HOUR, who):
        seconds = round(offset.total_seconds())
        said = {"project": project_id, "device": work.actor.device_id, "seconds": seconds}
        audit.security(work, "device_clock", severity="warning", **said)


def _note_refused(work: Work, project_id: int, sent: Sent, refusal: Refusal) -> None:
    device_id = work.actor.device_id
    said = {"project": project_id, "device": device_id, "why": refusal.sentence, "scanned": sent.scanned[:40]}
    audit.security(work, "scan_refused", severity="warning", **said)
    if isinstance(refusal, Forged):
        suspicion.suspect(work, rules.FORGED)
