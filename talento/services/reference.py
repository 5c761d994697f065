"""Reference rows as the forms and filters use them: read once in a while, shared by everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import insert, select

from talento import clock
from talento.models.reference import City, Country, Skill
from talento.services.codes import UNLISTED, city_letters
from talento.services.work import VISITOR, Work, look
from talento.vocabulary import cities as city_facts
from talento.vocabulary import countries as country_facts
from talento.vocabulary import skills as skill_facts
from talento.vocabulary.choice import is_french
from talento.vocabulary.folding import sort_key

FRESH_SECONDS = 60
NOT_LISTED = ("City not listed", "Ville non listée")


@dataclass(frozen=True, slots=True)
class Named:
    """A reference row with its names in both languages."""

    key: str
    en: str
    fr: str
    extra: str = ""

    def label(self, locale: str) -> str:
        return self.fr if is_french(locale) else self.en


@dataclass(frozen=True, slots=True)
class Place:
    """A city."""

    id: int
    country: str
    en: str
    fr: str
    letters: str
    is_unlisted: bool

    def label(self, locale: str) -> str:
        return self.fr if is_french(locale) else self.en


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill people may choose."""

    id: int
    slug: str
    en: str
    fr: str
    category: str
    emoji: str
    tag: str
    is_active: bool

    def label(self, locale: str) -> str:
        return self.fr if is_french(locale) else self.en


@dataclass(frozen=True, slots=True)
class Book:
    """All reference rows at one moment."""

    countries: dict[str, Named]
    nationalities: dict[str, Named]
    currencies: dict[str, str]
    cities: dict[int, Place]
    cities_of: dict[str, list[Place]]
    skills: dict[str, SkillView]
    skill_ids: dict[int, SkillView]


def book() -> Book:
    """The reference rows, at most a minute old."""
    return _book(int(clock.monotonic() // FRESH_SECONDS))


def forget() -> None:
    """Read the rows again next time."""
    _book.cache_clear()


def fill(work: Work) -> None:
    """Add what the vocabulary knows and the database does not; what admins changed stays."""
    _add_missing(work, Country, "code", _country_rows)
    _add_missing(work, City, "country", _city_rows)
    _add_missing(work, Skill, "slug", _skill_rows)
    work.after_commit(forget)


@lru_cache(maxsize=2)
def _book(_minute: int) -> Book:
    return look(VISITOR, _read)


def _read(work: Work) -> Book:
    countries = list(work.session.scalars(select(Country)))
    cities = [
        Place(row.id or 0, row.country, row.name_en, row.name_fr, row.letters, row.is_unlisted)
        for row in work.session.scalars(select(City))
    ]
    skills = [
        SkillView(row.id or 0, row.slug, row.name_en, row.name_fr, row.category, row.emoji, row.tag, row.is_active)
        for row in work.session.scalars(select(Skill).order_by(Skill.id))
    ]
    of: dict[str, list[Place]] = {row.code: [] for row in countries}
    for place in sorted(cities, key=lambda city: (city.is_unlisted, sort_key(city.fr))):
        of[place.country].append(place)
    return Book(
        countries={row.code: Named(row.code, row.name_en, row.name_fr, row.currency) for row in countries},
        nationalities={row.code: Named(row.code, row.demonym_en, row.demonym_fr) for row in countries},
        currencies={row.code: row.currency for row in countries},
        cities={place.id: place for place in cities},
        cities_of=of,
        skills={skill.slug: skill for skill in skills},
        skill_ids={skill.id: skill for skill in skills},
    )


R = TypeVar("R", Country, City, Skill)


def _add_missing(work: Work, table: type[R], key: str, rows: Callable[[], list[dict[str, object]]]) -> None:
    there = set(work.session.scalars(select(getattr(table, key)).distinct()))
    missing = [row for row in rows() if row[key] not in there]
    if missing:
        work.session.execute(insert(table), missing)


def _country_rows() -> list[dict[str, object]]:
    return [
        {
            "code": country.code,
            "name_en": country.en,
            "name_fr": country.fr,
            "demonym_en": country.demonym_en,
            "demonym_fr": country.demonym_fr,
            "currency": country.currency,
        }
        for country in country_facts.COUNTRIES.values()
    ]


def _city_rows() -> list[dict[str, object]]:
    en, fr = NOT_LISTED
    rows = []
    for code in country_facts.COUNTRIES:
        rows += [_city_row(code, city.label("en"), city.name_fr) for city in city_facts.places(code)]
        rows.append(_city_row(code, en, fr) | {"letters": UNLISTED, "is_unlisted": True})
    return rows


def _city_row(country: str, en: str, fr: str) -> dict[str, object]:
    return {"country": country, "name_en": en, "name_fr": fr, "letters": city_letters(fr), "is_unlisted": False}


def _skill_rows() -> list[dict[str, object]]:
    return [
        {
            "slug": skill.slug,
            "name_en": skill.en,
            "name_fr": skill.fr,
            "category": skill.category.value,
            "emoji": skill.category.emoji,
            "tag": skill.category.tag.value,
            "is_active": True,
        }
        for skill in skill_facts.skills()
    ]
