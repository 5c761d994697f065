"""Words in the reader's language."""

import json
from pathlib import Path

import pytest

from talento import i18n
from talento.i18n import catalogue, check


def test_a_text_is_said_in_the_readers_language() -> None:
    assert i18n.say("fr", "Step {n} of {total}", n=3, total=10) == "Étape 3 sur 10"
    assert i18n.say("en", "Step {n} of {total}", n=3, total=10) == "Step 3 of 10"


def test_a_text_without_french_is_said_in_english() -> None:
    assert i18n.say("fr", "Surely nobody translated {this}", this="this") == "Surely nobody translated this"


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    assert i18n.say("en", "Remove the filter {name}", name="{total}") == "Remove the filter {total}"


@pytest.mark.parametrize(
    ("locale", "n", "expected"), [("en", 0, "0 talents"), ("fr", 0, "0 talent"), ("fr", 2, "2 talents")]
)
def test_zero_is_plural_in_english_and_singular_in_french(locale: str, n: int, expected: str) -> None:
    assert i18n.say_plural(locale, n, one="{n} talent", other="{n} talents") == expected


@pytest.mark.parametrize(
    ("chosen", "header", "expected"),
    [
        ("fr", "en-GB,en", "fr"),
        ("", "fr-MA,fr;q=0.9,en;q=0.8", "fr"),
        ("", "de-DE,de;q=0.9,en;q=0.3,fr;q=0.7", "fr"),
        ("", "fr;q=0,en", "en"),
        ("xx", "", "en"),
        ("", "*;q=nonsense", "en"),
    ],
)
def test_the_readers_choice_comes_first_then_the_browsers_preference(chosen: str, header: str, expected: str) -> None:
    assert i18n.negotiate(chosen, header) == expected


def test_two_files_may_not_translate_one_text_differently(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"Role": "Rôle"}))
    (tmp_path / "b.json").write_text(json.dumps({"Role": "Fonction"}))

    with pytest.raises(catalogue.ClashingTranslations):
        catalogue.merged(tmp_path)


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    assert check.crooked(catalogue.FRENCH) == []
    assert check.straight(catalogue.FRENCH) == []
    assert check.straight({"Nobody": "Personne n'est là"})
    assert check.crooked({"Hello {name}": "Bonjour {nom}"})


def test_every_way_to_show_a_text_is_found() -> None:
    source = """
t("One"); say(locale, "Two"); phrase("Three"); plural(n, one="Four", other="Five")
raise Conflict("Six", code=1)
text.t("Seven" if on else "Eight")
class A(Invalid):
    def __init__(self): super().__init__("Nine.")
"""
    found = [use.text for use in check.uses_in(source, Path("x.py"))]

    assert sorted(found) == sorted(["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine."])


def test_every_text_of_the_kit_has_its_french() -> None:
    kit = [use for use in check.uses(check.PACKAGE / "components") if use.text not in catalogue.FRENCH]

    assert not kit
