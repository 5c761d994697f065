"""The desk's page: it follows, filters, asks before it records for all, and takes nothing for granted."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from talento.errors import Forbidden, NotFound
from talento.models.presence import DeskGrant
from talento.services.casting import assignments
from talento.services.presence import access, desk
from talento.services.work import SYSTEM, Actor, look, run
from talento.state.presence import PresenceState
from talento.state.presence_desk import DeskState
from tests import factories
from tests.factories import Cast
from tests.pages.conftest import Tab

Open = Callable[..., Tab]


@pytest.fixture
def code(cast: Cast) -> str:
    """The desk of a project that is open to Nadia, with Amina and Karim on it."""
    project_id = factories.project(cast.youssef)
    run(SYSTEM, lambda work: work.insert(DeskGrant, project_id=project_id, user_id=cast.nadia.user_id,
                                         granted_at=work.now))  # fmt: skip
    for name in ("Amina", "Karim"):
        _, talent_id = factories.cinema_talent(first_name=name)
        run(cast.youssef, assignments.assign, project_id, talent_id=talent_id)
    return look(SYSTEM, desk.sheet, project_id, locale="en").code


async def at_desk(tab: Open, actor: Actor, code: str) -> tuple[Tab, DeskState]:
    one = tab(actor, f"/presence/{code}")
    return one, await one.call(DeskState.open)


def scanned(actor: Actor, code: str, number: int) -> str:
    project_id = look(actor, lambda work: access.by_code(work, code).id)
    return run(actor, desk.scan, project_id, f"{code}-{number:03}", client_id=str(uuid4())).client_id


async def test_it_opens_by_code_in_any_case_and_follows(cast: Cast, tab: Open, code: str) -> None:
    one, state = await at_desk(tab, cast.nadia, code.lower())
    assert (state.code, state.may_record, state.counts["expected"]) == (code, True, 2)

    scanned(cast.nadia, code, 1)
    await one.call(DeskState.refreshed, "presence", [])
    assert (state.counts["here"], state.counts["expected"]) == (1, 1)


async def test_a_desk_that_is_not_open_to_somebody_is_not_there(cast: Cast, tab: Open, code: str) -> None:
    other = look(SYSTEM, desk.sheet, factories.project(cast.youssef), locale="en").code
    for said in (other, "NOSUCH", ""):
        _, state = await at_desk(tab, cast.nadia, said)
        assert (state.is_ready, state.is_there, state.lines) == (True, False, [])


async def test_the_sheet_is_searched_and_narrowed_to_a_standing(cast: Cast, tab: Open, code: str) -> None:
    scanned(cast.nadia, code, 1)
    one, state = await at_desk(tab, cast.nadia, code)

    await one.call(DeskState.search, "KARÍM")
    assert [line.person.name.split()[0] for line in state.lines] == ["Karim"]
    await one.call(DeskState.search, "")
    await one.call(DeskState.stand, "here")
    assert [line.person.name.split()[0] for line in state.lines] == ["Amina"]
    await one.call(DeskState.stand, "here")
    await one.call(DeskState.stand, "nonsense")
    assert len(state.lines) == 2


async def test_all_in_asks_first_wants_a_reason_and_can_be_undone(cast: Cast, tab: Open, code: str) -> None:
    one, state = await at_desk(tab, cast.nadia, code)
    await one.call(DeskState.ask, "in")
    ticked = {f"all_{person.assignment_id}": "on" for person in state.concerned}

    await one.call(DeskState.record_all, ticked)
    assert (state.problem, state.counts["here"]) == ("Please say why, in a few words.", 0)
    await one.call(DeskState.record_all, {**ticked, "all_reason": "The bus arrived", "all_9999": "on"})
    assert (state.asking, state.counts["here"], len(state.undoable)) == ("", 2, 2)
    await one.call(DeskState.undo)
    assert (state.counts["here"], state.undoable) == (0, [])


async def test_a_time_is_corrected_where_the_project_is_shot(cast: Cast, tab: Open, code: str) -> None:
    key = scanned(cast.nadia, code, 1)
    one, state = await at_desk(tab, cast.nadia, code)
    await one.call(DeskState.look_at, state.lines[0].person.assignment_id)
    await one.call(DeskState.edit, "move", key)
    was = state.shown.stays[0].arrived_at

    for wrong in ({}, {"at": "tomorrow", "why": "x"}, {"at": state.edited_at, "why": "…"}):
        await one.call(DeskState.save, wrong)
        assert state.problem
    assert state.shown.stays[0].arrived_at == was
    await one.call(DeskState.save, {"at": state.edited_at, "why": "To the minute"})
    assert (state.problem, state.editing) == ("", "")
    assert state.shown.stays[0].arrived_at == was.replace(second=0, microsecond=0)
    assert [(entry.action, entry.was) for entry in state.entries] == [("scan", None), ("move", was)]


async def test_a_scan_is_taken_back_and_a_stay_added_by_hand(cast: Cast, tab: Open, code: str) -> None:
    key = scanned(cast.nadia, code, 1)
    one, state = await at_desk(tab, cast.nadia, code)
    await one.call(DeskState.look_at, state.lines[0].person.assignment_id)
    await one.call(DeskState.edit, "cancel", key)
    await one.call(DeskState.save, {"why": "The wrong person"})
    assert state.shown.stays == []

    yesterday = date.fromordinal(date.fromisoformat(state.today).toordinal() - 1).isoformat()
    await one.call(DeskState.turn_to, yesterday)
    await one.call(DeskState.look_at, state.lines[0].person.assignment_id)
    await one.call(DeskState.edit, "add", "")
    await one.call(DeskState.save, {"at": f"{yesterday}T09:00", "until": f"{yesterday}T17:30", "why": "No tablet"})
    assert (state.shown.minutes, state.day) == (510, yesterday)


async def test_a_team_looks_but_records_nothing(cast: Cast, tab: Open, code: str) -> None:
    key = scanned(cast.nadia, code, 1)
    one, state = await at_desk(tab, cast.youssef, code)
    assert (state.is_there, state.may_record, state.counts["here"]) == (True, False, 1)

    project_id = state.project_id
    for action in (
        lambda: run(cast.youssef, desk.cancel, project_id, [key], reason="No"),
        lambda: run(cast.youssef, desk.everybody, project_id, is_arrival=True, ids=[1], reason="No"),
    ):
        with pytest.raises((Forbidden, NotFound)):
            action()
    await one.call(DeskState.refreshed, "presence", [])
    assert state.counts["here"] == 1


async def test_the_list_shows_who_is_there_and_is_searched(cast: Cast, tab: Open, code: str) -> None:
    scanned(cast.nadia, code, 1)
    one = tab(cast.nadia, "/presence")
    state = await one.call(PresenceState.open)
    assert [(card.code, card.here, card.awaited) for card in state.cards] == [(code, 1, 1)]

    await one.call(PresenceState.search, "zzz")
    assert state.cards == []
