"""Figures for Prometheus, in its text format (version 0.0.4): what this process counts, and how the house stands.

Counting costs a dictionary's entry; whatever asks the database is asked when somebody reads the figures.
"""

import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from talento import clock
from talento.models.operations import Change, OutgoingMail
from talento.services import jobs, live, schedule
from talento.services import search as general
from talento.services.cinema import search as cinema
from talento.services.health.checks import free_space, indexed, jobs_failed, jobs_overdue, mails_failed
from talento.services.work import SYSTEM, Work, look
from talento.settings import settings

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Labels = tuple[tuple[str, str], ...]
Sample = tuple[str, Labels, float]


@dataclass(frozen=True, slots=True)
class Family:
    """Samples of one name; `kind` is counter, gauge or histogram."""

    name: str
    kind: str
    text: str
    samples: Iterable[Sample]


class Counted:
    """A number that only grows, by labels; any thread may add to it."""

    def __init__(self, name: str, text: str, *labels: str) -> None:
        self.name, self.text, self._labels = name, text, labels
        self._values: dict[tuple[str, ...], float] = {}
        self._lock = threading.Lock()

    def add(self, *values: str) -> None:
        with self._lock:
            self._values[values] = self._values.get(values, 0) + 1

    def family(self) -> Family:
        with self._lock:
            known = sorted(self._values.items())
        samples = [(self.name, tuple(zip(self._labels, values, strict=True)), count) for values, count in known]
        return Family(self.name, "counter", self.text, samples)


@dataclass
class _Spread:
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0


class Timed:
    """How long something takes, by one label: how often it stayed under each bound."""

    def __init__(self, name: str, text: str, label: str) -> None:
        self.name, self.text, self._label = name, text, label
        self._spreads: dict[str, _Spread] = {}
        self._lock = threading.Lock()

    def note(self, value: str, seconds: float) -> None:
        place = next((number for number, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        with self._lock:
            spread = self._spreads.setdefault(value, _Spread())
            spread.counts[place] += 1
            spread.total += seconds

    def family(self) -> Family:
        with self._lock:
            known = sorted((value, list(spread.counts), spread.total) for value, spread in self._spreads.items())
        samples = [sample for value, counts, total in known for sample in self._samples(value, counts, total)]
        return Family(self.name, "histogram", self.text, samples)

    def _samples(self, value: str, counts: list[int], total: float) -> Iterable[Sample]:
        label, so_far = (self._label, value), 0
        for bound, count in zip((*map(repr, BOUNDS), "+Inf"), counts, strict=True):
            so_far += count
            yield f"{self.name}_bucket", (label, ("le", bound)), so_far
        yield f"{self.name}_sum", (label,), total
        yield f"{self.name}_count", (label,), so_far


REQUESTS = Counted("talento_requests_total", "Requests answered.", "class", "status")
SECONDS = Timed("talento_request_seconds", "How long requests took.", "class")
EVENTS = Counted("talento_events_total", "Events of pages, passed on or refused by the policy.", "outcome")
SOCKETS: set[int] = set()
"""The open sockets of this process."""


def exposed() -> str:
    """Everything, as Prometheus reads it."""
    families = [REQUESTS.family(), SECONDS.family(), EVENTS.family(), *_here(), *_there()]
    return "".join(map(_written, families))


def _here() -> Iterable[Family]:
    """Of this process."""
    yield _gauge("talento_sockets", "Open sockets.", len(SOCKETS))
    held = {"general": general.index(), "cinema": cinema.index()}
    yield _gauges(
        "talento_index_people",
        "People in a search index.",
        "index",
        {name: indexed(index) for name, index in held.items()},
    )
    loaded = {name: float(index.is_loaded) for name, index in held.items()}
    yield _gauges("talento_index_loaded", "Whether a search index was read.", "index", loaded)
    yield _gauge("process_resident_memory_bytes", "Memory in use.", _memory())
    cpu = os.times()
    yield Family("process_cpu_seconds_total", "counter", "Time on the processor.",
                 [("process_cpu_seconds_total", (), cpu.user + cpu.system)])  # fmt: skip
    feed = live.reader()
    if feed is not None and feed.read_at is not None:
        silence = clock.monotonic() - feed.read_at
        yield _gauge("talento_feed_silence_seconds", "Since the feed of changes was last read.", silence)
    free, total = free_space(settings().data_dir)
    yield _gauge("talento_disk_free_bytes", "Room left on the disk of files.", free)
    yield _gauge("talento_disk_bytes", "Size of the disk of files.", total)


def _there() -> list[Family]:
    """Of the database; only whether it answers when it does not."""
    try:
        families = look(SYSTEM, _stored)
    except SQLAlchemyError:
        return [_gauge("talento_database_up", "Whether the database answers.", 0)]
    return [_gauge("talento_database_up", "Whether the database answers.", 1), *families]


def _stored(work: Work) -> list[Family]:
    waiting, oldest = work.session.execute(
        select(func.count(), func.min(OutgoingMail.due_at)).where(OutgoingMail.status == "waiting")
    ).one()
    late = max(0.0, (work.now - oldest).total_seconds()) if oldest else 0.0
    mails = {"waiting": waiting, "failed": mails_failed(work)}
    listed = jobs.listed(work, schedule.JOBS)
    failed, late_jobs = jobs_failed(work), jobs_overdue(work)
    ran = {one.name: one.ran_at.timestamp() for one in listed if one.ran_at}
    newest = work.session.scalar(select(func.max(Change.id))) or 0
    feed = live.reader()
    return [
        _gauges("talento_outbox_messages", "Messages in the outbox.", "status", mails),
        _gauge("talento_outbox_late_seconds", "How long the oldest message has been due.", late),
        _gauges(
            "talento_job_failed",
            "Whether the last run of a job failed.",
            "job",
            {one.name: one.name in failed for one in listed},
        ),
        _gauges(
            "talento_job_overdue",
            "Whether a job should have run by now.",
            "job",
            {one.name: one.name in late_jobs for one in listed},
        ),
        _gauges("talento_job_ran_timestamp_seconds", "When a job last ran.", "job", ran),
        _gauge("talento_newest_change", "The number of the newest change.", newest),
        _gauge("talento_feed_behind", "Changes that this process has not read.", feed.behind(newest) if feed else 0),
    ]


def _memory() -> float:
    """Resident bytes (Linux); 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _gauge(name: str, text: str, value: float) -> Family:
    return Family(name, "gauge", text, [(name, (), value)])


def _gauges(name: str, text: str, label: str, values: Mapping[str, float]) -> Family:
    return Family(name, "gauge", text, [(name, ((label, key),), value) for key, value in values.items()])


def _written(family: Family) -> str:
    lines = [f"# HELP {family.name} {family.text}", f"# TYPE {family.name} {family.kind}"]
    for name, labels, value in family.samples:
        said = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
        lines.append(f"{name}{{{said}}} {value:.15g}" if said else f"{name} {value:.15g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
