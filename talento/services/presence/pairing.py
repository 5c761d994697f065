"""A tablet's own part: it is paired with a code, and from then on proves itself with a token of which we keep the hash.

A device is not an account: it may keep the desks it was paired for, and nothing else (`product.md` §3, RE-46).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from talento import clock
from talento.errors import Forbidden, NotFound, Refusal, Unauthorized
from talento.i18n import phrase
from talento.models.presence import Device
from talento.services import audit, live, passwords, throttle
from talento.services.presence.desk import oldest_scan
from talento.services.presence.devices import ALPHABET, CODE_LENGTH, TOPIC, last_day, pin_key, scopes_of, state_of
from talento.services.security import rules, suspicion
from talento.services.throttle import Limit
from talento.services.tokens import digest, new_token
from talento.services.work import Actor, Work, look, run
from talento.settings import settings
from talento.vocabulary.presence import DeviceState

COOKIE = "__Host-talento-tablet" if settings().is_https else "talento-tablet"
TOUCH = timedelta(minutes=1)
MOST_WAITING = 1_000_000

_ONCE_A_MINUTE = Limit("device-refused", 1, timedelta(minutes=1))
_ALIKE = str.maketrans("OIL", "011")


class Ended(Unauthorized):
    """The token was good once, or never: whatever the tablet holds is to be deleted."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a browser will be once it is paired."""

    name: str
    projects: list[str]
    is_kiosk: bool
    expires_on: date


@dataclass(frozen=True, slots=True)
class Paired:
    """What pairing gives: the token for the browser's cookie, and until when it is good."""

    token: str
    name: str
    is_kiosk: bool
    expires_at: datetime


def announced(actor: Actor, code: str) -> Announced:
    """What a pairing code would make of this browser; looking does not use it up.

    Raises:
        NotFound: a wrong, used or old code; the sentence says which.
        TooMany: too many codes were tried from here.
    """
    return _tried(actor, _announced, code)


def pair(actor: Actor, code: str) -> Paired:
    """Make this browser the device that the code was made for. Works once.

    Raises:
        NotFound, TooMany: as `announced`.
    """
    return _tried(actor, _paired, code)


def holder(actor: Actor, token: str, *, waiting: int | None = None, is_sending: bool = False) -> Actor:
    """The device that holds a token, acting from where `actor` is and in their language.

    Args:
        waiting: how many scans it says it could not send yet.
        is_sending: whether it only sends what it scanned before, which it may for a while after its time is over.

    Raises:
        Ended: revoked, over, or not known.
    """
    now = clock.now()
    row = look(actor, _of_token, token)
    why = _objection(row, now, is_sending)
    if row is None or why:
        run(actor, _note_ended, token, row.id if row else None, why)
        raise Ended(_ENDED[why])
    if row.seen_at is None or row.seen_at + TOUCH <= now:
        run(actor, _touch, row.id, waiting)
    return Actor(None, None, None, row.name, actor.locale, actor.ip, actor.agent, row.id)


def unpaired(actor: Actor) -> Unauthorized:
    """The refusal for a browser without a token; noted once a minute for each address."""
    run(actor, _note_unpaired)
    return Unauthorized("This browser is not paired with a desk.")


def mine(work: Work) -> dict[str, Any]:
    """What a device is told about itself.

    Raises:
        Unauthorized: this is no device.
    """
    row = _self(work)
    open_to = scopes_of(work, [row.id or 0]).get(row.id or 0, [])
    return {
        "device": {
            "uid": row.uid,
            "name": row.name,
            "is_kiosk": row.is_kiosk,
            "has_pin": bool(row.pin_hash),
            "expires_at": row.expires_at.isoformat(),
        },
        "projects": [{"code": one.code, "name": one.name, "zone": one.zone, "is_open": one.is_open} for one in open_to],
        "now": work.now.isoformat(),
    }


def until(work: Work) -> datetime | None:
    """The instant until which the scans of the acting device count; None for people."""
    return _self(work).expires_at if work.actor.device_id is not None else None


def unlock(actor: Actor, pin: str) -> None:
    """Leave the kiosk.

    A try counts before it is looked at, so that many at once are not more than five.

    Raises:
        Unauthorized: this is no device.
        Forbidden: the PIN is wrong, or there is none.
        TooMany: after five wrong ones, for a while that doubles.
    """
    kept = run(actor, _count_try)
    if not passwords.matches(pin[:20], kept or None):
        run(actor, _note_wrong_pin)
        raise Forbidden("This PIN is not right.")
    run(actor, _unlocked)


def _tried(actor: Actor, action: Any, code: str) -> Any:
    run(actor, lambda work: throttle.spend(work, throttle.PAIRING, throttle.place(work)))
    try:
        return run(actor, action, code)
    except Refusal as refusal:
        run(actor, _note_refused, refusal.sentence)
        raise


def _announced(work: Work, code: str) -> Announced:
    row = _of_code(work, code)
    scope = scopes_of(work, [row.id or 0]).get(row.id or 0, [])
    return Announced(row.name, [one.name for one in scope], row.is_kiosk, last_day(work, row, scope))


def _paired(work: Work, code: str) -> Paired:
    row = _of_code(work, code)
    token = new_token()
    row.token_hash, row.paired_at, row.seen_at, row.waiting = digest(token), work.now, work.now, 0
    row.pairing_hash = row.pairing_expires_at = None
    audit.security(work, "device_paired", device=row.id, name=row.name)
    live.publish(work, TOPIC, row.id or 0)
    return Paired(token, row.name, row.is_kiosk, row.expires_at)


def _of_code(work: Work, code: str) -> Device:
    """The device that a code was made for; locked, so that of two who have the code only one is paired."""
    said = "".join(one for one in code[:60].upper().translate(_ALIKE) if one in ALPHABET)
    wanted = select(Device).where(Device.pairing_hash == digest(said), Device.revoked_at.is_(None))
    row = work.session.scalars(wanted.with_for_update()).first() if len(said) == CODE_LENGTH else None
    if row is None:
        raise NotFound("This pairing code is wrong, or was used already.")
    if row.pairing_expires_at is None or row.pairing_expires_at <= work.now or row.expires_at <= work.now:
        raise NotFound("This pairing code is too old. Ask for a new one.")
    return row


def _of_token(work: Work, token: str) -> Device | None:
    return work.session.scalars(select(Device).where(Device.token_hash == digest(token[:100]))).first()


def _objection(row: Device | None, now: datetime, is_sending: bool) -> str:
    if row is None:
        return "unknown"
    state = state_of(row, now)
    is_late = state is DeviceState.EXPIRED and is_sending and now < row.expires_at + oldest_scan()
    return "" if state is DeviceState.PAIRED or is_late else state.value


_ENDED = {
    "unknown": phrase("This device is not paired any more."),
    DeviceState.REVOKED: phrase("This device was revoked."),
    DeviceState.EXPIRED: phrase("The time of this device is over."),
}


def _self(work: Work) -> Device:
    if work.actor.device_id is None:
        raise Unauthorized("This browser is not paired with a desk.")
    return work.get(Device, work.actor.device_id)


def _touch(work: Work, device_id: int, waiting: int | None) -> None:
    row = work.get(Device, device_id)
    row.seen_at = work.now
    if waiting is not None:
        row.waiting = min(max(waiting, 0), MOST_WAITING)
    live.publish(work, TOPIC, device_id)


def _count_try(work: Work) -> str:
    row = _self(work)
    throttle.refuse_blocked(work, pin_key(row.id or 0))
    throttle.failed(work, pin_key(row.id or 0))
    return row.pin_hash


def _unlocked(work: Work) -> None:
    throttle.succeeded(work, pin_key(work.actor.device_id or 0))
    audit.security(work, "kiosk_unlocked", device=work.actor.device_id)


def _note_wrong_pin(work: Work) -> None:
    audit.security(work, "kiosk_pin_wrong", severity="warning", device=work.actor.device_id)


def _note_refused(work: Work, why: str) -> None:
    audit.security(work, "pairing_refused", severity="warning", why=why)
    suspicion.suspect(work, rules.FORGED)


def _note_ended(work: Work, token: str, device_id: int | None, why: str) -> None:
    if why != DeviceState.EXPIRED:
        suspicion.suspect(work, rules.FORGED)
    if throttle.is_first(work, _ONCE_A_MINUTE, digest(token[:100])):
        audit.security(work, "device_refused", severity="warning", device=device_id, why=why)


def _note_unpaired(work: Work) -> None:
    if throttle.is_first(work, _ONCE_A_MINUTE, throttle.place(work)):
        audit.security(work, "device_refused", severity="info", device=None, why="unpaired")
