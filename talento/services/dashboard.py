"""What administrators see first: who registered, who they are, and how the house does.

People are those whom a search finds, counted on the index, so that a number and the search behind it agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from sqlalchemy import func, select

from talento.i18n import phrase, say
from talento.models.operations import OutgoingMail, SecurityLog
from talento.services import search
from talento.services.casting import dashboard as casting
from talento.services.casting.dashboard import Bar
from talento.services.documents.made import Made
from talento.services.documents.spreadsheets import CSV, comma_separated
from talento.services.health.checks import free_space, jobs_failed, jobs_overdue, mails_failed
from talento.services.health.findings import Words, size
from talento.services.presence import here
from talento.services.reference import book
from talento.services.search import Index, Query, Wide
from talento.services.search.bitmaps import ids_of
from talento.services.security import alerts
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.permissions import Permission

SPANS = (30, 90)
TOP = 10
CHARTS: Mapping[str, str] = {
    "residence": "country",
    "city": "city",
    "skills": "skill",
    "gender": "gender",
    "availability": "available",
    "complete": "complete",
}
"""Charts of people, and how the search calls their property in its address."""
IN_ORDER = {"complete"}
"""Charts of what has an order of its own; the others begin with the most frequent."""

TITLES = {
    "days": phrase("Registrations by day"),
    "residence": phrase("Country of residence"),
    "city": phrase("City"),
    "skills": phrase("Skills"),
    "gender": phrase("Gender"),
    "availability": phrase("Availability"),
    "complete": phrase("Completeness of profiles"),
}


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many people registered on a day, in UTC as in the search; `share` in percent of the best day."""

    day: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class People:
    """The talents who are found."""

    total: int
    lately: int
    """Registered within the span that is shown."""
    since: str
    days: list[DayCount]
    charts: dict[str, list[Bar]]


@dataclass(frozen=True, slots=True)
class Cinema:
    """Casting and presence at a glance."""

    talents: int
    projects: int
    open_roles: int
    wanted: int
    booked: int
    on_set: int


@dataclass(frozen=True, slots=True)
class House:
    """How the house does."""

    mails_waiting: int
    mails_failed: int
    jobs_failed: int
    jobs_overdue: int
    free: Words
    disk: Words
    is_disk_low: bool
    failed_sign_ins: int
    critical: int
    alerts_open: int
    alerts_critical: int
    yesterday: str
    logs: str
    """What the last check of the logs found: "" before the first, "whole" or "tampered"."""
    logs_at: datetime | None


LOW_DISK = 2 << 30


def people(work: Work, *, days: int = SPANS[0], on: Index | None = None) -> People:
    """The talents of the general roster, and who came within so many days."""
    work.require(Permission.ADMINISTER)
    index = on or search.index()
    wide = {name: Wide(most=TOP) for name in CHARTS}
    found = search.find(work, Query(), wide=wide, on=index)
    today = work.now.date()
    counts = _counted(index, today, days if days in SPANS else SPANS[0])
    most = max(counts.values()) or 1
    return People(
        total=found.total,
        lately=sum(counts.values()),
        since=min(counts).isoformat(),
        days=[DayCount(day.isoformat(), count, 100 * count // most) for day, count in counts.items()],
        charts={facet.name: _bars(facet) for facet in found.facets if facet.name in CHARTS},
    )


def cinema(work: Work) -> Cinema:
    """Casting and presence, as their own dashboard counts them."""
    work.require(Permission.ADMINISTER)
    shown = casting.overview(work)
    on_set = sum(one.people for one in here.here(work))
    return Cinema(shown.talents, shown.projects, shown.open_roles, shown.wanted, shown.booked, on_set)


def house(work: Work) -> House:
    """Mail, jobs, storage and what concerns safety, of the last day."""
    work.require(Permission.ADMINISTER)
    waiting = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.status == "waiting")
    free, total = free_space(settings().data_dir)
    since = work.now - timedelta(days=1)
    checked, alerted = _last_check(work), alerts.standing(work)
    return House(
        mails_waiting=work.session.scalar(waiting) or 0,
        mails_failed=mails_failed(work),
        jobs_failed=len(jobs_failed(work)),
        jobs_overdue=len(jobs_overdue(work)),
        free=size(free),
        disk=size(total),
        is_disk_low=free < LOW_DISK,
        failed_sign_ins=_noted(work, SecurityLog.event == "failed_login", since),
        critical=_noted(work, SecurityLog.severity == "critical", since),
        alerts_open=alerted.open,
        alerts_critical=alerted.critical,
        yesterday=since.date().isoformat(),
        logs={"logs_checked": "whole", "logs_tampered": "tampered"}.get(checked.event, "") if checked else "",
        logs_at=checked.at if checked else None,
    )


def export(work: Work, *, days: int = SPANS[0], locale: str = "en") -> Made:
    """Every chart of people as CSV: its title, the value, how many."""
    shown = people(work, days=days)
    rows: list[tuple[str | int, ...]] = [(say(locale, "Chart"), say(locale, "Value"), say(locale, "People"))]
    rows += [(say(locale, TITLES["days"]), one.day, one.count) for one in shown.days]
    for name, bars in shown.charts.items():
        title = say(locale, TITLES[name])
        rows += [(title, bar.fr if locale == "fr" else bar.en, bar.count) for bar in bars]
    return Made("dashboard.csv", comma_separated(rows), CSV)


def _counted(index: Index, today: date, days: int) -> dict[date, int]:
    """Everybody who may be found, by the day they registered."""
    first = today - timedelta(days=days - 1)
    begins = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
    by_day = np.zeros(days, np.int64)
    for part in index.loaded().parts:
        ids = ids_of(part.visible(today))
        if len(ids):
            place = (part.segment.registered_at(ids).astype(np.int64) - begins) // 86_400
            by_day += np.bincount(place[(place >= 0) & (place < days)], minlength=days)
    return {first + timedelta(days=number): int(count) for number, count in enumerate(by_day)}


def _bars(facet: search.Facet) -> list[Bar]:
    label = search.GENERAL.by_name[facet.name].label
    values = facet.values if facet.name in IN_ORDER else sorted(facet.values, key=lambda one: -one.count)[:TOP]
    most = max((one.count for one in values), default=0) or 1
    return [
        Bar(
            one.value,
            label(book(), one.value, "en"),
            label(book(), one.value, "fr"),
            one.count,
            100 * one.count // most,
        )
        for one in values
    ]


def _noted(work: Work, what: object, since: datetime) -> int:
    query = select(func.count()).select_from(SecurityLog).where(what, SecurityLog.at >= since)  # type: ignore[arg-type]
    return work.session.scalar(query) or 0


def _last_check(work: Work) -> SecurityLog | None:
    checks = SecurityLog.event.in_(("logs_checked", "logs_tampered"))  # type: ignore[attr-defined]
    return work.session.scalars(select(SecurityLog).where(checks).order_by(SecurityLog.id.desc()).limit(1)).first()  # type: ignore[union-attr]
