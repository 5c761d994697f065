"""The tablets that keep desks: what admins decide about each, and the code that pairs one."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.casting import Project
from talento.models.presence import Device, DeviceScope
from talento.services import audit, live, passwords, text, throttle
from talento.services.casting.finding import answers
from talento.services.presence.stays import begins_at, day_of
from talento.services.tokens import digest
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission
from talento.vocabulary.presence import DeviceState

TOPIC = "device"
USUALLY = timedelta(days=30)
LONGEST = timedelta(days=365)
CODE_LASTS = timedelta(minutes=15)
PIN = re.compile(r"[0-9]{4,8}")
MOST_PROJECTS = 50

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that looks like a digit."""

CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Scoped:
    """A project whose desk a device may keep."""

    id: int
    code: str
    name: str
    zone: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device as admins see it. `state`: slug of `DeviceState`; `expires_on` is the last shooting day it works.

    `code_until`: until when a pairing code is good, None when there is none.
    """

    id: int
    uid: str
    name: str
    projects: list[Scoped]
    state: str
    is_kiosk: bool
    has_pin: bool
    created_at: datetime
    paired_at: datetime | None
    expires_at: datetime
    expires_on: date
    seen_at: datetime | None
    waiting: int
    code_until: datetime | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an admin wants of a device; `pin` None leaves the one it has."""

    name: str
    project_ids: Collection[int]
    expires_on: date | None = None
    is_kiosk: bool = False
    pin: str | None = None


def devices(work: Work) -> list[DeviceView]:
    """Every device: those at work first, then the others, newest first."""
    work.require(Permission.ADMINISTER)
    rows = list(work.session.scalars(select(Device).order_by(Device.id.desc())))
    scopes = scopes_of(work, [row.id or 0 for row in rows])
    shown = [_view(work, row, scopes.get(row.id or 0, [])) for row in rows]
    order = [DeviceState.WAITING, DeviceState.PAIRED, DeviceState.EXPIRED, DeviceState.REVOKED]
    return sorted(shown, key=lambda one: order.index(DeviceState(one.state)))


def device(work: Work, device_id: int) -> DeviceView:
    """One device.

    Raises:
        NotFound: there is none.
    """
    work.require(Permission.ADMINISTER)
    row = _row(work, device_id)
    return _view(work, row, scopes_of(work, [device_id]).get(device_id, []))


def projects(work: Work, typed: str = "", *, most: int = 8) -> list[Scoped]:
    """Projects to pair a device for: not completed, whose name or code holds what was typed, newest first."""
    work.require(Permission.ADMINISTER)
    query = select(Project).where(Project.deleted_at.is_(None), Project.status != ProjectStatus.COMPLETED)
    query = query.where(answers(Project.folded, typed)).order_by(Project.id.desc()).limit(most)
    return [_scoped(row) for row in work.session.scalars(query)]


def add(work: Work, wish: Wish) -> int:
    """Add a device; it works once it is paired. Returns its number.

    Raises:
        Invalid: no name, no project, a day that has passed or lies over a year ahead, a kiosk without a PIN.
    """
    work.require(Permission.ADMINISTER)
    chosen = _chosen(work, wish)
    row = Device(
        name=_name(wish),
        is_kiosk=wish.is_kiosk,
        pin_hash=_pin_hash(wish, ""),
        created_at=work.now,
        created_by=work.actor.user_id,
        expires_at=_expiry(work, wish, chosen),
    )
    work.session.add(row)
    work.session.flush()
    _let(work, row, chosen)
    _note(work, row, "device_added", name=row.name, projects=[one.code for one in chosen])
    return row.id or 0


def change(work: Work, device_id: int, wish: Wish) -> None:
    """Rename a device, or change its desks, its last day, or how it is locked. It hears of it at its next contact.

    Raises:
        NotFound: there is none.
        Invalid: as `add`.
        Conflict: it was revoked.
    """
    row = _living(work, device_id)
    chosen = _chosen(work, wish)
    row.name, row.is_kiosk = _name(wish), wish.is_kiosk
    row.pin_hash = _pin_hash(wish, row.pin_hash)
    row.expires_at = _expiry(work, wish, chosen)
    if wish.pin:
        throttle.succeeded(work, pin_key(device_id))
    _let(work, row, chosen)
    until = row.expires_at.isoformat()
    _note(work, row, "device_changed", name=row.name, projects=[one.code for one in chosen], until=until)


def new_code(work: Work, device_id: int) -> str:
    """A code that pairs the device once within 15 minutes; the tablet that had it before is shut out.

    Raises:
        NotFound: there is none.
        Conflict: it was revoked, or its time is over.
    """
    row = _living(work, device_id)
    if row.expires_at <= work.now:
        raise Conflict("The time of this device is over. Give it a later day first.")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row.pairing_hash, row.pairing_expires_at = digest(code), work.now + CODE_LASTS
    row.token_hash = row.paired_at = None
    row.waiting = 0
    audit.security(work, "device_code_made", device=device_id)
    _note(work, row, "device_code_made")
    return f"{code[:5]}-{code[5:]}"


def revoke(work: Work, device_id: int) -> None:
    """Shut a device out for good; at its next contact it deletes what it holds.

    Raises:
        NotFound: there is none.
        Conflict: it was revoked before.
    """
    row = _living(work, device_id)
    row.revoked_at, row.pairing_hash, row.pairing_expires_at = work.now, None, None
    audit.security(work, "device_revoked", severity="warning", device=device_id)
    _note(work, row, "device_revoked", name=row.name)


def state_of(row: Device, now: datetime) -> DeviceState:
    """Whether a device waits to be paired, works, or does not any more."""
    if row.revoked_at is not None:
        return DeviceState.REVOKED
    if row.expires_at <= now:
        return DeviceState.EXPIRED
    return DeviceState.PAIRED if row.token_hash else DeviceState.WAITING


def scopes_of(work: Work, device_ids: Collection[int]) -> dict[int, list[Scoped]]:
    """The projects of each device, by their codes."""
    rows = work.session.execute(
        select(DeviceScope.device_id, Project)
        .join(Project, Project.id == DeviceScope.project_id)
        .where(DeviceScope.device_id.in_(device_ids), Project.deleted_at.is_(None))
        .order_by(Project.code)
    )
    found: dict[int, list[Scoped]] = {}
    for device_id, project in rows:
        found.setdefault(device_id, []).append(_scoped(project))
    return found


def last_day(work: Work, row: Device, scope: list[Scoped]) -> date:
    """The last shooting day on which a device works, by the clock of its first project."""
    project = work.session.get(Project, scope[0].id) if scope else None
    zone, day_break = (project.zone, project.day_break) if project else ("UTC", 0)
    return day_of(row.expires_at - timedelta(seconds=1), zone, day_break)


def pin_key(device_id: int) -> str:
    """Under what wrong PINs of a device are counted."""
    return f"pin:{device_id}"


def _view(work: Work, row: Device, scope: list[Scoped]) -> DeviceView:
    state = state_of(row, work.now)
    is_good = state is DeviceState.WAITING and row.pairing_hash and (row.pairing_expires_at or work.now) > work.now
    return DeviceView(
        id=row.id or 0,
        uid=row.uid,
        name=row.name,
        projects=scope,
        state=state.value,
        is_kiosk=row.is_kiosk,
        has_pin=bool(row.pin_hash),
        created_at=row.created_at,
        paired_at=row.paired_at,
        expires_at=row.expires_at,
        expires_on=last_day(work, row, scope),
        seen_at=row.seen_at,
        waiting=row.waiting,
        code_until=row.pairing_expires_at if is_good else None,
    )


def _scoped(project: Project) -> Scoped:
    is_open = project.status is not ProjectStatus.COMPLETED
    return Scoped(project.id or 0, project.code, project.name, project.zone, is_open)


def _row(work: Work, device_id: int) -> Device:
    row = work.session.get(Device, device_id)
    if row is None:
        raise NotFound("There is no such device.")
    return row


def _living(work: Work, device_id: int) -> Device:
    """A device that can still be changed, for the admin who does."""
    work.require(Permission.ADMINISTER)
    row = _row(work, device_id)
    work.session.refresh(row, with_for_update=True)
    if row.revoked_at is not None:
        raise Conflict("This device was revoked. Add it anew.")
    return row


def _name(wish: Wish) -> str:
    name = text.line(wish.name)[:80]
    if not any(character.isalnum() for character in name):
        raise Invalid("Please give the device a name.", field="name")
    return name


def _chosen(work: Work, wish: Wish) -> list[Project]:
    rows = select(Project).where(Project.id.in_(list(wish.project_ids)[:MOST_PROJECTS]), Project.deleted_at.is_(None))
    found = list(work.session.scalars(rows.order_by(Project.code)))
    if not found:
        raise Invalid("Please choose at least one project.", field="projects")
    return found


def _expiry(work: Work, wish: Wish, chosen: list[Project]) -> datetime:
    """The end of the last shooting day, by the clock of the first project."""
    zone, day_break = chosen[0].zone, chosen[0].day_break
    today = day_of(work.now, zone, day_break)
    day = wish.expires_on or today + USUALLY
    if not today <= day <= today + LONGEST:
        raise Invalid("Please choose a day from today to a year ahead.", field="expires_on")
    return begins_at(day + timedelta(days=1), zone, day_break)


def _pin_hash(wish: Wish, before: str) -> str:
    """What is kept of the PIN: a new one, the one before, or none where a desk wants none."""
    if wish.pin:
        if not PIN.fullmatch(wish.pin):
            raise Invalid("A PIN has 4 to 8 digits.", field="pin")
        return passwords.hashed(wish.pin)
    kept = before if wish.pin is None else ""
    if wish.is_kiosk and not kept:
        raise Invalid("A kiosk needs a PIN: it is left with it.", field="pin")
    return kept


def _let(work: Work, row: Device, chosen: list[Project]) -> None:
    work.session.execute(delete(DeviceScope).where(DeviceScope.device_id == row.id))
    work.insert_many(DeviceScope, [{"device_id": row.id, "project_id": one.id} for one in chosen])


def _note(work: Work, row: Device, action: str, **details: object) -> None:
    work.session.flush()
    audit.activity(work, action, "device", row.id, **details)
    live.publish(work, TOPIC, row.id or 0)
