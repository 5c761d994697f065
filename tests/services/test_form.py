"""The form: every refusal beside its field, in both languages, and nothing hostile gets through."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talento import clock
from talento.errors import Invalid, InvalidForm, Refusal
from talento.models.facts import Step
from talento.services import text
from talento.services.reference import book
from talento.services.talents import form
from tests.factories import answers

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", ""),
        ("first_name", "   "),
        ("first_name", "🙂🙂"),
        ("first_name", "x" * 101),
        ("born_on", "2999-01-01"),
        ("born_on", "1850-01-01"),
        ("born_on", "31/12/1999"),
        ("gender", "Z"),
        ("passport_number", "AB"),
        ("email", "amina"),
        ("email", "a@b"),
        ("email", "amina@exa mple.com"),
        ("phone", ""),
        ("phone", "12"),
        ("phone", "061234567890123456789012345678901234567890"),
        ("phone", "+33 6 00"),
        ("whatsapp", "call me"),
        ("origin", "XX"),
        ("nationality", ""),
        ("residence", "Morocco"),
        ("city", "999999"),
        ("city", ""),
        ("city", "1; DROP TABLE city"),
        ("experience", "ages"),
        ("bio", "x" * 2001),
        ("languages", []),
        ("languages", ["klingon"]),
        ("availability", "never"),
        ("daily_rate", "-1"),
        ("daily_rate", "1e99"),
        ("daily_rate", "NaN"),
        ("daily_rate", "a lot"),
        ("skills", []),
        ("skills", ["mason"] * 1 + ["electrician", "plumber", "locksmith", "roofer", "carpenter"]),
        ("skills", ["stunt_dreams"]),
        ("portfolio_url", "javascript:alert(1)"),
        ("portfolio_url", "JaVaScRiPt:alert(1)"),
        ("portfolio_url", "data:text/html,x"),
        ("website", "https://user:pw@example.com"),
        ("website", "http://localhost/admin"),
        ("website", "https://"),
        ("linkedin", "https://evil.example.com/in/amina"),
        ("linkedin", "https://linkedin.com.evil.example/x"),
        ("photo", "../../etc/passwd"),
    ],
)
def test_a_bad_answer_is_refused_beside_its_field_in_both_languages(field: str, value: Any) -> None:
    with pytest.raises(InvalidForm) as refusal:
        form.checked(answers(**{field: value}))

    assert field in refusal.value.problems
    said = refusal.value.problems[field]
    assert said.text("en") and said.text("fr") and said.text("en") != said.text("fr")


def test_several_bad_answers_are_told_together() -> None:
    with pytest.raises(InvalidForm) as refusal:
        form.checked(answers(first_name="", email="x", phone="1"))

    assert set(refusal.value.problems) == {"first_name", "email", "phone"}


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("first_name", "  Zoé   Marie ", "Zoé Marie"),
        ("first_name", "أمينة", "أمينة"),
        ("first_name", "Amina 🌸", "Amina 🌸"),
        ("first_name", "Ami\u202ena", "Amina"),
        ("last_name", "O'Brien-Ñuñez", "O'Brien-Ñuñez"),
        ("email", " Amina@EXAMPLE.com ", "amina@example.com"),
        ("phone", "06 12 34 56 78", "+212612345678"),
        ("phone", "+33 6 12 34 56 78", "+33612345678"),
        ("passport_number", "ab 12-34 567", "AB1234567"),
        ("daily_rate", "1 200,50", Decimal("1200.50")),
        ("website", "example.com/me", "https://example.com/me"),
        ("linkedin", "@amina", "https://linkedin.com/amina"),
        ("linkedin", "www.linkedin.com/in/amina", "https://www.linkedin.com/in/amina"),
    ],
)
def test_good_answers_are_tidied(field: str, said: str, kept: Any) -> None:
    assert form.checked(answers(**{field: said}))[field] == kept


def test_a_phone_is_read_for_the_chosen_country() -> None:
    french = answers(phone="06 12 34 56 78", phone_country="FR", residence="MA")

    assert form.checked(french)["phone"] == "+33612345678"


def test_the_currency_follows_the_country_of_residence() -> None:
    dakar = next(city.id for city in book().cities_of["SN"] if not city.is_unlisted)

    assert form.checked(answers(residence="SN", city=str(dakar)))["currency"] == "XOF"


def test_a_city_must_lie_in_the_country() -> None:
    dakar = next(city.id for city in book().cities_of["SN"] if not city.is_unlisted)

    with pytest.raises(InvalidForm) as refusal:
        form.checked(answers(city=str(dakar)))
    assert "city" in refusal.value.problems


def test_a_city_that_is_not_listed_is_kept_as_written() -> None:
    kept = form.checked(answers(city="unlisted", city_typed="Aït Benhaddou"))

    assert book().cities[kept["city"]].is_unlisted
    assert kept["city_typed"] == "Aït Benhaddou"


def test_today_is_a_possible_birth_date_and_tomorrow_is_not() -> None:
    assert form.checked(answers(born_on=clock.today().isoformat()))["born_on"] == clock.today()
    with pytest.raises(InvalidForm):
        form.checked(answers(born_on=(clock.today() + timedelta(days=1)).isoformat()))


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*(f.name for f in form.facts()), "x"]),
        st.text(max_size=60) | st.none() | st.integers() | st.lists(st.text(max_size=9), max_size=4),
    )
)
def test_any_answers_are_accepted_or_refused_never_an_error(raw: dict[str, Any]) -> None:
    try:
        form.checked(answers() | raw)
    except InvalidForm as refusal:
        assert all(isinstance(said, Refusal) for said in refusal.problems.values())


@settings(max_examples=3_000, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"[a-z]{1,11}:[^\s]{0,30}", fullmatch=True))
def test_an_accepted_address_is_always_http_with_a_public_host(said: str) -> None:
    try:
        kept = text.address(said, field="website")
    except Invalid:
        return
    parts = urlsplit(kept)
    assert parts.scheme in ("http", "https")
    assert parts.hostname and "." in parts.hostname
    assert not parts.username


def test_each_step_can_be_judged_alone() -> None:
    assert form.problems({}, steps=[Step.EXPERIENCE]) == {}
    assert set(form.problems({}, steps=[Step.LANGUAGES])) == {"languages"}
