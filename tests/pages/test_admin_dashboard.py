"""The dashboard of administrators: what its handlers show, and how often they draw."""

import asyncio

import pytest

from talento.services import dashboard
from talento.state import admin_dashboard
from talento.state.admin_dashboard import AdminDashboardState
from talento.state.admin_logs import LogsState
from tests.factories import Cast


async def test_it_opens_with_every_number_and_looks_back_as_far_as_offered(cast: Cast, tab) -> None:
    page = tab(cast.awa, "/admin")
    state = await page.call(AdminDashboardState.open)
    assert (len(state.people.days), state.cinema.on_set, state.house.critical) == (30, 0, 0)

    await page.call(AdminDashboardState.look_back, "90")
    await page.call(AdminDashboardState.look_back, "4000")
    assert (state.days, len(state.people.days)) == (90, 90)


async def test_a_hundred_changes_in_a_row_are_drawn_once_or_twice(
    cast: Cast, tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin_dashboard, "PAUSE", 0.2)
    page = tab(cast.awa, "/admin")
    state = await page.call(AdminDashboardState.open)
    drawn = counting(monkeypatch)
    state._is_drawing = False
    for number in range(100):
        await page.call(AdminDashboardState.refreshed, "talent", [number])
    assert state._is_drawing and not drawn

    await asyncio.wait_for(page.call(AdminDashboardState.redraw), 10)

    assert len(drawn) == 1 and not state._is_drawing


async def test_twin_without_the_pause_each_would_be_drawn(cast: Cast, tab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_dashboard, "PAUSE", 0)
    page = tab(cast.awa, "/admin")
    await page.call(AdminDashboardState.open)
    drawn = counting(monkeypatch)
    for number in range(5):
        await page.call(AdminDashboardState.refreshed, "talent", [number])
        await page.call(AdminDashboardState.redraw)

    assert len(drawn) == 5


def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    drawn: list[int] = []
    asked = dashboard.house

    def counted(work):
        drawn.append(1)
        return asked(work)

    monkeypatch.setattr(dashboard, "house", counted)
    return drawn


async def test_its_links_open_the_log_narrowed(cast: Cast, tab) -> None:
    page = tab(cast.awa, "/admin/logs")
    asked = "/admin/logs?log=security&first=2020-01-01&name=failed_login&severity=" + "x" * 500
    page.root.router_data |= {"asPath": asked}
    page.root.router = type(page.root.router).from_router_data(page.root.router_data)

    state = await page.call(LogsState.open)

    assert (state.log, state.first, state.name, len(state.severity)) == ("security", "2020-01-01", "failed_login", 10)
