"""Opening a desk: the team says who keeps it."""

import pytest

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.services.casting import projects
from talento.services.presence import desks
from talento.services.work import Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody


def found(actor: Actor, desk: Desk, text: str) -> list[str]:
    return [one.name for one in look(actor, desks.staff, desk.project_id, text)]


def test_presence_staff_are_found_by_name_and_keep_the_desk_once_it_is_open_to_them(
    nadias: Desk, amina: Somebody
) -> None:
    omar = factories.staff("Omar", Role.PRESENCE)
    with pytest.raises(NotFound):
        nadias.sheet(omar)

    assert found(nadias.recruiter, nadias, "oma") == ["Omar"]
    run(nadias.recruiter, desks.open_to, nadias.project_id, omar.user_id or 0)
    run(nadias.recruiter, desks.open_to, nadias.project_id, omar.user_id or 0)

    shown = look(nadias.recruiter, desks.desk, nadias.project_id)
    assert [one.name for one in shown.keepers] == ["Nadia", "Omar"]
    assert found(nadias.recruiter, nadias, "oma") == []
    assert nadias.sheet(omar).may_record


def test_a_closed_desk_refuses_the_next_scan(nadias: Desk, amina: Somebody) -> None:
    run(nadias.recruiter, desks.close_to, nadias.project_id, nadias.keeper.user_id or 0)

    with pytest.raises(NotFound):
        nadias.scan(amina)
    with pytest.raises(NotFound):
        run(nadias.recruiter, desks.close_to, nadias.project_id, nadias.keeper.user_id or 0)


def test_only_presence_staff_can_be_added(nadias: Desk, cast: Cast) -> None:
    for name in ("Zoé", "Youssef", "Awa"):
        assert found(nadias.recruiter, nadias, name) == []
    for actor in (cast.zoe, cast.youssef, cast.awa):
        with pytest.raises(NotFound):
            run(nadias.recruiter, desks.open_to, nadias.project_id, actor.user_id or 0)


def test_nobody_but_the_team_opens_a_desk(nadias: Desk, cast: Cast) -> None:
    other = factories.staff("Salma", Role.RECRUITER)
    with pytest.raises(NotFound):
        run(other, desks.open_to, nadias.project_id, cast.nadia.user_id or 0)
    for actor in (cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            run(actor, desks.open_to, nadias.project_id, cast.nadia.user_id or 0)
        with pytest.raises(Forbidden):
            look(actor, desks.staff, nadias.project_id, "nadia")


def test_the_cool_down_is_between_five_seconds_and_ten_minutes(nadias: Desk, amina: Somebody) -> None:
    run(nadias.recruiter, desks.set_cool_down, nadias.project_id, 5)
    nadias.scan(amina)
    assert nadias.at("2027-04-12T08:00:06+00:00").scan(amina).outcome == "out"

    for seconds in (4, 601, -1):
        with pytest.raises(Invalid):
            run(nadias.recruiter, desks.set_cool_down, nadias.project_id, seconds)
    run(nadias.recruiter, projects.set_status, nadias.project_id, "completed", "")
    with pytest.raises(Conflict):
        run(nadias.recruiter, desks.set_cool_down, nadias.project_id, 60)
