"""Kinds of settings: what each takes, how it is tidied, and what it refuses in words."""

from typing import Any

import pytest

from talento.errors import Invalid
from talento.services.preferences import kinds
from talento.vocabulary.announcements import Tone
from talento.vocabulary.networks import Network

LINE, EMAIL, URL, PHONE = kinds.Line(40), kinds.Email(), kinds.Address(), kinds.Phone()
LINKEDIN, COLOR, ZONE, HOUR, MOMENT = (
    kinds.Address(Network.LINKEDIN),
    kinds.Color(),
    kinds.Zone(),
    kinds.Hour(),
    kinds.Moment(),
)
SWITCH, TONE, WHOLE, TEXT = kinds.Switch(), kinds.OneOf(Tone), kinds.Whole(-5, 5), kinds.Text(20)
SECRET = kinds.Secret(r"[A-Za-z0-9]{6,40}", "No key looks like this.")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (LINE, "  Casting\n Atlas\t", "Casting Atlas"), (LINE, "", ""), (LINE, "<b>x</b>\u202e", "<b>x</b>"),
        (TEXT, "a\r\n\r\n\r\n\r\nb ", "a\n\nb"), (EMAIL, " Us@Example.COM ", "us@example.com"), (EMAIL, " ", ""),
        (URL, "example.com/a", "https://example.com/a"), (URL, "", ""),
        (PHONE, "+212 522-000.000", "+212 5 22 00 00 00"),
        (LINKEDIN, "https://fr.linkedin.com/company/atlas", "https://fr.linkedin.com/company/atlas"),
        (COLOR, "0A7A45", "#0a7a45"), (ZONE, " Europe/Paris ", "Europe/Paris"), (HOUR, "12:59", "12:59"),
        (MOMENT, "2027-03-28T02:30", "2027-03-28T02:30"), (MOMENT, "", ""), (SWITCH, "true", True),
        (TONE, "danger", Tone.DANGER), (WHOLE, " -5 ", -5), (SECRET, " abc123 ", "abc123"),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_value_and_comes_back(kind: Any, typed: str, value: Any) -> None:
    assert kind.checked(typed) == value
    assert kind.checked(kind.typed(value)) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (LINE, "x" * 41), (kinds.Line(40, is_required=True), " – "), (TEXT, "x" * 10_000), (EMAIL, "nobody"),
        (EMAIL, "a@b.example\nBcc: c@d.example"), (URL, "javascript:alert(1)"), (URL, "ftp://example.com"),
        (URL, "https://user:secret@example.com"), (URL, "https://localhost/"), (URL, "x" * 501),
        (LINKEDIN, "https://notlinkedin.com/a"), (LINKEDIN, "https://example.com/linkedin.com"), (PHONE, "0522000000"),
        (PHONE, "call me"), (PHONE, "9" * 10_000), (COLOR, "#ffffff"), (COLOR, "#12345"), (COLOR, "red;}"),
        (ZONE, "Mars/Base"), (ZONE, "UTC+1"), (HOUR, "24:00"), (HOUR, "7:5"), (HOUR, "12:59:00"),
        (MOMENT, "2027-02-30T10:00"), (MOMENT, "tomorrow"), (MOMENT, "9999-99-99T99:99"), (SWITCH, "yes"), (SWITCH, ""),
        (TONE, "loud"), (TONE, ""), (WHOLE, "6"), (WHOLE, "²"), (WHOLE, "1_0"), (WHOLE, "0x1"),
        (SECRET, "abc***456"), (SECRET, "line\nbreak"),
        (kinds.Lines(kinds.domain, 2), "a.example\nb.example\nc.example"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_in_words(kind: Any, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        kind.checked(typed)

    assert refused.value.text("fr") != refused.value.sentence or kind is SECRET
