"""Facts in words: what a profile, a panel, a card and the last look of a wizard say of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from talento.errors import Refusal
from talento.i18n import phrase, say
from talento.models.facts import Fact, Kind
from talento.services.days import day
from talento.services.forms import Form
from talento.services.reference import book
from talento.services.rows import is_given
from talento.vocabulary.choice import Choice

MASK = "•••"
UNSPOKEN = (Kind.PHOTO, Kind.CV, Kind.GALLERY, Kind.CREDITS)
"""Kinds that are shown by other means than words."""

YEARS = phrase("years")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact to show: its name, its label in English (the key of its translation) and its value."""

    name: str
    text: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The facts of one step."""

    step: str
    lines: list[Line]


def sections(form: Form, values: Mapping[str, Any], locale: str) -> list[Section]:
    """What is known, step by step; steps without an answer are left out."""
    found = []
    for step in form.steps:
        lines = [
            Line(known.name, known.text, shown(known, values, locale), _url(known, values))
            for known in form.facts(step)
            if is_given(values.get(known.name)) and known.kind not in UNSPOKEN
        ]
        if lines:
            found.append(Section(step.value, lines))
    return found


def by_name(found: list[Section]) -> dict[str, Line]:
    """The lines of all sections by the names of their facts."""
    return {line.name: line for section in found for line in section.lines}


def shown(known: Fact, values: Mapping[str, Any], locale: str) -> str:
    """A fact's value in words; an identity number is masked (decision 8)."""
    value = values.get(known.name)
    match known.kind:
        case Kind.IDENTITY:
            return masked(str(value))
        case Kind.COUNTRY:
            names = book().nationalities if known.name == "nationality" else book().countries
            return names[str(value)].label(locale)
        case Kind.CITY:
            return book().cities[int(value or 0)].label(locale)
        case Kind.SKILLS:
            return ", ".join(skill_labels(value, locale))
        case Kind.CHOICES:
            return ", ".join(one.label(locale) for one in value or ())
        case Kind.NUMBER:
            return f"{value} {say(locale, YEARS) if known.unit == YEARS else known.unit}".strip()
        case Kind.CONSENT:
            return say(locale, "Yes") if value else ""
        case Kind.MONEY:
            return f"{value:,.0f}".replace(",", "\u202f") + f" {_currency(values)}" if value is not None else ""
        case Kind.NETWORK | Kind.URL:
            return str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
    if isinstance(value, date):
        return day(value, locale)
    return value.label(locale) if isinstance(value, Choice) else str(value)


def spoken(form: Form, typed: Mapping[str, Any], locale: str) -> dict[str, str]:
    """Answers as typed, in words: for looking a form over before it is sent. What can't be read stays as typed."""
    said = {}
    for known in form.facts():
        text = typed.get(known.name)
        if not text or known.kind in (Kind.GALLERY, Kind.CREDITS):
            continue
        try:
            value = form.answer(known, typed)
            said[known.name] = shown(known, {**typed, known.name: value}, locale)
        except Refusal:
            said[known.name] = ", ".join(text) if isinstance(text, list) else str(text)
    return said


def skill_labels(skill_ids: Any, locale: str) -> list[str]:
    """The names of some skills."""
    return [book().skill_ids[skill_id].label(locale) for skill_id in skill_ids or ()]


def skill_slugs() -> dict[int, str]:
    """The slug of every skill by its key."""
    return {skill_id: skill.slug for skill_id, skill in book().skill_ids.items()}


def city_name(row: Any, locale: str) -> str:
    """Where somebody lives; what they wrote when the city is not listed."""
    place = book().cities[row.city_id]
    return row.city_typed if place.is_unlisted and row.city_typed else place.label(locale)


def city_and_country(row: Any, locale: str) -> str:
    """Rabat, Morocco."""
    return f"{city_name(row, locale)}, {book().countries[book().cities[row.city_id].country].label(locale)}"


def masked(number: str) -> str:
    """Enough of an identity number to recognize it, never enough to use it. Source: incumbent facts §1.4."""
    if len(number) <= 2:
        return MASK
    if len(number) <= 5:
        return f"{number[0]}{MASK}{number[-1]}"
    return f"{number[:3]}{MASK}{number[-3:]}" if len(number) > 8 else f"{number[0]}{MASK}{number[-2:]}"


def _url(known: Fact, values: Mapping[str, Any]) -> str:
    return str(values[known.name]) if known.kind in (Kind.URL, Kind.NETWORK) else ""


def _currency(values: Mapping[str, Any]) -> str:
    return book().currencies.get(str(values.get("residence", "")), "")
