"""The outbox as admins read it: newest first, a page at a time however many there are; one message; how it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from talento import clock
from talento.models.operations import MailWords, OutgoingMail, SuppressedAddress
from talento.services.mail import delivery
from talento.services.mail.letter import SECRET, UNSUBSCRIBE
from talento.services.mail.outbox import ERASED, secret_of
from talento.services.text import line
from talento.services.work import Work
from talento.vocabulary.folding import plain
from talento.vocabulary.permissions import Permission

PAGE = 50
LAST = 2**31 - 1
SLICE = 10_000
PATIENCE = 0.04
"""Seconds after which a search stops and offers to go on."""

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
    """Some messages, newest first, and whether there are, or may be, others on either side.

    `newest` and `oldest`: where to go on from. `is_cut`: a search took long and stopped at `oldest` for now.
    """

    lines: list[MailLine]
    has_newer: bool
    has_older: bool
    newest: int = 0
    oldest: int = 0
    is_cut: bool = False


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
    rows, stopped_at = _found(work, wanted, before, after)
    has_more, lines = len(rows) > PAGE or stopped_at > 0, [_line(row) for row in rows[:PAGE]]
    if after:
        lines.reverse()
        newest, oldest = stopped_at or _id(lines, 0), _id(lines, -1) or after + 1
        return MailPage(lines, has_more, True, newest, oldest)
    newest, oldest = _id(lines, 0) or before - 1, stopped_at or _id(lines, -1)
    return MailPage(lines, bool(before), has_more, newest, oldest, stopped_at > 0)


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


def _found(work: Work, wanted: Wanted, before: int, after: int) -> tuple[list[OutgoingMail], int]:
    """A page of messages and one more, going away from an end, and where a search stopped for now, else 0."""
    conditions = [
        getattr(OutgoingMail, name) == value for name in ("kind", "status") if (value := getattr(wanted, name))
    ]
    asked = select(OutgoingMail).where(*conditions)
    typed = plain(line(wanted.typed)[:100])
    if typed:
        looked_in = asked.join(MailWords, MailWords.mail_id == OutgoingMail.id)
        return _search(work, looked_in.where(MailWords.words.contains(typed, autoescape=True)), before, after)
    edge = OutgoingMail.id > after if after else OutgoingMail.id < (before or LAST)
    order = OutgoingMail.id if after else OutgoingMail.id.desc()
    return list(work.session.scalars(asked.where(edge).order_by(order).limit(PAGE + 1))), 0


def _search(work: Work, asked: Any, before: int, after: int) -> tuple[list[OutgoingMail], int]:
    """Read the words of ever more messages, from an end on, until a page is full or it takes too long."""
    last = work.session.scalar(select(func.max(MailWords.mail_id))) or 0
    at, step, begun = after or min(before or LAST, last + 1), SLICE, clock.monotonic()
    rows: list[OutgoingMail] = []
    while True:
        low, high = (at + 1, at + step) if after else (at - step, at - 1)
        order = MailWords.mail_id if after else MailWords.mail_id.desc()
        part = asked.where(MailWords.mail_id.between(low, high)).order_by(order).limit(PAGE + 1 - len(rows))
        rows += work.session.scalars(part)
        at, step = high if after else low, step * 2
        is_over = at >= last if after else at <= 1
        if len(rows) > PAGE or is_over:
            return rows, 0
        if clock.monotonic() - begun > PATIENCE:
            return rows, at


def _id(lines: list[MailLine], index: int) -> int:
    return lines[index].id if lines else 0


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
