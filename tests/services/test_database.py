"""Migrations lead to the models' tables and back, on both databases; scheduled work happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import inspect

from alembic import command
from talento.services import database, reference, schedule
from talento.services.database import alembic_config
from talento.services.reference import book
from talento.services.work import SYSTEM, run
from talento.settings import settings


def test_migrations_match_the_models_and_lead_back_to_nothing(db: str) -> None:
    config = alembic_config(settings().database_url)

    command.check(config)
    command.downgrade(config, "base")
    assert set(inspect(database.engine()).get_table_names()) <= {"alembic_version"}
    command.upgrade(config, "head")

    assert database.is_current()


def test_the_lists_are_whole_in_the_database(db: str) -> None:
    assert len(book().countries) == 195
    assert len(book().skills) == 188
    assert all(any(city.is_unlisted for city in cities) for cities in book().cities_of.values())
    assert all(len(cities) >= 2 for cities in book().cities_of.values())


def test_filling_twice_adds_nothing(db: str) -> None:
    before = len(book().cities)

    run(SYSTEM, reference.fill)

    assert len(book().cities) == before


def test_one_of_many_processes_takes_a_slot(db: str, monkeypatch) -> None:
    monkeypatch.setattr("talento.clock.now", lambda: datetime(2027, 3, 12, 9, 7, tzinfo=UTC))

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: schedule.take_slot("recap", timedelta(hours=1)), range(8)))

    assert sum(won) == 1


def test_the_next_period_is_a_slot_of_its_own(db: str, monkeypatch) -> None:
    now = [datetime(2027, 3, 12, 9, 7, tzinfo=UTC)]
    monkeypatch.setattr("talento.clock.now", lambda: now[0])

    assert schedule.take_slot("recap", timedelta(hours=1))
    assert not schedule.take_slot("recap", timedelta(hours=1))
    now[0] += timedelta(hours=1)
    assert schedule.take_slot("recap", timedelta(hours=1))
