"""The casting board on screen: moves are settled in their order, some are asked about, others' moves show."""

import pytest

from talento.services.casting import assignments, board
from talento.services.cinema import search
from talento.services.work import look, run
from talento.state.board import DECLINE, OVERLAP, RELEASE, BoardState
from tests import factories
from tests.factories import Cast


@pytest.fixture
def role(cast: Cast) -> int:
    return factories.role(cast.youssef, factories.project(cast.youssef))


async def opened(tab, actor, role: int):
    page = tab(actor, f"/board/{role}")
    return page, await page.call(BoardState.open)


def stages(state) -> dict[int, str]:
    return {card.id: card.stage for card in state.cards}


async def test_a_move_is_settled_under_its_number_and_shows_to_others(cast: Cast, tab, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    mine, state = await opened(tab, cast.youssef, role)
    hers, other = await opened(tab, cast.awa, role)

    await mine.call(BoardState.move, key, "contacted", board.TOP, 7)
    await hers.call(BoardState.refreshed, "role", [role])

    assert (stages(state), state.acked) == ({key: "contacted"}, 7)
    assert stages(other) == {key: "contacted"}


async def test_a_move_that_is_refused_is_settled_too(cast: Cast, tab, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    page, state = await opened(tab, cast.youssef, role)
    run(cast.awa, board.dismiss, key)

    await page.call(BoardState.move, key, "contacted", None, 3)

    assert (state.cards, state.acked) == ([], 3)
    assert (await page.said())[-1] == "This person is not on the board any more."


async def test_declined_is_asked_about_first(cast: Cast, tab, role: int) -> None:
    key, _ = factories.candidate(cast.youssef, role)
    page, state = await opened(tab, cast.youssef, role)

    await page.call(BoardState.move, key, "declined", None, 1)
    assert (state.asking, stages(state), state.acked) == (DECLINE, {key: "considered"}, 1)
    await page.call(BoardState.confirm, {"move_reason": None})
    assert state.asking == DECLINE and state.problem
    await page.call(BoardState.confirm, {"move_reason": "Too tall"})

    assert (state.asking, stages(state), state.cards[0].reason) == ("", {key: "declined"}, "Too tall")


async def test_a_booking_that_overlaps_and_a_release_are_asked_about(cast: Cast, tab, role: int) -> None:
    key, talent = factories.candidate(cast.youssef, role)
    run(cast.youssef, assignments.assign, factories.project(cast.youssef, name="Rival"), talent_id=talent)
    page, state = await opened(tab, cast.youssef, role)
    await page.call(BoardState.move, key, "booked", None, 1)
    assert (state.asking, stages(state)) == (OVERLAP, {key: "considered"}) and "Rival" in state.asked_text

    await page.call(BoardState.confirm, {"move_reason": "Half days"})
    assert (stages(state), state.booked) == ({key: "booked"}, 1)
    await page.call(BoardState.move, key, "selected", None, 2)
    assert (state.asking, state.booked) == (RELEASE, 1)
    await page.call(BoardState.leave)
    assert stages(state) == {key: "booked"}
    await page.call(BoardState.move, key, "released", None, 3)
    await page.call(BoardState.confirm, {"move_reason": ""})

    assert (stages(state), state.booked) == ({key: "released"}, 0)


async def test_people_are_added_by_name_and_by_code(cast: Cast, tab, role: int) -> None:
    _, amina = factories.cinema_talent(first_name="Inès")
    _, karim = factories.cinema_talent(first_name="Karim", last_name="Zaki")
    search.index().load()
    page, state = await opened(tab, cast.youssef, role)
    await page.call(BoardState.search, "ines")
    code = state.found[0].code

    await page.call(BoardState.add, amina)
    await page.call(BoardState.add_code, "karim zaki")
    await page.call(BoardState.add_code, code)

    assert {card.talent_id for card in state.cards} == {amina, karim}
    assert (await page.said())[-1] == "Inès Benali is on this board already."


async def test_a_card_opens_with_notes_that_follow(cast: Cast, tab, role: int) -> None:
    key, talent = factories.candidate(cast.youssef, role)
    page, state = await opened(tab, cast.youssef, role)
    await page.call(BoardState.look_at, key)
    assert (state.person.id, [move.to_stage for move in state.moves]) == (talent, ["considered"])

    await page.call(BoardState.write, {"note": "Great voice"})
    await page.call(BoardState.rewrite, state.notes[0].id)
    await page.call(BoardState.write, {"note": "Great voice!"})
    assert [note.text for note in state.notes] == ["Great voice!"]
    await page.call(BoardState.rate, key, 5)
    await page.call(BoardState.erase, state.notes[0].id)

    assert (state.notes, state.shown.rating) == ([], 5)
    run(cast.awa, board.dismiss, key)
    await page.call(BoardState.refreshed, "role", [role])
    assert not state.is_panel_open and look(cast.awa, board.board, role).cards == []


@pytest.mark.parametrize("address", ["/board/999999", "/board/abc", "/board/"])
async def test_a_board_of_nobody_is_not_there(cast: Cast, tab, address: str) -> None:
    state = await tab(cast.youssef, address).call(BoardState.open)

    assert state.is_ready and not state.is_there


async def test_a_board_of_another_team_is_not_there(cast: Cast, tab) -> None:
    role = factories.role(cast.awa, factories.project(cast.awa))

    _, state = await opened(tab, cast.youssef, role)

    assert not state.is_there and state.cards == []
