"""Who a casting team sees at a glance."""

from datetime import date

import pytest

from talento.errors import Forbidden, NotFound
from talento.services import codes
from talento.services.cinema import faces
from talento.services.work import look
from talento.vocabulary.visibility import Visibility
from tests import factories
from tests.factories import Cast


def test_people_come_in_the_order_asked_for(cast: Cast) -> None:
    _, amina = factories.cinema_talent(kinds=["stunt_performer", "lead_actor"])
    _, karim = factories.cinema_talent(first_name="Karim", stage_name="Karim le Grand")

    found = look(cast.youssef, faces.faces, [karim, amina, 999], locale="fr")

    assert [one.name for one in found] == ["Karim le Grand", "Amina Benali"]
    assert found[1].kinds == ["lead_actor", "stunt_performer"]
    assert found[1].place == "Rabat, Maroc"


def test_a_child_is_seen_only_with_a_guardians_consent(cast: Cast, hands) -> None:
    born_on = date(hands.now.year - 10, 1, 1)
    _, hidden = factories.cinema_talent(born_on=born_on)
    _, consented = factories.cinema_talent(born_on=born_on, guardian_consented_at=hands.now)

    found = look(cast.youssef, faces.faces, [hidden, consented], locale="en")

    assert [(one.id, one.is_minor) for one in found] == [(consented, True)]
    with pytest.raises(NotFound):
        look(cast.youssef, faces.visible, hidden)


def test_the_hidden_are_left_out_and_talents_see_nobody(cast: Cast) -> None:
    amina, key = factories.cinema_talent(visibility=Visibility.HIDDEN)

    assert look(cast.youssef, faces.faces, [key], locale="en") == []
    with pytest.raises(Forbidden):
        look(amina, faces.faces, [key], locale="en")


@pytest.mark.parametrize("said", ["MAOUAFIL001-007", "maoua fil 001 007", "MAOUAFIL001007", " MAOUAFIL001-007 "])
def test_an_assignment_code_is_read_in_any_form(said: str) -> None:
    assert codes.assignment_readings(said) == ["MAOUAFIL001-007"]


def test_past_number_999_every_reading_is_offered_unless_the_dash_tells() -> None:
    assert codes.assignment_readings("MAOUAFIL1001007") == ["MAOUAFIL100-1007", "MAOUAFIL1001-007"]
    assert codes.assignment_readings("MAOUAFIL1001-007") == ["MAOUAFIL1001-007"]
