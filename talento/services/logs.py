"""The two logs, as admins read them: newest first, a page at a time however many there are, and as a file."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import merge
from itertools import groupby, islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_, select

from talento.errors import Invalid, NotFound
from talento.models.accounts import User
from talento.models.casting import Assignment, Candidate
from talento.models.cinema import CinemaTalent
from talento.models.operations import ActivityLog, SecurityLog
from talento.models.talents import Talent
from talento.services import audit, chain, people, preferences
from talento.services.chain import Verdict
from talento.services.documents.made import Made
from talento.services.documents.spreadsheets import CSV, comma_separated
from talento.services.preferences import registry
from talento.services.security import rules, suspicion
from talento.services.text import line
from talento.services.work import Actor, Work, look, run
from talento.vocabulary.logs import NAMES, Severity, fact, worded
from talento.vocabulary.permissions import Permission

PAGE = 50
MOST_PEOPLE = 20
MOST_EXPORTED = 100_000
COLUMNS = ("number", "at", "event", "severity", "who", "account", "subject", "network", "browser", "details")
NOWHERE = "-"
PLACES = {"project": "/projects", "role": "/board", "production": "/productions"}
SLACK = timedelta(minutes=10)
"""Entries are numbered as they are stored, which may be a little later than they happened."""

Table = type[ActivityLog] | type[SecurityLog]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show. Empty means all; days are whole ones by the clock of the site, both
    included.

    `who` is part of a name, an e-mail or a code, `who_id` an account's own number: entries of what they did, and of
    what was done to their account, their talents and their bookings.
    """

    name: str = ""
    severity: str = ""
    who: str = ""
    who_id: int = 0
    ip: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a log.

    `place` is the page of its subject, if it has one; `network` is the /24 or /48 it came from; `details` are its
    facts as they were noted.
    """

    id: int
    seq: int
    at: datetime
    name: str
    title: str
    severity: str
    who: str
    who_id: int
    subject: str
    place: str
    network: str
    agent: str
    summary: str
    details: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries, newest first, and whether there are more on either side."""

    entries: list[Entry]
    has_newer: bool
    has_older: bool


def page(
    work: Work, log: str, filters: Filters, *, before: int = 0, after: int = 0, size: int = PAGE, locale: str = "en"
) -> LogPage:
    """A page of a log.

    Args:
        log: `activity` or `security`.
        before: show what is older than this entry; `after`: what is newer. Neither: the newest.
    """
    work.require(Permission.ADMINISTER)
    table = _table(log)
    whose = _people(work, filters)
    if whose == []:
        return LogPage([], False, False)
    conditions = _conditions(work, table, filters)
    rows = _read(
        work, table, conditions, whose, before=before, after=after, limit=size + 1, by_network=bool(filters.ip)
    )
    more, rows = len(rows) > size, rows[:size]
    if after:
        rows.reverse()
        return LogPage(_entries(work, log, rows, locale), more, bool(rows))
    return LogPage(_entries(work, log, rows, locale), bool(before), more)


def export(actor: Actor, log: str, filters: Filters, *, locale: str) -> Made:
    """The entries of a log as CSV, at most a hundred thousand; the export is noted itself.

    Raises:
        NotFresh: the reader proved who they are too long ago.
        Invalid: more than that; a narrower period helps.
    """
    look(actor, _may_export)
    entries = list(islice(_all(actor, log, filters, locale), MOST_EXPORTED + 1))
    if len(entries) > MOST_EXPORTED:
        raise Invalid("These are more than {count} entries. Choose a shorter period.", count=f"{MOST_EXPORTED:,}")
    run(actor, _note_export, log, len(entries))
    return Made(f"{log}-log.csv", comma_separated([COLUMNS, *map(_cells, entries)]), CSV)


def let_old_ones_go(work: Work, days: int) -> int:
    """Delete entries older than so many days from both logs, noting how many; the chains stay whole."""
    return sum(_let_go(work, log, days) for log in chain.LOGS)


def cleaned(filters: Filters, log: str) -> Filters:
    """The same filters without what makes no sense for this log."""
    name = filters.name if filters.name in NAMES.get(log, ()) else ""
    severity = filters.severity if log == "security" and Severity.parse(filters.severity) else ""
    return replace(filters, name=name, severity=severity)


def check(actor: Actor, *, progress: Callable[[int], None] = lambda done: None) -> list[Verdict]:
    """Check both logs as `chain.verify` does; a fault is noted in the security log.

    Raises:
        Forbidden: only administrators may.
    """
    verdicts: list[Verdict] = []
    for log in chain.LOGS:
        so_far = sum(one.checked for one in verdicts)
        verdicts.append(look(actor, _verified, log, partial(_passed_on, progress, so_far)))
    run(actor, _note_check, verdicts)
    return verdicts


def _passed_on(progress: Callable[[int], None], so_far: int, done: int) -> None:
    progress(so_far + done)


def _verified(work: Work, log: str, progress: Callable[[int], None]) -> Verdict:
    work.require(Permission.ADMINISTER)
    return chain.verify(work, log, progress=progress)


def _note_check(work: Work, verdicts: list[Verdict]) -> None:
    faults = {one.log: f"{one.fault} {one.seq}" for one in verdicts if one.fault}
    if faults:
        audit.security(work, "logs_tampered", severity="critical", **faults)
    else:
        audit.security(work, "logs_checked", entries=sum(one.checked for one in verdicts))


def _all(actor: Actor, log: str, filters: Filters, locale: str) -> Iterator[Entry]:
    before, size = 0, 2_000
    while True:
        found = look(actor, page, log, filters, before=before, size=size, locale=locale)
        yield from found.entries
        if not found.has_older:
            return
        before = found.entries[-1].id


def _may_export(work: Work) -> None:
    work.require(Permission.ADMINISTER)
    work.require_fresh()


def _cells(one: Entry) -> tuple[str, ...]:
    said = json.dumps(dict(one.details), ensure_ascii=False)
    account = str(one.who_id or "")
    return (
        str(one.seq), one.at.isoformat(), one.name, one.severity, one.who, account, one.subject, one.network, one.agent,
        said,
    )  # fmt: skip


def _note_export(work: Work, log: str, count: int) -> None:
    audit.activity(work, "logs_exported", log=log, entries=count)
    suspicion.suspect(work, rules.EXPORTS, user_id=work.actor.user_id)


def _let_go(work: Work, log: str, days: int) -> int:
    gone = chain.let_go(work, log, work.now - timedelta(days=days))
    if gone:
        audit.security(work, "logs_let_go", log=log, entries=gone, days=days)
    return gone


def _table(log: str) -> Table:
    try:
        return chain.LOGS[log]
    except KeyError:
        raise NotFound("There is no such thing.") from None


def _name(table: Table) -> Any:
    return table.action if issubclass(table, ActivityLog) else table.event


def _people(work: Work, filters: Filters) -> list[int] | None:
    """The accounts asked for; None: everybody's entries."""
    if filters.who_id:
        return [filters.who_id]
    words = line(filters.who)[:200]
    if not words:
        return None
    found = select(User.id).join(Talent, Talent.user_id == User.id, isouter=True).where(people.called(words))
    return list(work.session.scalars(found.order_by(User.id).limit(MOST_PEOPLE)))


def _conditions(work: Work, table: Table, filters: Filters) -> list[Any]:
    conditions: list[Any] = []
    if filters.name:
        conditions.append(_name(table) == line(filters.name))
    if filters.severity and Severity.parse(filters.severity) and issubclass(table, SecurityLog):
        conditions.append(table.severity == filters.severity)
    if filters.ip:
        conditions.append(table.ip == (audit.network_of(filters.ip.partition("/")[0].strip()) or NOWHERE))
    return conditions + _period(work, table, filters)


def _period(work: Work, table: Table, filters: Filters) -> list[Any]:
    """Days as instants, and as the numbers of about these days, by which the other indexes are sorted."""
    conditions: list[Any] = []
    zone = ZoneInfo(preferences.value(registry.SITE_ZONE))
    if filters.first:
        since = datetime.combine(filters.first, time(), zone)
        near = select(table.id).where(table.at >= since - SLACK).order_by(table.at).limit(1)
        conditions += [table.at >= since, table.id >= (work.session.scalar(near) or 0)]
    if filters.last:
        until = datetime.combine(filters.last + timedelta(days=1), time(), zone)
        near = select(table.id).where(table.at < until + SLACK).order_by(table.at.desc()).limit(1)
        conditions += [table.at < until, table.id <= (work.session.scalar(near) or 0)]
    return conditions


def _read(
    work: Work,
    table: Table,
    conditions: Sequence[Any],
    whose: list[int] | None,
    *,
    before: int,
    after: int,
    limit: int,
    by_network: bool,
) -> list[Any]:
    """Rows in the order asked for; for several people each one's own newest, merged."""
    if before:
        conditions = [*conditions, table.id < before]
    if after:
        conditions = [*conditions, table.id > after]
    query: Select[Any] = select(table).where(and_(True, *conditions)).limit(limit)
    in_order = query.order_by(table.id.asc() if after else table.id.desc())  # type: ignore[union-attr]
    if whose is None:
        return list(work.session.scalars(in_order))
    about = or_(False, *_about(work, table, whose))
    if by_network:  # its index serves, not those of people
        return list(work.session.scalars(in_order.where((table.user_id + 0).in_(whose) | about)))
    each = [list(work.session.scalars(in_order.where(table.user_id == one))) for one in whose]
    few = table.id + 0  # sorted when found: they are few, and walking the whole log for them is slow
    each.append(list(work.session.scalars(query.where(about).order_by(few.asc() if after else few.desc()))))
    merged = merge(*each, key=lambda row: row.id or 0, reverse=not after)
    return list(islice((next(same) for _, same in groupby(merged, key=lambda row: row.id)), limit))


def _about(work: Work, table: Table, whose: list[int]) -> list[Any]:
    """What was done to these accounts, or concerns their talents and bookings."""
    if issubclass(table, SecurityLog):
        return [table.about_id.in_(whose)]  # type: ignore[union-attr]
    in_cinema = select(CinemaTalent.id).where(CinemaTalent.user_id.in_(whose))  # type: ignore[attr-defined]
    own = {
        "talent": select(Talent.id).where(Talent.user_id.in_(whose)),  # type: ignore[attr-defined]
        "cinema_talent": in_cinema,
        "assignment": select(Assignment.id).where(Assignment.talent_id.in_(in_cinema)),  # type: ignore[attr-defined]
        "candidate": select(Candidate.id).where(Candidate.talent_id.in_(in_cinema)),  # type: ignore[attr-defined]
    }
    found = {subject: list(work.session.scalars(ids)) for subject, ids in own.items()}
    return [(table.subject == subject) & table.subject_id.in_(ids) for subject, ids in found.items() if ids]  # type: ignore[union-attr]


def _entries(work: Work, log: str, rows: Sequence[Any], locale: str) -> list[Entry]:
    ids = {row.user_id for row in rows if row.user_id}
    known = work.session.execute(select(User.id, User.name, User.email).where(User.id.in_(ids))).all() if ids else []
    called = {key: name or email for key, name, email in known}
    return [_entry(log, row, called, locale) for row in rows]


def _entry(log: str, row: Any, called: dict[int, str], locale: str) -> Entry:
    name = row.action if log == "activity" else row.event
    facts = [(fact(key, locale), value) for key, value in _facts(row.details)]
    subject, place = _subject(row, locale) if log == "activity" else ("", "")
    return Entry(
        id=row.id, seq=row.seq or 0, at=row.at, name=name, title=worded(log, name, locale),
        severity=row.severity if log == "security" else "", who=called.get(row.user_id, ""), who_id=row.user_id or 0,
        subject=subject, place=place, network=row.ip, agent=row.agent if log == "security" else "",
        summary=" · ".join(f"{key}: {value}" for key, value in facts)[:200], details=facts,
    )  # fmt: skip


def _subject(row: Any, locale: str) -> tuple[str, str]:
    """What an entry is about, and the page that shows it."""
    said = f"{fact(row.subject, locale)} {row.subject_id or ''}".strip() if row.subject else ""
    return said, f"{PLACES[row.subject]}/{row.subject_id}" if row.subject in PLACES and row.subject_id else ""


def _facts(details: str) -> list[tuple[str, str]]:
    try:
        found = json.loads(details)
    except ValueError:
        return [("details", details[:2000])]
    return [(key, _plain(value)) for key, value in found.items()] if isinstance(found, dict) else []


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)[:2000]
