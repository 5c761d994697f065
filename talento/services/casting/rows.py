"""Rows made of facts: what a form shows of one, what its answers fill in, and how it reads in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from talento.errors import Conflict
from talento.models.facts import Fact, Kind
from talento.services.days import day
from talento.services.forms import Form
from talento.services.reference import book
from talento.vocabulary.choice import Choice


def columns(table: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that checked answers fill; a text that was left out is an empty one."""
    there = table.__table__.columns
    filled = {name if name in there else f"{name}_id": value for name, value in values.items()}
    return {name: "" if value is None and not there[name].nullable else value for name, value in filled.items()}


def raw(form: Form, row: SQLModel) -> dict[str, str]:
    """A row as its form shows it."""
    shown = {known.name: _typed(known, _value(known, row)) for known in form.facts()}
    return shown | ({"city_typed": row.city_typed} if hasattr(row, "city_typed") else {})


def shown(form: Form, row: SQLModel, locale: str) -> dict[str, str]:
    """A row in words, by fact; empty where nothing is known."""
    return {known.name: _words(known, row, locale) for known in form.facts()}


def links(form: Form, row: SQLModel) -> dict[str, str]:
    """The web addresses among the facts."""
    kinds = (Kind.URL, Kind.NETWORK)
    return {known.name: url for known in form.facts() if known.kind in kinds and (url := getattr(row, known.name))}


def check_revision(row: Any, revision: int | None) -> None:
    """Go on only if nobody else saved the row meanwhile.

    Raises:
        Conflict: somebody did.
    """
    if revision is not None and revision != row.revision:
        raise Conflict("This was changed in another window. Reload to see it; what you typed is still here.")


def place(city: str, country: str | None, locale: str) -> str:
    """A city and its country in words, as far as known."""
    name = book().countries[country].label(locale) if country else ""
    return ", ".join(part for part in (city, name) if part)


def city_name(row: Any, locale: str) -> str:
    """The city of a row, as it was typed when it is not in the list."""
    known = book().cities[row.city_id]
    return row.city_typed if known.is_unlisted and row.city_typed else known.label(locale)


def row_place(row: Any, locale: str) -> str:
    """The city and country of a row in words."""
    return place(city_name(row, locale), row.country, locale)


def iso(value: date | None) -> str:
    """A day as browsers and forms write it; empty when there is none."""
    return value.isoformat() if value else ""


def _value(known: Fact, row: Any) -> Any:
    return row.city_id if known.kind is Kind.CITY else getattr(row, known.name)


def _typed(known: Fact, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return iso(value)
    if known.kind is Kind.MONEY:
        return f"{value:f}".removesuffix(".00")
    return str(value)


def _words(known: Fact, row: Any, locale: str) -> str:
    value = _value(known, row)
    if value is None or value == "":
        return ""
    match known.kind:
        case Kind.COUNTRY:
            return book().countries[value].label(locale)
        case Kind.CITY:
            return city_name(row, locale)
        case Kind.DAY:
            return day(value, locale)
        case Kind.URL | Kind.NETWORK:
            return str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
        case Kind.ZONE:
            return str(value).replace("_", " ")
        case Kind.NUMBER:
            return f"{value:02d}:00" if known.unit == "h" else _figure(known, value)
    return value.label(locale) if isinstance(value, Choice) else str(value)


def _figure(known: Fact, value: int) -> str:
    written = str(value) if known.name == "founded_year" else f"{value:,}".replace(",", "\u202f")
    return f"{written} {known.unit}".strip()
