"""Scheduled background tasks: mail that is due, and housekeeping. Every process may run this; each run happens once."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from talento import clock
from talento.models.operations import JobSlot
from talento.services import announcement, chain, drafts, live, logs, preferences
from talento.services.documents import shelf
from talento.services.mail import enclosures, outbox, transport
from talento.services.preferences import registry
from talento.services.work import SYSTEM, Work, look, run
from talento.settings import settings

log = logging.getLogger(__name__)

MAIL_SECONDS = 3
BANNER_SECONDS = 2
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEPT = timedelta(days=30)


def start() -> BackgroundScheduler:
    """Begin; the caller shuts the scheduler down."""
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
    way = transport.configured(settings())
    scheduler.add_job(
        _guarded, "interval", seconds=MAIL_SECONDS, args=["mail", lambda: outbox.deliver_due(way, enclosures.made)]
    )
    scheduler.add_job(_guarded, "interval", seconds=BANNER_SECONDS, args=["announcement", announcement.Watch().look])
    scheduler.add_job(_guarded, "interval", minutes=10, args=["housekeeping", housekeeping], misfire_grace_time=None)
    scheduler.start()
    return scheduler


def housekeeping() -> bool:
    """Forget what has expired, once an hour whatever the number of processes; says whether it was our turn."""
    if not take_slot("housekeeping", HOUR):
        return False
    run(SYSTEM, _swept)
    if take_slot("logs", DAY):
        logs.let_old_ones_go(preferences.value(registry.LOG_DAYS))
        for end in look(SYSTEM, chain.heads):
            log.info("head of the logs' chain: %s", end)
    return True


def take_slot(job: str, every: timedelta) -> bool:
    """Whether this process is the one to run a job now: exactly one wins each slot (`RE-33`)."""
    try:
        run(SYSTEM, _taken, job, slot_of(clock.now(), every))
    except IntegrityError:
        return False
    return True


def slot_of(now: datetime, every: timedelta) -> datetime:
    """The beginning of the period that `now` falls into."""
    seconds = int(every.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _taken(work: Work, job: str, slot: datetime) -> None:
    work.insert(JobSlot, job=job, slot=slot, started_at=work.now)


def _swept(work: Work) -> None:
    live.sweep(work)
    drafts.sweep(work)
    shelf.sweep(work)
    work.session.execute(delete(JobSlot).where(JobSlot.started_at < work.now - KEPT))


def _guarded(name: str, job: Callable[[], object]) -> None:
    try:
        job()
    except Exception:  # an edge: the scheduler
        log.exception("the scheduled task %s failed", name)
