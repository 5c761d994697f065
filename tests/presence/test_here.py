"""Who is on set now, project by project, for the dashboard; and what a talent sees of it."""

from datetime import date

import pytest

from talento.errors import Forbidden
from talento.services.casting import mine
from talento.services.presence import calls, here
from talento.services.work import Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody


def counted(actor: Actor) -> list[int]:
    return [one.people for one in look(actor, here.here)]


def test_each_scan_changes_how_many_are_on_set(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")
    assert counted(nadias.recruiter) == []
    nadias.scan(amina)
    nadias.scan(karim)
    assert counted(nadias.recruiter) == [2]
    nadias.at("2027-04-12T10:00+00:00").scan(karim)
    assert counted(nadias.recruiter) == [1]


def test_a_night_goes_on_after_the_day_break_until_nobody_stays_that_long(nadias: Desk, amina: Somebody) -> None:
    nadias.at("2027-04-12T20:00+00:00").scan(amina)
    nadias.at("2027-04-13T07:00+00:00")
    assert counted(nadias.recruiter) == [1]
    nadias.at("2027-04-13T12:01+00:00")
    assert counted(nadias.recruiter) == []


def test_only_the_team_and_admins_count_a_project(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    nadias.scan(amina)
    assert counted(cast.awa) == [1]
    assert counted(factories.staff("Salma", Role.RECRUITER)) == []
    for actor in (cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            counted(actor)


def test_a_talent_sees_their_calls_and_hours_beside_each_booking(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")
    run(nadias.recruiter, calls.call, nadias.project_id, date(2027, 4, 13), [amina.assignment_id], at="07:30")
    nadias.scan(amina)
    nadias.at("2027-04-12T10:05+00:00").scan(amina)

    (hers,) = look(amina.actor, mine.castings, locale="en")
    (his,) = look(karim.actor, mine.castings, locale="en")

    assert (len(hers.calls), hers.minutes, [one.day for one in hers.worked]) == (1, 125, [date(2027, 4, 12)])
    assert (his.calls, his.minutes, his.worked) == ([], 0, [])
