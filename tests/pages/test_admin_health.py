"""The health page: what its handlers show."""

from talento.services import health
from talento.state.admin_health import HealthState
from talento.state.live import open_tabs
from tests.factories import Cast


async def test_the_page_looks_when_it_opens_and_follows(cast: Cast, tab) -> None:
    page = tab(cast.awa, "/admin/health")
    state = await page.call(HealthState.open)

    assert state.is_ready and {"database", "clock", "jobs"} <= {one.name for one in state.findings}
    assert state.worst in ("look", "broken")  # nobody reads the feed here
    assert not open_tabs()
    await page.call(HealthState.follow)  # a tab that is gone is not followed


async def test_everything_is_read_through_on_demand(cast: Cast, tab, monkeypatch) -> None:
    page = tab(cast.awa, "/admin/health")
    state = await page.call(HealthState.check)

    assert [one.state.value for one in state.integrity] == ["fine"] * len(health.STEPS)
    assert not state.is_checking
