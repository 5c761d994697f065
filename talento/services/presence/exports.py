"""The hours of a project to take along: by day, by week, by month, in the project's zone. Whoever may see them.

What is exported is names, codes, kinds, times and corrections: never identity, contact or birth date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from talento.errors import Invalid
from talento.i18n import phrase, say, say_plural
from talento.services import audit, days
from talento.services.documents import hours_sheet
from talento.services.documents.hours_sheet import Line, Table, TotalLine
from talento.services.documents.made import Made
from talento.services.presence import hours
from talento.services.presence.corrections import Correction
from talento.services.presence.hours import Day, Hours, StayHours, Total
from talento.services.presence.rules import Applied
from talento.services.security import rules, suspicion
from talento.services.work import Actor, Work, run
from talento.vocabulary.casting import TalentType
from talento.vocabulary.presence import RuleKind


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing a table down: its ending, its media type, what a menu calls it, what makes it."""

    ending: str
    media_type: str
    name: str
    icon: str
    made: Callable[[Table, str], bytes]


FORMATS: Mapping[str, Format] = {
    one.ending: one
    for one in (
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            phrase("Excel"),
            "sheet",
            hours_sheet.workbook,
        ),
        Format("csv", "text/csv; charset=utf-8", phrase("CSV"), "table", hours_sheet.comma_separated),
        Format("pdf", "application/pdf", phrase("PDF, to sign"), "file-text", hours_sheet.drawn),
    )
}


def export(actor: Actor, project_id: int, *, first: date, last: date, ending: str, locale: str) -> Made:
    """The hours of a period in a format of `FORMATS`.

    Raises:
        NotFound: no such desk, or not open to them.
        NotFresh: the reader proved who they are too long ago.
        Invalid: an unknown format, or a period that makes no sense.
    """
    how = FORMATS.get(ending)
    if how is None:
        raise Invalid("Please choose one of the options.", field="format")
    found = run(actor, _exported, project_id, first, last, ending, locale)
    name = f"{found.code}-presence-{first.isoformat()}"
    name += f"-{last.isoformat()}" if last != first else ""
    return Made(f"{name}.{ending}", how.made(table(found, locale), locale), how.media_type)


def table(found: Hours, locale: str) -> Table:
    """Hours as lines of text: days in order, people by number."""
    lines = [line for day in found.days for line in _day(day, found.zone, locale)]
    names = {one.person.assignment_id: (one.first_name, one.last_name) for one in found.days}
    total = _duration(found.minutes)
    said = say_plural(locale, len(found.totals), one="{n} person", other="{n} people")
    return Table(
        title=f"{say(locale, phrase('Presence'))} · {found.name}",
        subtitle=f"{found.code} · {days.span(found.first, found.last, locale)} · {found.zone}",
        lines=sorted(lines, key=lambda line: line.day),
        totals=[_total(one, *names[one.person.assignment_id], locale) for one in found.totals],
        sum=say(locale, "Total: {duration} · {people}", duration=total, people=said),
    )


def rule_in_words(rule: Applied, locale: str) -> str:
    """What a rule found, in words: Overtime beyond 8 h 00 min, +25%: 1 h 30 min."""
    return f"{_rule(rule, locale)}: {_duration(rule.minutes)}"


def _exported(work: Work, project_id: int, first: date, last: date, ending: str, locale: str) -> Hours:
    work.require_fresh()
    found = hours.hours(work, project_id, first=first, last=last, locale=locale)
    details = {"first": first.isoformat(), "last": last.isoformat(), "format": ending}
    audit.activity(work, "presence_exported", "project", project_id, **details)
    suspicion.suspect(work, rules.EXPORTS, user_id=work.actor.user_id)
    return found


def _day(day: Day, zone: str, locale: str) -> list[Line]:
    stays = [line for stay in day.stays for line in _stay(day, stay, zone, locale)]
    return stays + [_alone(one, day, zone, locale) for one in day.loose]


def _stay(day: Day, stay: StayHours, zone: str, locale: str) -> list[Line]:
    """A stay, and a further line for each correction after the first."""
    first = stay.corrections[0] if stay.corrections else None
    open_end = say(locale, "Open") if stay.left_at is None else _clock(stay.left_at, zone)
    line = Line(
        day=day.day.isoformat(),
        code=day.person.code,
        first_name=day.first_name,
        last_name=day.last_name,
        kind=_kind(day.person.kind, locale),
        arrival=_clock(stay.arrived_at, zone),
        departure=open_end,
        duration=_duration(stay.minutes) if stay.left_at else "",
        minutes=stay.minutes,
        recorded_by=stay.recorded_by,
        call=_clock(day.call_at, zone) if day.call_at else "",
        **_corrected(first, zone),
    )
    return [line, *(_alone(one, day, zone, locale) for one in stay.corrections[1:])]


def _alone(one: Correction, day: Day, zone: str, locale: str) -> Line:
    """A correction on a line of its own: no time of it is counted."""
    return Line(
        day=one.day.isoformat(),
        code=day.person.code,
        first_name=day.first_name,
        last_name=day.last_name,
        kind=_kind(day.person.kind, locale),
        arrival="",
        departure="",
        duration="",
        minutes=0,
        recorded_by="",
        call="",
        **_corrected(one, zone),
    )


def _corrected(one: Correction | None, zone: str) -> dict[str, str]:
    if one is None:
        return {"was": "", "now": "", "reason": "", "by": ""}
    return {
        "was": _moment(one.was, zone) if one.was else "",
        "now": _moment(one.now, zone) if one.now else "",
        "reason": one.reason,
        "by": one.by,
    }


def _total(one: Total, first_name: str, last_name: str, locale: str) -> TotalLine:
    said = "; ".join(rule_in_words(rule, locale) for rule in one.rules)
    return TotalLine(
        one.person.code, first_name, last_name, one.days, _duration(one.minutes), one.minutes, said
    )  # fmt: skip


def _rule(rule: Applied, locale: str) -> str:
    extra = f" (+{rule.percent} %)" if rule.percent else ""
    if rule.kind == RuleKind.OVERTIME.value:
        beyond = _duration(rule.after_minutes)
        return say(locale, "Overtime beyond {duration}", duration=beyond) + extra
    if rule.kind == RuleKind.NIGHT.value:
        between = {"start": f"{rule.from_hour:02}:00", "end": f"{rule.to_hour:02}:00"}
        return say(locale, "Night, {start} to {end}", **between) + extra
    return say(locale, "Late by more than {n} min", n=rule.after_minutes)


def _kind(slug: str, locale: str) -> str:
    kind = TalentType.parse(slug)
    return kind.label(locale) if kind else ""


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _moment(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _duration(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02}"
