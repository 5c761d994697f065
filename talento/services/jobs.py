"""Scheduled jobs: each due time runs once, however many processes there are, and once more after a downtime.

A job's due times are slots. Whoever inserts the row of a slot runs it, and the row is stored in the same transaction as
what the job did: a crash leaves neither, so the next tick does it again (`RE-33`, `RE-34`). A clock that is set back
runs nothing twice, because slots only grow.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talento import clock
from talento.errors import NotFound
from talento.models.operations import Job as Row
from talento.models.operations import JobSlot
from talento.services import audit, live
from talento.services.work import SYSTEM, Actor, Work, look, run
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

TOPIC = "job"
TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_SAID = 300
EXTRA = "/now"


@dataclass(frozen=True, slots=True)
class Every:
    """A slot each so many seconds, counted from 1970."""

    length: timedelta

    def last(self, now: datetime) -> datetime:
        seconds = int(self.length.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)

    def next(self, now: datetime) -> datetime:
        return self.last(now) + self.length


@dataclass(frozen=True, slots=True)
class Weekly:
    """A slot a week, by the clock on the wall: `when()` gives weekday (Monday is 0), hour and zone as they are now."""

    when: Callable[[], tuple[int, time, str]]

    def last(self, now: datetime) -> datetime:
        return max(one for one in self._near(now) if one <= now)

    def next(self, now: datetime) -> datetime:
        return min(one for one in self._near(now) if one > now)

    def _near(self, now: datetime) -> list[datetime]:
        weekday, hour, name = self.when()
        zone = ZoneInfo(name)
        today = now.astimezone(zone).date()
        days = (today + timedelta(days=(weekday - today.weekday()) % 7 + 7 * week) for week in (-2, -1, 0, 1))
        return [datetime.combine(day, hour, zone).astimezone(UTC) for day in days]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done by itself.

    Args:
        slots: when it is due; None: all the time, a turn every few seconds in every process.
        action: does it, in the transaction of its slot, and says in a few English words what it did.
        task: one turn of a job without slots, in transactions of its own; gives how many things it did.
        label: what it is called; `text` says what it does. Both written with `phrase()`.
    """

    name: str
    label: str
    text: str
    slots: Every | Weekly | None
    action: Callable[[Work], str] = lambda work: ""
    task: Callable[[], int] = lambda: 0


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as admins see it. `is_steady`: it has no slots.

    `outcome`: "", "done" or "failed"; `said` is what it did, or why it failed.
    """

    name: str
    is_steady: bool
    is_paused: bool
    outcome: str
    said: str
    ran_at: datetime | None
    took_ms: int
    next_at: datetime | None


def tick(jobs: Sequence[Job]) -> int:
    """Run what is due and nobody ran yet; returns how many this process ran."""
    rows = {row.name: row for row in look(SYSTEM, _rows)}
    return sum(_turn(job, job.slots, rows.get(job.name)) for job in jobs if job.slots)


def turn(job: Job) -> int:
    """One turn of a job without slots, unless it rests; what it did, or why it failed, is noted."""
    row = look(SYSTEM, lambda work: work.session.get(Row, job.name))
    if row is not None and row.is_paused:
        return 0
    return _one_turn(job, had_failed=row is not None and row.outcome == "failed")


def listed(work: Work, jobs: Sequence[Job]) -> list[JobView]:
    """Every job with its last run and its next."""
    work.require(Permission.ADMINISTER)
    rows = {row.name: row for row in _rows(work)}
    return [_view(job, rows.get(job.name) or Row(name=job.name), work.now) for job in jobs]


def pause(work: Work, jobs: Sequence[Job], name: str, *, is_paused: bool) -> None:
    """Let a job rest, or go on. What fell due meanwhile is done once when it goes on.

    Raises:
        NotFound: no such job.
    """
    work.require(Permission.ADMINISTER)
    row = _row(work, _named(jobs, name))
    if row.is_paused != is_paused:
        row.is_paused = is_paused
        audit.activity(work, "job_paused" if is_paused else "job_resumed", "job", job=name)
        live.publish(work, TOPIC, 0)


def run_now(actor: Actor, jobs: Sequence[Job], name: str) -> bool:
    """Do a job at once, whatever its slots and its rest; says whether it went well.

    Raises:
        NotFound: no such job.
        Forbidden: only administrators may.
    """
    job = _named(jobs, name)
    run(actor, _note_run, name)
    if job.slots is None:
        return _one_turn(job, had_failed=True) >= 0
    return _attempt(job, clock.now(), is_extra=True)


def _one_turn(job: Job, *, had_failed: bool) -> int:
    """What a turn did; -1 when it failed. A turn that did nothing is not noted, unless the last one had failed."""
    started = clock.monotonic()
    try:
        count = job.task()
    except Exception as error:  # an edge: the next turn comes in seconds
        if not had_failed:
            log.exception("the job %s failed", job.name)
        run(SYSTEM, _turned, job, "failed", f"{type(error).__name__}: {error}".splitlines()[0], started)
        return -1
    if count or had_failed:
        run(SYSTEM, _turned, job, "done", str(count), started)
    return count


def _turned(work: Work, job: Job, outcome: str, said: str, started: float) -> None:
    row = _row(work, job)
    row.outcome, row.said, row.ran_at = outcome, said[:LONGEST_SAID], work.now
    row.took_ms = round((clock.monotonic() - started) * 1000)
    live.publish(work, TOPIC, 0)


def _turn(job: Job, slots: Every | Weekly, row: Row | None) -> bool:
    now = clock.now()
    slot = slots.last(now)
    if row is None:
        run(SYSTEM, _begun, job, slot)
        return False
    is_done = row.last_slot is not None and slot <= row.last_slot
    is_waiting = row.retry_at is not None and row.retry_at > now
    if row.is_paused or is_done or is_waiting:
        return False
    return _attempt(job, slot)


def _attempt(job: Job, slot: datetime, *, is_extra: bool = False) -> bool:
    started = clock.monotonic()
    try:
        run(SYSTEM, _done, job, slot, is_extra, started)
    except IntegrityError as error:
        if _is_taken(error):
            return False
        return _give_up_for_now(job, slot, error)
    except Exception as error:  # an edge: one job that fails stops no other
        return _give_up_for_now(job, slot, error)
    return True


def _done(work: Work, job: Job, slot: datetime, is_extra: bool, started: float) -> None:
    work.insert(JobSlot, job=f"{job.name}{EXTRA}" if is_extra else job.name, slot=slot, started_at=work.now)
    said = job.action(work)
    row = _row(work, job)
    row.outcome, row.said, row.ran_at, row.tries, row.retry_at = "done", said[:LONGEST_SAID], work.now, 0, None
    row.took_ms = round((clock.monotonic() - started) * 1000)
    if not is_extra:
        row.last_slot = slot
    live.publish(work, TOPIC, 0)


def _give_up_for_now(job: Job, slot: datetime, error: Exception) -> bool:
    log.exception("the job %s failed", job.name, exc_info=error)
    run(SYSTEM, _failed, job, slot, f"{type(error).__name__}: {error}")
    return False


def _failed(work: Work, job: Job, slot: datetime, said: str) -> None:
    row = _row(work, job)
    row.tries += 1
    row.outcome, row.said, row.ran_at = "failed", said.splitlines()[0][:LONGEST_SAID], work.now
    row.retry_at = work.now + FIRST_WAIT * 4 ** (row.tries - 1)
    if row.tries >= TRIES:
        row.last_slot, row.tries, row.retry_at = slot, 0, None
    audit.security(work, "job_failed", severity="warning", job=job.name, why=row.said)
    live.publish(work, TOPIC, 0)


def _begun(work: Work, job: Job, slot: datetime) -> None:
    """The first time a job is seen, only what falls due from now on counts."""
    if work.session.get(Row, job.name) is None:
        work.session.add(Row(name=job.name, last_slot=slot))


def _note_run(work: Work, name: str) -> None:
    work.require(Permission.ADMINISTER)
    audit.activity(work, "job_run", "job", job=name)


def _rows(work: Work) -> list[Row]:
    return list(work.session.scalars(select(Row)))


def _row(work: Work, job: Job) -> Row:
    row = work.session.get(Row, job.name, with_for_update=True)
    if row is None:
        row = Row(name=job.name, last_slot=job.slots.last(work.now) if job.slots else None)
        work.session.add(row)
    return row


def _named(jobs: Sequence[Job], name: str) -> Job:
    found = next((job for job in jobs if job.name == name), None)
    if found is None:
        raise NotFound("There is no such thing.")
    return found


def _is_taken(error: IntegrityError) -> bool:
    return "job_slot" in str(error.orig)


def _view(job: Job, row: Row, now: datetime) -> JobView:
    coming = None if row.is_paused or job.slots is None else _coming(job.slots, row, now)
    return JobView(job.name, job.slots is None, row.is_paused, row.outcome, row.said, row.ran_at, row.took_ms, coming)


def _coming(slots: Every | Weekly, row: Row, now: datetime) -> datetime:
    missed = row.last_slot is not None and row.last_slot < slots.last(now)
    return (row.retry_at or now) if missed else slots.next(now)
