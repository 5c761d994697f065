"""Departures that were forgotten are proposed for closing, and a person's day says how it came about."""

from datetime import datetime, timedelta

import pytest

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.services.presence import closing, desk, history, open_desks
from talento.services.presence.history import PersonDay
from talento.services.work import look, run
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody

NEXT_MORNING = "2027-04-13T09:00+00:00"


def overdue(nadias: Desk) -> list[closing.Overdue]:
    return look(nadias.keeper, closing.overdue, nadias.project_id, locale="en")


def close(nadias: Desk, arrival: str, iso: str, reason: str = "Left with the bus") -> None:
    left_at = datetime.fromisoformat(iso)
    run(nadias.keeper, closing.close, nadias.project_id, arrival, left_at=left_at, reason=reason)


def day_of(nadias: Desk, whom: Somebody) -> PersonDay:
    return look(nadias.keeper, history.person_day, nadias.project_id, whom.assignment_id, locale="en")


def test_a_forgotten_departure_is_proposed_when_the_others_left(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")
    nadias.scan(amina)
    nadias.scan(karim)
    nadias.at("2027-04-12T17:30+00:00").scan(karim)
    assert overdue(nadias) == []

    [late] = overdue(nadias.at(NEXT_MORNING))
    assert (late.person.assignment_id, late.day.isoformat()) == (amina.assignment_id, "2027-04-12")
    assert late.suggested_at == datetime.fromisoformat("2027-04-12T17:30+00:00")


def test_alone_somebody_is_taken_to_have_stayed_ten_hours(nadias: Desk, amina: Somebody) -> None:
    came = nadias.scan(amina)

    [late] = overdue(nadias.at(NEXT_MORNING))
    assert late.suggested_at == came.at + timedelta(hours=10)


def test_it_is_never_proposed_later_than_the_day_break(nadias: Desk, amina: Somebody) -> None:
    nadias.at("2027-04-12T23:30+00:00").scan(amina)

    [late] = overdue(nadias.at(NEXT_MORNING))
    assert late.suggested_at <= datetime.fromisoformat("2027-04-13T06:00+00:00")


def test_a_stay_is_closed_once_and_only_when_somebody_says_so(nadias: Desk, amina: Somebody) -> None:
    came = nadias.scan(amina)
    nadias.at(NEXT_MORNING)
    assert nadias.line(amina, day=came.at.date()).stays[0].left_at is None

    close(nadias, came.client_id, "2027-04-12T18:00+00:00")
    assert nadias.line(amina, day=came.at.date()).minutes == 600
    assert overdue(nadias) == []
    with pytest.raises(Conflict):
        close(nadias, came.client_id, "2027-04-12T19:00+00:00")


@pytest.mark.parametrize(
    ("iso", "reason"),
    [
        ("2027-04-12T07:00+00:00", "Before"),
        ("2027-04-13T01:00+00:00", "Seventeen hours"),
        ("2027-04-14T08:00+00:00", "Tomorrow"),
        ("2027-04-12T18:00+00:00", " … "),
    ],
)
def test_an_end_that_cannot_be_or_has_no_reason_changes_nothing(
    nadias: Desk, amina: Somebody, iso: str, reason: str
) -> None:
    came = nadias.scan(amina)
    nadias.at(NEXT_MORNING)

    with pytest.raises(Invalid):
        close(nadias, came.client_id, iso, reason)
    assert len(overdue(nadias)) == 1


def test_a_day_tells_its_events_with_old_values_reasons_and_authors(nadias: Desk, amina: Somebody) -> None:
    came = nadias.scan(amina)
    nadias.hands.later(hours=2)
    for minutes, why in ((30, "Came with the bus"), (20, "The bus was late")):
        at = came.at - timedelta(minutes=minutes)
        run(nadias.keeper, desk.correct, nadias.project_id, came.client_id, at=at, reason=why)
    left = nadias.scan(amina)
    run(nadias.keeper, desk.cancel, nadias.project_id, [left.client_id], reason="Only a break")

    told = [(one.action, one.was, one.reason, one.is_void) for one in day_of(nadias, amina).entries]
    assert told == [
        ("scan", None, "", False),
        ("move", came.at, "Came with the bus", False),
        ("move", came.at - timedelta(minutes=30), "The bus was late", False),
        ("scan", None, "", True),
        ("cancel", None, "Only a break", False),
    ]
    assert {one.by for one in day_of(nadias, amina).entries} == {nadias.keeper.name}


def test_a_day_tells_nothing_of_other_days(nadias: Desk, amina: Somebody) -> None:
    nadias.scan(amina)
    nadias.at("2027-04-12T17:00+00:00").scan(amina)
    nadias.at(NEXT_MORNING)

    assert day_of(nadias, amina).entries == []


def test_another_projects_people_and_strangers_desks_are_not_told(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    other = factories.project(cast.youssef)

    with pytest.raises(NotFound):
        look(nadias.keeper, history.person_day, other, amina.assignment_id, locale="en")
    with pytest.raises(NotFound):
        look(nadias.keeper, closing.overdue, other, locale="en")
    with pytest.raises(Forbidden):
        look(cast.zoe, open_desks.desks, locale="en")


def test_everybody_sees_their_own_desks_with_who_is_there(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    factories.project(cast.youssef)
    nadias.person(first_name="Karim")
    nadias.scan(amina)

    [mine] = look(nadias.keeper, open_desks.desks, locale="en")
    assert (mine.here, mine.awaited, mine.people, mine.is_open) == (1, 1, 2, True)
    assert len(look(cast.youssef, open_desks.desks, locale="en")) == 2
    assert look(nadias.keeper, open_desks.desks, "no such film", locale="en") == []
