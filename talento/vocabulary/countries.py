"""The 195 countries people come from: 193 members of the United Nations, Palestine and the Vatican."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from talento.vocabulary.choice import is_french
from talento.vocabulary.folding import fold

CURRENCY_ALIASES: Mapping[str, str] = MappingProxyType({"SLL": "SLE", "ZWL": "ZWG"})
"""Withdrawn ISO 4217 codes that old data may hold, and what replaced them; amounts are not converted."""

_REGIONAL_INDICATOR_A = 0x1F1E6


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `code` is ISO 3166-1 alpha-2, and its phone region; `currency` is ISO 4217."""

    code: str
    en: str
    fr: str
    demonym_en: str
    demonym_fr: str
    currency: str
    aliases: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The flag emoji."""
        return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in self.code)

    @property
    def phone_region(self) -> str:
        """The region by which a national phone number is read."""
        return self.code

    def label(self, locale: str) -> str:
        return self.fr if is_french(locale) else self.en

    def demonym(self, locale: str) -> str:
        """The nationality; French has it in the feminine, as in "nationalité marocaine"."""
        return self.demonym_fr if is_french(locale) else self.demonym_en


def _read() -> Mapping[str, Country]:
    text = files("talento.vocabulary").joinpath("data/countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType(
        {row["code"]: Country(**row | {"aliases": tuple(filter(None, row["aliases"].split(";")))}) for row in rows}
    )


COUNTRIES: Mapping[str, Country] = _read()
"""Every country by code, in the order of the codes."""

CURRENCIES: tuple[str, ...] = tuple(sorted({country.currency for country in COUNTRIES.values()}))


def country(code: str) -> Country:
    """The country of an upper-case code.

    Raises:
        KeyError: no country has that code.
    """
    return COUNTRIES[code]


def find_country(text: str | None) -> Country | None:
    """The country that answers to `text`: code, name or demonym in either language, or another usual name."""
    return _spellings().get(fold(text)) if text else None


def find_currency(text: str | None) -> str | None:
    """The ISO 4217 code that `text` means today, if a country uses it."""
    code = (text or "").strip().upper()
    code = CURRENCY_ALIASES.get(code, code)
    return code if code in CURRENCIES else None


@cache
def _spellings() -> Mapping[str, Country]:
    spellings: dict[str, Country] = {}
    for field in ("code", "en", "fr", "demonym_fr", "demonym_en"):
        for place in COUNTRIES.values():
            spellings.setdefault(fold(getattr(place, field)), place)
    for place in COUNTRIES.values():
        for alias in place.aliases:
            spellings.setdefault(fold(alias), place)
    return MappingProxyType(spellings)
