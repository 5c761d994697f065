"""Whoever keeps a desk sees the faces of those who come to it, and of nobody else."""

import pytest

from talento.errors import NotFound
from talento.models.cinema import CinemaTalent
from talento.services.casting import assignments
from talento.services.uploads import store
from talento.services.work import SYSTEM, Actor, run
from tests import factories
from tests.presence.conftest import Desk, Somebody


def with_photo(actor: Actor, talent_id: int) -> str:
    made = store.receive(actor, kind="photo", name="me.png", data=factories.picture()).id
    run(SYSTEM, lambda work: setattr(work.get(CinemaTalent, talent_id), "photo_id", made))
    return made


def sees(actor: Actor, file_id: str) -> bool:
    try:
        return bool(store.read(actor, file_id).data)
    except NotFound:
        return False


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_face_is_shown_to_the_desk_until_the_person_leaves_the_project(nadias: Desk, amina: Somebody) -> None:
    mine = with_photo(amina.actor, amina.talent_id)
    strangers = with_photo(*factories.cinema_talent(first_name="Karim"))

    assert (sees(nadias.keeper, mine), sees(nadias.keeper, strangers)) == (True, False)
    run(nadias.recruiter, assignments.remove, amina.assignment_id, reason="Ill")
    assert not sees(nadias.keeper, mine)
