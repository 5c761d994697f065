"""The outbox as admins read it: newest first, a page at a time however many there are; one message; how it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from talento.models.operations import OutgoingMail, SuppressedAddress
from talento.services.mail import delivery
from talento.services.mail.letter import SECRET, UNSUBSCRIBE
from talento.services.mail.outbox import ERASED, secret_of
from talento.services.text import line
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

PAGE = 50
STATUSES = ("waiting", "sent", "local", "failed", "suppressed")


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message in the list. `outcome`: what the provider told of it later, if it did."""

    id: int
    kind: str
    recipient: str
    subject: str
    status: str
    created_at: datetime
    problem: str
    is_copy: bool
    is_test: bool
    attempts: int
    due_at: datetime | None
    sent_at: datetime | None
    outcome: str
    is_unsure: bool


@dataclass(frozen=True, slots=True)
class MailView:
    """One message as it was, or would be, received; `html` never holds its link."""

    line: MailLine
    text: str
    link: str
    html: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages: `typed` stands in the address or the subject; empty for all."""

    typed: str = ""
    kind: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class MailPage:
    """Some messages, newest first, and whether there are others on either side."""

    lines: list[MailLine]
    has_newer: bool
    has_older: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the outbox stands; `oldest`: since when the longest waiting message has been due."""

    sent_today: int = 0
    waiting: int = 0
    oldest: datetime | None = None
    failed: int = 0
    suppressed: int = 0
    is_full: bool = False


def page(work: Work, wanted: Wanted = Wanted(), *, before: int = 0, after: int = 0) -> MailPage:
    """A page of messages.

    Args:
        before: show what is older than this message; `after`: what is newer. Neither: the newest.
    """
    work.require(Permission.ADMINISTER)
    asked = select(OutgoingMail).where(*_conditions(wanted))
    if after:
        rows = list(
            work.session.scalars(asked.where(OutgoingMail.id > after).order_by(OutgoingMail.id).limit(PAGE + 1))
        )
        return MailPage(list(map(_line, rows[:PAGE]))[::-1], len(rows) > PAGE, True)
    if before:
        asked = asked.where(OutgoingMail.id < before)
    rows = list(work.session.scalars(asked.order_by(OutgoingMail.id.desc()).limit(PAGE + 1)))
    return MailPage(list(map(_line, rows[:PAGE])), bool(before), len(rows) > PAGE)


def read(work: Work, mail_id: int) -> MailView:
    """One message; its link is shown only while no mail service is configured.

    Raises:
        NotFound: there is no such message.
    """
    work.require(Permission.ADMINISTER)
    row = work.get(OutgoingMail, mail_id)
    link = secret_of(row) if row.status == "local" else ""
    text, html = (body.replace(UNSUBSCRIBE, ERASED) for body in (row.text, row.html))
    return MailView(_line(row), text.replace(SECRET, link or ERASED), link, html.replace(SECRET, ERASED))


def health(work: Work) -> Health:
    """How the outbox stands now, in a few counts over its indexes."""
    work.require(Permission.ADMINISTER)
    since = delivery.midnight(work.now)
    oldest = select(func.min(OutgoingMail.created_at)).where(OutgoingMail.status == "waiting")
    blocked = select(func.count()).select_from(SuppressedAddress).where(SuppressedAddress.lifted_at.is_(None))
    return Health(
        _count(work, OutgoingMail.sent_at >= since, OutgoingMail.status == "sent"),
        _count(work, OutgoingMail.status == "waiting"),
        work.session.scalar(oldest),
        _count(work, OutgoingMail.status == "failed"),
        work.session.scalar(blocked) or 0,
        delivery.room(work) == 0,
    )


def _count(work: Work, *conditions: Any) -> int:
    return work.session.scalar(select(func.count()).select_from(OutgoingMail).where(*conditions)) or 0


def _conditions(wanted: Wanted) -> list[Any]:
    found = []
    typed = line(wanted.typed)[:100]
    if typed:
        columns = (OutgoingMail.recipient, OutgoingMail.subject)
        found.append(or_(*(column.icontains(typed, autoescape=True) for column in columns)))  # type: ignore[attr-defined]
    if wanted.kind:
        found.append(OutgoingMail.kind == wanted.kind)
    if wanted.status:
        found.append(OutgoingMail.status == wanted.status)
    return found


def _line(row: OutgoingMail) -> MailLine:
    return MailLine(
        row.id or 0,
        row.kind,
        row.recipient,
        row.subject,
        row.status,
        row.created_at,
        row.problem,
        row.is_copy,
        row.is_test,
        row.attempts,
        row.due_at if row.status == "waiting" else None,
        row.sent_at,
        row.outcome,
        row.unsure_at is not None,
    )
