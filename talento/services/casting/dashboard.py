"""The cinema dashboard: what is being cast, how far it is, and who is on the roster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from talento.models.casting import Assignment, CastingRole, Production, Project
from talento.services.casting import access
from talento.services.casting.overlaps import span
from talento.services.cinema import search
from talento.services.reference import book
from talento.services.search import Facet, Index
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.permissions import Permission

DAYS = 14
ROLES = 8
SHOOTS = 5
BEFORE_THE_END = (ProjectStatus.PRE_PRODUCTION, ProjectStatus.SHOOTING)
CHARTS = ("kinds", "gender", "age", "residence", "languages")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `share` is its length in percent of the longest."""

    value: str
    en: str
    fr: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Fill:
    """An open role of the reader's and how full it is, in percent too."""

    id: int
    name: str
    kind: str
    project: str
    project_id: int
    wanted: int
    booked: int
    percent: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many projects shoot on a day, and how many people they have booked."""

    day: str
    projects: int
    people: int
    share: int


@dataclass(frozen=True, slots=True)
class Shoot:
    """The shooting of one of the reader's projects; days as ISO dates, empty when not set."""

    project_id: int
    code: str
    name: str
    starts_on: str
    ends_on: str
    people: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Numbers count every project; names are those of the reader's own."""

    talents: int
    productions: int
    projects: int
    open_roles: int
    wanted: int
    booked: int
    by_status: list[Bar]
    charts: dict[str, list[Bar]]
    """Cinema talents by facet, from the index."""
    roles: list[Fill]
    """The emptiest first."""
    foreign_roles: int
    """Open roles of projects whose team the reader is not on."""
    days: list[Day]
    shoots: list[Shoot]
    """The next to begin, or under way, first."""


def overview(work: Work, *, on: Index | None = None) -> Dashboard:
    """What recruiters and admins see of casting as a whole."""
    work.require(Permission.CASTING)
    found = search.find(work, search.CinemaQuery(), "en", on=on).found
    projects = list(work.session.scalars(select(Project).where(Project.deleted_at.is_(None))))
    active = {row.id or 0: row for row in projects if row.status is not ProjectStatus.COMPLETED}
    mine = {row.id for row in work.session.scalars(access.theirs(work))}
    booked = _booked(work)
    roles = [row for row in _roles(work) if row.project_id in active]
    open_roles = [row for row in roles if booked.get(row.id or 0, 0) < row.wanted]
    named = [row for row in open_roles if row.project_id in mine]
    spans = _spans(work, active)

    return Dashboard(
        talents=found.total,
        productions=_productions(work, active.values()),
        projects=len(active),
        open_roles=len(open_roles),
        wanted=sum(row.wanted for row in roles),
        booked=sum(min(booked.get(row.id or 0, 0), row.wanted) for row in roles),
        by_status=_by_status(projects),
        charts={facet.name: _bars(facet) for facet in found.facets if facet.name in CHARTS},
        roles=sorted((_fill(row, active[row.project_id], booked) for row in named), key=_emptiest)[:ROLES],
        foreign_roles=len(open_roles) - len(named),
        days=_days(work.now.date(), active, spans),
        shoots=_shoots(work.now.date(), [row for key, row in active.items() if key in mine], spans),
    )


def _roles(work: Work) -> list[CastingRole]:
    return list(work.session.scalars(select(CastingRole).where(CastingRole.deleted_at.is_(None))))


def _booked(work: Work) -> dict[int, int]:
    """How many people are assigned to each role."""
    count = (
        select(Assignment.role_id, func.count())
        .where(Assignment.removed_at.is_(None), Assignment.role_id.is_not(None))
        .group_by(Assignment.role_id)
    )
    return dict(work.session.execute(count).tuples().all())  # type: ignore[arg-type]


def _productions(work: Work, active: Iterable[Project]) -> int:
    """How many companies have a project that is not completed."""
    keys = {row.production_id for row in active if row.production_id}
    there: ColumnElement[bool] = Production.deleted_at.is_(None)
    return len(keys & set(work.session.scalars(select(Production.id).where(there))))


def _by_status(projects: list[Project]) -> list[Bar]:
    counts = {status: sum(row.status is status for row in projects) for status in ProjectStatus}
    most = max(counts.values()) or 1
    return [Bar(one.value, one.en, one.fr, count, 100 * count // most) for one, count in counts.items()]


def _bars(facet: Facet) -> list[Bar]:
    label = search.CINEMA.by_name[facet.name].label
    most = max((one.count for one in facet.values), default=0) or 1
    return [
        Bar(
            one.value,
            label(book(), one.value, "en"),
            label(book(), one.value, "fr"),
            one.count,
            100 * one.count // most,
        )
        for one in facet.values
    ]


def _fill(row: CastingRole, project: Project, booked: Mapping[int, int]) -> Fill:
    count = booked.get(row.id or 0, 0)
    percent = 100 * count // row.wanted
    key = row.id or 0
    return Fill(key, row.name, row.kind.value, project.name, row.project_id, row.wanted, count, percent)


def _emptiest(fill: Fill) -> tuple[Any, ...]:
    return fill.percent, -fill.wanted, fill.id


Span = tuple[int, date, date]


def _spans(work: Work, active: Mapping[int, Project]) -> list[Span]:
    """The project and the days of each booking, as far as they are known."""
    rows = work.session.execute(
        select(Assignment.project_id, Assignment.starts_on, Assignment.ends_on).where(Assignment.removed_at.is_(None))
    )
    found = []
    for project_id, starts_on, ends_on in rows:
        if project := active.get(project_id):
            days = span(starts_on or project.starts_on, ends_on or project.ends_on)
            found += [(project_id, *days)] if days else []
    return found


def _days(today: date, active: Mapping[int, Project], spans: list[Span]) -> list[Day]:
    """The coming two weeks, day by day."""
    days = [today + timedelta(days=number) for number in range(DAYS)]
    shooting = {day: {key for key, row in active.items() if _is_on(row, day)} for day in days}
    people = {day: sum(key in shooting[day] and first <= day <= last for key, first, last in spans) for day in days}
    most = max(people.values()) or 1
    return [Day(day.isoformat(), len(shooting[day]), people[day], 100 * people[day] // most) for day in days]


def _is_on(project: Project, day: date) -> bool:
    days = span(project.starts_on, project.ends_on)
    return project.status in BEFORE_THE_END and days is not None and days[0] <= day <= days[1]


def _shoots(today: date, projects: list[Project], spans: list[Span]) -> list[Shoot]:
    coming = [row for row in projects if row.starts_on and (row.ends_on or row.starts_on) >= today]
    coming = [row for row in coming if row.status in BEFORE_THE_END]
    coming.sort(key=lambda row: (row.starts_on, row.id))
    return [
        Shoot(
            row.id or 0,
            row.code,
            row.name,
            _iso(row.starts_on),
            _iso(row.ends_on),
            sum(key == row.id for key, _, _ in spans),
        )
        for row in coming[:SHOOTS]
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
