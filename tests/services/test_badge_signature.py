"""A badge proves itself: whoever holds the public key can tell a genuine one, without a network."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from talento import cli
from talento.errors import Invalid
from talento.services.badges import keys, signature
from talento.services.badges.signature import Badge, fingerprint, signed, verified
from tests.factories import Cast

KEY = Ed25519PrivateKey.from_private_bytes(b"b" * 32)
TODAY = date(2027, 3, 12)
BADGE = Badge("MAOUAFIL001-007", 1, date(2027, 4, 1))

codes = st.from_regex(r"[A-Z]{8}[0-9]{3,5}-[0-9]{3,5}", fullmatch=True).filter(str.isascii)
badges = st.builds(Badge, codes, st.integers(1, 99_999), st.dates(TODAY, date(2090, 1, 1)))


@given(badges)
def test_what_was_signed_is_read_back(badge: Badge) -> None:
    assert verified(signed(badge, KEY), KEY.public_key(), today=TODAY) == badge


@given(badges, st.integers(0, 200), st.sampled_from("ABCXYZ0123456789:-"))
def test_one_changed_character_is_never_accepted_as_something_else(badge: Badge, place: int, other: str) -> None:
    text = signed(badge, KEY)
    place %= len(text)
    changed = text[:place] + other + text[place + 1 :]

    try:
        read = verified(changed, KEY.public_key(), today=TODAY)
    except Invalid:
        return
    assert read == badge  # the last character of base 32 has spare bits


@given(st.text(max_size=300))
def test_any_text_is_refused_in_words_never_an_error(text: str) -> None:
    with pytest.raises(Invalid):
        verified(text, KEY.public_key(), today=TODAY)


def test_somebody_elses_key_signs_nothing_of_ours() -> None:
    forged = signed(BADGE, Ed25519PrivateKey.generate())

    with pytest.raises(Invalid, match="not genuine"):
        verified(forged, KEY.public_key(), today=TODAY)


def test_it_is_good_on_its_last_day_and_not_after_it() -> None:
    text = signed(BADGE, KEY)

    assert verified(text, KEY.public_key(), today=BADGE.last_day) == BADGE
    with pytest.raises(Invalid, match="expired"):
        verified(text, KEY.public_key(), today=BADGE.last_day + timedelta(days=1))


def test_a_revoked_one_is_refused_once_the_list_is_known() -> None:
    text = signed(BADGE, KEY)
    revoked = {fingerprint(BADGE.code, BADGE.serial)}

    assert verified(text, KEY.public_key(), today=TODAY)
    with pytest.raises(Invalid, match="revoked"):
        verified(text, KEY.public_key(), today=TODAY, revoked=revoked)
    again = signed(Badge(BADGE.code, 2, BADGE.last_day), KEY)
    assert verified(again, KEY.public_key(), today=TODAY, revoked=revoked).serial == 2


def test_scanners_may_add_spaces_and_change_the_case() -> None:
    assert verified(f" {signed(BADGE, KEY).lower()}\r\n", KEY.public_key(), today=TODAY) == BADGE


def test_the_symbol_is_small_enough_for_25_millimetres() -> None:
    text = signed(Badge("MAOUAFIL001-1234", 35, date(2035, 12, 31)), KEY)
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    made.add_data(text)
    made.make(fit=True)

    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", text)
    assert 25 / len(made.get_matrix()) >= 0.5  # millimetres a module, quiet zone included


def test_everybody_gets_the_same_key_and_its_public_half(cast: Cast) -> None:
    first, second = keys.signing_key(), keys.signing_key()

    text = signed(BADGE, first)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert verified(text, load_pem_public_key(keys.public_pem()), today=TODAY) == BADGE  # type: ignore[arg-type]
    assert signature.is_signed(text)


def test_the_list_of_revoked_badges_can_not_be_shortened() -> None:
    at = datetime(2027, 3, 12, 9, 0, tzinfo=UTC)
    published = signature.signed_list([fingerprint(BADGE.code, 1), fingerprint(BADGE.code, 2)], at, KEY)

    assert signature.revoked_in(published, KEY.public_key()) == {fingerprint(BADGE.code, n) for n in (1, 2)}
    shorter = published.replace(fingerprint(BADGE.code, 2).encode(), b"")
    for wrong in (shorter, b"[]", b"<html>", b'{"list": 1}', b""):
        with pytest.raises(Invalid):
            signature.revoked_in(wrong, KEY.public_key())


def test_an_operator_checks_a_badge_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    later = Badge(BADGE.code, 3, date(2090, 1, 1))
    listed = signature.signed_list([fingerprint(BADGE.code, 3)], datetime(2027, 3, 12, tzinfo=UTC), KEY)
    (tmp_path / "revoked.json").write_bytes(listed)
    wanted = ["badge", "verify", signed(later, KEY), "--key", str(tmp_path / "key.pem")]

    cli.main(wanted)
    assert "is good until 2090-01-01" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="revoked"):
        cli.main([*wanted, "--revoked", str(tmp_path / "revoked.json")])
    with pytest.raises(SystemExit, match="not the public key"):
        cli.main([*wanted[:-1], str(tmp_path / "revoked.json")])
