"""Tablets, as an admin adds, pairs and revokes them; and the page on the tablet that is paired."""

from dataclasses import replace

import pytest

from talento.services.presence import devices, pairing
from talento.services.presence.devices import Wish
from talento.services.work import VISITOR, run
from talento.state.admin_devices import DevicesState
from talento.state.pair import PairState
from tests import factories
from tests.factories import Cast

THERE = replace(VISITOR, ip="203.0.113.7")


@pytest.fixture
def project(cast: Cast) -> int:
    return factories.project(cast.youssef)


async def test_a_device_is_added_and_its_code_pairs_a_browser(cast: Cast, project: int, tab) -> None:
    page = tab(cast.awa)
    await page.call(DevicesState.open)
    await page.call(DevicesState.begin)
    state = await page.call(DevicesState.look_for, "a")
    await page.call(DevicesState.choose, state.found[0].id)
    await page.call(DevicesState.choose_kind, "kiosk")
    state = await page.call(DevicesState.save, {"device_name": "Gate A", "pin": "", "expires_on": ""})
    assert (list(state.problems), state.is_open) == (["pin"], True)

    state = await page.call(DevicesState.save, {"device_name": "Gate A", "pin": "4711", "expires_on": ""})
    assert (state.is_open, state.is_pairing) == (False, True)
    assert state.address == f"http://localhost:5000/pair/{state.code}"
    assert state.picture.startswith("data:image/svg+xml;base64,")
    pairing.pair(THERE, state.code)
    state = await page.call(DevicesState.refreshed, devices.TOPIC, [])
    assert state.pairing.state == "paired"
    state = await page.call(DevicesState.done)
    assert (state.code, state.picture) == ("", "")


async def test_a_device_is_changed_and_revoked(cast: Cast, project: int, tab) -> None:
    gate = run(cast.awa, devices.add, Wish("Gate A", [project], is_kiosk=True, pin="4711"))
    page = tab(cast.awa)
    await page.call(DevicesState.open)
    state = await page.call(DevicesState.look_at, gate)
    answers = {"device_name": "Gate B", "pin": "", "expires_on": state.last_day}
    state = await page.call(DevicesState.save, answers)
    assert [(one.name, one.is_kiosk, one.has_pin) for one in state.rows] == [("Gate B", True, True)]

    await page.call(DevicesState.look_at, gate)
    await page.call(DevicesState.leave_out, project)
    state = await page.call(DevicesState.save, answers)
    assert list(state.problems) == ["projects"]
    state = await page.call(DevicesState.save, answers | {"expires_on": "soon"})
    assert state.problems

    state = await page.call(DevicesState.revoke, gate)
    assert [one.state for one in state.rows] == ["revoked"]
    assert not state.is_open


async def test_others_see_and_change_nothing(cast: Cast, project: int, tab) -> None:
    gate = run(cast.awa, devices.add, Wish("Gate A", [project]))
    page = tab(cast.nadia)
    state = await page.call(DevicesState.open)
    await page.call(DevicesState.pair, gate)
    await page.call(DevicesState.revoke, gate)

    assert (state.rows, state.code) == ([], "")
    assert set(await page.said()) == {"You are not allowed to do this."}


async def test_the_tablet_says_what_it_will_be_and_pairs_nothing_by_looking(cast: Cast, project: int, tab) -> None:
    gate = run(cast.awa, devices.add, Wish("Gate A", [project]))
    code = run(cast.awa, devices.new_code, gate)
    state = await tab(THERE, f"/pair/{code}").call(PairState.open)

    assert (state.step, state.name, len(state.projects)) == ("good", "Gate A", 1)
    assert pairing.pair(THERE, code)


async def test_a_code_can_be_typed_and_a_wrong_one_is_told_in_words(cast: Cast, project: int, tab) -> None:
    gate = run(cast.awa, devices.add, Wish("Gate A", [project]))
    page = tab(THERE, "/pair")
    state = await page.call(PairState.open)
    assert (state.step, state.problem) == ("ask", "")
    state = await page.call(PairState.look_at, {"pairing_code": "AAAAA-AAAAA"})
    assert (state.step, "wrong" in state.problem) == ("ask", True)

    code = run(cast.awa, devices.new_code, gate)
    state = await page.call(PairState.look_at, {"pairing_code": code.lower()})
    assert (state.step, state.problem) == ("good", "")
