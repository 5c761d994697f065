"""How Alembic reaches the database: always online, always through Talento's own engine."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

import talento.models.tables  # noqa: F401  (registers every table)
from alembic import context
from talento.services.database import make_engine
from talento.settings import settings

LOCK = 7_061_970  # any constant: parallel starts queue behind it on PostgreSQL


def plain_type(kind: str, thing: object, context: object) -> str | bool:
    """Write the database's type, not ours: a migration must not change when a model does."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


def without_foreign_keys(connection: Any, _record: Any) -> None:
    """SQLite changes a table by making it anew; with foreign keys on, dropping the old one would empty others."""
    connection.execute("PRAGMA foreign_keys=OFF")


def run() -> None:
    engine = make_engine(context.config.attributes.get("url") or settings().database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", without_foreign_keys)
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            render_item=plain_type,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
