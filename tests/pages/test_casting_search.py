"""The casting search page: its state answers, follows, and puts people on a role's board."""

import sys
from collections.abc import Callable

import pytest

from talento.errors import NotFound
from talento.models.cinema import CinemaTalent
from talento.services.casting import board, projects, roles
from talento.services.cinema import search
from talento.services.cinema.search import CINEMA
from talento.services.search import Index
from talento.services.work import look, run, work
from talento.state.casting_search import CastingSearchState
from tests import factories
from tests.factories import Cast
from tests.pages.conftest import Tab

Open = Callable[..., Tab]


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index of the test's own database."""
    made = Index(roster=CINEMA)
    monkeypatch.setattr(sys.modules[search.find.__module__], "_index", made)
    return made


def at(search: str) -> str:
    """The address of a search."""
    return f"/cinema?{search}"


def role_of(cast: Cast, traits: tuple[str, ...] = ()) -> int:
    project = factories.project(cast.youssef)
    role = factories.role(cast.youssef, project)
    if traits:
        run(cast.youssef, roles.declare_traits, role, traits, "A family of the south")
    return role


async def opened(tab: Tab) -> CastingSearchState:
    """The page of a tab, opened."""
    return await tab.call(CastingSearchState.open)


async def test_it_opens_with_what_the_address_asks_for(cast: Cast, tab: Open) -> None:
    factories.cinema_talent(first_name="Karim", kinds=["stunt_performer"])
    factories.cinema_talent(first_name="Amina", kinds=["extra"])

    state = await opened(tab(cast.youssef, at("kind=stunt_performer&kind_x=1&ethnicities=arab")))

    assert [line[2] for line in state.rows] == ["Karim Benali"]
    assert state.address == "kind=stunt_performer"
    assert [chip[2] for chip in state.chips] == ["stunt_performer"]
    assert "ethnicities" not in state.facets


async def test_typing_narrows_and_a_chip_widens(cast: Cast, tab: Open) -> None:
    factories.cinema_talent(first_name="Karim")
    factories.cinema_talent(first_name="Amina")
    one = tab(cast.youssef)
    state = await opened(one)

    await one.call(CastingSearchState.typed, "kar")
    assert state.total == 1
    await one.call(CastingSearchState.typed, "")
    await one.call(CastingSearchState.bounded, "height", "150", None)
    assert (state.total, state.bounds["height"]) == (0, ["150", ""])
    await one.call(CastingSearchState.removed, "height", "")
    assert (state.total, state.address) == (2, "")


async def test_a_role_s_criteria_are_applied_and_can_be_cleared(cast: Cast, tab: Open) -> None:
    factories.cinema_talent(first_name="Karim", kinds=["stunt_performer"])
    factories.cinema_talent(first_name="Amina", kinds=["extra"])
    role = role_of(cast)
    run(cast.youssef, roles.save_criteria, role, "kind=stunt_performer")
    one = tab(cast.youssef, at(f"role={role}"))

    state = await opened(one)
    assert (state.total, state.is_saved, state.role.name) == (1, True, "Merchant")
    await one.call(CastingSearchState.cleared)
    assert (state.total, state.is_saved) == (2, False)
    again = await opened(tab(cast.youssef, at(state.address)))
    assert again.total == 2


async def test_a_search_is_saved_as_the_role_s_criteria(cast: Cast, tab: Open) -> None:
    role = role_of(cast)
    one = tab(cast.youssef, at(f"role={role}&gender=F&height=160-"))
    state = await opened(one)

    await one.call(CastingSearchState.saved)

    assert look(cast.youssef, roles.brief, role).criteria == "gender=F&height=160-"
    assert state.is_saved
    assert await one.said() == ["The role now looks for this."]


async def test_traits_are_offered_within_a_role_that_declares_them(cast: Cast, tab: Open) -> None:
    factories.cinema_talent()
    role = role_of(cast, ("skin_tone",))
    one = tab(cast.youssef, at(f"role={role}&skin_tone=olive&ethnicities=arab"))

    state = await opened(one)

    assert state.declared == ["skin_tone"]
    assert "skin_tone" in state.facets and "ethnicities" not in state.facets
    assert state.address == f"role={role}&skin_tone=olive"
    run(cast.youssef, roles.declare_traits, role, [], "")
    await one.call(CastingSearchState.typed, "a")
    assert state.declared == []
    assert state.address == f"role={role}&q=a"


async def test_somebody_of_another_team_searches_without_the_role(cast: Cast, tab: Open) -> None:
    role = role_of(cast)
    rival = factories.staff("Rival", factories.Role.RECRUITER)

    for said in (str(role), "0", "-1", "x", "9" * 40):
        state = await opened(tab(rival, at(f"role={said}")))
        assert state.is_lost
        assert state.role is None


async def test_several_faces_go_to_the_board_at_once_and_are_marked(cast: Cast, tab: Open) -> None:
    keys = [factories.cinema_talent(first_name=f"Extra{number}")[1] for number in range(5)]
    role = role_of(cast)
    one = tab(cast.youssef, at(f"role={role}&sort=name"))
    state = await opened(one)
    assert [line[0] for line in state.rows] == keys

    await one.call(CastingSearchState.pick, keys[1], True, False)
    await one.call(CastingSearchState.pick, keys[3], True, True)
    await one.call(CastingSearchState.pick, keys[2], False, False)
    await one.call(CastingSearchState.pick, 999_999, True, False)
    assert state.picked == [keys[1], keys[3]]
    await one.call(CastingSearchState.considered)

    assert {card.talent_id for card in look(cast.youssef, board.board, role).cards} == {keys[1], keys[3]}
    assert [line[-1] for line in state.rows] == ["", "considered", "", "considered", ""]
    assert state.picked == []
    await one.call(CastingSearchState.pick, keys[0], True, False)
    await one.call(CastingSearchState.pick, keys[3], True, True)
    assert state.picked == [keys[0], keys[2]]


async def test_those_who_arrive_are_counted_and_the_hidden_go(cast: Cast, tab: Open, index: Index) -> None:
    _, amina = factories.cinema_talent()
    one = tab(cast.youssef)
    state = await opened(one)
    _, karim = factories.cinema_talent(first_name="Karim")
    index.heard([("cinema", karim)])

    await one.call(CastingSearchState.refreshed, "cinema", [karim])
    assert (state.arrived, len(state.rows)) == (1, 1)
    await one.call(CastingSearchState.welcomed)
    assert (state.arrived, len(state.rows)) == (0, 2)
    with work(cast.awa) as opened_work:
        opened_work.session.get(CinemaTalent, amina).visibility = factories.Visibility.HIDDEN
    index.heard([("cinema", amina)])
    await one.call(CastingSearchState.refreshed, "cinema", [amina])
    assert [line[0] for line in state.rows] == [karim]


async def test_a_person_opens_beside_the_list(cast: Cast, tab: Open) -> None:
    _, amina = factories.cinema_talent()
    one = tab(cast.youssef)
    state = await opened(one)

    await one.call(CastingSearchState.looked_at, amina)
    assert state.is_open and state.panel.name == "Amina Benali"
    await one.call(CastingSearchState.looked_at, 4321)
    assert not state.is_open


def test_a_role_of_a_deleted_project_is_no_role(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    role = factories.role(cast.youssef, project)
    run(cast.youssef, projects.delete, project)

    with pytest.raises(NotFound):
        look(cast.youssef, search.find, search.CinemaQuery(), role_id=role)


def test_criteria_are_said_in_words() -> None:
    said = search.said("q=karim&kind=extra,model&lang=fr,en&lang_all=1&plays=20-30&height=-180&has=photo", "en")

    assert said == ["“karim”", "Extra / Model", "French + English", "Has a photo", "Plays 20–30", "Height ≤ 180"]
    assert search.said("gender=F&free_from=2027-01-02", "fr") == ["Femme", "Disponible 2027-01-02"]
