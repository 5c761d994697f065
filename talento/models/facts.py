"""A field declared once: `fact()` is `sqlmodel.Field` plus what forms, filters, exports and cards need to know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Flag, StrEnum, auto
from functools import lru_cache
from typing import Any

from sqlmodel import Field, SQLModel

from talento.vocabulary.choice import Choice


class Step(StrEnum):
    """A step of the registration wizard, in order. Source: incumbent facts §5.1."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PLACES = "places"
    EXPERIENCE = "experience"
    LANGUAGES = "languages"
    WORK = "work"
    SKILLS = "skills"
    DOCUMENTS = "documents"
    NETWORKS = "networks"
    REVIEW = "review"


class Use(Flag):
    """Where a fact may appear."""

    FORM = auto()
    EXPORT = auto()
    AI = auto()
    ALL = FORM | EXPORT | AI
    PRIVATE = FORM | EXPORT


class Kind(StrEnum):
    """How a fact is asked for and checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    COUNTRY = "country"
    CITY = "city"
    EMAIL = "email"
    PHONE = "phone"
    MONEY = "money"
    URL = "url"
    IDENTITY = "identity"
    SKILLS = "skills"
    NETWORK = "network"
    PHOTO = "photo"
    CV = "cv"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing Talento knows of a person.

    `text` is the English label and the key of its translation; `weight` counts towards the completeness score.
    """

    text: str
    step: Step
    kind: Kind = Kind.TEXT
    name: str = ""
    required: bool = False
    hint: str = ""
    unit: str = ""
    choices: type[Choice] | None = None
    between: tuple[int, int] | None = None
    max_length: int = 200
    uses: Use = Use.ALL
    weight: int = 0
    autocomplete: str = ""


def fact(text: str, step: Step, *, default: Any = None, column: dict[str, Any] | None = None, **about: Any) -> Any:
    """A table column that is also a `Fact`.

    Args:
        text: the English label.
        step: the wizard step that asks for it.
        column: further arguments for `sqlmodel.Field`.
        about: the other attributes of `Fact`.
    """
    known = Fact(text, step, **about)
    arguments = dict(column or {})
    if known.kind in {Kind.TEXT, Kind.URL} and "sa_type" not in arguments:
        arguments.setdefault("max_length", known.max_length)
    return Field(default=default, sa_column_kwargs={"info": {"fact": known}}, **arguments)


@lru_cache
def facts_of(table: type[SQLModel], uses: Use = Use.ALL) -> tuple[Fact, ...]:
    """The facts of a table that may be used so, in the order of the wizard."""
    known = [*_column_facts(table), *getattr(table, "related_facts", lambda: ())()]
    steps = list(Step)
    return tuple(
        sorted((f for f in known if f.uses & uses), key=lambda f: (steps.index(f.step), f.kind is not Kind.EMAIL))
    )


def _column_facts(table: type[SQLModel]) -> Iterator[Fact]:
    for column in table.__table__.columns:  # type: ignore[attr-defined]
        if known := column.info.get("fact"):
            yield replace(known, name=known.name or column.name)
