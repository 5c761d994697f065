"""What is looked at each time the health page is: quick enough to be asked every few seconds."""

import logging
import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from talento import clock
from talento.i18n import phrase
from talento.models.cinema import CinemaTalent
from talento.models.operations import AppSettings, Change, Job, OutgoingMail
from talento.models.talents import Talent
from talento.services import ceremonies, database, encryption, first_run, jobs, live, preferences, schedule
from talento.services import search as general
from talento.services.cinema import search as cinema
from talento.services.health.findings import Finding, State, Words, counted, finding, lasting, size, words
from talento.services.mail import transport, ways
from talento.services.preferences import registry
from talento.services.search import Index
from talento.services.work import SYSTEM, Work, look
from talento.settings import settings
from talento.vocabulary.permissions import Permission

log = logging.getLogger(__name__)

LATE_MAIL = timedelta(minutes=10)
LATE_JOB = timedelta(minutes=10)
SILENT_FEED = 10.0
FAR_CLOCK = timedelta(seconds=2)
WRONG_CLOCK = timedelta(seconds=30)
FEW_BYTES, NO_BYTES = 2 << 30, 256 << 20
REDIS_SECONDS = 1.0

Check = Callable[[Work], Iterable[Finding]]


def looked_over(work: Work) -> list[Finding]:
    """Everything that can be told at once, in the order of the page; a check that fails is a finding, too."""
    work.require(Permission.ADMINISTER)
    return [found for title, check in CHECKS for found in _tried(work, title, check)]


def missing() -> list[str]:
    """What this process lacks before it can serve: of "database", "schema" and "indexes"."""
    try:
        is_current = look(SYSTEM, lambda work: database.is_current(work.session.get_bind()))  # type: ignore[arg-type]
    except SQLAlchemyError:
        return ["database"]
    are_loaded = general.index().is_loaded and cinema.index().is_loaded
    return [name for name, is_there in (("schema", is_current), ("indexes", are_loaded)) if not is_there]


def _tried(work: Work, title: str, check: Check) -> list[Finding]:
    try:
        return list(check(work))
    except Exception as error:  # an edge: one part that is broken must not hide how the others are
        work.session.rollback()
        log.exception("the check of %s failed", title)
        found = words(phrase("This could not be looked at: {error}."), error=type(error).__name__)
        return [finding(title, title, State.BROKEN, found, phrase("The server's log says why."))]


# The database


def _database(work: Work) -> Iterable[Finding]:
    bind = work.session.connection()
    is_sqlite = bind.dialect.name == "sqlite"
    version = bind.exec_driver_sql("SELECT sqlite_version()" if is_sqlite else "SHOW server_version").scalar()
    if is_sqlite:
        pages, each = (bind.exec_driver_sql(f"PRAGMA {name}").scalar() or 0 for name in ("page_count", "page_size"))
        mode = str(bind.exec_driver_sql("PRAGMA journal_mode").scalar())
        found = words(phrase("SQLite {version}, {size}, journal {mode}"), version=version, size=size(pages * each),
                      mode=mode.upper())  # fmt: skip
        state = State.FINE if mode == "wal" else State.LOOK
        advice = phrase("Put the database on a local disk: elsewhere SQLite can't let people read while one writes.")
    else:
        amount = bind.exec_driver_sql("SELECT pg_database_size(current_database())").scalar() or 0
        found = words(phrase("PostgreSQL {version}, {size}"), version=str(version).split()[0], size=size(amount))
        state, advice = State.FINE, ""
    yield finding("database", DATABASE, state, found, advice)
    if database.is_current(work.session.get_bind()):  # type: ignore[arg-type]
        yield finding("schema", SCHEMA, State.FINE, words(phrase("The newest.")))
    else:
        found = words(phrase("Older or newer than this version of Talento."))
        advice = phrase("Update and restart Talento: it brings the database up to date when it starts.")
        yield finding("schema", SCHEMA, State.BROKEN, found, advice)


def _clock(work: Work) -> Iterable[Finding]:
    before = clock.now()
    theirs = _database_time(work)
    apart = abs(theirs - before - (clock.now() - before) / 2)
    found = words(phrase("{span} apart from the database's"), span=lasting(apart))
    state = State.FINE if apart < FAR_CLOCK else State.LOOK if apart < WRONG_CLOCK else State.BROKEN
    advice = phrase("Let both machines take their time from the same server (NTP): logs and presence depend on it.")
    yield finding("clock", CLOCK, state, found, advice)


def _database_time(work: Work) -> datetime:
    bind = work.session.connection()
    if bind.dialect.name == "sqlite":
        said = bind.exec_driver_sql("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')").scalar()
        return datetime.fromisoformat(str(said))
    return bind.exec_driver_sql("SELECT clock_timestamp()").scalar()  # type: ignore[return-value]


# What this process keeps


def _indexes(work: Work) -> Iterable[Finding]:
    yield _index(work, "general_index", GENERAL_INDEX, general.index(), Talent)
    yield _index(work, "cinema_index", CINEMA_INDEX, cinema.index(), CinemaTalent)


def _index(work: Work, name: str, title: str, index: Index, table: type[Any]) -> Finding:
    if not index.is_loaded:
        found = words(phrase("Not read yet."))
        advice = phrase("It is read when the process starts. If this stays, the server's log says why.")
        return finding(name, title, State.LOOK, found, advice)
    known = indexed(index)
    stored = work.session.scalar(select(func.count()).select_from(table)) or 0
    if known == stored:
        one, other = phrase("{n} person, as in the database."), phrase("{n} people, as in the database.")
        return finding(name, title, State.FINE, counted(known, one=one, other=other))
    found = words(phrase("{known} people, {stored} in the database."), known=known, stored=stored)
    advice = phrase("It follows within a second. If the numbers stay apart, restart Talento and look at the log.")
    return finding(name, title, State.LOOK, found, advice)


def indexed(index: Index) -> int:
    """How many people an index of this process holds, found or not."""
    return sum(len(part.everybody) for part in index.snapshot.parts)


def _feed(work: Work) -> Iterable[Finding]:
    feed = live.reader()
    if feed is None or feed.read_at is None:
        advice = phrase("Open pages are not told what changed. Restart Talento.")
        yield finding("feed", FEED, State.LOOK, words(phrase("Nobody reads it in this process.")), advice)
        return
    newest = work.session.scalar(select(func.max(Change.id))) or 0
    silence = clock.monotonic() - feed.read_at
    behind = feed.behind(newest)
    state = State.FINE if silence < SILENT_FEED else State.BROKEN
    found = words(phrase("Read {span} ago, {n} changes to come."), span=lasting(timedelta(seconds=silence)), n=behind)
    advice = phrase("Open pages are not told what changed. Restart Talento.")
    yield finding("feed", FEED, state, found, advice)


def _redis(work: Work) -> Iterable[Finding]:
    if not settings().redis_url:
        return
    try:
        with redis.Redis.from_url(settings().redis_url, socket_timeout=REDIS_SECONDS,
                                  socket_connect_timeout=REDIS_SECONDS) as there:  # fmt: skip
            start = clock.monotonic()
            there.ping()
            took = round((clock.monotonic() - start) * 1000)
    except redis.RedisError as error:
        found = words(phrase("No answer ({error})."), error=type(error).__name__)
        advice = phrase("Start it, or correct REDIS_URL: processes hear of each other late, and pages may not open.")
        yield finding("redis", REDIS, State.BROKEN, found, advice)
    else:
        yield finding("redis", REDIS, State.FINE, words(phrase("Answers within {n} ms."), n=took))


# What is done by itself


def _outbox(work: Work) -> Iterable[Finding]:
    waiting, oldest = work.session.execute(
        select(func.count(), func.min(OutgoingMail.due_at)).where(OutgoingMail.status == "waiting")
    ).one()
    failed = mails_failed(work)
    late = work.now - (oldest or work.now)
    found = words(phrase("{n} waiting"), n=waiting)
    if late > timedelta(0):
        found = words(phrase("{waiting}, the first due for {span}"), waiting=found, span=lasting(late))
    advice = phrase("Mail goes out every few seconds. Look at Mail for what the service answered.")
    yield finding("outbox", OUTBOX, State.LOOK if late > LATE_MAIL else State.FINE, found, advice)
    one, other = phrase("{n} message could not be sent."), phrase("{n} messages could not be sent.")
    state = State.LOOK if failed else State.FINE
    none = words(phrase("None"))
    advice = phrase("Mail says why for each. Correct the address or the key.")
    yield finding("mail_failed", FAILED, state, counted(failed, one=one, other=other) if failed else none, advice)


def mails_failed(work: Work) -> int:
    """How many messages were given up."""
    failed = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.status == "failed")
    return work.session.scalar(failed) or 0


def _jobs(work: Work) -> Iterable[Finding]:
    failed, overdue = jobs_failed(work), jobs_overdue(work)
    state = State.BROKEN if overdue else State.LOOK if failed else State.FINE
    found = words(phrase("{n} jobs, {failed} failed, {overdue} overdue"), n=len(schedule.JOBS), failed=len(failed),
                  overdue=len(overdue))  # fmt: skip
    yield finding("jobs", JOBS, state, found, phrase("Jobs says why. One that failed is tried again by itself."))


def jobs_failed(work: Work) -> set[str]:
    """The jobs whose last run failed."""
    return {one.name for one in jobs.listed(work, schedule.JOBS) if one.outcome == "failed"}


def jobs_overdue(work: Work) -> set[str]:
    """The jobs that should have run by now, the next try of one that failed included."""
    rows = {row.name: row for row in work.session.scalars(select(Job))}
    known = ((job.name, job.slots, rows.get(job.name)) for job in schedule.JOBS)
    return {name for name, slots, row in known if slots and row and _is_overdue(slots.last(work.now), row, work.now)}


def _is_overdue(due: datetime, row: Job, now: datetime) -> bool:
    is_missed = row.last_slot is not None and row.last_slot < due and not row.is_paused
    return is_missed and now - max(due, row.retry_at or due) > LATE_JOB


# The machine and its services


def _disk(work: Work) -> Iterable[Finding]:
    places = [("disk", DISK, settings().data_dir)]
    url = make_url(settings().database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        places.append(("database_disk", DATABASE_DISK, Path(url.database).parent))
    for name, title, place in places:
        free, total = free_space(place)
        state = State.FINE if free >= FEW_BYTES else State.LOOK if free >= NO_BYTES else State.BROKEN
        found = words(phrase("{free} free of {total}"), free=size(free), total=size(total))
        yield finding(name, title, state, found, phrase("Make room, or move the folder to a larger disk."))


def free_space(place: Path) -> tuple[int, int]:
    """Bytes free and bytes in all, of the disk that holds a folder, or will."""
    while not place.exists() and place != place.parent:
        place = place.parent
    usage = shutil.disk_usage(place)
    return usage.free, usage.total


def _services(work: Work) -> Iterable[Finding]:
    yield _mail_way()
    yield _film_database()
    yield _passkeys()


def _mail_way() -> Finding:
    if transport.is_local():
        found = words(phrase("None: messages stay here, to be read under Mail."))
        advice = phrase("Nobody receives anything until a way of sending is chosen in the settings.")
        return finding("mail", MAIL, State.LOOK if settings().production else State.FINE, found, advice)
    try:
        ways.configured()
    except (transport.Refused, encryption.Unreadable) as error:
        why = str(error) if isinstance(error, transport.Refused) else phrase("It can't be decrypted.")
        advice = phrase("Complete the settings of mail, and send yourself a test message there.")
        return finding("mail", MAIL, State.BROKEN, words(why), advice)
    way = preferences.value(registry.MAIL_WAY)
    return finding("mail", MAIL, State.FINE, Words(way.en, way.fr))


def _film_database() -> Finding:
    try:
        key = preferences.secret(registry.OMDB_KEY)
    except encryption.Unreadable:
        advice = phrase("Set it again: the key that it was encrypted with is gone.")
        return finding("omdb", OMDB, State.BROKEN, words(phrase("It can't be decrypted.")), advice)
    return finding("omdb", OMDB, State.FINE, words(phrase("Set") if key else phrase("Not set: people type titles.")))


def _passkeys() -> Finding:
    name = ceremonies.host()
    if name:
        return finding("passkeys", PASSKEYS, State.FINE, words(phrase("Bound to {host}."), host=name))
    found = words(phrase("Off: browsers make none for {address}."), address=settings().base_url)
    advice = phrase("Give the site a name, with https, and set PUBLIC_URL to it.")
    return finding("passkeys", PASSKEYS, State.LOOK, found, advice)


def _encryption(work: Work) -> Iterable[Finding]:
    keys = len(encryption.keyring().keys)
    one, other = phrase("The stored proof opens; {n} key in use."), phrase("The stored proof opens; {n} keys in use.")
    row = work.session.get(AppSettings, first_run.CANARY)
    advice = phrase("Put the key back that this database was encrypted with. Change nothing before.")
    if row is None:
        found = words(phrase("There is no proof that the key is the right one."))
        yield finding("encryption", ENCRYPTION, State.LOOK, found, phrase("It is made when Talento starts: restart."))
        return
    try:
        is_right = encryption.keyring().open(row.value, first_run.CANARY) == first_run.SONG
    except encryption.Unreadable:
        is_right = False
    if is_right:
        yield finding("encryption", ENCRYPTION, State.FINE, counted(keys, one=one, other=other))
    else:
        found = words(phrase("ENCRYPTION_KEY is not the key of this database."))
        yield finding("encryption", ENCRYPTION, State.BROKEN, found, advice)


DATABASE, SCHEMA, CLOCK = phrase("Database"), phrase("Schema"), phrase("Clock")
GENERAL_INDEX, CINEMA_INDEX = phrase("Search index, talents"), phrase("Search index, cinema")
FEED, REDIS, OUTBOX, FAILED = phrase("Feed of changes"), phrase("Redis"), phrase("Outbox"), phrase("Failed mail")
JOBS, DISK, DATABASE_DISK = phrase("Jobs"), phrase("Disk of files"), phrase("Disk of the database")
MAIL, OMDB, ENCRYPTION = phrase("Mail service"), phrase("OMDb key"), phrase("Encryption")
PASSKEYS = phrase("Passkeys")
SERVICES = phrase("Services")

CHECKS: tuple[tuple[str, Check], ...] = (
    (DATABASE, _database),
    (GENERAL_INDEX, _indexes),
    (FEED, _feed),
    (REDIS, _redis),
    (OUTBOX, _outbox),
    (JOBS, _jobs),
    (DISK, _disk),
    (CLOCK, _clock),
    (SERVICES, _services),
    (ENCRYPTION, _encryption),
)
