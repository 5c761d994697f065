"""Hours: what everybody's days come to, told to those who may know."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from talento.errors import Forbidden, Invalid, NotFound
from talento.services.casting import assignments
from talento.services.presence import calls, desk, hours, rules
from talento.services.presence.hours import Day, Hours
from talento.services.work import Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast
from tests.presence.conftest import Desk, Somebody

MONDAY = date(2027, 4, 12)


def read(nadias: Desk, first: date = MONDAY, last: date = MONDAY, actor: Actor | None = None) -> Hours:
    return look(actor or nadias.keeper, hours.hours, nadias.project_id, first=first, last=last, locale="en")


def shift(nadias: Desk, whom: Somebody, *moments: str) -> None:
    for moment in moments:
        nadias.at(f"2027-04-{moment}+00:00").scan(whom)


def test_a_day_is_its_stays_its_breaks_and_its_total(nadias: Desk, amina: Somebody) -> None:
    run(nadias.recruiter, calls.call, nadias.project_id, MONDAY, [amina.assignment_id], at="08:00")
    shift(nadias, amina, "12T08:10", "12T12:00", "12T12:45:30", "12T17:00")

    found = read(nadias)

    (day,) = found.days
    assert [stay.minutes for stay in day.stays] == [230, 254]
    assert (day.minutes, day.break_minutes, day.late_minutes) == (484, 45, 10)
    assert (day.first_name, day.last_name, day.person.code) == ("Amina", "Benali", amina.code)
    assert day.stays[0].recorded_by == "Nadia"
    assert found.minutes == found.totals[0].minutes == 484


def test_a_night_shoot_belongs_to_the_day_it_began(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T20:00", "13T03:00")

    assert [one.day for one in read(nadias, MONDAY, MONDAY + timedelta(days=1)).days] == [MONDAY]
    assert read(nadias, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)).days == []


def test_each_line_says_which_rule_applied_and_to_how_many_minutes(nadias: Desk, amina: Somebody) -> None:
    run(nadias.recruiter, rules.add, nadias.project_id, "overtime", after_minutes=480, percent=25)
    run(nadias.recruiter, rules.add, nadias.project_id, "night", from_hour=22, to_hour=5, percent=30)
    shift(nadias, amina, "12T13:00", "12T23:00")

    found = read(nadias)

    assert [(one.kind, one.percent, one.minutes) for one in found.days[0].rules] == [
        ("overtime", 25, 120),
        ("night", 30, 60),
    ]
    assert found.totals[0].rules == found.days[0].rules


def test_an_open_and_a_forgotten_stay_count_nothing_yet(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00")
    assert (read(nadias).days[0].minutes, read(nadias).totals[0].open_stays) == (0, 1)

    nadias.at("2027-04-13T08:00+00:00")
    assert read(nadias).days[0].stays[0].is_overdue


def test_corrections_say_what_was_what_is_why_and_by_whom(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00", "12T17:00")
    departure = nadias.line(amina).stays[0].departure
    nadias.at("2027-04-12T19:00+00:00")
    for hour in (18, 17):
        moment = datetime.fromisoformat(f"2027-04-12T{hour}:30+00:00")
        run(nadias.keeper, desk.correct, nadias.project_id, departure, at=moment, reason="Wrap was later")

    first, second = read(nadias).days[0].stays[0].corrections
    clock = [one and one.strftime("%H:%M") for one in (first.was, first.now, second.was, second.now)]
    assert clock == ["17:00", "18:30", "18:30", "17:30"]
    assert (first.reason, first.by) == ("Wrap was later", "Nadia")


def test_what_was_taken_back_is_still_told(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00")
    arrival = nadias.line(amina).stays[0].arrival
    run(nadias.keeper, desk.cancel, nadias.project_id, [arrival], reason="Wrong person")

    (day,) = read(nadias).days

    assert (day.stays, day.minutes) == ([], 0)
    (one,) = day.loose
    assert (one.was, one.now, one.reason) == (datetime.fromisoformat("2027-04-12T08:00+00:00"), None, "Wrong person")


def test_a_stay_written_by_hand_says_so(nadias: Desk, amina: Somebody) -> None:
    nadias.at("2027-04-12T18:00+00:00")
    span = {"arrived_at": datetime.fromisoformat("2027-04-12T08:00+00:00"), "left_at": None}
    run(nadias.keeper, desk.add, nadias.project_id, amina.assignment_id, **span, reason="Tablet was empty")

    (one,) = read(nadias).days[0].stays[0].corrections
    assert (one.was, one.now, one.reason) == (None, span["arrived_at"], "Tablet was empty")


def test_totals_are_the_sums_of_the_stays_whatever_was_scanned(nadias: Desk) -> None:
    rng, people = Random(7), [nadias.person(first_name=name, last_name="Alaoui") for name in ("Ali", "Bea", "Cyr")]
    moment = datetime.fromisoformat("2027-04-10T06:00+00:00")
    for _ in range(90):
        moment += timedelta(minutes=rng.randrange(1, 200), seconds=rng.randrange(60))
        nadias.at(moment.isoformat()).scan(rng.choice(people))

    found = read(nadias, date(2027, 4, 1), date(2027, 5, 31))

    for total in found.totals:
        mine = [one for one in found.days if one.person == total.person]
        assert total.minutes == sum(stay.minutes for one in mine for stay in one.stays)
        assert all(one.minutes == sum(stay.minutes for stay in one.stays) for one in mine)
        assert total.days == len({one.day for one in mine})
    assert found.minutes == sum(one.minutes for one in found.totals) > 0


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("day", "2027-04-14", "2027-04-14"),
        ("week", "2027-04-12", "2027-04-18"),
        ("month", "2027-04-01", "2027-04-30"),
        ("all", "2027-04-12", "2027-04-16"),
    ],
)
def test_a_week_begins_on_monday_and_a_month_on_the_first(
    nadias: Desk, amina: Somebody, kind: str, first: str, last: str
) -> None:
    shift(nadias, amina, "12T08:00", "12T17:00", "16T08:00", "16T17:00")
    wednesday = date(2027, 4, 14)

    found = look(nadias.keeper, hours.period, nadias.project_id, kind, wednesday)

    assert found == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_period_has_a_first_day_before_its_last_and_an_end(nadias: Desk) -> None:
    for first, last in ((MONDAY, MONDAY - timedelta(days=1)), (MONDAY, MONDAY + timedelta(days=400))):
        with pytest.raises(Invalid):
            read(nadias, first, last)


def test_whoever_was_taken_off_keeps_their_hours(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00", "12T17:00")
    run(nadias.recruiter, assignments.remove, amina.assignment_id, reason="Ill")

    assert read(nadias).totals[0].minutes == 540


def test_the_hours_of_a_desk_are_for_its_staff_its_team_and_admins(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    shift(nadias, amina, "12T08:00", "12T17:00")
    assert [read(nadias, actor=one).minutes for one in (cast.nadia, cast.youssef, cast.awa)] == [540] * 3
    assert [read(nadias, actor=one).may_plan for one in (cast.nadia, cast.youssef, cast.awa)] == [False, True, True]

    for stranger in (factories.staff("Omar", Role.PRESENCE), factories.staff("Salma", Role.RECRUITER)):
        with pytest.raises(NotFound):
            read(nadias, actor=stranger)
    for nobody in (cast.zoe, amina.actor):
        with pytest.raises(Forbidden):
            read(nadias, actor=nobody)


def test_presence_staff_learn_nothing_but_names_roles_and_hours(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00", "12T17:00")
    told = repr(read(nadias)) + repr(look(nadias.keeper, hours.history, nadias.project_id, amina.assignment_id,
                                          locale="en"))  # fmt: skip
    for secret in ("amina@example.com", "612345678", "ZQ7654321", "1999"):
        assert secret not in told


# One person


def test_a_history_spans_the_projects_that_the_reader_may_see(nadias: Desk, amina: Somebody, cast: Cast) -> None:
    other = factories.project(cast.youssef, name="The Well")
    made = run(cast.youssef, assignments.assign, other, talent_id=amina.talent_id, overlap_reason="Half days")
    shift(nadias, amina, "12T08:00", "12T10:00", "13T08:00", "13T09:00")
    nadias.at("2027-04-14T08:00+00:00")
    run(cast.awa, desk.scan, other, made.code)
    nadias.at("2027-04-14T09:30+00:00")
    run(cast.awa, desk.scan, other, made.code)

    def told(actor: Actor) -> list[tuple[int, int]]:
        found = look(actor, hours.history, nadias.project_id, amina.assignment_id, locale="en")
        return [(one.project_id, one.total.minutes) for one in found]

    assert told(cast.nadia) == [(nadias.project_id, 180)]
    assert told(cast.youssef) == [(nadias.project_id, 180), (other, 90)]


def test_everybody_sees_their_own_hours_and_nobody_elses(nadias: Desk, amina: Somebody) -> None:
    karim = nadias.person(first_name="Karim")
    shift(nadias, amina, "12T08:00", "12T10:00")

    def own(actor: Actor) -> dict[int, Any]:
        return {key: one.total.minutes for key, one in look(actor, hours.own, locale="en").items()}

    assert own(amina.actor) == {amina.assignment_id: 120}
    assert own(karim.actor) == {karim.assignment_id: 0}
    assert own(nadias.keeper) == {}


def test_days_are_a_persons_days(nadias: Desk, amina: Somebody) -> None:
    shift(nadias, amina, "12T08:00", "12T10:00", "13T08:00", "13T09:00")
    (one,) = look(nadias.keeper, hours.history, nadias.project_id, amina.assignment_id, locale="en")
    days: list[Day] = one.days
    assert [day.day.day for day in days] == [13, 12]
    with pytest.raises(NotFound):
        look(nadias.keeper, hours.history, nadias.project_id, 999_999, locale="en")
