"""Productions and projects on screen: what is typed stays, colleagues' changes show, and what is refused says why."""

import pytest
from sqlalchemy import select

from talento.models.operations import SecurityLog
from talento.services.casting import assignments, overview, productions, projects, roles, team
from talento.services.cinema import search
from talento.services.preferences import changes
from talento.services.work import SYSTEM, look, run, work
from talento.state.assigning import AssigningState
from talento.state.productions import ProductionsState, ProductionState
from talento.state.projects import ProjectsState, ProjectState
from talento.state.roles import RoleState
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast


async def opened(tab, actor, project: int):
    page = tab(actor, f"/projects/{project}")
    return page, await page.call(ProjectState.open)


# Companies


async def test_a_company_is_typed_kept_and_made(cast: Cast, tab) -> None:
    page = tab(cast.youssef)
    await page.call(ProductionsState.open)
    await page.call(ProductionsState.begin)
    await page.call(ProductionsState.keep, "name", "Atlas")
    await page.call(ProductionsState.leave)

    state = await page.call(ProductionsState.begin)
    assert state.raw["name"] == "Atlas"
    state = await page.call(ProductionsState.create, {"email": "nobody"})
    assert list(state.problems) == ["email"] and state.is_adding and state.raw["name"] == "Atlas"
    state = await page.call(ProductionsState.create, {"email": "", "name": "Atlas Films"})

    assert not state.is_adding and state.raw == {}
    assert look(cast.youssef, productions.page).rows[0].name == "Atlas Films"


async def test_the_list_is_searched_and_the_deleted_come_back(cast: Cast, tab) -> None:
    key = run(cast.youssef, productions.create, {"name": "Étoile"})
    run(cast.youssef, productions.delete, key)
    page = tab(cast.youssef)
    state = await page.call(ProductionsState.open)
    assert (state.total, state.last) == (0, 0)

    await page.call(ProductionsState.show_deleted, True)
    state = await page.call(ProductionsState.search, "etoi")
    assert [row.name for row in state.rows] == ["Étoile"]
    await page.call(ProductionsState.restore, key)
    state = await page.call(ProductionsState.clear)

    assert [row.name for row in state.rows] == ["Étoile"]


async def test_a_section_is_edited_and_a_colleague_who_was_quicker_is_noticed(cast: Cast, tab) -> None:
    key = run(cast.youssef, productions.create, {"name": "Atlas"})
    mine, hers = tab(cast.youssef, f"/productions/{key}"), tab(cast.awa, f"/productions/{key}")
    for page in (mine, hers):
        await page.call(ProductionState.open)
        await page.call(ProductionState.change, "company")
    await mine.call(ProductionState.keep, "ceo", "Nezha")
    await hers.call(ProductionState.save, "company", {"name": "Atlas", "ceo": "Leïla"})

    state = await mine.call(ProductionState.refreshed, "production", [key])
    assert (state.stale, state.raw["ceo"], state.shown_en["ceo"]) == (["company"], "Nezha", "Leïla")
    await mine.call(ProductionState.save, "company", {"name": "Atlas"})
    assert state.editing == ["company"] and look(SYSTEM, productions.one, key).raw["ceo"] == "Leïla"
    await mine.call(ProductionState.keep_mine, "company")

    assert state.editing == [] and look(SYSTEM, productions.one, key).raw["ceo"] == "Nezha"


async def test_another_section_changed_elsewhere_is_no_conflict(cast: Cast, tab) -> None:
    key = run(cast.youssef, productions.create, {"name": "Atlas"})
    mine, hers = tab(cast.youssef, f"/productions/{key}"), tab(cast.awa, f"/productions/{key}")
    for page, step in ((mine, "company"), (hers, "about")):
        await page.call(ProductionState.open)
        await page.call(ProductionState.change, step)
    await hers.call(ProductionState.save, "about", {"awards": "Best set"})

    state = await mine.call(ProductionState.save, "company", {"name": "Atlas & sons"})

    assert state.editing == state.stale == []
    assert look(SYSTEM, productions.one, key).name == "Atlas & sons"


async def test_a_company_of_nobody_and_a_deleted_one_are_not_edited(cast: Cast, tab) -> None:
    key = run(cast.youssef, productions.create, {"name": "Atlas"})
    for address in ("/productions/999999", "/productions/abc", f"/productions/{2**40}", "/productions/-1"):
        state = await tab(cast.youssef, address).call(ProductionState.open)
        assert state.is_ready and not state.is_there
    page = tab(cast.youssef, f"/productions/{key}")
    await page.call(ProductionState.open)
    await page.call(ProductionState.delete)

    state = await page.call(ProductionState.change, "company")

    assert state.is_deleted and state.editing == []


# Projects


async def test_a_new_project_says_what_is_missing_and_keeps_what_is_there(cast: Cast, tab) -> None:
    page = tab(cast.youssef)
    await page.call(ProjectsState.open)
    await page.call(ProjectsState.begin)

    wrong = {"name": "Salt", "starts_on": "2027-04-02", "ends_on": "2027-04-01"}
    state = await page.call(ProjectsState.create, wrong)
    assert {"production_type", "city"} <= state.problems.keys() and state.raw["name"] == "Salt"
    rabat = next(city["value"] for city in state.cities if city["label"] == "Rabat")
    state = await page.call(ProjectsState.create, {"production_type": "film", "city": rabat})
    assert state.problems == {"ends_on": "The last day is before the first."}
    state = await page.call(ProjectsState.create, {"ends_on": "2027-04-03"})

    assert [row.code for row in look(cast.youssef, overview.page).rows] == ["MARABFIL001"]
    assert not state.is_adding


async def test_a_status_is_asked_about_before_it_changes(cast: Cast, tab) -> None:
    page, state = await opened(tab, cast.youssef, factories.project(cast.youssef))
    await page.call(ProjectState.ask_status, "pre_production")
    assert state.next_status == ""

    await page.call(ProjectState.ask_status, "completed")
    assert state.status == "pre_production"
    await page.call(ProjectState.move_on, {"status_note": "Wrapped"})

    assert (state.status, state.is_open, state.history[0].note) == ("completed", False, "Wrapped")
    await page.call(ProjectState.change, "dates")
    assert state.editing == []


async def test_the_company_is_chosen_with_the_section(cast: Cast, tab) -> None:
    key = run(cast.youssef, productions.create, {"name": "Atlas"})
    page, state = await opened(tab, cast.youssef, factories.project(cast.youssef))
    await page.call(ProjectState.change, "project")
    await page.call(ProjectState.choose_company, str(key))
    await page.call(ProjectState.refreshed, "project", [state.id])

    await page.call(ProjectState.save, "project", {})

    assert (state.production, state.editing) == ("Atlas", [])


async def test_colleagues_are_found_added_and_removed(cast: Cast, tab) -> None:
    rachid = factories.staff("Rachid", Role.RECRUITER)
    page, state = await opened(tab, cast.youssef, factories.project(cast.youssef))
    await page.call(ProjectState.look_for, "rach")
    assert [one.name for one in state.colleagues] == ["Rachid"]

    await page.call(ProjectState.add_member, rachid.user_id)
    assert ([one.name for one in state.team], state.colleagues) == (["Rachid", "Youssef"], [])
    await page.call(ProjectState.remove_member, rachid.user_id)
    await page.call(ProjectState.remove_member, cast.youssef.user_id)

    assert [one.name for one in state.team] == ["Youssef"]
    assert (await page.said())[-1] == "Somebody has to stay on the team. Add a colleague first."


async def test_whoever_leaves_the_team_sees_the_project_no_more(cast: Cast, tab) -> None:
    key = factories.project(cast.awa)
    run(cast.awa, team.add, key, cast.youssef.user_id)
    page, state = await opened(tab, cast.youssef, key)
    assert state.is_there

    run(cast.awa, team.remove, key, cast.youssef.user_id)
    await page.call(ProjectState.refreshed, "project", [key])

    assert not state.is_there


# Roles


async def test_roles_are_made_moved_and_changed(cast: Cast, tab) -> None:
    page, project = await opened(tab, cast.youssef, factories.project(cast.youssef))
    for name in ("Merchant", "Guard"):
        await page.call(RoleState.begin)
        await page.call(RoleState.save, {"name": name, "fee": "400", "fee_period": "day"})
    assert [(role.name, role.fee) for role in project.roles] == [("Merchant", "400 MAD"), ("Guard", "400 MAD")]

    await page.call(ProjectState.move_role, project.roles[1].id, -1)
    await page.call(RoleState.edit, project.roles[0].id)
    state = await page.call(RoleState.save, {"name": "Guardian", "wanted": "0"})
    assert list(state.problems) == ["wanted"] and state.is_open
    await page.call(RoleState.save, {"wanted": "2"})

    assert [role.name for role in project.roles] == ["Guardian", "Merchant"]


async def test_a_role_changed_elsewhere_asks_whose_words_stay(cast: Cast, tab) -> None:
    key = factories.project(cast.youssef)
    role = factories.role(cast.youssef, key)
    page, project = await opened(tab, cast.youssef, key)
    await page.call(RoleState.edit, role)
    run(cast.awa, roles.edit, role, project.roles[0].raw | {"wanted": "9"}, revision=1)

    state = await page.call(RoleState.save, {"name": "Baker"})
    assert state.is_stale and state.is_open and state.raw["name"] == "Baker"
    await page.call(RoleState.keep_mine)

    assert (project.roles[0].name, state.is_open, state.is_stale) == ("Baker", False, False)


async def test_traits_are_declared_with_a_reason_only(cast: Cast, tab) -> None:
    key = factories.project(cast.youssef)
    role = factories.role(cast.youssef, key)
    page, project = await opened(tab, cast.youssef, key)
    await page.call(RoleState.think_of_traits, role)
    await page.call(RoleState.call_for, "skin_tone", True)
    await page.call(RoleState.call_for, "religion", True)

    state = await page.call(RoleState.declare, {"traits_reason": "short"})
    assert "traits_reason" in state.problems and state.is_declaring
    await page.call(RoleState.declare, {"traits_reason": "The script is about twins."})

    assert project.roles[0].traits == ["skin_tone"]
    with work(SYSTEM) as done:
        assert "traits_declared" in done.session.scalars(select(SecurityLog.event)).all()


# People


async def test_somebody_is_found_by_name_or_scanned_and_assigned(cast: Cast, tab) -> None:
    key = factories.project(cast.youssef)
    role = factories.role(cast.youssef, key, kind="stunt_performer")
    _, amina = factories.cinema_talent(first_name="Zoé")
    search.index().load()
    page, project = await opened(tab, cast.youssef, key)
    await page.call(AssigningState.begin)
    state = await page.call(AssigningState.search, "zoe")
    assert [one.id for one in state.found] == [amina]

    await page.call(AssigningState.scan, state.found[0].code.lower())
    await page.call(AssigningState.keep, "role_id", str(role))
    assert (state.who.id, state.answers["kind"]) == (amina, "stunt_performer")
    await page.call(AssigningState.save, {"starts_on": "2027-04-03", "ends_on": "2027-04-02"})
    assert state.problems == {"ends_on": "The last day is before the first."} and state.is_open
    await page.call(AssigningState.save, {"ends_on": "2027-04-04"})

    one = project.people[0]
    assert (one.face.id, one.kind, one.role_id, state.is_open, state.who) == (
        amina,
        "stunt_performer",
        role,
        False,
        None,
    )


@pytest.mark.parametrize("said", ["MACAS99999F", "nobody of this name", "%"])
async def test_a_code_of_nobody_is_said_beside_the_box(cast: Cast, tab, said: str) -> None:
    search.index().load()
    page, _ = await opened(tab, cast.youssef, factories.project(cast.youssef))
    await page.call(AssigningState.begin)

    state = await page.call(AssigningState.scan, said)

    assert state.problems == {"who": "Nobody on the casting roster answers to this code."} and state.who is None


async def test_an_overlap_asks_for_a_reason_and_an_assignment_ends_with_one(cast: Cast, tab) -> None:
    rival = factories.project(cast.youssef, name="Rival")
    _, amina = factories.cinema_talent()
    run(cast.youssef, assignments.assign, rival, talent_id=amina)
    search.index().load()
    page, project = await opened(tab, cast.youssef, factories.project(cast.youssef))
    await page.call(AssigningState.begin)
    await page.call(AssigningState.search, "amina")
    state = await page.call(AssigningState.choose, amina)

    await page.call(AssigningState.save, {})
    assert "booked for Rival" in state.overlap and state.is_open
    await page.call(AssigningState.save, {"overlap_reason": "Half days"})
    assert project.people[0].overlap_reason == "Half days"
    await page.call(AssigningState.edit, project.people[0].id)
    await page.call(AssigningState.save, {"description": "Waves"})
    assert project.people[0].description == "Waves"

    await page.call(AssigningState.think_of_removing, project.people[0].id)
    await page.call(AssigningState.remove, {"removal_reason": " "})
    assert state.problems == {"removal_reason": "Please give a reason."}
    await page.call(AssigningState.remove, {"removal_reason": "Rain"})
    assert project.people == [] and state.leaving == 0


async def test_two_who_assign_the_same_person_are_told(cast: Cast, tab) -> None:
    key = factories.project(cast.youssef)
    _, amina = factories.cinema_talent()
    search.index().load()
    page, _ = await opened(tab, cast.youssef, key)
    await page.call(AssigningState.begin)
    await page.call(AssigningState.search, "amina")
    await page.call(AssigningState.choose, amina)
    run(cast.awa, assignments.assign, key, talent_id=amina)

    state = await page.call(AssigningState.save, {})

    assert "assigned by Awa on" in (await page.said())[-1] and state.is_open
    assert look(cast.youssef, projects.one, key).code == "MAOUAFIL001"


async def test_a_new_project_begins_with_the_clock_that_admins_set(cast: Cast, tab) -> None:
    run(cast.awa, changes.change, "site_zone", "Europe/Paris", revision=0)
    run(cast.awa, changes.change, "day_break", "4", revision=0)

    state = await tab(cast.youssef).call(ProjectsState.begin)

    assert (state.raw["zone"], state.raw["day_break"]) == ("Europe/Paris", "4")
