"""Hours: who was there when, day by day, against the call time and the rules. The desk's staff, the team, admins;
everybody's own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from talento.errors import Invalid, NotFound
from talento.models.casting import Assignment, Project
from talento.models.cinema import CinemaTalent
from talento.models.presence import CallTime, PresenceEvent
from talento.services.casting import access as casting
from talento.services.presence import access, corrections, desk, events, rules
from talento.services.presence.corrections import Correction
from talento.services.presence.desk import Person
from talento.services.presence.rules import Applied, Rule, minutes_of
from talento.services.presence.stays import Stay, day_of, is_overdue, stays
from talento.services.work import Work
from talento.vocabulary.permissions import Permission

MOST_DAYS = 400
PERIODS = ("day", "week", "month", "all")


@dataclass(frozen=True, slots=True)
class StayHours:
    """One stay; `recorded_by` names who noted its arrival and its departure, once when it is the same."""

    arrived_at: datetime
    left_at: datetime | None
    minutes: int
    is_overdue: bool
    recorded_by: str
    corrections: list[Correction]


@dataclass(frozen=True, slots=True)
class Day:
    """One person on one shooting day; `late_minutes` counts from the call, negative when they came before it.

    `loose` holds corrections that no stay carries: what was taken back.
    """

    person: Person
    first_name: str
    last_name: str
    day: date
    call_at: datetime | None
    late_minutes: int
    stays: list[StayHours]
    minutes: int
    break_minutes: int
    rules: list[Applied]
    loose: list[Correction]


@dataclass(frozen=True, slots=True)
class Total:
    """What the days of one person come to; `rules` by kind and percentage."""

    person: Person
    days: int
    minutes: int
    rules: list[Applied]
    open_stays: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A period of a project, people in the order of their numbers, and days in theirs."""

    project_id: int
    code: str
    name: str
    zone: str
    day_break: int
    today: date
    first: date
    last: date
    may_plan: bool
    days: list[Day]
    totals: list[Total]
    minutes: int
    rules: list[Rule]


@dataclass(frozen=True, slots=True)
class History:
    """One person on one project, latest day first."""

    project_id: int
    code: str
    name: str
    zone: str
    total: Total
    days: list[Day]


def hours(work: Work, project_id: int, *, first: date, last: date, locale: str) -> Hours:
    """Everybody's hours on a project from one shooting day to another.

    Raises:
        NotFound: no such desk, or not open to them.
        Invalid: the last day is before the first, or more than 400 days after it.
    """
    project = access.project(work, project_id)
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Invalid("Please choose at most {count} days, the last after the first.", field="last", count=MOST_DAYS)
    shown = [one for one in _days(work, project, locale) if first <= one.day <= last]
    totals = totals_of(shown)
    return Hours(
        project_id=project_id,
        code=project.code,
        name=project.name,
        zone=project.zone,
        day_break=project.day_break,
        today=day_of(work.now, project.zone, project.day_break),
        first=first,
        last=last,
        may_plan=_may_plan(work, project),
        days=shown,
        totals=totals,
        minutes=sum(one.minutes for one in totals),
        rules=rules.listed(work, project_id),
    )


def period(work: Work, project_id: int, kind: str, on: date | None = None) -> tuple[date, date]:
    """The first and the last day of a period around a day: weeks from Monday, months of the calendar, or all.

    Raises:
        NotFound: no such desk, or not open to them.
    """
    project = access.project(work, project_id)
    day = on or day_of(work.now, project.zone, project.day_break)
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if kind == "month":
        begins = day.replace(day=1)
        return begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return _whole(work, project, day) if kind == "all" else (day, day)


def history(work: Work, project_id: int, assignment_id: int, *, locale: str) -> list[History]:
    """One person's hours on this project and on the others that are open to the reader; this one first.

    Raises:
        NotFound: no such desk, not open to them, or nobody's number there.
    """
    access.project(work, project_id)
    row = work.session.get(Assignment, assignment_id)
    if row is None or row.project_id != project_id:
        raise NotFound("Nobody is assigned under this code.")
    found = access.theirs(work).join(Assignment, Assignment.project_id == Project.id)
    projects = work.session.scalars(found.where(Assignment.talent_id == row.talent_id)).all()
    ordered = sorted(projects, key=lambda one: (one.id != project_id, -(one.id or 0)))
    return [_history(work, one, row.talent_id, locale) for one in ordered]


def own(work: Work, *, locale: str) -> dict[int, History]:
    """One's own hours, by assignment; nothing for who has no cinema profile."""
    work.require(Permission.OWN_PROFILE)
    mine = select(Assignment.talent_id, Project).join(Project, Project.id == Assignment.project_id)
    mine = mine.join(CinemaTalent, CinemaTalent.id == Assignment.talent_id)
    rows = work.session.execute(
        mine.where(CinemaTalent.user_id == work.actor.user_id, Project.deleted_at.is_(None))
    ).all()
    found = [_history(work, project, talent_id, locale) for talent_id, project in rows]
    return {one.total.person.assignment_id: one for one in found}


def totals_of(days: Sequence[Day]) -> list[Total]:
    """What the days of each person come to, people in the order in which they first appear."""
    by_person: dict[int, list[Day]] = {}
    for one in days:
        by_person.setdefault(one.person.assignment_id, []).append(one)
    return [_total(mine) for mine in by_person.values()]


def _total(mine: Sequence[Day]) -> Total:
    sums: dict[tuple[str, int, int, int, int], int] = defaultdict(int)
    for one in mine:
        for rule in one.rules:
            sums[rule.kind, rule.after_minutes, rule.from_hour, rule.to_hour, rule.percent] += rule.minutes
    return Total(
        person=mine[0].person,
        days=sum(bool(one.stays) for one in mine),
        minutes=sum(one.minutes for one in mine),
        rules=[Applied(*key, minutes) for key, minutes in sums.items()],
        open_stays=sum(stay.left_at is None for one in mine for stay in one.stays),
    )


def _history(work: Work, project: Project, talent_id: int, locale: str) -> History:
    days = _days(work, project, locale, talent_id=talent_id)
    people = [one.person for one in days] or [person for person, *_ in _people(work, project, locale, talent_id)]
    total = _total(days) if days else Total(people[0], 0, 0, [], 0)
    return History(project.id or 0, project.code, project.name, project.zone, total, days[::-1])


def _days(work: Work, project: Project, locale: str, *, talent_id: int | None = None) -> list[Day]:
    """Every day of everybody, or of one talent; people by number, their days in order."""
    people = _people(work, project, locale, talent_id)
    rows = _rows(work, project, [person.assignment_id for person, *_ in people])
    noted = corrections.by_event(work, [row for some in rows.values() for row in some], project)
    names = events.authors(work, [row for some in rows.values() for row in some])
    calls, told = _calls(work, rows), rules.listed(work, project.id or 0)
    found = []
    for person, first_name, last_name in people:
        by_day = _by_day(rows.get(person.assignment_id, []), project)
        loose = _loose(person.assignment_id, by_day, noted)
        for day in sorted({*by_day, *loose}):
            there, call_at = by_day.get(day, []), calls.get((person.assignment_id, day))
            one = Day(
                person=person,
                first_name=first_name,
                last_name=last_name,
                day=day,
                call_at=call_at,
                late_minutes=_minutes(there[0].arrived_at - call_at) if call_at and there else 0,
                stays=[_stay(stay, names, noted, project, work.now) for stay in there],
                minutes=sum(map(minutes_of, there)),
                break_minutes=break_minutes(there),
                rules=rules.applied(there, told, call_at=call_at, zone=project.zone),
                loose=loose.get(day, []),
            )
            found.append(one)
    return found


def _loose(
    assignment_id: int, by_day: Mapping[date, Sequence[Stay]], noted: Mapping[str, list[Correction]]
) -> dict[date, list[Correction]]:
    """Somebody's corrections of what no stay is made of any more, by day."""
    used = {key for there in by_day.values() for stay in there for key in (stay.arrival, stay.departure)}
    found: dict[date, list[Correction]] = defaultdict(list)
    for key, some in noted.items():
        for one in some:
            if key not in used and one.assignment_id == assignment_id:
                found[one.day].append(one)
    return found


def _by_day(rows: Sequence[PresenceEvent], project: Project) -> dict[date, list[Stay]]:
    """The stays of one person by the shooting day on which they began."""
    found: dict[date, list[Stay]] = defaultdict(list)
    for stay in stays(map(events.mark, rows), cool_down=timedelta(seconds=project.cool_down)):
        found[day_of(stay.arrived_at, project.zone, project.day_break)].append(stay)
    return found


def break_minutes(there: Sequence[Stay]) -> int:
    """Whole minutes between the stays of one day; a stay without an end is followed by no break."""
    pairs = zip(there, there[1:], strict=False)
    return sum(_minutes(after.arrived_at - before.left_at) for before, after in pairs if before.left_at)


def _stay(
    stay: Stay,
    names: Mapping[str, str],
    noted: Mapping[str, list[Correction]],
    project: Project,
    now: datetime,
) -> StayHours:
    keys = [key for key in (stay.arrival, stay.departure) if key]
    recorders = dict.fromkeys(names[key] for key in keys if names.get(key))
    return StayHours(
        arrived_at=stay.arrived_at,
        left_at=stay.left_at,
        minutes=minutes_of(stay),
        is_overdue=is_overdue(stay, now, project.zone, project.day_break),
        recorded_by=", ".join(recorders),
        corrections=[one for key in keys for one in noted.get(key, [])],
    )


def _rows(work: Work, project: Project, ids: Sequence[int]) -> dict[int, list[PresenceEvent]]:
    query = select(PresenceEvent).where(PresenceEvent.project_id == project.id, PresenceEvent.assignment_id.in_(ids))
    found: dict[int, list[PresenceEvent]] = defaultdict(list)
    for row in work.session.scalars(query.order_by(PresenceEvent.id)):
        found[row.assignment_id].append(row)
    return found


def _people(work: Work, project: Project, locale: str, talent_id: int | None = None) -> list[tuple[Person, str, str]]:
    """Everybody who is or was on the project, by number, with first and last name."""
    query = select(Assignment.id, CinemaTalent.first_name, CinemaTalent.last_name).join(
        CinemaTalent, CinemaTalent.id == Assignment.talent_id
    )
    query = query.where(Assignment.project_id == project.id)
    if talent_id is not None:
        query = query.where(Assignment.talent_id == talent_id)
    names = {key: (first, last) for key, first, last in work.session.execute(query)}
    everybody = (person for person, _ in desk.assigned_people(work, project, locale))
    return [(one, *names[one.assignment_id]) for one in everybody if one.assignment_id in names]


def _calls(work: Work, rows: Mapping[int, object]) -> dict[tuple[int, date], datetime]:
    found = work.session.scalars(select(CallTime).where(CallTime.assignment_id.in_(list(rows))))
    return {(row.assignment_id, row.day): row.at for row in found}


def _whole(work: Work, project: Project, today: date) -> tuple[date, date]:
    """From the first to the last day on which something happened; today when nothing did."""
    bounds = select(func.min(PresenceEvent.at), func.max(PresenceEvent.at))
    least, most = work.session.execute(bounds.where(PresenceEvent.project_id == project.id)).one()
    if least is None:
        return today, today
    first, last = (day_of(at, project.zone, project.day_break) for at in (least, most))
    return max(first, last - timedelta(days=MOST_DAYS - 1)), last


def _may_plan(work: Work, project: Project) -> bool:
    """Whether the reader sets call times and rules: the team, and admins, until the project is completed."""
    if not work.actor.can(Permission.CASTING) or not access.is_open(project):
        return False
    return work.session.scalar(casting.theirs(work).where(Project.id == project.id)) is not None


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)
