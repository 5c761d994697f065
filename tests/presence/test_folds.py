"""What somebody's events add up to is remembered until something new is noted of them, and not a moment longer."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from talento.services.presence import desk, desks, events, folds
from talento.services.work import Work, run
from tests.presence.conftest import Desk, Somebody


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """Whose events were read, time after time."""
    seen: list[set[int]] = []
    real = events.marks

    def marks(work: Work, project_id: int, ids: Collection[int]) -> Any:
        seen.append(set(ids))
        return real(work, project_id, ids)

    monkeypatch.setattr(events, "marks", marks)
    return seen


def test_only_the_events_of_those_with_something_new_are_read(
    nadias: Desk, amina: Somebody, read: list[set[int]]
) -> None:
    karim = nadias.person(first_name="Karim")
    for one in (amina, karim):
        nadias.scan(one)
    nadias.sheet()
    read.clear()

    nadias.sheet()
    assert read == []
    nadias.hands.later(hours=1)
    nadias.scan(karim)
    assert read == [{karim.assignment_id}]
    assert [line.standing for line in nadias.sheet().lines] == ["here", "left"]


def test_a_correction_a_cancellation_and_another_cool_down_are_seen_at_once(nadias: Desk, amina: Somebody) -> None:
    first = nadias.scan(amina)
    nadias.hands.later(seconds=90)
    second = nadias.scan(amina)
    assert nadias.line(amina).standing == "left"

    run(nadias.recruiter, desks.set_cool_down, nadias.project_id, 120)
    assert nadias.line(amina).standing == "here"
    run(nadias.recruiter, desks.set_cool_down, nadias.project_id, 60)
    run(nadias.keeper, desk.cancel, nadias.project_id, [second.client_id], reason="A mistake")
    assert nadias.line(amina).standing == "here"
    earlier = first.at - timedelta(minutes=30)
    run(nadias.keeper, desk.correct, nadias.project_id, first.client_id, at=earlier, reason="Came before")
    assert nadias.line(amina).stays[0].arrived_at == earlier


def test_what_was_rolled_back_is_forgotten(nadias: Desk, amina: Somebody) -> None:
    def fails(work: Work) -> None:
        desk.scan(work, nadias.project_id, amina.code)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        run(nadias.keeper, fails)
    assert nadias.line(amina).standing == "expected"


def test_twin_that_never_asks_for_news_shows_an_old_sheet(
    nadias: Desk, amina: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadias.scan(amina)
    monkeypatch.setattr(folds, "_heads", lambda work, project_id, ids: {amina.assignment_id: (0, 0, "")})
    assert nadias.line(amina).standing == "here"
    nadias.hands.later(hours=1)
    nadias.scan(amina)
    assert nadias.line(amina).standing == "here"
