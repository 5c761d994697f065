"""What is done by itself: mail that is due, and the jobs. Every process may run this; each slot of a job runs once."""

import logging
from collections.abc import Callable
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import delete

from talento.i18n import phrase
from talento.models.operations import JobSlot
from talento.services import announcement, chain, drafts, jobs, live, logs, preferences, recap, throttle
from talento.services.documents import shelf
from talento.services.jobs import Every, Job, Weekly
from talento.services.mail import delivery, enclosures
from talento.services.preferences import registry
from talento.services.security import alerts, blocks
from talento.services.work import Work

log = logging.getLogger(__name__)

MAIL_SECONDS = 3
BANNER_SECONDS = 2
TICK_SECONDS = 20
REFUSED_SECONDS = 10
KEPT = timedelta(days=30)


def start() -> BackgroundScheduler:
    """Begin; the caller shuts the scheduler down."""
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(_guarded, "interval", seconds=MAIL_SECONDS, args=["mail", lambda: jobs.turn(MAIL)])
    scheduler.add_job(_guarded, "interval", seconds=BANNER_SECONDS, args=["announcement", announcement.Watch().look])
    scheduler.add_job(_guarded, "interval", seconds=REFUSED_SECONDS, args=["blocks", blocks.note_refused])
    scheduler.add_job(
        _guarded, "interval", seconds=TICK_SECONDS, args=["jobs", lambda: jobs.tick(JOBS)], misfire_grace_time=None
    )
    scheduler.start()
    return scheduler


def swept(work: Work) -> str:
    """Forget what has expired."""
    live.sweep(work)
    drafts.sweep(work)
    shelf.sweep(work)
    throttle.sweep(work)
    blocks.let_expired_go(work)
    gone = work.changed(delete(JobSlot).where(JobSlot.started_at < work.now - KEPT))
    return f"{gone} old slots"


def logs_kept(work: Work) -> str:
    """Let old entries of the logs go, and tell the heads of their chains to the server's log."""
    gone = logs.let_old_ones_go(work, preferences.value(registry.LOG_DAYS))
    alerts.let_old_ones_go(work, preferences.value(registry.LOG_DAYS))
    for end in chain.heads(work):
        log.info("head of the logs' chain: %s", end)
    return f"{gone} entries deleted"


MAIL = Job(
    "mail", phrase("Sending of mail"), phrase("Sends what is due. While it rests, messages wait and none is lost."),
    None, task=lambda: delivery.deliver(enclosures.made),
)  # fmt: skip
JOBS = (
    MAIL,
    Job(
        recap.NAME, phrase("Weekly recap"), phrase("Mails administrators who registered since the last one."),
        Weekly(recap.when), recap.send,
    ),
    Job(
        "housekeeping", phrase("Housekeeping"),
        phrase("Deletes drafts, finished papers and changes that have expired."),
        Every(timedelta(hours=1)), swept,
    ),
    Job(
        "logs", phrase("Retention of logs"),
        phrase("Deletes entries, and resolved alerts, older than the settings say; the chains stay whole."),
        Every(timedelta(days=1)), logs_kept,
    ),
)  # fmt: skip
"""Every job, in the order of the page."""


def _guarded(name: str, task: Callable[[], object]) -> None:
    try:
        task()
    except Exception:  # an edge: the scheduler
        log.exception("the scheduled task %s failed", name)
