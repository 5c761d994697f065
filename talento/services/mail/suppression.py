"""Addresses that are not written to: they bounced, complained, or an admin said so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from talento.errors import Conflict, NotFound
from talento.models.operations import SuppressedAddress
from talento.services import audit, live, text
from talento.services.mail.kinds import ESSENTIAL
from talento.services.work import Work
from talento.vocabulary.mailing import Reason
from talento.vocabulary.permissions import Permission

TOPIC = "mail_suppressed"
LISTED = 200


@dataclass(frozen=True, slots=True)
class Suppressed:
    """One address; `note` is what the provider, or the admin, said."""

    email: str
    reason: str
    note: str
    at: datetime


def reason_against(work: Work, email: str, kind: str) -> Reason | None:
    """Why a message of some kind must not go to an address; whoever unsubscribed still gets essential ones."""
    row = work.session.get(SuppressedAddress, email.lower())
    if row is None or row.lifted_at is not None:
        return None
    reason = Reason(row.reason)
    return None if reason is Reason.UNSUBSCRIBED and kind in ESSENTIAL else reason


def listed(work: Work, typed: str = "") -> tuple[list[Suppressed], int]:
    """The latest addresses, of those that contain what was typed; and how many there are."""
    work.require(Permission.ADMINISTER)
    wanted = select(SuppressedAddress).where(SuppressedAddress.lifted_at.is_(None))
    if said := text.line(typed).lower()[:100]:
        wanted = wanted.where(SuppressedAddress.email.contains(said, autoescape=True))
    total = work.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = work.session.scalars(wanted.order_by(SuppressedAddress.at.desc()).limit(LISTED))
    return [Suppressed(row.email, row.reason, row.note, row.at) for row in rows], total


def add(work: Work, email: str) -> str:
    """Let nobody write to an address any more; returns it as it is kept.

    Raises:
        Invalid: it is no address.
        Conflict: nobody writes to it already.
    """
    work.require(Permission.ADMINISTER)
    checked = text.email_address(email[:400])
    if not suppress(work, checked, Reason.MANUAL, ""):
        raise Conflict("This address is on the list already.")
    return checked


def lift(work: Work, email: str) -> None:
    """Write to an address again.

    Raises:
        NotFound: it is not on the list.
    """
    work.require(Permission.ADMINISTER)
    row = work.session.get(SuppressedAddress, text.line(email).lower()[:254])
    if row is None or row.lifted_at is not None:
        raise NotFound("There is no such thing.")
    row.lifted_at = work.now
    audit.activity(work, "address_lifted", "mail", None, email=row.email)
    live.publish(work, TOPIC, 0)


def suppress(work: Work, email: str, reason: Reason, note: str, since: datetime | None = None) -> bool:
    """Put an address on the list; what happened before an admin took it off does not count any more."""
    key = email.lower()
    row = work.session.get(SuppressedAddress, key, with_for_update=True, populate_existing=True)
    if row is not None and (row.lifted_at is None or (since is not None and since <= row.lifted_at)):
        return False
    fresh = SuppressedAddress(
        email=key, reason=reason.value, note=note[:300], at=work.now, by=work.actor.user_id, lifted_at=None
    )
    work.session.merge(fresh)
    work.session.flush()
    audit.activity(work, "address_suppressed", "mail", None, email=key, reason=reason.value)
    live.publish(work, TOPIC, 0)
    return True
