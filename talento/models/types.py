"""Column types: aware instants, choices as their slugs."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from talento.vocabulary.choice import Choice


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("instants carry their zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Slug(TypeDecorator[Choice]):
    """A member of a closed list, stored as its slug."""

    impl = String(40)
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__(40)
        self.choices = choices

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Choice | None:
        return None if value is None else self.choices(value)
