"""The cities of each country."""

from talento.vocabulary.cities import City, cities, find_city, places
from talento.vocabulary.countries import COUNTRIES
from talento.vocabulary.folding import fold

WERE_EMPTY = ("MD", "ME", "NA", "SL", "SO", "SS", "ST", "TJ", "TM")


def test_every_country_has_cities() -> None:
    assert [code for code in COUNTRIES if not places(code)] == []


def test_the_incumbents_1836_cities_are_all_there() -> None:
    added = (*WERE_EMPTY, "MH")

    assert sum(len(places(code)) for code in COUNTRIES if code not in added) == 1836


def test_countries_that_had_no_city_have_at_least_ten() -> None:
    assert all(len(places(code)) >= 10 for code in WERE_EMPTY)
    assert len(places("MH")) >= 3


def test_no_country_lists_a_city_twice() -> None:
    for code in COUNTRIES:
        for locale in ("en", "fr"):
            names = [fold(name) for name in cities(code, locale)]
            assert len(set(names)) == len(names), code


def test_every_city_has_letters_for_a_talent_code() -> None:
    for code in COUNTRIES:
        for city in places(code):
            assert any("a" <= letter <= "z" for letter in fold(city.name_fr)), city


def test_cities_are_sorted_with_accents_ignored() -> None:
    names = cities("MA")

    assert names.index("Essaouira") < names.index("Fès") < names.index("Ifrane")


def test_english_readers_see_english_names() -> None:
    assert "Tangier" in cities("MA", "en")
    assert "Tanger" in cities("MA", "fr")


def test_city_answers_to_both_names_and_to_the_incumbents_spelling() -> None:
    assert find_city("GB", "london") == find_city("GB", "Londres")
    assert find_city("LK", "Kururenegala") == City("Kurunegala", None, ("Kururenegala",))
    assert find_city("MA", "Londres") is None


def test_english_has_its_own_name_where_the_spelling_differs() -> None:
    exonyms = [city for code in COUNTRIES for city in places(code) if city.name_en]

    assert len(exonyms) >= 250
    assert all(city.name_en != city.name_fr for city in exonyms)
