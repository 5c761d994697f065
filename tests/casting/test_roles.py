"""Roles: what is wanted, for what fee, in which order; protected traits only with a reason that is logged."""

import json

import pytest
from sqlalchemy import select

from talento.errors import Conflict, Forbidden, Invalid, InvalidForm, NotFound
from talento.models.operations import SecurityLog
from talento.services.casting import assignments, criteria, projects, roles
from talento.services.work import SYSTEM, look, run, work
from tests import factories
from tests.factories import Cast


def listed(cast: Cast, project: int) -> list[roles.RoleView]:
    return look(cast.youssef, roles.listed, project)


def test_a_fee_is_in_the_currency_of_the_country_unless_another_was_chosen(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    factories.role(cast.youssef, project, fee="1 200,50", fee_period="day")
    factories.role(cast.youssef, project, fee="300", fee_currency="EUR", fee_period="hour")
    factories.role(cast.youssef, project)

    shown = [(role.fee, role.fee_period) for role in listed(cast, project)]

    assert shown == [("1\u202f200.50 MAD", "day"), ("300 EUR", "hour"), ("", "")]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name": "—"}, "name"),
        ({"kind": "king"}, "kind"),
        ({"wanted": "0"}, "wanted"),
        ({"wanted": "5001"}, "wanted"),
        ({"wanted": "some"}, "wanted"),
        ({"fee": "a lot", "fee_period": "day"}, "fee"),
        ({"fee": "-5", "fee_period": "day"}, "fee"),
        ({"fee": "100"}, "fee_period"),
        ({"fee": "100", "fee_period": "day", "fee_currency": "XXX"}, "fee_currency"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(cast: Cast, answers: dict[str, str], field: str) -> None:
    project = factories.project(cast.youssef)

    with pytest.raises(InvalidForm) as refused:
        factories.role(cast.youssef, project, **answers)

    assert list(refused.value.problems) == [field]


def test_roles_stand_in_the_order_of_the_team(cast: Cast) -> None:
    project, other = factories.project(cast.youssef), factories.project(cast.youssef)
    first, second, third = (factories.role(cast.youssef, project, name=name) for name in "ABC")
    stranger = factories.role(cast.youssef, other, name="Z")

    run(cast.youssef, roles.reorder, project, [third, stranger, first, third])

    assert [role.name for role in listed(cast, project)] == ["C", "A", "B"]
    assert [role.name for role in listed(cast, other)] == ["Z"]


def test_a_stale_edit_is_refused(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    key = factories.role(cast.youssef, project)
    before = listed(cast, project)[0]
    run(cast.awa, roles.edit, key, before.raw | {"name": "Baker"}, revision=before.revision)

    with pytest.raises(Conflict, match="another window"):
        run(cast.youssef, roles.edit, key, before.raw, revision=before.revision)
    assert listed(cast, project)[0].name == "Baker"


def test_a_role_with_people_is_not_deleted_and_a_deleted_one_comes_back(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    key = factories.role(cast.youssef, project)
    _, amina = factories.cinema_talent()
    made = run(cast.youssef, assignments.assign, project, talent_id=amina, role_id=key)
    with pytest.raises(Conflict, match="this role: 1"):
        run(cast.youssef, roles.delete, key)
    run(cast.youssef, assignments.remove, made.id, "ill")

    run(cast.youssef, roles.delete, key)

    assert listed(cast, project) == []
    with pytest.raises(NotFound):
        look(cast.youssef, roles.brief, key)
    run(cast.youssef, roles.restore, key)
    assert [role.id for role in listed(cast, project)] == [key]


def test_a_role_keeps_its_search(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    key = factories.role(cast.youssef, project)

    run(cast.youssef, roles.save_criteria, key, "?q=horse&gender=F&gender=M&sort=newest")

    kept = look(cast.youssef, roles.brief, key)
    assert (kept.criteria, kept.project_code) == ("q=horse&gender=F&gender=M&sort=newest", "MAOUAFIL001")
    assert listed(cast, project)[0].criteria == kept.criteria
    with pytest.raises(Invalid):
        run(cast.youssef, roles.save_criteria, key, "q=" + "x" * 2000)


def test_what_a_role_looks_for_is_said_in_words(cast: Cast) -> None:
    said = "q=horse&kind=extra,stunt_performer&gender=F&height=160-&plays=20-30&has=showreel&free_from=2027-04-01"

    assert criteria.spoken(said, "en") == [
        "“horse”", "Extra", "Stunt performer", "Woman", "Has a showreel", "Plays: 20–30", "Height: ≥ 160 cm",
        "Available: 1 April 2027",
    ]  # fmt: skip
    assert criteria.spoken(said, "fr")[-2:] == ["Taille : ≥ 160 cm", "Disponible : 1 avril 2027"]
    assert criteria.spoken("", "en") == criteria.spoken("nonsense=1&gender=X&height=a-b", "en") == []


def test_protected_traits_need_a_reason_and_are_logged(cast: Cast) -> None:
    key = factories.role(cast.youssef, factories.project(cast.youssef))
    with pytest.raises(Invalid, match="Declare it first"):
        run(cast.youssef, roles.save_criteria, key, "skin_tone=dark")
    for reason in ("", "because", "         x"):
        with pytest.raises(InvalidForm):
            run(cast.youssef, roles.declare_traits, key, ["skin_tone"], reason)
    with pytest.raises(InvalidForm):
        run(cast.youssef, roles.declare_traits, key, ["religion"], "The script says so.")

    run(cast.youssef, roles.declare_traits, key, ["skin_tone"], "The script is about twins.")

    run(cast.youssef, roles.save_criteria, key, "q=horse&skin_tone=dark")
    brief = look(cast.youssef, roles.brief, key)
    assert (brief.declared_traits, brief.traits_reason) == (("skin_tone",), "The script is about twins.")
    with work(SYSTEM) as opened:
        entry = opened.session.scalars(select(SecurityLog).where(SecurityLog.event == "traits_declared")).one()
    assert entry.user_id == cast.youssef.user_id
    assert json.loads(entry.details)["reason"] == "The script is about twins."


def test_traits_that_are_withdrawn_leave_the_search_too(cast: Cast) -> None:
    key = factories.role(cast.youssef, factories.project(cast.youssef))
    run(cast.youssef, roles.declare_traits, key, ["skin_tone", "ethnicities"], "The script is about twins.")
    run(cast.youssef, roles.save_criteria, key, "q=horse&skin_tone=dark&ethnicities=berber")

    run(cast.youssef, roles.declare_traits, key, [], "")

    brief = look(cast.youssef, roles.brief, key)
    assert (brief.criteria, brief.declared_traits, brief.traits_reason) == ("q=horse", (), "")


def actions(key: int) -> list:
    return [
        (roles.brief, (key,)), (roles.edit, (key, {})), (roles.delete, (key,)), (roles.restore, (key,)),
        (roles.save_criteria, (key, "q=a")), (roles.declare_traits, (key, [], "")),
    ]  # fmt: skip


def test_a_role_does_not_exist_for_a_recruiter_who_is_not_on_the_team(cast: Cast) -> None:
    key = factories.role(cast.awa, factories.project(cast.awa))

    for action, arguments in actions(key):
        with pytest.raises(NotFound):
            run(cast.youssef, action, *arguments)


@pytest.mark.parametrize("who", ["nadia", "zoe"])
def test_roles_are_for_those_who_cast(cast: Cast, who: str) -> None:
    key = factories.role(cast.youssef, factories.project(cast.youssef))

    for action, arguments in actions(key):
        with pytest.raises(Forbidden):
            run(getattr(cast, who), action, *arguments)


def test_nothing_changes_on_a_completed_project(cast: Cast) -> None:
    project = factories.project(cast.youssef)
    key = factories.role(cast.youssef, project)
    run(cast.youssef, projects.set_status, project, "completed")

    for action, arguments in [*actions(key)[1:], (roles.create, (project, {})), (roles.reorder, (project, [key]))]:
        with pytest.raises(Conflict, match="completed"):
            run(cast.youssef, action, *arguments)
