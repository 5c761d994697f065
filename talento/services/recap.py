"""The weekly recap: who registered since the last one, for administrators, general and cinema apart.

A recap tells of what came after the one before it, not of seven days: a week in which clocks change, a downtime or a
recap that was sent by hand in between leave nothing out and tell nothing twice (`RE-35`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from talento import clock
from talento.i18n import phrase, say, say_plural
from talento.models.accounts import User
from talento.models.cinema import CinemaChoice, CinemaTalent
from talento.models.operations import Job as JobRow
from talento.models.talents import Talent
from talento.services import chain, days, preferences, wording
from talento.services.cinema import rows as cinema_rows
from talento.services.mail import outbox
from talento.services.mail.letter import Letter
from talento.services.mail.versions import worded
from talento.services.preferences import registry
from talento.services.reference import book
from talento.services.rows import Rows
from talento.services.talents import rows as talent_rows
from talento.services.work import Work
from talento.settings import settings
from talento.vocabulary.casting import TalentType
from talento.vocabulary.permissions import Permission, Role
from talento.vocabulary.recap import RecapField, Weekday

NAME = "recap"
WEEK = timedelta(days=7)
SETTLED = timedelta(minutes=1)
"""How long a registration may take to be stored: who came in the last minute is told of in the next recap."""

MOST_ROWS = 100
ADULT = 18
NOT_TOLD = "–"


@dataclass(frozen=True, slots=True)
class Roster:
    """One of the two rosters a recap can tell of."""

    kind: str
    table: type[Talent] | type[CinemaTalent]
    rows: Rows
    subject: tuple[str, str]
    page: str


ROSTERS = (
    Roster("recap", Talent, talent_rows.ROWS,
           (phrase("{n} new talent this week"), phrase("{n} new talents this week")), "/talents"),
    Roster("recap_cinema", CinemaTalent, cinema_rows.ROWS,
           (phrase("{n} new cinema talent this week"), phrase("{n} new cinema talents this week")), "/cinema"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """A recap as its first recipient would get it now; empty when there is nothing to tell."""

    kind: str
    subject: str
    text: str
    recipients: list[str]


def when() -> tuple[int, time, str]:
    """The weekday (Monday is 0), the hour and the zone in which a recap goes out."""
    weekday = list(Weekday).index(preferences.value(registry.RECAP_DAY))
    return weekday, time.fromisoformat(preferences.value(registry.RECAP_HOUR)), preferences.value(registry.SITE_ZONE)


def send(work: Work) -> str:
    """Write the recaps of what came since the last ones; says how many messages."""
    since, written = _since(work), 0
    for roster in ROSTERS:
        for email, user in _recipients(work):
            letter = _letter(work, roster, since, user.locale if user else "en")
            if letter is not None:
                written += 1
                _put(work, roster.kind, email, user, letter)
    job = work.session.get(JobRow, NAME) or JobRow(name=NAME)
    job.covered_until = work.now - SETTLED
    work.session.add(job)
    return f"{written} messages about registrations since {since:%Y-%m-%d %H:%M} UTC"


def preview(work: Work) -> list[Preview]:
    """The recaps that would go out now; nothing is sent."""
    work.require(Permission.ADMINISTER)
    since, recipients = _since(work), _recipients(work)
    locale = recipients[0][1].locale if recipients and recipients[0][1] else "en"
    letters = ((roster, _letter(work, roster, since, locale)) for roster in ROSTERS)
    to = [email for email, _ in recipients]
    return [Preview(roster.kind, letter.subject, letter.text(), to) for roster, letter in letters if letter]


def _since(work: Work) -> datetime:
    row = work.session.get(JobRow, NAME)
    return (row.covered_until or row.last_slot if row else None) or work.now - SETTLED - WEEK


def _recipients(work: Work) -> list[tuple[str, User | None]]:
    """Those of the settings, else every active administrator."""
    chosen = preferences.value(registry.RECAP_TO)
    if chosen:
        known = work.session.scalars(select(User).where(func.lower(User.email).in_([one.lower() for one in chosen])))
        users = {user.email.lower(): user for user in known}
        return [(email, users.get(email.lower())) for email in chosen]
    admins = select(User).where(User.role == Role.ADMIN, User.suspended_at.is_(None)).order_by(User.id)
    return [(user.email, user) for user in work.session.scalars(admins)]


def _put(work: Work, kind: str, email: str, user: User | None, letter: Letter) -> None:
    if user is not None:
        outbox.put(work, kind, user, letter)
    else:
        outbox.put_to(work, kind, email, letter.locale, letter)


def _letter(work: Work, roster: Roster, since: datetime, locale: str) -> Letter | None:
    """The recap of a roster; None when it is off or nobody came."""
    is_cinema = roster.table is CinemaTalent
    if not preferences.value(registry.RECAP_CINEMA if is_cinema else registry.RECAP_GENERAL):
        return None
    table: Any = roster.table
    new = (table.registered_at > since) & (table.registered_at <= work.now - SETTLED)
    count = work.session.scalar(select(func.count()).select_from(table).where(new)) or 0
    if not count:
        return None
    chosen = preferences.value(registry.RECAP_CINEMA_FIELDS if is_cinema else registry.RECAP_FIELDS)
    fields = [field for field in map(RecapField, chosen) if is_cinema or field is not RecapField.KINDS]
    newest = select(table, User.email).join(User, User.id == table.user_id).where(new).order_by(table.id.desc())
    people = work.session.execute(newest.limit(MOST_ROWS)).all()
    kinds = _kinds(work, [row.id for row, _ in people], locale) if is_cinema else {}
    told = [_facts(row, email, kinds, locale) for row, email in people]
    if RecapField.PHONE in fields:
        told = [facts | _phone(roster, row) for facts, (row, _) in zip(told, people, strict=True)]
    lines = [[facts[field] for field in fields] for facts in told]
    one, other = roster.subject
    more = say_plural(locale, count - MOST_ROWS, one="… and {n} more.", other="… and {n} more.")
    return worded(
        work,
        roster.kind,
        locale,
        _address(roster),
        news=say_plural(locale, count, one=one, other=other),
        period=_period(since, work.now - SETTLED, locale),
        more=more if count > MOST_ROWS else "",
        table=[[field.label(locale) for field in fields], *lines],
        heads=" · ".join(map(str, chain.heads(work))),
    )


def _address(roster: Roster) -> str:
    return f"{settings().base_url}{roster.page}"


def _period(since: datetime, until: datetime, locale: str) -> str:
    zone = ZoneInfo(preferences.value(registry.SITE_ZONE))
    first, last = since.astimezone(zone), until.astimezone(zone)
    return say(
        locale, "From {first} to {last}.",
        first=f"{days.weekday(first.date(), locale)}, {days.hour(first, locale)}",
        last=f"{days.weekday(last.date(), locale)}, {days.hour(last, locale)}",
    )  # fmt: skip


def _kinds(work: Work, ids: Sequence[int], locale: str) -> dict[int, str]:
    chosen = select(CinemaChoice).where(CinemaChoice.fact == "kinds", CinemaChoice.talent_id.in_(ids))
    found: dict[int, list[str]] = {}
    for one in work.session.scalars(chosen):
        found.setdefault(one.talent_id, []).append(TalentType(one.value).label(locale))
    return {key: ", ".join(sorted(names)) for key, names in found.items()}


def _facts(row: Any, email: str, kinds: dict[int, str], locale: str) -> dict[RecapField, str]:
    """What can be told of one person. Of minors no contact is told (`GD-07`)."""
    age = _age(row)
    zone = ZoneInfo(preferences.value(registry.SITE_ZONE))
    return {
        RecapField.NAME: f"{row.first_name} {row.last_name}".strip(),
        RecapField.CODE: row.code,
        RecapField.REGISTERED: days.day(row.registered_at.astimezone(zone).date(), locale),
        RecapField.CITY: wording.city_name(row, locale),
        RecapField.COUNTRY: book().countries[book().cities[row.city_id].country].label(locale),
        RecapField.GENDER: row.gender.label(locale),
        RecapField.AGE: "" if age is None else str(age),
        RecapField.EMAIL: NOT_TOLD if _is_minor(row) else email,
        RecapField.KINDS: kinds.get(row.id, ""),
    }


def _phone(roster: Roster, row: Any) -> dict[RecapField, str]:
    """Opened only where a recap tells of it."""
    return {RecapField.PHONE: NOT_TOLD if _is_minor(row) else roster.rows.opened(row, "phone")}


def _age(row: Any) -> int | None:
    return clock.age_on(row.born_on, clock.today()) if row.born_on else None


def _is_minor(row: Any) -> bool:
    age = _age(row)
    return age is not None and age < ADULT
