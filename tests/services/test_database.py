"""Migrations lead to the models' tables and back, on both databases."""

from sqlalchemy import inspect

from alembic import command
from talento.models.operations import MailKind
from talento.services import database, reference
from talento.services.database import alembic_config
from talento.services.reference import book
from talento.services.work import SYSTEM, Work, run
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


def test_a_row_is_added_once_and_says_whether_it_was(db: str) -> None:
    def add(work: Work) -> bool:
        return work.insert_new(MailKind, kind="welcome", is_on=True, is_copied=False)

    assert [run(SYSTEM, add), run(SYSTEM, add)] == [True, False]
