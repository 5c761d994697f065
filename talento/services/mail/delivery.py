"""Sends what is due: leased, tried again, never lost; twice only when nobody can know (`RE-30`, `RE-31`).

A row says when it was handed over, before it is. Whoever dies in between, or gets no answer, leaves a doubt; a message
in doubt waits for the provider's word before it is tried again, unless it is an essential one.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import SystemRandom
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select

from talento.i18n import phrase
from talento.models.operations import OutgoingMail
from talento.services import live, preferences
from talento.services.encryption import Unreadable
from talento.services.mail import suppression, unsubscribing, ways
from talento.services.mail.kinds import ESSENTIAL
from talento.services.mail.letter import SECRET, UNSUBSCRIBE
from talento.services.mail.outbox import TOPIC, secret_of
from talento.services.mail.transport import Enclosed, Failed, Parcel, Refused, Transport, Unsure
from talento.services.preferences import registry
from talento.services.text import line
from talento.services.work import SYSTEM, Work, run
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
DOUBT = timedelta(minutes=10)
TRIES = 12
BATCH = 20
FIRST_WAIT, LONGEST_WAIT = 60, 3600

CAP_LOCK = 0x74616C65
"""Counting against the daily cap happens one process at a time."""

NOT_WRITTEN_TO = phrase("This address is not written to: see the list of such addresses.")

NOT_WANTED = phrase("Its reader wants no more messages of this kind.")

Enclose = Callable[[list[str]], tuple[Enclosed, ...]]


def nothing_enclosed(wanted: list[str]) -> tuple[Enclosed, ...]:
    """Encloses nothing, and lets no message go that should have something with it."""
    if wanted:
        raise Refused(f"nobody makes {wanted[0]} here")
    return ()


def deliver(enclose: Enclose = nothing_enclosed) -> int:
    """`deliver_due` the way that the settings say now; while something is missing for it, messages wait."""
    try:
        way = ways.configured()
    except Refused as missing:
        log.warning("messages wait: %s", missing)
        return 0
    return deliver_due(way, enclose)


def deliver_due(transport: Transport, enclose: Enclose = nothing_enclosed) -> int:
    """Send what is due, one lease at a time; returns how many went out. Safe with several processes.

    Args:
        enclose: makes the files that messages name.
    """
    mark = uuid4().hex
    return sum(_deliver(mail_id, mark, transport, enclose) for mail_id in run(SYSTEM, _lease, mark))


def room(work: Work) -> int | None:
    """How many may still leave today, by the clock of the site; None without a daily cap."""
    work.require(Permission.ADMINISTER)
    most = preferences.value(registry.MAILS_PER_DAY)
    if not most:
        return None
    on_the_way = or_(OutgoingMail.leased_until >= work.now, OutgoingMail.unsure_at.is_not(None))
    is_counted = or_(OutgoingMail.sent_at >= midnight(work.now), (OutgoingMail.status == "waiting") & on_the_way)
    gone = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.status != "local", is_counted)
    return max(0, most - (work.session.scalar(gone) or 0))


def midnight(now: datetime) -> datetime:
    """When this day began by the clock of the site."""
    zone = ZoneInfo(preferences.value(registry.SITE_ZONE))
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


def settle(row: OutgoingMail, at: datetime) -> None:
    """A message has left, as we know from the provider's answer or from what it told later."""
    row.status, row.secret = "sent", ""
    row.problem = row.problem if row.outcome else ""
    row.sent_at = row.sent_at or at
    _let_go(row)
    row.unsure_at = None


def _lease(work: Work, mark: str) -> list[int]:
    """Take a few messages; those whose last holder fell silent after handing them over are put in doubt instead."""
    if work.session.get_bind().dialect.name == "postgresql" and preferences.value(registry.MAILS_PER_DAY):
        work.session.execute(select(func.pg_advisory_xact_lock(CAP_LOCK)))
    left = room(work)
    due = (
        select(OutgoingMail)
        .where(OutgoingMail.status == "waiting", OutgoingMail.due_at <= work.now, _is_free(work.now))
        .order_by(case((OutgoingMail.kind.in_(ESSENTIAL), 0), else_=1), OutgoingMail.due_at)
        .limit(BATCH if left is None else min(BATCH, left))
        .with_for_update(skip_locked=True)
    )
    taken = []
    for row in work.session.scalars(due):
        if row.handed_at is not None:
            _doubt(row, work.now, row.handed_at, "The server stopped while this was being sent.")
        else:
            row.lease, row.leased_until = mark, work.now + LEASE
            taken.append(row.id or 0)
    return taken


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(OutgoingMail.leased_until.is_(None), OutgoingMail.leased_until < now)


def _deliver(mail_id: int, mark: str, transport: Transport, enclose: Enclose) -> bool:
    try:
        parcel, wanted = run(SYSTEM, _parcel, mail_id)
        parcel = replace(parcel, enclosed=enclose(wanted))
        if not run(SYSTEM, _hand_over, mail_id, mark):
            return False
        kept_here = transport.send(parcel)
    except Failed as failure:
        run(SYSTEM, _postpone, mail_id, mark, failure)
        return False
    except Refused as refusal:
        run(SYSTEM, _give_up, mail_id, mark, str(refusal))
        return False
    run(SYSTEM, _sent, mail_id, kept_here)
    return not kept_here


def _parcel(work: Work, mail_id: int) -> tuple[Parcel, list[str]]:
    row = work.get(OutgoingMail, mail_id)
    try:
        secret = secret_of(row)
    except Unreadable as error:
        raise Refused("Its link can't be read any more: the key that sealed it is gone.") from error
    can_leave = row.kind not in ESSENTIAL and not row.is_copy
    leave = unsubscribing.link(row.recipient, row.kind, work.now.date()) if can_leave else ""
    parcel = Parcel(
        uid=row.uid,
        kind=row.kind,
        to=row.recipient,
        name=row.recipient_name,
        subject=row.subject,
        text=row.text.replace(SECRET, secret).replace(UNSUBSCRIBE, leave),
        html=row.html.replace(SECRET, secret).replace(UNSUBSCRIBE, leave),
        link=secret,
        unsubscribe=leave,
    )
    return parcel, [one for one in row.attachments.split(",") if one]


def _hand_over(work: Work, mail_id: int, mark: str) -> bool:
    """Note that the next thing that happens is the sending; false if it is somebody else's by now, or must not go."""
    row = _held(work, mail_id, mark)
    if row is None:
        return False
    problem = _objection(work, row)
    if problem:
        row.status, row.problem = "suppressed", problem
        _let_go(row)
        live.publish(work, TOPIC, mail_id)
        return False
    row.handed_at, row.unsure_at, row.leased_until = work.now, None, work.now + LEASE
    return True


def _objection(work: Work, row: OutgoingMail) -> str:
    """Why a message must not go to whom it is for; empty when it may."""
    if suppression.reason_against(work, row.recipient, row.kind):
        return NOT_WRITTEN_TO
    return NOT_WANTED if unsubscribing.has_left(work, row.recipient, row.kind) else ""


def _sent(work: Work, mail_id: int, kept_here: bool) -> None:
    row = _locked(work, mail_id)
    row.attempts += 1
    if kept_here:
        row.status, row.sent_at, row.problem = "local", work.now, ""
        _let_go(row)
    else:
        settle(row, work.now)
    live.publish(work, TOPIC, mail_id)


def _postpone(work: Work, mail_id: int, mark: str, failure: Failed) -> None:
    row = _held(work, mail_id, mark)
    if row is None:
        return
    if isinstance(failure, Unsure):
        _doubt(row, work.now, work.now, str(failure))
    else:
        _try_again(row, work.now, str(failure), failure.retry_after)
    live.publish(work, TOPIC, mail_id)


def _give_up(work: Work, mail_id: int, mark: str, problem: str) -> None:
    row = _held(work, mail_id, mark)
    if row is None:
        return
    row.status, row.problem = "failed", line(problem)[:300]
    row.attempts += 1
    _let_go(row)
    live.publish(work, TOPIC, mail_id)


def _doubt(row: OutgoingMail, now: datetime, since: datetime, problem: str) -> None:
    """It may have left. What is not essential waits for the provider's word."""
    _try_again(row, now, problem, None)
    if row.status == "waiting":
        row.unsure_at = since
        if row.kind not in ESSENTIAL:
            row.due_at = max(row.due_at, since + DOUBT)


def _try_again(row: OutgoingMail, now: datetime, problem: str, wait: float | None) -> None:
    row.attempts += 1
    row.problem = line(problem)[:300]
    _let_go(row)
    if row.attempts >= TRIES:
        row.status = "failed"
        return
    longest = min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    row.due_at = now + timedelta(seconds=wait or longest * SystemRandom().uniform(0.8, 1.2))


def _let_go(row: OutgoingMail) -> None:
    row.lease, row.leased_until, row.handed_at = "", None, None


def _held(work: Work, mail_id: int, mark: str) -> OutgoingMail | None:
    """The row, locked, if it still waits and is still ours."""
    row = _locked(work, mail_id)
    return row if row.status == "waiting" and row.lease == mark else None


def _locked(work: Work, mail_id: int) -> OutgoingMail:
    return work.session.get_one(OutgoingMail, mail_id, with_for_update=True, populate_existing=True)
