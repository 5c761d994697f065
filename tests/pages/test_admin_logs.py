"""The page of the logs: what its handlers show."""

import pytest

from talento.services import audit
from talento.services.work import SYSTEM, run
from talento.state.admin_logs import LogsState
from tests.factories import Cast


@pytest.fixture
def entries(cast: Cast) -> None:
    for name in ("called", "uncalled", "assigned"):
        run(cast.youssef, audit.activity, name, "project", 4)
    run(SYSTEM, audit.security, "suspended", severity="critical")


async def test_filters_narrow_the_log_and_are_cleared(cast: Cast, entries: None, tab) -> None:
    page = tab(cast.awa, "/admin/logs")
    state = await page.call(LogsState.open)
    assert [one.name for one in state.entries] == ["assigned", "uncalled", "called"]
    assert (state.entries[0].subject, state.entries[0].place) == ("project 4", "/projects/4")

    await page.call(LogsState.narrow, "name", "called")
    assert [one.name for one in state.entries] == ["called"]
    assert state.address == "/documents/logs/activity.csv?name=called"
    await page.call(LogsState.narrow, "colour", "red")
    await page.call(LogsState.narrow, "first", "not a day")
    await page.call(LogsState.turn_to, "security")
    assert (state.name, state.entries[0].name) == ("", "suspended")
    await page.call(LogsState.clear)

    assert not state.is_narrowed


async def test_the_address_can_name_an_account(cast: Cast, entries: None, tab) -> None:
    page = tab(cast.awa, "/admin/logs")
    page.root.router_data |= {"asPath": f"/admin/logs?log=activity&who={cast.youssef.user_id}"}
    page.root.router = type(page.root.router).from_router_data(page.root.router_data)

    state = await page.call(LogsState.open)

    assert (state.whose, len(state.entries)) == ("Youssef", 3)
    await page.call(LogsState.search, "nobody here")
    assert state.entries == [] and state.who_id == 0
