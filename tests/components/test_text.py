"""Both languages are in the page."""

from types import SimpleNamespace

import reflex as rx

from talento.components.text import date, label, plural, t


def test_a_text_is_compiled_in_both_languages() -> None:
    shown = str(t("Sign in"))

    assert '"Sign in"' in shown
    assert '"Se connecter"' in shown
    assert 'language === "fr"' in shown


def test_a_text_brings_the_hook_that_knows_the_language() -> None:
    assert "const language = useLanguage()" in t("Sign in")._get_all_var_data().hooks


def test_a_placeholder_may_be_a_var() -> None:
    shown = str(t("Step {n} of {total}", n=rx.Var("step", _var_type=int), total=10))

    assert shown.count("step") == 2
    assert "tape " in shown and " sur 10" in shown


def test_a_text_that_is_the_same_in_both_languages_is_written_once() -> None:
    assert str(t("Talento")) == '"Talento"'


def test_a_text_without_french_is_shown_in_english() -> None:
    assert str(t("Surely nobody translated this")) == '"Surely nobody translated this"'


def test_a_plural_follows_the_rules_of_each_language() -> None:
    shown = str(plural(rx.Var("count", _var_type=int), one="{n} talent", other="{n} talents"))

    assert "isOne(language, count)" in shown


def test_a_choice_is_shown_in_its_own_words() -> None:
    shown = str(label(SimpleNamespace(en="Hazel", fr="Noisette")))

    assert '"Hazel"' in shown and '"Noisette"' in shown


def test_a_date_is_written_in_the_readers_language() -> None:
    assert str(date("2027-03-12")) == 'asDate(language, "2027-03-12", "date")'
