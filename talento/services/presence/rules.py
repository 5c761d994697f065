"""Rules about hours, as data: what they make of somebody's day, and the team that writes them down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from talento.errors import Conflict, Invalid, NotFound
from talento.models.presence import HoursRule
from talento.services import audit, live
from talento.services.casting import access as casting
from talento.services.presence.stays import Stay
from talento.services.work import Work
from talento.vocabulary.presence import RuleKind

MOST_PERCENT = 400
LIMITS = {RuleKind.OVERTIME: (0, 24 * 60), RuleKind.LATE: (0, 12 * 60)}
"""Of the minutes after which a rule begins, by kind."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `kind` is a slug of `RuleKind`; hours are those of the clock where the project is shot."""

    id: int
    kind: str
    after_minutes: int
    from_hour: int
    to_hour: int
    percent: int


@dataclass(frozen=True, slots=True)
class Applied:
    """What a rule found in somebody's day: the rule, and so many minutes."""

    kind: str
    after_minutes: int
    from_hour: int
    to_hour: int
    percent: int
    minutes: int


def applied(stays: Sequence[Stay], rules: Sequence[Rule], *, call_at: datetime | None, zone: str) -> list[Applied]:
    """The rules that say something of one day of one person, in their order; each with its minutes.

    Of several overtime rules each counts the minutes from its own beginning to the next one's, so that no minute is
    counted twice.
    """
    found = []
    for rule in rules:
        if rule.kind == RuleKind.OVERTIME.value:
            minutes = _overtime(sum(map(minutes_of, stays)), rule, rules)
        elif rule.kind == RuleKind.NIGHT.value:
            minutes = sum(night_minutes(stay, rule.from_hour, rule.to_hour, zone) for stay in stays)
        else:
            minutes = _late(stays, call_at, rule)
        if minutes > 0:
            found.append(
                Applied(rule.kind, rule.after_minutes, rule.from_hour, rule.to_hour, rule.percent, minutes)
            )  # fmt: skip
    return found


def minutes_of(stay: Stay) -> int:
    """Whole minutes between the instants of a stay; nothing while it is open."""
    return int(stay.worked.total_seconds() // 60)


def night_minutes(stay: Stay, from_hour: int, to_hour: int, zone: str) -> int:
    """Whole minutes of a stay between two hours of the clock; right on the nights when clocks change."""
    if stay.left_at is None:
        return 0
    place, worked = ZoneInfo(zone), timedelta()
    day = stay.arrived_at.astimezone(place).date() - timedelta(days=1)
    while day <= stay.left_at.astimezone(place).date():
        ends_on = day + timedelta(days=1) if to_hour <= from_hour else day
        begins = datetime.combine(day, time(from_hour), place).astimezone(ZoneInfo("UTC"))
        ends = datetime.combine(ends_on, time(to_hour), place).astimezone(ZoneInfo("UTC"))
        worked += max(timedelta(), min(stay.left_at, ends) - max(stay.arrived_at, begins))
        day += timedelta(days=1)
    return int(worked.total_seconds() // 60)


def listed(work: Work, project_id: int) -> list[Rule]:
    """A project's rules, by kind and by where they begin. For those whom `access` has let in."""
    rows = work.session.scalars(select(HoursRule).where(HoursRule.project_id == project_id))
    found = [
        Rule(row.id or 0, row.kind.value, row.after_minutes, row.from_hour, row.to_hour, row.percent) for row in rows
    ]
    order = [kind.value for kind in RuleKind]
    return sorted(found, key=lambda rule: (order.index(rule.kind), rule.after_minutes, rule.from_hour, rule.id))


def add(
    work: Work,
    project_id: int,
    kind: str,
    *,
    after_minutes: int = 0,
    from_hour: int = 0,
    to_hour: int = 0,
    percent: int = 0,
) -> None:
    """Write a rule down; the hours of every day follow it at once, past days too.

    Raises:
        NotFound: no such project of theirs.
        Invalid: a number that makes no sense.
        Conflict: there is such a rule already, or the project is completed.
    """
    casting.project(work, project_id, is_open=True, lock=True)
    what = RuleKind.parse(kind)
    if what is None:
        raise Invalid("Please choose one of the options.", field="kind")
    is_night = what is RuleKind.NIGHT
    values = {
        "after_minutes": 0 if is_night else after_minutes,
        "from_hour": from_hour if is_night else 0,
        "to_hour": to_hour if is_night else 0,
        "percent": 0 if what is RuleKind.LATE else percent,
    }
    _check(what, **values)
    _refuse_twins(listed(work, project_id), what, **values)
    work.insert(HoursRule, project_id=project_id, kind=what, **values)
    audit.activity(work, "hours_rule_added", "project", project_id, kind=what.value, **values)
    live.publish(work, "presence", project_id)


def remove(work: Work, project_id: int, rule_id: int) -> None:
    """Take a rule away.

    Raises:
        NotFound: none of this project.
        Conflict: the project is completed.
    """
    casting.project(work, project_id, is_open=True, lock=True)
    row = work.session.get(HoursRule, rule_id)
    if row is None or row.project_id != project_id:
        raise NotFound("There is no such rule.")
    audit.activity(work, "hours_rule_removed", "project", project_id, kind=row.kind.value, percent=row.percent)
    work.session.delete(row)
    work.session.flush()
    live.publish(work, "presence", project_id)


def _overtime(worked: int, rule: Rule, rules: Sequence[Rule]) -> int:
    later = [one.after_minutes for one in rules if one.kind == rule.kind and one.after_minutes > rule.after_minutes]
    return min([worked, *later]) - rule.after_minutes


def _late(stays: Sequence[Stay], call_at: datetime | None, rule: Rule) -> int:
    if call_at is None or not stays:
        return 0
    late = int((stays[0].arrived_at - call_at).total_seconds() // 60)
    return late if late > rule.after_minutes else 0


def _check(kind: RuleKind, *, after_minutes: int, from_hour: int, to_hour: int, percent: int) -> None:
    least, most = LIMITS.get(kind, (0, 0))
    if not least <= after_minutes <= most:
        raise Invalid("Between {least} and {most} minutes, please.", field="after_minutes", least=least, most=most)
    if not (0 <= from_hour <= 23 and 0 <= to_hour <= 23):
        raise Invalid("Please give two different hours between 0 and 23.", field="from_hour")
    if kind is RuleKind.NIGHT and from_hour == to_hour:
        raise Invalid("Please give two different hours between 0 and 23.", field="from_hour")
    if not 0 <= percent <= MOST_PERCENT:
        raise Invalid("Between 0 and {most} percent, please.", field="percent", most=MOST_PERCENT)


def _refuse_twins(
    there: Sequence[Rule], kind: RuleKind, *, after_minutes: int, from_hour: int, to_hour: int, percent: int
) -> None:
    """No minute may be counted by two rules of one kind."""
    for rule in (one for one in there if one.kind == kind.value):
        is_same = kind is RuleKind.LATE or (kind is RuleKind.OVERTIME and rule.after_minutes == after_minutes)
        if is_same or _hours(rule.from_hour, rule.to_hour) & _hours(from_hour, to_hour):
            raise Conflict("There is a rule for this already. Remove it first.")


def _hours(first: int, last: int) -> set[int]:
    """The hours of the clock from one to another; none when they are the same."""
    return {(first + number) % 24 for number in range((last - first) % 24)}
