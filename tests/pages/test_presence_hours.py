"""The office of a desk as a tab sees it: periods, call times, rules."""

from collections.abc import Callable

import pytest

from talento.services.work import Actor
from talento.state import live
from talento.state.presence_hours import HoursState
from tests.pages.conftest import Tab
from tests.presence.conftest import Desk, Somebody, amina, nadias  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "unsubscribe", lambda *_, **__: None)


async def test_periods_lead_to_each_other_and_nonsense_changes_nothing(
    tab: Callable[..., Tab],
    nadias: Desk,  # noqa: F811
    amina: Somebody,  # noqa: F811
) -> None:
    nadias.scan(amina)
    office = tab(nadias.recruiter, f"/presence/{nadias.sheet().code}/hours")
    state = await office.call(HoursState.open)
    assert (state.is_there, state.may_plan, state.first, len(state.days)) == (True, True, "2027-04-12", 1)

    await office.call(HoursState.choose_period, "week")
    assert (state.first, state.last, state.days) == ("2027-04-12", "2027-04-18", [])
    await office.call(HoursState.step, 1)
    assert (state.first, state.totals) == ("2027-04-19", [])
    await office.call(HoursState.go_to_today)
    assert len(state.totals) == 1
    for day in ("9999-12-31", "0001-01-01", "soon"):
        await office.call(HoursState.choose_first, day)
    await office.call(HoursState.choose_period, "century")
    assert (state.first, state.last) == ("2027-04-12", "2027-04-18")


async def test_a_desk_that_is_not_theirs_is_not_there(
    tab: Callable[[Actor, str], Tab],
    nadias: Desk,  # noqa: F811
) -> None:
    for path in ("/presence/XXXXXXXX001/hours", "/presence//hours"):
        state = await tab(nadias.recruiter, path).call(HoursState.open)
        assert (state.is_ready, state.is_there) == (True, False)
