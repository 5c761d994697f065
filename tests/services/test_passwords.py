"""Hashing: any text, no truncation, one cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talento.errors import Invalid
from talento.services import passwords


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=1000))
def test_any_password_can_be_hashed_and_checked(password: str) -> None:
    kept = passwords.hashed(password)

    assert passwords.matches(password, kept)
    assert not passwords.matches(password + "x", kept)


def test_passwords_that_differ_late_do_not_match() -> None:
    kept = passwords.hashed("a" * 80 + "1")

    assert not passwords.matches("a" * 80 + "2", kept)


def test_composed_and_decomposed_letters_are_the_same_password() -> None:
    assert passwords.matches("cafe\u0301 au lait", passwords.hashed("caf\u00e9 au lait"))


def test_nobody_matches_nothing() -> None:
    assert not passwords.matches("nobody", None)


@pytest.mark.parametrize(
    ("password", "is_good"), [("x7#kP2!", False), ("aaaaaaaaaaaa", False), ("correct horse battery", True)]
)
def test_length_and_guessability_decide(password: str, is_good: bool) -> None:
    if is_good:
        assert passwords.checked(password) == password
    else:
        with pytest.raises(Invalid):
            passwords.checked(password)
