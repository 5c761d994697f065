"""What SendGrid tells later of messages: signed, fresh, and about ours only (`RE-31`).

Source: SendGrid's signed event webhook: ECDSA on P-256 with SHA-256 over the time stamp and the raw body.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from talento import clock
from talento.errors import Forbidden, Invalid
from talento.models.operations import OutgoingMail
from talento.services import audit, live, preferences, throttle
from talento.services.mail import delivery, outbox, suppression
from talento.services.preferences import kinds, registry
from talento.services.security import rules, suspicion
from talento.services.text import line
from talento.services.throttle import Limit
from talento.services.work import SYSTEM, Actor, Work, run
from talento.vocabulary.mailing import Reason

WINDOW = timedelta(minutes=10)
"""How old, or how far ahead, a signed call may be."""

TOLD = Limit("mail-events/hour", 20, timedelta(hours=1))
"""So many refused calls an hour are noted for one address; the others are only refused."""

TAKEN = ("processed", "deferred", "delivered", "bounce", "dropped", "spamreport", "unsubscribe", "group_unsubscribe")
"""Whoever tells one of these has the message."""

OUTCOMES = {
    "delivered": "delivered",
    "bounce": "bounced",
    "dropped": "dropped",
    "spamreport": "complained",
}
RANK = ("", "delivered", "bounced", "dropped", "complained")
"""A later word never makes an outcome better."""

ABOUT_THE_ADDRESS = ("bounced address", "invalid", "spam reporting address", "unsubscribed address")
"""How SendGrid calls a message that it dropped because of whom it was for."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one of our messages."""

    uid: str
    name: str
    at: datetime
    reason: str
    is_passing: bool


def hear(actor: Actor, signature: str, stamp: str, body: bytes) -> int:
    """Take what SendGrid sent; returns how many of the events were about messages of ours.

    Raises:
        Forbidden: it was not SendGrid who sent this, or not now.
        Invalid: it is no list of events.
    """
    if not _is_signed(signature, stamp, body):
        run(actor, _refused)
        raise Forbidden("This is not signed as it should be.")
    try:
        said = json.loads(body)
    except ValueError as error:
        raise Invalid("This is no list of events.") from error
    if not isinstance(said, list):
        raise Invalid("This is no list of events.")
    events = [event for event in map(_read, said) if event]
    return run(SYSTEM, _apply, events) if events else 0


def _is_signed(signature: str, stamp: str, body: bytes) -> bool:
    key = preferences.value(registry.SENDGRID_EVENTS_KEY)
    if not key or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    if abs(clock.now().timestamp() - int(stamp)) > WINDOW.total_seconds():
        return False
    try:
        kinds.public_key(key).verify(
            base64.b64decode(signature, validate=True), stamp.encode() + body, ec.ECDSA(hashes.SHA256())
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _refused(work: Work) -> None:
    suspicion.suspect(work, rules.WEBHOOK)
    if throttle.is_first(work, TOLD, throttle.place(work)):
        audit.security(work, "mail_events_refused", severity="warning")


def _read(said: Any) -> Event | None:
    """One event, read as strictly as a stranger's; None for what is not for us."""
    if not isinstance(said, Mapping):
        return None
    uid, name, stamp = said.get("talento_mail_id"), said.get("event"), said.get("timestamp")
    if (
        not isinstance(uid, str)
        or not isinstance(name, str)
        or name not in TAKEN
        or type(stamp) is not int
        or not 0 < stamp < 2**33
    ):
        return None
    reason = line(str(said.get("reason") or said.get("response") or ""))[:250]
    is_passing = name == "bounce" and said.get("type") == "blocked"
    return Event(line(uid)[:32], name, datetime.fromtimestamp(stamp, UTC), reason, is_passing)


def _apply(work: Work, events: list[Event]) -> int:
    wanted = select(OutgoingMail).where(OutgoingMail.uid.in_({event.uid for event in events}))
    rows = {row.uid: row for row in work.session.scalars(wanted.order_by(OutgoingMail.id).with_for_update())}
    known = [(rows[event.uid], event) for event in events if event.uid in rows]
    for row, event in sorted(known, key=lambda pair: pair[1].at):
        _settle(row, event)
        for reason in _reasons(event):
            suppression.suppress(work, row.recipient, reason, event.reason, event.at)
    for mail_id in dict.fromkeys(row.id or 0 for row, _ in known):
        live.publish(work, outbox.TOPIC, mail_id)
    return len(known)


def _settle(row: OutgoingMail, event: Event) -> None:
    if row.status in ("waiting", "failed") and not row.outcome:
        delivery.settle(row, event.at)
    outcome = OUTCOMES.get(event.name, "")
    if RANK.index(outcome) > RANK.index(row.outcome):
        row.outcome = outcome
        if outcome in ("bounced", "dropped"):
            row.problem = event.reason


def _reasons(event: Event) -> Iterator[Reason]:
    if event.name == "bounce" and not event.is_passing:
        yield Reason.BOUNCED
    elif event.name == "dropped" and event.reason.lower().startswith(ABOUT_THE_ADDRESS):
        yield Reason.DROPPED
    elif event.name == "spamreport":
        yield Reason.COMPLAINED
    elif event.name in ("unsubscribe", "group_unsubscribe"):
        yield Reason.UNSUBSCRIBED
