"""The outbox: every message is first a row; a scheduled task sends what is due (`RE-30`)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from uuid import uuid4

from sqlalchemy import func, select, update

from talento.models.accounts import User
from talento.models.operations import OutgoingMail
from talento.services import encryption
from talento.services.mail.letter import SECRET, Letter
from talento.services.mail.transport import Enclosed, Failed, Parcel, Refused, Transport
from talento.services.work import SYSTEM, Work, run
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
TRIES = 12
BATCH = 20
PAGE = 50


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message in the list an admin reads."""

    id: int
    kind: str
    recipient: str
    subject: str
    status: str
    created_at: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class MailView:
    """One message as it was, or would be, received."""

    line: MailLine
    text: str
    link: str


def put(
    work: Work, kind: str, user: User, letter: Letter, *, secret: str = "", attachments: Sequence[str] = ()
) -> None:
    """Write a message to an account's owner, in the caller's transaction.

    Args:
        attachments: what `enclosures` knows how to make, such as `badge:12`; it is made when the message is sent.
    """
    _write(work, kind, user.email, user.name, user.id, letter, secret, attachments)


def put_to(
    work: Work,
    kind: str,
    email: str,
    locale: str,
    letter: Letter,
    *,
    secret: str = "",
    attachments: Sequence[str] = (),
) -> None:
    """Write a message to an address without an account."""
    _write(work, kind, email, "", None, letter, secret, attachments)


def page(work: Work, *, offset: int = 0) -> tuple[list[MailLine], int]:
    """Messages, latest first, and how many there are."""
    work.require(Permission.ADMINISTER)
    total = work.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0
    rows = work.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc()).offset(offset).limit(PAGE))
    return [_line(row) for row in rows], total


def read(work: Work, mail_id: int) -> MailView:
    """One message; its link is shown only while no mail service is configured.

    Raises:
        NotFound: there is no such message.
    """
    work.require(Permission.ADMINISTER)
    row = work.get(OutgoingMail, mail_id)
    link = _secret(row) if row.status == "local" else ""
    return MailView(_line(row), row.text.replace(SECRET, link or "[…]"), link)


Enclose = Callable[[list[str]], tuple[Enclosed, ...]]


def nothing_enclosed(wanted: list[str]) -> tuple[Enclosed, ...]:
    """Encloses nothing, and lets no message go that should have something with it."""
    if wanted:
        raise Refused(f"nobody makes {wanted[0]} here")
    return ()


def deliver_due(transport: Transport, enclose: Enclose = nothing_enclosed) -> int:
    """Send what is due, one lease at a time; returns how many went out. Safe with several processes.

    Args:
        enclose: makes the files that messages name.
    """
    sent = 0
    for mail_id in run(SYSTEM, _lease):
        sent += _deliver(mail_id, transport, enclose)
    return sent


def _write(
    work: Work,
    kind: str,
    email: str,
    name: str,
    user_id: int | None,
    letter: Letter,
    secret: str,
    attachments: Sequence[str],
) -> None:
    uid = uuid4().hex
    work.insert(
        OutgoingMail,
        uid=uid,
        kind=kind,
        recipient=email,
        recipient_name=name,
        user_id=user_id,
        locale=letter.locale,
        subject=_one_line(letter.subject),
        text=letter.text(),
        html=letter.html(),
        secret=encryption.keyring().seal(secret, "outbox", uid, "secret") if secret else "",
        status="waiting",
        attempts=0,
        created_at=work.now,
        due_at=work.now,
        problem="",
        attachments=",".join(attachments),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _line(row: OutgoingMail) -> MailLine:
    return MailLine(row.id or 0, row.kind, row.recipient, row.subject, row.status, row.created_at, row.problem)


def _secret(row: OutgoingMail) -> str:
    return encryption.keyring().open(row.secret, "outbox", row.uid, "secret") if row.secret else ""


def _lease(work: Work) -> list[int]:
    is_free = (OutgoingMail.leased_until.is_(None)) | (OutgoingMail.leased_until < work.now)
    due = (
        select(OutgoingMail.id)
        .where(OutgoingMail.status == "waiting", OutgoingMail.due_at <= work.now, is_free)
        .order_by(OutgoingMail.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    ids = list(work.session.scalars(due))
    work.session.execute(update(OutgoingMail).where(OutgoingMail.id.in_(ids)).values(leased_until=work.now + LEASE))
    return [mail_id for mail_id in ids if mail_id is not None]


def _deliver(mail_id: int, transport: Transport, enclose: Enclose) -> bool:
    parcel, wanted = run(SYSTEM, _parcel, mail_id)
    try:
        kept_here = transport.send(replace(parcel, enclosed=enclose(wanted)))
    except Failed as failure:
        run(SYSTEM, _postpone, mail_id, str(failure), failure.retry_after)
        return False
    except Refused as refusal:
        run(SYSTEM, _give_up, mail_id, str(refusal))
        return False
    run(SYSTEM, _sent, mail_id, "local" if kept_here else "sent")
    return not kept_here


def _parcel(work: Work, mail_id: int) -> tuple[Parcel, list[str]]:
    row = work.get(OutgoingMail, mail_id)
    secret = _secret(row)
    parcel = Parcel(
        uid=row.uid,
        kind=row.kind,
        to=row.recipient,
        name=row.recipient_name,
        subject=row.subject,
        text=row.text.replace(SECRET, secret),
        html=row.html.replace(SECRET, secret),
        link=secret,
    )
    return parcel, [one for one in row.attachments.split(",") if one]


def _sent(work: Work, mail_id: int, status: str) -> None:
    row = work.get(OutgoingMail, mail_id)
    row.status, row.sent_at, row.leased_until, row.problem = status, work.now, None, ""
    row.attempts += 1
    if status == "sent":
        row.secret = ""


def _postpone(work: Work, mail_id: int, problem: str, retry_after: float | None) -> None:
    row = work.get(OutgoingMail, mail_id)
    row.attempts += 1
    row.problem, row.leased_until = problem[:300], None
    if row.attempts >= TRIES:
        row.status = "failed"
        return
    wait = retry_after or min(30 * 2**row.attempts, 3600) * SystemRandom().uniform(0.8, 1.2)
    row.due_at = work.now + timedelta(seconds=wait)


def _give_up(work: Work, mail_id: int, problem: str) -> None:
    row = work.get(OutgoingMail, mail_id)
    row.status, row.problem, row.leased_until = "failed", problem[:300], None
    row.attempts += 1
