"""The countries and what each of them implies."""

import phonenumbers
from babel.numbers import list_currencies

from talento.vocabulary.countries import COUNTRIES, CURRENCIES, country, find_country, find_currency


def test_there_are_195_countries_in_the_order_of_their_codes() -> None:
    assert len(COUNTRIES) == 195
    assert list(COUNTRIES) == sorted(COUNTRIES)


def test_every_country_has_every_field() -> None:
    for code, place in COUNTRIES.items():
        assert place.code == code and len(code) == 2
        assert all((place.en, place.fr, place.demonym_en, place.demonym_fr, place.flag))


def test_names_and_demonyms_are_unique_in_each_language() -> None:
    for field in ("en", "fr", "demonym_en", "demonym_fr"):
        assert len({getattr(place, field) for place in COUNTRIES.values()}) == 195


def test_every_spelling_leads_back_to_its_country() -> None:
    for place in COUNTRIES.values():
        for text in (place.code, place.en, place.fr, place.demonym_en, place.demonym_fr, *place.aliases):
            assert find_country(text.lower()) is place, text


def test_accents_and_apostrophes_do_not_matter() -> None:
    assert find_country("cote d’ivoire") is country("CI")
    assert find_country("Congolaise (RDC)") is country("CD")
    assert find_country("Congo") is country("CG")
    assert find_country("Atlantis") is None
    assert find_country(None) is None


def test_babel_knows_every_currency() -> None:
    assert set(CURRENCIES) <= list_currencies()


def test_currencies_are_those_of_today() -> None:
    assert (country("MA").currency, country("SL").currency, country("ZW").currency) == ("MAD", "SLE", "ZWG")
    assert (country("HR").currency, country("BG").currency, country("MH").currency) == ("EUR", "EUR", "USD")


def test_withdrawn_currency_codes_are_understood() -> None:
    assert (find_currency("sll"), find_currency("ZWL"), find_currency("mad")) == ("SLE", "ZWG", "MAD")
    assert find_currency("XXX") is None


def test_every_country_is_a_phone_region() -> None:
    assert {place.phone_region for place in COUNTRIES.values()} <= phonenumbers.SUPPORTED_REGIONS | {"KP"}


def test_flag_is_the_emoji_of_the_code() -> None:
    assert country("MA").flag == "🇲🇦"
    assert country("MA").demonym("fr") == "Marocaine"
    assert country("MA").label("en") == "Morocco"
