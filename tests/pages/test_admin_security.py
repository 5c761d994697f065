"""The page of security: what its handlers show and do."""

import pytest

from talento.services.security import alerts, blocklist
from talento.services.security.rules import MANY_ACCOUNTS, ONE_ACCOUNT
from talento.services.work import SYSTEM, Actor, run
from talento.state.admin_dashboard import AdminDashboardState
from talento.state.admin_logs import LogsState
from talento.state.admin_people import PeopleState
from talento.state.admin_security import SecurityState
from talento.state.session import ReaderState
from tests.factories import Cast

BAD = "203.0.113.7"


@pytest.fixture
def raised(cast: Cast) -> None:
    run(SYSTEM, alerts.note, ONE_ACCOUNT, str(cast.zoe.user_id), user_id=cast.zoe.user_id, count=20)
    run(SYSTEM, alerts.note, MANY_ACCOUNTS, BAD, user_id=None, count=15)


def typed(network: str = BAD, reason: str = "guesses passwords", hours: str = "24") -> dict[str, str]:
    return {"block_network": network, "block_reason": reason, "block_hours": hours}


async def test_alerts_are_shown_taken_given_and_resolved(cast: Cast, raised: None, tab) -> None:
    page = tab(cast.awa, "/admin/security")
    state = await page.call(SecurityState.open)
    assert [(one.rule, one.address, one.who) for one in state.alerts] == [
        ("many_accounts", BAD, ""),
        ("one_account", "", "Zoé"),
    ]
    assert [one.name for one in state.admins] == ["Awa"]
    key = state.alerts[0].id

    await page.call(SecurityState.take, key)
    await page.call(SecurityState.turn_to, "mine")
    assert ([one.id for one in state.alerts], state.open_count, state.mine_count) == ([key], 2, 1)
    await page.call(SecurityState.begin, key)
    await page.call(SecurityState.resolve, {"alert_note": " "})
    assert state.missing and state.resolving == key
    await page.call(SecurityState.resolve, {"alert_note": "Our own test"})
    await page.call(SecurityState.turn_to, "resolved")
    await page.call(SecurityState.turn_to, "nowhere")

    assert [(one.note, one.resolved_by) for one in state.alerts] == [("Our own test", "Awa")]
    await page.call(SecurityState.reopen, key)
    assert (state.alerts, state.open_count, state.resolving) == ([], 2, 0)
    assert await page.said() == ["Resolved."]


async def test_an_address_of_an_alert_is_blocked_and_let_in_again(cast: Cast, raised: None, tab) -> None:
    page = tab(cast.awa, "/admin/security")
    state = await page.call(SecurityState.open)
    await page.call(SecurityState.fill_in, state.alerts[0].address)
    assert state.typed == BAD

    await page.call(SecurityState.block, typed(reason=" "))
    assert "why" in state.problem
    await page.call(SecurityState.block, typed())

    assert (state.problem, state.typed, blocklist.is_blocked(BAD)) == ("", "", True)
    assert state.alerts[0].is_blocked and state.blocks[0].by == "Awa"
    await page.call(SecurityState.lift, state.blocks[0].network)
    assert (state.blocks, blocklist.is_blocked(BAD)) == ([], False)


async def test_a_wide_network_is_blocked_when_it_is_asked_for_again(cast: Cast, tab) -> None:
    page = tab(cast.awa, "/admin/security")
    await page.call(SecurityState.open)
    await page.call(SecurityState.block, typed("203.0.0.0/16"))
    state = await page.call(SecurityState.block, typed("198.51.0.0/16"))
    assert (state.blocks, state.wide) == ([], "198.51.0.0/16")

    await page.call(SecurityState.block, typed("198.51.0.0/16"))

    assert [one.network for one in state.blocks] == ["198.51.0.0/16"]
    assert state.wide == ""


@pytest.mark.parametrize("answers", [{}, {"block_network": 7}, typed(hours="-3"), typed(hours="2"), typed("0.0.0.0/0")])
async def test_nonsense_in_the_form_is_refused_in_words(cast: Cast, tab, answers: dict[str, object]) -> None:
    page = tab(cast.awa, "/admin/security")
    state = await page.call(SecurityState.block, answers)

    assert state.problem and state.blocks == []


async def test_a_reader_hears_why_they_can_not_block_themselves(cast: Cast, tab) -> None:
    awa = Actor(cast.awa.user_id, cast.awa.role, None, "Awa", ip="198.51.100.7")
    page = tab(awa, "/admin/security")
    state = await page.call(SecurityState.open)
    assert state.own_address == "198.51.100.7"

    await page.call(SecurityState.block, typed("198.51.100.0/24"))

    assert "yourself" in state.problem


async def test_the_menu_and_the_dashboard_count_what_is_open(cast: Cast, raised: None, tab) -> None:
    page = tab(cast.awa, "/admin")
    assert (await page.call(ReaderState.enter)).alerts == 2
    house = (await page.call(AdminDashboardState.open)).house
    assert (house.alerts_open, house.alerts_critical) == (2, 1)

    assert (await tab(cast.youssef, "/talents").call(ReaderState.enter)).alerts == 0


async def test_an_alert_leads_to_the_account_and_to_its_entries(cast: Cast, tab) -> None:
    people = tab(cast.awa, f"/admin/people?account={cast.zoe.user_id}")
    assert (await people.call(PeopleState.open)).person.name == "Zoé"
    nobody = tab(cast.awa, "/admin/people?account=99999")
    assert not (await nobody.call(PeopleState.open)).is_open

    logs = tab(cast.awa, f"/admin/logs?log=security&name=failed_login&who={cast.zoe.user_id}")
    state = await logs.call(LogsState.open)
    assert (state.name, state.who_id, state.whose) == ("failed_login", cast.zoe.user_id, "Zoé")
