"""Encryption: bound to its place, rotated without loss, loud when the key is wrong."""

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from talento.services import encryption, first_run, rotation
from talento.services.cinema import profile as cinema_profile
from talento.services.encryption import Keyring, Unreadable
from talento.services.talents import profile
from talento.services.work import SYSTEM, look, run
from talento.settings import BadConfiguration, new_fernet_key
from tests import factories
from tests.conftest import forget

OLD, NEW = new_fernet_key(), new_fernet_key()


@given(st.text())
def test_any_text_comes_back(value: str) -> None:
    keyring = Keyring([OLD])

    assert keyring.open(keyring.seal(value, "talent", "u1", "phone"), "talent", "u1", "phone") == value


@pytest.mark.parametrize("place", [("talent", "u2", "phone"), ("talent", "u1", "whatsapp"), ("draft", "u1", "phone")])
def test_a_value_copied_to_another_place_is_refused(place: tuple[str, str, str]) -> None:
    keyring = Keyring([OLD])
    sealed = keyring.seal("+212612345678", "talent", "u1", "phone")

    with pytest.raises(Unreadable):
        keyring.open(sealed, *place)


def test_another_key_or_an_altered_text_is_refused() -> None:
    sealed = Keyring([OLD]).seal("secret", "talent", "u1", "phone")

    with pytest.raises(Unreadable):
        Keyring([NEW]).open(sealed, "talent", "u1", "phone")
    with pytest.raises(Unreadable):
        Keyring([OLD]).open(sealed[:-4] + "AAAA", "talent", "u1", "phone")


def test_a_rotated_ring_reads_the_old_and_writes_the_new() -> None:
    sealed = Keyring([OLD]).seal("secret", "talent", "u1", "phone")
    ring = Keyring([NEW, OLD])

    again = ring.resealed(sealed)

    assert ring.open(sealed, "talent", "u1", "phone") == "secret"
    assert again is not None
    assert Keyring([NEW]).open(again, "talent", "u1", "phone") == "secret"
    assert ring.resealed(again) is None


def test_the_blind_index_depends_on_key_and_field() -> None:
    ring = Keyring([OLD])

    assert ring.blind("phone", "+212612345678") == ring.blind("phone", "+212612345678")
    assert ring.blind("phone", "1") != ring.blind("passport_number", "1")
    assert ring.blind("phone", "1") != Keyring([NEW]).blind("phone", "1")


def test_no_secret_lies_in_the_database_in_clear(db: str) -> None:
    factories.talent(address="12 rue des Orangers")

    dump = _everything()

    for secret in ("AB1234567", "612345678", "rue des Orangers", "linkedin.com/in/amina"):
        assert secret not in dump


def test_no_secret_of_the_casting_roster_lies_in_the_database_in_clear(hands, db: str) -> None:
    traits = {"traits_consent": "true", "ethnicities": ["berber"], "skin_tone": "olive"}
    factories.registered_in_cinema(**factories.child_answers(), **traits)

    dump = _everything()

    for secret in ("ZQ7654321", "612345678", "612345679", "instagram.com/amina", "berber", "olive"):
        assert secret not in dump


def test_rotation_leaves_everything_readable_and_the_old_key_unused(db: str) -> None:
    people = [factories.talent(email=f"p{n}@example.com", phone=f"06123456{n:02d}") for n in range(5)]
    salma, _ = factories.registered_in_cinema(email="salma@example.com")
    os.environ["ENCRYPTION_KEY"] = f"{NEW},{base64.urlsafe_b64encode(b'k' * 32).decode()}"
    forget()
    try:
        changed = rotation.rotate()
        os.environ["ENCRYPTION_KEY"] = NEW
        forget()
        shown = [look(actor, profile.own, locale="en").raw["phone"] for actor, _ in people]
        cinema_shown = look(salma, cinema_profile.own, locale="en").raw
    finally:
        os.environ["ENCRYPTION_KEY"] = base64.urlsafe_b64encode(b"k" * 32).decode()
        forget()

    assert shown == [f"+2126123456{n:02d}" for n in range(5)]
    assert (cinema_shown["phone"], cinema_shown["instagram"]) == ("+212612345678", "https://instagram.com/amina")
    assert changed > 0
    assert encryption.keyring().active.id not in _everything()


def test_a_wrong_key_stops_the_start_and_changes_nothing(db: str) -> None:
    first_run.check_key()
    before = _everything()
    os.environ["ENCRYPTION_KEY"] = NEW
    forget()
    try:
        with pytest.raises(BadConfiguration, match="ENCRYPTION_KEY") as refusal:
            first_run.check_key()
    finally:
        os.environ["ENCRYPTION_KEY"] = base64.urlsafe_b64encode(b"k" * 32).decode()
        forget()

    assert refusal.value.code == 78
    assert _everything() == before


def test_an_unreadable_value_is_an_error_never_an_empty_field(db: str) -> None:
    actor, made = factories.talent()
    run(SYSTEM, lambda work: work.session.execute(text("UPDATE talent SET phone_sealed = 'v1:00000000:x'")))

    with pytest.raises(Unreadable):
        look(actor, profile.own, locale="en")


def _everything() -> str:
    def dump(work) -> str:
        tables = (
            "talent",
            "social_link",
            "cinema_talent",
            "cinema_link",
            "draft",
            "outbox",
            "stored_file",
            "app_settings",
        )
        rows = [work.session.execute(text(f"SELECT * FROM {table}")).all() for table in tables]
        return repr(rows)

    return look(SYSTEM, dump)
