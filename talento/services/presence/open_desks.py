"""The desks that are open to somebody, and how many people are there now."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case

from talento.models.casting import Production, Project
from talento.services.casting.finding import answers
from talento.services.presence import access, desk
from talento.services.work import Work
from talento.vocabulary.casting import ProjectStatus
from talento.vocabulary.presence import Standing

MOST = 24


@dataclass(frozen=True, slots=True)
class Card:
    """A desk in the list; `here` and `people` are of the running shooting day."""

    code: str
    name: str
    production: str
    logo_url: str
    status: str
    starts_on: date | None
    ends_on: date | None
    zone: str
    now: datetime
    here: int
    awaited: int
    people: int
    is_open: bool


def desks(work: Work, typed: str = "", *, locale: str) -> list[Card]:
    """The desks of the actor, those being shot first and completed ones last; at most 24, so type to find others."""
    shooting = case(
        (Project.status == ProjectStatus.SHOOTING, 0), (Project.status == ProjectStatus.COMPLETED, 2), else_=1
    )
    query = access.theirs(work).where(answers(Project.folded, typed)).order_by(shooting, Project.starts_on, Project.id)
    return [_card(work, one, locale) for one in work.session.scalars(query.limit(MOST))]


def _card(work: Work, project: Project, locale: str) -> Card:
    counts = desk.sheet(work, project.id or 0, locale=locale).counts
    company = work.session.get(Production, project.production_id) if project.production_id else None
    return Card(
        code=project.code,
        name=project.name,
        production=company.name if company else "",
        logo_url=f"/files/{company.logo_id}" if company and company.logo_id else "",
        status=project.status.value,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        zone=project.zone,
        now=work.now,
        here=counts[Standing.HERE],
        awaited=counts[Standing.EXPECTED] + counts[Standing.LATE],
        people=sum(counts.values()),
        is_open=access.is_open(project),
    )
