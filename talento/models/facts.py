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


class CinemaStep(StrEnum):
    """A step of the cinema wizard, in order: nine of questions, then a last look. Source: incumbent facts §5.2."""

    IDENTITY = "identity"
    ORIGINS = "origins"
    RESIDENCE = "residence"
    LANGUAGES = "languages"
    APPEARANCE = "appearance"
    PARTS = "parts"
    SKILLS = "skills"
    NETWORKS = "networks"
    PHOTOS = "photos"
    REVIEW = "review"


class ProductionStep(StrEnum):
    """A part of the form about a production company."""

    COMPANY = "company"
    CONTACT = "contact"
    NETWORKS = "networks"
    ABOUT = "about"


class ProjectStep(StrEnum):
    """A part of the form about a project."""

    PROJECT = "project"
    PLACES = "places"
    DATES = "dates"
    CONTACT = "contact"


class RoleStep(StrEnum):
    """A part of the form about a role."""

    ROLE = "role"
    FEE = "fee"


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
    """A day of the past, such as a birth date."""
    DAY = "day"
    """Any day."""
    NUMBER = "number"
    CONSENT = "consent"
    ZONE = "zone"
    CURRENCY = "currency"
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
    GALLERY = "gallery"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing Talento knows of a person.

    `text` is the English label and the key of its translation; `weight` counts towards the completeness score;
    `within` names the country fact that a city belongs to.
    """

    text: str
    step: StrEnum
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
    within: str = "residence"


def fact(text: str, step: StrEnum, *, default: Any = None, column: dict[str, Any] | None = None, **about: Any) -> Any:
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
    return tuple(sorted((f for f in known if f.uses & uses), key=lambda f: (_place(f.step), f.kind is not Kind.EMAIL)))


def _place(step: StrEnum) -> int:
    return list(type(step)).index(step)


def _column_facts(table: type[SQLModel]) -> Iterator[Fact]:
    for column in table.__table__.columns:  # type: ignore[attr-defined]
        if known := column.info.get("fact"):
            yield replace(known, name=known.name or column.name)
