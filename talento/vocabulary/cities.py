"""The cities people choose from, by country: a list to pick from, not a gazetteer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from talento.vocabulary.choice import is_french
from talento.vocabulary.folding import fold, sort_key

UNLISTED = "VNL"
"""The three letters that a talent code carries when the city is not in the list."""


@dataclass(frozen=True, slots=True)
class City:
    """One city; `name_en` is there only where English has another name or spelling."""

    name_fr: str
    name_en: str | None = None
    aliases: tuple[str, ...] = ()

    def label(self, locale: str) -> str:
        return self.name_fr if is_french(locale) else self.name_en or self.name_fr


def places(country_code: str) -> tuple[City, ...]:
    """The cities of a country, the most important ones roughly first; none for an unknown country."""
    return _places().get(country_code, ())


@cache
def cities(country_code: str, locale: str = "fr") -> tuple[str, ...]:
    """The names of a country's cities, sorted for display with accents ignored."""
    return tuple(sorted((city.label(locale) for city in places(country_code)), key=sort_key))


def find_city(country_code: str, text: str | None) -> City | None:
    """The city of a country that answers to `text`: its name in either language, or another usual name."""
    return _spellings(country_code).get(fold(text)) if text else None


@cache
def _places() -> Mapping[str, tuple[City, ...]]:
    text = files("talento.vocabulary").joinpath("data/cities.json").read_text(encoding="utf-8")
    return MappingProxyType({code: tuple(map(_city, entries)) for code, entries in json.loads(text).items()})


def _city(entry: str | list[str | None]) -> City:
    if isinstance(entry, str):
        return City(entry)
    name_fr, name_en, *aliases = entry
    return City(name_fr or "", name_en, tuple(alias for alias in aliases if alias))


@cache
def _spellings(country_code: str) -> Mapping[str, City]:
    spellings: dict[str, City] = {}
    for city in places(country_code):
        for text in (city.name_fr, city.name_en or city.name_fr, *city.aliases):
            spellings.setdefault(fold(text), city)
    return MappingProxyType(spellings)
