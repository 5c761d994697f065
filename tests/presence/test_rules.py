"""Overtime, nights and lateness are data; minutes are counted between instants, whatever clocks do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talento.errors import Conflict, Forbidden, Invalid, NotFound
from talento.services.casting import projects
from talento.services.presence import rules
from talento.services.presence.rules import Applied, Rule, applied, minutes_of, night_minutes
from talento.services.presence.stays import Stay
from talento.services.work import look, run
from tests.factories import Cast
from tests.presence.conftest import Desk

ZONES = ("Africa/Casablanca", "Africa/Kinshasa", "Africa/Lubumbashi", "Europe/Paris", "America/St_Johns")


def stay(arrived: str, left: str | None) -> Stay:
    ends = datetime.fromisoformat(left) if left else None
    return Stay(datetime.fromisoformat(arrived), "a", ends, "b" if left else "")


def rule(kind: str, **numbers: int) -> Rule:
    return Rule(**({"id": 1, "kind": kind, "after_minutes": 0, "from_hour": 0, "to_hour": 0, "percent": 0} | numbers))


def minutes(found: list[Applied]) -> list[tuple[int, int]]:
    return [(one.percent, one.minutes) for one in found]


def test_overtime_counts_what_is_beyond_and_each_step_only_once() -> None:
    told = [rule("overtime", after_minutes=480, percent=25), rule("overtime", after_minutes=600, percent=50)]

    eleven = [
        stay("2027-04-12T08:00+00:00", "2027-04-12T13:00+00:00"),
        stay("2027-04-12T14:00+00:00", "2027-04-12T20:00+00:00"),
    ]
    assert minutes(applied(eleven, told, call_at=None, zone="UTC")) == [(25, 120), (50, 60)]
    assert applied(eleven[:1], told, call_at=None, zone="UTC") == []


def test_a_night_is_counted_on_both_sides_of_midnight() -> None:
    told = [rule("night", from_hour=22, to_hour=5, percent=30)]
    shoot = [stay("2027-04-12T19:30+00:00", "2027-04-13T06:00+00:00")]
    assert minutes(applied(shoot, told, call_at=None, zone="UTC")) == [(30, 420)]

    early = [stay("2027-04-12T04:00+00:00", "2027-04-12T12:00+00:00")]
    assert minutes(applied(early, told, call_at=None, zone="UTC")) == [(30, 60)]


def test_a_night_has_an_hour_more_or_less_when_clocks_change() -> None:
    spring = stay("2027-03-27T19:00+00:00", "2027-03-28T08:00+00:00")
    autumn = stay("2027-10-30T19:00+00:00", "2027-10-31T08:00+00:00")
    usual = stay("2027-04-27T19:00+00:00", "2027-04-28T08:00+00:00")

    assert night_minutes(spring, 22, 5, "Europe/Paris") == 6 * 60
    assert night_minutes(autumn, 22, 5, "Europe/Paris") == 8 * 60
    assert night_minutes(usual, 22, 5, "Europe/Paris") == 7 * 60
    assert minutes_of(spring) == minutes_of(autumn) == 13 * 60


def test_late_counts_from_the_call_once_the_grace_is_over() -> None:
    told, call = [rule("late", after_minutes=10)], datetime.fromisoformat("2027-04-12T08:00+00:00")
    for arrived, found in (("08:10", []), ("08:11", [(0, 11)]), ("07:50", [])):
        there = [stay(f"2027-04-12T{arrived}+00:00", None)]
        assert minutes(applied(there, told, call_at=call, zone="UTC")) == found
    assert applied([stay("2027-04-12T09:00+00:00", None)], told, call_at=None, zone="UTC") == []


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(instants, st.integers(0, 16 * 60 * 60), st.integers(0, 23), st.sampled_from(ZONES))
def test_day_and_night_hours_add_up_to_the_stay_in_every_zone(start: datetime, seconds: int, hour: int, zone: str):
    one = Stay(start, "a", start + timedelta(seconds=seconds), "b")
    other = (hour + 9) % 24

    both = night_minutes(one, hour, other, zone) + night_minutes(one, other, hour, zone)
    assert minutes_of(one) - 1 <= both <= minutes_of(one)


@given(st.integers(0, 16 * 60), st.lists(st.integers(0, 1440), unique=True, max_size=4))
def test_overtime_never_counts_a_minute_twice(worked: int, steps: list[int]) -> None:
    start = datetime(2027, 4, 12, 8, tzinfo=UTC)
    told = [rule("overtime", after_minutes=step, percent=number) for number, step in enumerate(sorted(steps))]

    found = applied(
        [Stay(start, "a", start + timedelta(minutes=worked), "b")], told, call_at=None, zone="Africa/Casablanca"
    )
    assert sum(one.minutes for one in found) == max(0, worked - min(steps, default=worked))


# Writing them down


def kinds(nadias: Desk) -> list[tuple[str, int]]:
    found = look(nadias.recruiter, rules.listed, nadias.project_id)
    return [(one.kind, one.after_minutes or one.from_hour) for one in found]


def test_the_team_writes_rules_down_and_takes_them_away(nadias: Desk) -> None:
    add = {"after_minutes": 600, "percent": 50}
    run(nadias.recruiter, rules.add, nadias.project_id, "night", from_hour=22, to_hour=5, percent=30)
    run(nadias.recruiter, rules.add, nadias.project_id, "overtime", **add)
    run(nadias.recruiter, rules.add, nadias.project_id, "overtime", after_minutes=480, percent=25)
    assert kinds(nadias) == [("overtime", 480), ("overtime", 600), ("night", 22)]

    first = look(nadias.recruiter, rules.listed, nadias.project_id)[0]
    run(nadias.recruiter, rules.remove, nadias.project_id, first.id)
    assert kinds(nadias) == [("overtime", 600), ("night", 22)]
    with pytest.raises(NotFound):
        run(nadias.recruiter, rules.remove, nadias.project_id, first.id)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("overtime", {"after_minutes": -1}),
        ("overtime", {"after_minutes": 1441}),
        ("overtime", {"after_minutes": 480, "percent": 401}),
        ("night", {"from_hour": 22, "to_hour": 22}),
        ("night", {"from_hour": 24, "to_hour": 5}),
        ("late", {"after_minutes": 721}),
        ("bonus", {}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(nadias: Desk, kind: str, numbers: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        run(nadias.recruiter, rules.add, nadias.project_id, kind, **numbers)
    assert kinds(nadias) == []


def test_no_minute_is_counted_by_two_rules_of_a_kind(nadias: Desk) -> None:
    run(nadias.recruiter, rules.add, nadias.project_id, "night", from_hour=22, to_hour=5, percent=30)
    run(nadias.recruiter, rules.add, nadias.project_id, "late", after_minutes=5)
    run(nadias.recruiter, rules.add, nadias.project_id, "overtime", after_minutes=480)
    for kind, numbers in (
        ("night", {"from_hour": 4, "to_hour": 6}),
        ("late", {"after_minutes": 15}),
        ("overtime", {"after_minutes": 480, "percent": 50}),
    ):
        with pytest.raises(Conflict):
            run(nadias.recruiter, rules.add, nadias.project_id, kind, **numbers)
    run(nadias.recruiter, rules.add, nadias.project_id, "night", from_hour=5, to_hour=6, percent=10)


def test_nobody_but_the_team_changes_rules_and_not_on_a_completed_project(nadias: Desk, cast: Cast) -> None:
    for actor in (cast.nadia, cast.zoe):
        with pytest.raises(Forbidden):
            run(actor, rules.add, nadias.project_id, "late", after_minutes=5)
    run(nadias.recruiter, projects.set_status, nadias.project_id, "completed", "")
    with pytest.raises(Conflict):
        run(nadias.recruiter, rules.add, nadias.project_id, "late", after_minutes=5)
