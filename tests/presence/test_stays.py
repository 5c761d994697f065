"""Stays are what events add up to, whatever the order, the splits and the repeats."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talento.services.presence.stays import LONGEST, Mark, Stay, begins_at, day_of, is_overdue, stays
from talento.vocabulary.presence import Action

COOL_DOWN = timedelta(seconds=60)
START = datetime(2027, 3, 12, 8, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def mark(name: str, hours: float, action: Action = Action.SCAN, target: str = "", made: float | None = None) -> Mark:
    return Mark(name, action, at(hours), at(hours if made is None else made), target)


def spans(*marks: Mark) -> list[tuple[float, float | None]]:
    def hours(instant: datetime) -> float:
        return (instant - START) / timedelta(hours=1)

    return [(hours(s.arrived_at), hours(s.left_at) if s.left_at else None) for s in stays(marks, cool_down=COOL_DOWN)]


def test_one_scan_in_one_scan_out_and_again() -> None:
    assert spans(mark("a", 0), mark("b", 4), mark("c", 5), mark("d", 9)) == [(0, 4), (5, 9)]


@pytest.mark.parametrize("seconds", [0, 1, 59])
def test_a_code_held_before_the_camera_is_one_scan(seconds: int) -> None:
    assert spans(mark("a", 0), mark("b", seconds / 3600)) == [(0, None)]
    assert spans(mark("a", 0), mark("b", 1 / 60)) == [(0, 1 / 60)]


def test_arriving_twice_and_leaving_unseen_change_nothing() -> None:
    assert spans(mark("a", 0, Action.IN), mark("b", 1, Action.IN), mark("c", 2, Action.OUT)) == [(0, 2)]
    assert spans(mark("a", 0, Action.OUT)) == []


def test_a_cancelled_scan_never_was_and_may_be_brought_back() -> None:
    cancelled = [mark("a", 0), mark("b", 1), mark("x", 2, Action.CANCEL, "b")]
    assert spans(*cancelled) == [(0, None)]
    assert spans(*cancelled, mark("y", 3, Action.CANCEL, "x")) == [(0, 1)]


def test_two_cancellations_of_each_other_do_no_harm() -> None:
    assert spans(mark("a", 0), mark("x", 1, Action.CANCEL, "y"), mark("y", 2, Action.CANCEL, "x")) == [(0, None)]


def test_a_corrected_time_counts_and_the_last_correction_wins() -> None:
    marks = [
        mark("a", 0),
        mark("b", 4),
        mark("m", 3.5, Action.MOVE, "b", made=5),
        mark("n", 3, Action.MOVE, "b", made=6),
    ]
    assert spans(*marks) == [(0, 3)]
    assert spans(*marks, mark("x", 7, Action.CANCEL, "n")) == [(0, 3.5)]


def test_a_forgotten_departure_is_never_invented() -> None:
    found = stays([mark("a", 0), mark("b", 24)], cool_down=COOL_DOWN)

    assert [(s.is_forgotten, s.left_at) for s in found] == [(True, None), (False, None)]
    assert found[0].worked == timedelta()


def test_a_long_night_still_ends_with_the_scan_that_ends_it() -> None:
    assert spans(mark("a", 0), mark("b", 15.9)) == [(0, 15.9)]


events = st.lists(
    st.builds(
        Mark,
        st.integers(0, 25).map(str),
        st.sampled_from(list(Action)),
        st.integers(0, 60 * 48).map(lambda minutes: START + timedelta(minutes=minutes)),
        st.integers(0, 60 * 48).map(lambda minutes: START + timedelta(minutes=minutes)),
        st.integers(0, 25).map(str),
    ),
    max_size=40,
    unique_by=lambda one: one.id,
)


@given(events, st.integers(0, 2**32), st.integers(1, 5))
def test_any_order_repeat_and_split_gives_the_same_stays(marks: list[Mark], seed: int, times: int) -> None:
    arrived = marks * times
    Random(seed).shuffle(arrived)

    assert stays(arrived, cool_down=COOL_DOWN) == stays(marks, cool_down=COOL_DOWN)


@given(events)
def test_stays_never_overlap_never_run_backwards_and_only_the_last_is_open(marks: list[Mark]) -> None:
    found = stays(marks, cool_down=COOL_DOWN)

    for stay in found:
        assert stay.left_at is None or timedelta() <= stay.worked <= LONGEST
    for before, after in zip(found, found[1:], strict=False):
        assert before.is_forgotten or (before.left_at is not None and before.left_at <= after.arrived_at)


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Africa/Kinshasa", "Africa/Lubumbashi", "Europe/Paris"])
@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    minutes=st.integers(0, 24 * 60 - 61),
    day_break=st.integers(0, 12),
)
def test_every_instant_belongs_to_the_day_that_began_before_it(
    zone: str, day: date, minutes: int, day_break: int
) -> None:
    instant = begins_at(day, zone, day_break) + timedelta(minutes=minutes)

    assert day_of(instant, zone, day_break) == day


def test_a_night_shoot_belongs_to_the_day_it_began() -> None:
    assert day_of(datetime(2027, 3, 13, 2, 0, tzinfo=UTC), "Africa/Casablanca", 5) == date(2027, 3, 12)


def test_an_open_stay_is_overdue_at_the_next_day_break() -> None:
    stay = Stay(datetime(2027, 3, 12, 19, 0, tzinfo=UTC), "a")
    dawn = begins_at(date(2027, 3, 13), "Africa/Casablanca", 5)

    assert not is_overdue(stay, dawn - timedelta(seconds=1), "Africa/Casablanca", 5)
    assert is_overdue(stay, dawn, "Africa/Casablanca", 5)
