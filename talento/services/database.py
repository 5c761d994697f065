"""The database: one engine a process, SQLite or PostgreSQL, and its migrations."""

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.sql.dml import UpdateBase

from alembic import command
from talento.errors import ReadOnly
from talento.settings import ROOT, settings

BUSY_SECONDS = 30

ALWAYS_WRITTEN = frozenset(
    {
        "session",
        "entry",
        "factor",
        "recovery_code",
        "passkey",
        "spent_ticket",
        "throttle",
        "security_log",
        "activity_log",
        "log_head",
        "change",
        "draft",
        "device",
        "outbox",
        "mail_words",
        "alert",
        "block",
    }
)
"""Tables that take writes from everybody even while the site is read-only: signing in and out, limits, logs, alerts,
when a tablet was last seen, mail about any of these, and the drafts of forms, so that nothing typed is lost."""


@lru_cache
def engine() -> Engine:
    """The engine of this process."""
    return make_engine(settings().database_url, workers=settings().workers)


def make_engine(url: str, *, workers: int = 1) -> Engine:
    """An engine for `url` with the pragmas and pool that Talento relies on."""
    if make_url(url).get_backend_name() == "sqlite":
        return _guarded(_sqlite(url))
    size = max(4, 16 // workers)
    return _guarded(create_engine(url, pool_pre_ping=True, pool_size=size, max_overflow=16))


def _guarded(made: Engine) -> Engine:
    event.listen(made, "before_execute", _refuse_writes)
    return made


def _refuse_writes(connection: Connection, statement: Any, *_: Any) -> None:
    """While the site is read-only nothing is written in somebody's name but what keeps them signed in and safe.

    Every insert, update and delete passes here, whichever service it comes from; `work` says for whom it is closed.
    """
    is_closed = connection.get_execution_options().get("closed", False)
    if is_closed and isinstance(statement, UpdateBase) and statement.table.name not in ALWAYS_WRITTEN:
        raise ReadOnly


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS}, pool_size=16)
    event.listen(made, "connect", _pragmas)
    event.listen(made, "begin", _begin)
    return made


def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "wal_autocheckpoint=4000",
        "foreign_keys=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: upgrading a read lock later fails where waiting would have succeeded."""
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def alembic_config(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["url"] = url
    return config


def migrate(url: str | None = None) -> None:
    """Bring the schema to the newest revision."""
    command.upgrade(alembic_config(url or settings().database_url), "head")


def is_current(made: Engine | None = None) -> bool:
    """Whether the schema is at the newest revision."""
    target = made or engine()
    with target.connect().execution_options(writes=False) as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    return here == ScriptDirectory.from_config(alembic_config(str(target.url))).get_current_head()
