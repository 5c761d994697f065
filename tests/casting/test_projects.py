"""Projects: coded once, dated rightly, staffed by a team, closed by hand; unknown to everybody else."""

import pytest

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound
from talento.services.casting import overview, productions, projects, roles, team
from talento.services.reference import book
from talento.services.work import Actor, look, run
from talento.vocabulary.permissions import Role
from tests import factories
from tests.factories import Cast


def names(actor: Actor, **wanted) -> list[str]:
    return [line.name for line in look(actor, overview.page, **wanted).rows]


def city(country: str, name: str) -> str:
    return next(str(place.id) for place in book().cities_of[country] if place.fr == name)


def test_a_code_is_counted_per_place_and_type_and_never_changes(cast: Cast) -> None:
    first, second = (factories.project(cast.youssef) for _ in range(2))
    series = factories.project(cast.youssef, production_type="series")
    before = look(cast.youssef, projects.one, first)
    places = {"country": "FR", "city": city("FR", "Lyon"), "shooting_places": ""}

    run(cast.youssef, projects.edit, first, step="places", typed=places, revision=before.revision)

    assert [look(cast.youssef, projects.one, key).code for key in (first, second, series)] == [
        "MAOUAFIL001",
        "MAOUAFIL002",
        "MAOUASER001",
    ]
    assert look(cast.youssef, projects.one, first).place_fr == "Lyon, France"


def test_a_place_that_is_not_listed_is_coded_so_and_shown_as_typed(cast: Cast) -> None:
    key = factories.project(cast.youssef, city="unlisted", city_typed="Aït Ben Haddou")

    made = look(cast.youssef, projects.one, key)

    assert made.code == "MAVNLFIL001"
    assert made.place_en == "Aït Ben Haddou, Morocco"


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"ends_on": "2027-03-31"}, "ends_on"),
        ({"starts_on": "31/03/2027"}, "starts_on"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"production_type": "opera"}, "production_type"),
        ({"country": "XX"}, "country"),
        ({"city": "999999"}, "city"),
        ({"zone": "Moon/Base"}, "zone"),
        ({"day_break": "13"}, "day_break"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"production": "999"}, "production"),
        ({"production": "1 OR 1=1"}, "production"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast: Cast, answers: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        factories.project(cast.youssef, **answers)

    assert field in refused.value.problems
    assert names(cast.youssef) == []


def test_a_stale_edit_is_refused_and_so_is_any_on_a_completed_project(cast: Cast) -> None:
    key = factories.project(cast.youssef)
    opened = look(cast.youssef, projects.one, key)
    dates = {"starts_on": "2027-04-02", "ends_on": "", "zone": "Europe/Paris", "day_break": "6"}
    run(cast.awa, projects.edit, key, step="dates", typed=dates, revision=opened.revision)

    with pytest.raises(Conflict, match="another window"):
        run(cast.youssef, projects.edit, key, step="dates", typed=dates, revision=opened.revision)
    run(cast.youssef, projects.set_status, key, "completed", "Wrapped.")
    with pytest.raises(Conflict, match="completed"):
        run(cast.youssef, projects.edit, key, step="dates", typed=dates)
    assert look(cast.youssef, projects.one, key).shown_en["day_break"] == "06:00"


def test_the_status_is_moved_by_hand_with_who_when_and_why(cast: Cast, hands) -> None:
    key = factories.project(cast.youssef)
    hands.later(days=1)

    run(cast.awa, projects.set_status, key, "shooting", "First day\nin the desert")

    history = look(cast.youssef, projects.one, key).history
    assert [(step.status, step.by, step.note) for step in history] == [
        ("shooting", "Awa", "First day in the desert"),
        ("pre_production", "Youssef", ""),
    ]
    assert history[0].at == hands.now
    for status in ("shooting", "paused", ""):
        with pytest.raises(Invalid):
            run(cast.awa, projects.set_status, key, status)


def test_projects_are_found_by_name_code_company_and_place(cast: Cast) -> None:
    company = run(cast.youssef, productions.create, {"name": "Étoile Films"})
    factories.project(cast.youssef, name="Le Désert", production=str(company))
    factories.project(cast.youssef, name="Autre", country="FR", city=city("FR", "Lyon"), production_type="series")

    for text in ("desert", "MAOUAFIL001", "etoile", "maroc", "morocco ouarza"):
        assert names(cast.youssef, text=text) == ["Le Désert"], text
    assert names(cast.youssef, production_type="series") == ["Autre"]
    assert names(cast.youssef, status="shooting") == []
    for text in ("%", "_", "'; --", "🎬"):
        assert names(cast.youssef, text=text) == [], text


def test_the_list_says_how_far_the_roles_are_filled(cast: Cast) -> None:
    key = factories.project(cast.youssef)
    factories.role(cast.youssef, key, wanted="3")
    factories.role(cast.youssef, key, wanted="2")

    line = look(cast.youssef, overview.page).rows[0]

    assert (line.roles, line.full, line.wanted, line.booked) == (2, 0, 5, 0)


def test_a_project_is_deleted_and_brought_back_by_its_creator_only(cast: Cast) -> None:
    key = factories.project(cast.youssef)
    rachid = factories.staff("Rachid", Role.RECRUITER)
    run(cast.youssef, team.add, key, rachid.user_id)
    with pytest.raises(Forbidden):
        run(rachid, projects.delete, key)

    run(cast.youssef, projects.delete, key)

    assert names(cast.youssef) == [] and names(rachid, is_deleted=True) == []
    assert names(cast.youssef, is_deleted=True) == ["The Caravan"]
    for action in (projects.one, projects.restore):
        with pytest.raises(NotFound):
            run(rachid, action, key)
    with pytest.raises(NotFound):
        run(cast.youssef, projects.set_status, key, "shooting")
    run(cast.youssef, projects.restore, key)
    assert names(rachid) == ["The Caravan"]


# The team


def test_colleagues_are_found_by_typing_and_let_in(cast: Cast) -> None:
    key = factories.project(cast.youssef)
    rachid = factories.staff("Rachid", Role.RECRUITER)

    found = look(cast.youssef, team.colleagues, key, "RACH agency")

    assert [member.name for member in found] == ["Rachid"]
    assert look(cast.youssef, team.colleagues, key, "nadia") == look(cast.youssef, team.colleagues, key, "") == []
    assert names(rachid) == []
    run(cast.youssef, team.add, key, rachid.user_id)
    run(cast.youssef, team.add, key, rachid.user_id)
    assert [member.name for member in look(rachid, projects.one, key).team] == ["Rachid", "Youssef"]
    assert names(rachid, is_mine=True) == ["The Caravan"] and names(cast.awa, is_mine=True) == []


def test_only_those_who_cast_join_and_somebody_stays(cast: Cast) -> None:
    key = factories.project(cast.youssef)
    for stranger in (cast.nadia.user_id, cast.zoe.user_id, 999_999):
        with pytest.raises(NotFound):
            run(cast.youssef, team.add, key, stranger)
    with pytest.raises(Conflict, match="stay on the team"):
        run(cast.youssef, team.remove, key, cast.youssef.user_id)
    with pytest.raises(NotFound):
        run(cast.youssef, team.remove, key, cast.awa.user_id)

    run(cast.awa, team.remove, key, cast.youssef.user_id)

    assert names(cast.youssef) == [] and names(cast.awa) == ["The Caravan"]


# Who may


def calls(key: int) -> list:
    return [
        (projects.one, (key,)), (projects.set_status, (key, "shooting")), (projects.delete, (key,)),
        (projects.restore, (key,)), (team.colleagues, (key, "a")), (team.add, (key, 1)), (team.remove, (key, 1)),
        (roles.listed, (key,)), (roles.create, (key, {})), (roles.reorder, (key, [1])),
    ]  # fmt: skip


def test_a_project_does_not_exist_for_a_recruiter_who_is_not_on_its_team(cast: Cast) -> None:
    key = factories.project(cast.awa)

    for action, arguments in calls(key):
        with pytest.raises(NotFound):
            run(cast.youssef, action, *arguments)
    with pytest.raises(NotFound):
        run(cast.youssef, projects.edit, key, step="dates", typed={})
    assert names(cast.youssef) == [] and names(cast.awa) == ["The Caravan"]


@pytest.mark.parametrize("who", ["nadia", "zoe"])
def test_projects_are_for_those_who_cast(cast: Cast, who: str) -> None:
    key = factories.project(cast.youssef)

    for action, arguments in [*calls(key), (overview.page, ()), (projects.create, ({},))]:
        with pytest.raises(Forbidden):
            run(getattr(cast, who), action, *arguments)
    with pytest.raises(Forbidden):
        run(getattr(cast, who), projects.edit, key, step="dates", typed={})
